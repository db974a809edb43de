"""Tiny hand-made cases for tests: evidence folders of a few rows whose answer can be told by eye.

Each function writes a native evidence folder and returns the ids (``town:…``) a test asks for.  Texts are harmless.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

PLATFORM = "town"
START = datetime(2024, 3, 4, 17, 0, tzinfo=UTC)
Row = Mapping[str, object]


@dataclass(frozen=True)
class Planted:
    """The folder and what was planted in it, by full id."""

    folder: Path
    members: tuple[str, ...]
    targets: tuple[str, ...] = ()
    bystanders: tuple[str, ...] = ()


def at(minutes: float) -> str:
    """Minutes after START as ISO 8601 UTC."""
    return (START + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def full(*native: str) -> tuple[str, ...]:
    return tuple(sorted(f"{PLATFORM}:{name}" for name in native))


def write_table(folder: Path, table: str, rows: Sequence[Row]) -> Path:
    """One CSV table with the columns of all rows, in order of appearance."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    path = folder / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def account(name: str, age: int | None = None, **more: object) -> Row:
    return {
        "account_id": name,
        "platform": PLATFORM,
        "pseudonym": name,
        "declared_age": "" if age is None else age,
        **more,
    }


def private(sender: str, recipient: str, minutes: float, text: str = "salut") -> Row:
    return {"sent_at": at(minutes), "sender_id": sender, "recipient_id": recipient, "text": text}


def posted(sender: str, room: str, minutes: float, text: str = "bonjour") -> Row:
    return {"sent_at": at(minutes), "sender_id": sender, "room_id": room, "text": text}


def session(name: str, start: float, end: float, *, ip: str = "", device: str = "") -> Row:
    return {"account_id": name, "started_at": at(start), "ended_at": at(end), "ip": ip, "device_id": device}


def _messages(folder: Path, rows: Sequence[Row]) -> None:
    ordered = sorted(rows, key=lambda row: (str(row["sent_at"]), str(row["sender_id"])))
    numbered = [
        {"message_id": f"m{place + 1:04d}", "room_id": "", "recipient_id": "", **row}
        for place, row in enumerate(ordered)
    ]
    write_table(folder, "messages", numbered)


def one_private_chat(folder: Path) -> Planted:
    """Two people, two messages and an answer: the smallest contact."""
    write_table(folder, "accounts", [account("ada", 30), account("ben", 31)])
    _messages(folder, [private("ada", "ben", 0), private("ada", "ben", 1), private("ben", "ada", 2)])
    return Planted(folder, full("ada"), full("ben"))


def hub_in_a_mixed_room(folder: Path) -> Planted:
    """Thirty minors, thirty adults in one room; one adult opens 16 chats with minors, others with whoever comes."""
    minors = [f"kid{n:02d}" for n in range(30)]
    adults = [f"ann{n:02d}" for n in range(30)]
    write_table(
        folder,
        "accounts",
        [account(n, 12 + i % 5) for i, n in enumerate(minors)]
        + [account(n, 25 + i) for i, n in enumerate(adults)]
        + [account("hub", 44)],
    )
    write_table(folder, "rooms", [{"room_id": "square", "platform": PLATFORM, "name": "square", "kind": "public"}])
    rows: list[Row] = []
    for day in range(16):
        base = day * 24 * 60.0
        rows += [posted(n, "square", base + i * 0.5) for i, n in enumerate([*minors, *adults, "hub"])]
        rows += [private("hub", minors[day], base + 40)]
        if day % 2:
            rows += [private(minors[day], "hub", base + 41)]
        for i, name in enumerate(adults):  # ordinary adults: two out of three chats are with adults
            other = minors[(i + day) % 30] if (i + day) % 3 == 0 else adults[(i + day + 1) % 30]
            if day < 6 and other != name:
                rows += [private(name, other, base + 45 + i), private(other, name, base + 46 + i)]
        for i, name in enumerate(minors):  # minors chat with each other
            if day < 6:
                rows += [private(name, minors[(i + day + 1) % 30], base + 100 + i)]
    _messages(folder, rows)
    return Planted(folder, full("hub"), full(*minors[:16]), full(*adults))


def crew_of_three(folder: Path) -> Planted:
    """Three accounts come to each of six newcomers within ten minutes, on six days; others meet once, by chance."""
    crew, victims = ["rob", "sam", "tia"], [f"new{n}" for n in range(6)]
    others = [f"oth{n:02d}" for n in range(24)]
    write_table(
        folder,
        "accounts",
        [account(n, 33) for n in crew]
        + [account(n, 14) for n in victims]
        + [account(n, 20 + i) for i, n in enumerate(others)],
    )
    rows: list[Row] = []
    for day, victim in enumerate(victims):
        base = day * 24 * 60.0
        order = crew[day % 3 :] + crew[: day % 3]
        rows += [private(member, victim, base + 3 * place) for place, member in enumerate(order)]
        rows += [private(victim, order[0], base + 2)]
        rows += [private(order[0], order[1], base - 1, "tu es là ?"), private(order[1], order[0], base - 0.5, "oui")]
        for place, name in enumerate(others):
            rows += [private(name, others[(place + 1 + 2 * day) % 24], base + 20 + 7 * place)]
    _messages(folder, rows)
    return Planted(folder, full(*crew), full(*victims), full(*others))


def single_convergence(folder: Path) -> Planted:
    """Nine accounts, strangers to each other, write to one target within half an hour, once; elsewhere life is slow."""
    comers, others = [f"com{n}" for n in range(9)], [f"oth{n:02d}" for n in range(30)]
    write_table(
        folder,
        "accounts",
        [account("tom", 15)] + [account(n, 30) for n in comers] + [account(n, 22 + i) for i, n in enumerate(others)],
    )
    rows: list[Row] = [private(name, "tom", 10 * 24 * 60 + 3 * place) for place, name in enumerate(comers)]
    for day in range(20):
        for place, name in enumerate(others):
            if (place + day) % 5 == 0:
                rows += [private(name, others[(place + day + 1) % 30], day * 24 * 60 + 17 * place)]
    _messages(folder, rows)
    return Planted(folder, full(*comers), full("tom"), full(*others))


def shell_pair_and_household(folder: Path) -> Planted:
    """One person with two accounts that hand over in seconds on one device; beside them two who share a tablet.

    The household's two are online at the same time on different devices and talk to each other.
    """
    write_table(
        folder,
        "accounts",
        [
            account("luna", 31, created_at=at(-9_000)),
            account("lunа", 29, created_at=at(-8_990)),
        ]  # the second has a Cyrillic a
        + [account("mum", 41), account("kid", 13)]
        + [account(f"oth{n:02d}", 30) for n in range(20)],
    )
    sessions: list[Row] = []
    for day in range(12):
        base = day * 24 * 60.0
        sessions += [
            session("luna", base, base + 30, ip="80.0.0.7", device="d-luna"),
            session("lunа", base + 30.2, base + 55, ip="80.0.0.7", device="d-luna"),
            session("mum", base + 5, base + 50, ip="80.0.0.9", device="d-tablet" if day % 2 else "d-mum"),
            session("kid", base + 10, base + 40, ip="80.0.0.9", device="d-kid" if day % 2 else "d-tablet"),
        ]
        sessions += [
            session(f"oth{n:02d}", base + n, base + n + 20, ip=f"80.0.1.{n}", device=f"d-oth{n}") for n in range(20)
        ]
    write_table(folder, "sessions", sessions)
    write_table(
        folder,
        "identifiers",
        [
            {"account_id": "luna", "kind": "phone", "value": "+33700000001"},
            {"account_id": "lunа", "kind": "phone", "value": "+33700000001"},
        ],
    )
    _messages(
        folder,
        [
            private("mum", "kid", 20, "à table"),
            private("kid", "mum", 21, "j'arrive"),
            private("luna", "oth01", 12),
            private("lunа", "oth01", 45),
            private("luna", "oth02", 24 * 60 + 12),
            private("lunа", "oth02", 24 * 60 + 45),
        ],
    )
    return Planted(folder, full("luna", "lunа"), (), full("mum", "kid"))


def owner_behind_a_circle(folder: Path) -> Planted:
    """Person P owns 60 % of A, A 80 % of B, B 25 % of A: P's integrated share of B is 0.6·0.8/(1−0.2) = 0.6."""
    write_table(folder, "companies", [{"company_id": "A", "name": "Amont"}, {"company_id": "B", "name": "Bief"}])
    write_table(folder, "persons", [{"person_id": "P", "name": "Alix Fabre"}])
    write_table(
        folder,
        "ownerships",
        [
            {"owner_id": "P", "owned_id": "A", "share": "0.6"},
            {"owner_id": "A", "owned_id": "B", "share": "0.8"},
            {"owner_id": "B", "owned_id": "A", "share": "0.25"},
        ],
    )
    write_table(folder, "operators", [{"company_id": "B", "platform": PLATFORM}])
    return Planted(folder, ("P",), ("B",))


def every_table(folder: Path) -> Planted:
    """One or two rows in each of the ten contract tables, with an attribute, a stub and a hostile name."""
    write_table(
        folder,
        "accounts",
        [
            account("ada", 30, created_at="2024-01-01T10:00:00+01:00", role="member", status="active", colour="blue"),
            account("<b>ben</b>", 13, role="moderator"),
        ],
    )
    write_table(folder, "rooms", [{"room_id": "r1", "platform": PLATFORM, "name": "lobby", "kind": "public"}])
    _messages(folder, [private("ada", "<b>ben</b>", 0), posted("ada", "r1", 1), private("ghost", "ada", 2)])
    write_table(folder, "sessions", [session("ada", 0, 30, ip="192.0.2.1", device="d1")])
    write_table(folder, "identifiers", [{"account_id": "ada", "kind": "email", "value": "ada@courriel.example"}])
    write_table(
        folder,
        "reports",
        [
            {"report_id": "s1", "reported_id": "ada", "reporter_id": "<b>ben</b>", "made_at": at(5), "reason": "spam"},
        ],
    )
    owner_behind_a_circle(folder)
    return Planted(folder, full("ada", "<b>ben</b>", "ghost"))
