"""How does a synthetic platform become an evidence folder?  Ids, times with offset, one CSV per table, the truth."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from workbench.sample.messages import Messages
from workbench.sample.network import Network
from workbench.sample.owners import Register
from workbench.sample.presence import Sessions
from workbench.sample.scene import Part, Scene
from workbench.sample.truth import Group, Truth


def write_folder(
    folder: Path,
    scene: Scene,
    sessions: Sessions,
    messages: Messages,
    network: Network,
    marks: list[tuple[int, str, str, int, int]],
    book: Register,
    *,
    seed: int,
    case: str,
) -> Truth:
    """Write all tables and return the truth in full ids."""
    people, clock, platform = scene.people, scene.clock, scene.world.platform
    ids = _account_ids(scene)
    rooms = [f"r{place + 1:02d}" for place in range(scene.rooms.size)]
    # a platform without room records still has the accounts that met there
    keep = np.ones(len(messages.at), dtype=np.bool_) if scene.world.rooms else messages.room < 0
    at, sender = messages.at[keep], messages.sender[keep]
    recipient, room = messages.recipient[keep], messages.room[keep]
    text = [line for line, kept in zip(messages.text, keep.tolist(), strict=True) if kept]
    by_birth = np.argsort([int(name[1:]) for name in ids], kind="stable")
    tables: dict[str, dict[str, Any]] = {
        "accounts": {
            "account_id": [ids[a] for a in by_birth],
            "platform": [platform] * people.size,
            "pseudonym": [people.pseudonym[a] for a in by_birth],
            "created_at": clock.text(people.arrive[by_birth]),
            "declared_age": [int(people.declared[a]) if people.declared[a] > 0 else None for a in by_birth],
            "declared_gender": [people.gender[a] for a in by_birth],
            "role": [people.role[a] for a in by_birth],
            "status": ["left" if people.depart[a] < clock.end - 14 * 86_400_000 else "active" for a in by_birth],
        },
        "messages": {
            "message_id": [f"m{place + 1:07d}" for place in range(len(at))],
            "sent_at": clock.text(at),
            "sender_id": [ids[a] for a in sender.tolist()],
            "room_id": [rooms[r] if r >= 0 else None for r in room.tolist()],
            "recipient_id": [ids[a] if a >= 0 else None for a in recipient.tolist()],
            "text": text,
        },
        "identifiers": _identifiers(scene, marks, ids),
        "reports": _reports(scene, ids),
        "companies": _columns(("company_id", "name", "jurisdiction", "incorporated_at"), book.companies),
        "persons": _columns(("person_id", "name"), book.persons),
        "ownerships": _columns(("owner_id", "owned_id", "share", "kind", "from", "to"), book.ownerships),
        "operators": _columns(("company_id", "platform"), book.operators),
    }
    tables["companies"]["incorporated_at"] = [f"{day}T00:00:00Z" for day in tables["companies"]["incorporated_at"]]
    if scene.world.rooms:
        tables["rooms"] = {
            "room_id": rooms,
            "platform": [platform] * len(rooms),
            "name": list(scene.rooms.names),
            "kind": list(scene.rooms.kinds),
        }
    if scene.world.sessions:
        order = np.lexsort((sessions.who, sessions.start))
        tables["sessions"] = {
            "account_id": [ids[a] for a in sessions.who[order].tolist()],
            "started_at": clock.text(sessions.start[order]),
            "ended_at": clock.text(sessions.end[order]),
            "ip": [network.ip[r] for r in order.tolist()],
            "device_id": [network.device[r] for r in order.tolist()],
            "user_agent": [network.agent[r] for r in order.tolist()],
        }
    for name, columns in sorted(tables.items()):
        pa_csv.write_csv(pa.table(columns), folder / f"{name}.csv")

    full = [f"{platform}:{name}" for name in ids]
    groups = tuple(_group(scene, part, full, rooms) for part in scene.parts) + tuple(book.groups)
    minors = tuple(sorted(full[a] for a in np.flatnonzero(people.minor)))
    return Truth(
        platform, case, seed, groups, minors, {name: len(next(iter(c.values()))) for name, c in sorted(tables.items())}
    )


def _account_ids(scene: Scene) -> list[str]:
    """Numbers in the order of registration with gaps, as platforms give them."""
    order = np.argsort(scene.people.arrive, kind="stable")
    number = 10_000 + np.cumsum(scene.rng.geometric(0.2, len(order)))
    ids = [""] * len(order)
    for place, account in enumerate(order.tolist()):
        ids[account] = f"u{number[place]}"
    return ids


def _identifiers(scene: Scene, marks: list[tuple[int, str, str, int, int]], ids: list[str]) -> dict[str, list[Any]]:
    return {
        "account_id": [ids[row[0]] for row in marks],
        "kind": [row[1] for row in marks],
        "value": [row[2] for row in marks],
        "first_seen_at": scene.clock.text(np.array([row[3] for row in marks], dtype=np.int64)),
        "last_seen_at": scene.clock.text(np.array([row[4] for row in marks], dtype=np.int64)),
    }


def _reports(scene: Scene, ids: list[str]) -> dict[str, list[Any]]:
    """The planted reports among quarrels and mistakes of everyday life."""
    rng, clock = scene.rng, scene.clock
    rows = [row for row in scene.reports if clock.start <= row[2] < clock.end]
    pairs = sorted(scene.openings.pairs)
    for _ in range(int(rng.integers(40, 90) * scene.people.size / 2_000) + 3):
        a, b = pairs[int(rng.integers(0, len(pairs)))]
        a, b = (a, b) if rng.random() < 0.5 else (b, a)
        rows.append(
            (a, b, int(rng.integers(clock.start, clock.end)), scene.one(("spam", "dispute", "pas poli", "rude", "pub")))
        )
    rows.sort(key=lambda row: (row[2], row[0], row[1]))
    return {
        "report_id": [f"s{place + 1:05d}" for place in range(len(rows))],
        "reported_id": [ids[row[0]] for row in rows],
        "reporter_id": [ids[row[1]] for row in rows],
        "made_at": clock.text(np.array([row[2] for row in rows], dtype=np.int64)),
        "reason": [row[3] for row in rows],
    }


def _columns(names: tuple[str, ...], rows: list[Any]) -> dict[str, list[Any]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _group(scene: Scene, part: Part, full: list[str], rooms: list[str]) -> Group:
    def instant(at: int) -> str | None:
        return scene.clock.text(np.array([at], dtype=np.int64))[0]

    details = dict(part.details)
    if "strikes" in details:
        details["strikes"] = [
            {
                "victim": full[s["victim"]],
                "comers": [full[m] for m in s["comers"]],
                "first": instant(s["first"]),
                "last": instant(s["last"]),
            }
            for s in details["strikes"]
        ]
    for name in ("first", "last"):
        if name in details:
            details[name] = instant(details[name])
    members = tuple(sorted(full[a] for a in part.members))
    if "adults" in details:  # a room with a part: the room is the member
        members = (f"{scene.world.platform}:{rooms[details.pop('room')]}",)
        details["adults"] = sorted(full[a] for a in details["adults"])
    return Group(
        part.kind,
        members,
        tuple(sorted(full[a] for a in part.targets)),
        part.style,
        details,
    )
