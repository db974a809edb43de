"""The evidence folder and the truth of a finished stage; rows stand in an order that says nothing."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tests.benchmarks.grafted.marks import Marks, agent, sessions
from tests.benchmarks.grafted.owners import Register
from tests.benchmarks.grafted.stage import DAY, Stage
from tests.benchmarks.grafted.truth import Planted, Truth
from tests.benchmarks.grafted.words import STATED, chatter, openings, pseudonyms


def write_out(
    stage: Stage, marks: Marks, register: Register, groups: Sequence[tuple[int, ...]], folder: Path, *, planted: bool
) -> Truth:
    """Writes every table as CSV and ``truth.json`` beside them; returns the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = stage.rng("write-out")
    native = _natives(stage, rng)
    names = _names(stage, rng)
    platform = stage.setting
    _messages(stage, rng, native, names, folder)
    columns = ("account_id", "platform", "pseudonym", "created_at", "declared_age", "role")
    _table(folder, "accounts", columns, _accounts(stage, rng, native, names))
    _table(folder, "rooms", ("room_id", "platform", "name", "kind"), [
        (f"r{k}", platform, name, "public") for k, name in enumerate(stage.rooms)
    ])
    _marks(stage, marks, rng, native, folder)
    reports = sorted(stage.reports, key=lambda r: (r[2], r[0], r[1]))
    _table(folder, "reports", ("report_id", "platform", "reported_id", "reporter_id", "made_at", "reason"), [
        (f"rep{k}", platform, native[who], native[by], _time(stage, at), reason)
        for k, (who, by, at, reason) in enumerate(reports)
    ])
    for name, rows in register.tables.items():
        if rows:
            _table(folder, name, tuple(rows[0]), [tuple(row.values()) for row in rows])
    truth = _truth(stage, register, groups, native, planted=planted)
    truth.write(folder / "truth.json")
    return truth


def _natives(stage: Stage, rng: np.random.Generator) -> list[str]:
    numbers = (1000 + rng.permutation(stage.count * 9)[: stage.count]).tolist()
    if stage.traits.ids == "hex":
        return [f"{n:06x}{k:06x}" for n, k in zip(numbers, rng.permutation(stage.count).tolist(), strict=True)]
    return [f"u{n}" if stage.traits.ids == "handle" else str(n) for n in numbers]


def _names(stage: Stage, rng: np.random.Generator) -> list[str]:
    drawn = pseudonyms(rng, stage.count)
    return [stage.names.get(w, drawn[w]) for w in range(stage.count)]


def _time(stage: Stage, seconds: float) -> str:
    return datetime.fromtimestamp(stage.traits.start + int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _table(folder: Path, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if rows:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)


def _messages(
    stage: Stage, rng: np.random.Generator, native: list[str], names: list[str], folder: Path
) -> None:
    rows = sorted((r for r in range(len(stage.at)) if r not in stage.gone), key=lambda r: (stage.at[r], r))
    first, later, met = openings(rng, len(rows)), chatter(rng, len(rows)), set()
    stated = _statements(stage, rng, rows)
    table = []
    for k, row in enumerate(rows):
        a, b = stage.sender[row], stage.recipient[row]
        text = stage.text[row]
        opens = b >= 0 and (min(a, b), max(a, b)) not in met
        if b >= 0:
            met.add((min(a, b), max(a, b)))
        if text is None:
            text = first[k] if opens else stated.get(row, later[k])
        table.append((
            f"m{k}", stage.setting, _time(stage, stage.at[row]), native[a],
            "" if b < 0 else native[b], f"r{stage.room[row]}" if b < 0 else "", text,
        ))
    order = rng.permutation(len(table)).tolist()
    columns = ("message_id", "platform", "sent_at", "sender_id", "recipient_id", "room_id", "text")
    _table(folder, "messages", columns, [table[k] for k in order])


def _statements(stage: Stage, rng: np.random.Generator, rows: list[int]) -> dict[int, str]:
    """By row, a text that states an age: few do it, more of those whose account does not declare one and who talk."""
    own: dict[int, list[int]] = {}
    for row in rows:
        own.setdefault(stage.sender[row], []).append(row)
    stated: dict[int, str] = {}
    for who in sorted(own):
        tells = 0.05
        if stage.declared[who] is None and len(own[who]) >= 6:
            tells = 0.75 if stage.minor(who) else 0.2
        if rng.random() < tells and who not in stage.role:
            for k in rng.integers(len(own[who]), size=1 + int(rng.random() < 0.4)).tolist():
                form = STATED[int(rng.integers(len(STATED)))]
                stated[own[who][k]] = form.format(_said_age(stage, who))
    return stated


def _said_age(stage: Stage, who: int) -> int:
    """What somebody says in a chat: the age, or for who declares to be a teenager the declared one."""
    said = stage.declared[who]
    return said if said is not None and said < 18 <= stage.age[who] else stage.age[who]


def _accounts(stage: Stage, rng: np.random.Generator, native: list[str], names: list[str]) -> list[tuple[object, ...]]:
    first: dict[int, float] = {}
    for row, (at, a, b) in enumerate(zip(stage.at, stage.sender, stage.recipient, strict=True)):
        if row not in stage.gone:
            for who in (a, b):
                if who >= 0:
                    first[who] = min(at, first.get(who, at))
    rows: list[tuple[object, ...]] = []
    for who in range(stage.count):
        begun = first.get(who, stage.span / 2)
        early = rng.exponential(1800.0) if rng.random() < 0.7 else rng.uniform(1, 500) * DAY
        said = stage.declared[who]
        rows.append((
            native[who], stage.setting, names[who] if stage.traits.names else "", _time(stage, begun - early),
            "" if said is None else said, stage.role.get(who, "member"),
        ))
    return [rows[k] for k in rng.permutation(len(rows)).tolist()]


def _marks(stage: Stage, marks: Marks, rng: np.random.Generator, native: list[str], folder: Path) -> None:
    made = sessions(stage, marks, rng)
    known = list(marks.identifiers)
    if stage.traits.sessions:
        order = rng.permutation(len(made)).tolist()
        columns = ("account_id", "platform", "started_at", "ended_at", "ip", "device_id", "user_agent")
        _table(folder, "sessions", columns, [
            (native[s.who], stage.setting, _time(stage, s.start), _time(stage, max(s.end, s.start + 1)), s.ip, s.device,
             agent(s.device))
            for s in (made[k] for k in order)
        ])
    else:
        known += sorted({(s.who, "device", s.device) for s in made} | {(s.who, "ip", s.ip) for s in made})
    span: dict[int, tuple[float, float]] = {}
    for s in made:
        low, high = span.get(s.who, (s.start, s.end))
        span[s.who] = (min(low, s.start), max(high, s.end))
    rows = [
        (native[who], stage.setting, kind, value, _time(stage, span[who][0]), _time(stage, span[who][1]))
        for who, kind, value in known if who in span
    ]
    _table(
        folder, "identifiers", ("account_id", "platform", "kind", "value", "first_seen_at", "last_seen_at"),
        [rows[k] for k in rng.permutation(len(rows)).tolist()],
    )


def _truth(
    stage: Stage, register: Register, groups: Sequence[tuple[int, ...]], native: list[str], *, planted: bool
) -> Truth:
    def full(people: Sequence[int]) -> tuple[str, ...]:
        return tuple(f"{stage.setting}:{native[w]}" for w in people)

    rules = stage.traits
    return Truth(
        setting=stage.setting, seed=stage.seed, planted=planted, platform=stage.setting,
        cases=tuple(Planted(n.kind, n.style, full(n.members), full(n.targets), n.note) for n in stage.notes),
        neutral={kind: full(sorted(people)) for kind, people in sorted(stage.neutral.items())},
        households=tuple(full(group) for group in groups),
        benign={full([w])[0]: label for w, label in sorted(stage.benign.items())},
        owners=tuple(register.owners), not_owners=tuple(register.not_owners),
        minors=full([w for w in range(stage.count) if stage.minor(w)]),
        traits={
            "minors": f"{rules.minors:.3f}", "declared": f"{rules.declared:.3f}", "rooms": rules.rooms,
            "rush": str(rules.rush), "sessions": str(rules.sessions), "homophily": f"{rules.homophily:.2f}",
        },
    )
