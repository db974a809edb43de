"""A platform in the making: people, rooms, messages and marks, and how they are written as an evidence folder."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tests.benchmarks.schooling import words
from tests.benchmarks.schooling.real import DAY, Chat

Words = Callable[[bool], str]
"""A text by the opener of a chat, or by the other."""


@dataclass
class Person:
    """An account and who is behind it; ``circle``: the class or community in which people know each other."""

    id: str
    age: int
    circle: str
    name: str
    declared: int | None = None
    born: str = ""
    tells_age: int | None = None
    role: str = "member"
    status: str = "active"
    created: int | None = None
    part: str = ""
    purpose: str = ""
    home: str = ""
    devices: list[tuple[str, int, int, float]] = field(default_factory=list)
    """Device, from, until (epoch seconds), weight."""
    always: bool = False
    """Are all its sessions in the log?"""

    @property
    def minor(self) -> bool:
        return self.age < 18


@dataclass
class World:
    """The platform; ``rng`` is the backbone's, ``stream`` gives each other part a source of chance of its own."""

    setting: str
    seed: int
    start: int
    days: int
    rng: Random = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, tuple[str, str]] = field(default_factory=dict)
    members: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    met: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    said: list[tuple[int, int, str, str, str, str]] = field(default_factory=list)
    tables: dict[str, list[dict[str, object]]] = field(default_factory=lambda: defaultdict(list))
    households: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = self.stream("backbone")
        self._ids = self.stream("ids")

    @property
    def kind(self) -> str:
        return self.setting.removesuffix("-empty")

    @property
    def end(self) -> int:
        return self.start + self.days * DAY

    def stream(self, part: str) -> Random:
        return Random(f"{self.kind} {self.seed} {part}")

    def full(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"{self.setting}:{native}" for native in ids)

    def person(self, age: int, circle: str, name: str = "") -> Person:
        """A new account."""
        while True:
            if self.kind == "school":
                native = f"u{self._ids.randrange(100_000, 1_000_000)}"
            elif self.kind == "campus":
                native = f"{self._ids.randrange(16**10):010x}"
            else:
                native = "".join(self._ids.choices("abcdefghjkmnpqrstuvwxyz23456789", k=7))
            if native not in self.people:
                break
        new = Person(native, age, circle, name or words.nickname(self._ids))
        self.people[native] = new
        return new

    def room(self, name: str, kind: str = "public") -> str:
        native = f"r{len(self.rooms) + 1:03d}"
        self.rooms[native] = (name, kind)
        return native

    def write(self, at: int, sender: str, recipient: str, text: str) -> None:
        """A private message, unless the platform is over by then."""
        if at < self.end:
            self.said.append((at, len(self.said), sender, "", recipient, text))
            self.met[sender][recipient] = self.met[sender].get(recipient, 0) + 1
            self.met[recipient].setdefault(sender, 0)

    def post(self, at: int, sender: str, room: str, text: str) -> None:
        if at < self.end:
            self.said.append((at, len(self.said), sender, room, "", text))
            self.members[room][sender] = self.members[room].get(sender, 0) + 1

    def chat(self, opener: str, other: str, at: int, chat: Chat, text: Words, most: int = 80) -> None:
        """Two people take over the rhythm of a real chat, from ``at`` (epoch seconds) on."""
        for offset, mine in chat.beats[:most]:
            self.write(at + offset, opener if mine else other, other if mine else opener, text(mine))

    def small_talk(self, rng: Random) -> Words:
        return lambda mine: words.of(rng, words.TALK)

    def those(self, *, minor: bool | None = None, least: int = 0, idle: bool = True) -> list[Person]:
        """People of the backbone who are free for a part, in order of their making."""
        return [
            p for p in self.people.values()
            if (minor is None or p.minor == minor) and len(self.met[p.id]) >= least
            and not (idle and (p.part or p.purpose or p.role != "member"))
        ]

    def rooms_of(self, native: str) -> list[str]:
        return [room for room in self.rooms if native in self.members[room]]

    def save(self, folder: Path) -> None:
        """All tables as files; club as JSON lines with epoch seconds, the others as CSV with ISO times."""
        folder.mkdir(parents=True, exist_ok=True)
        self.tables["accounts"] = [self._account(p) for p in self.people.values()]
        self.tables["rooms"] = [
            {"room_id": r, "name": name, "kind": kind, "created_at": self.start - 30 * DAY}
            for r, (name, kind) in self.rooms.items()
        ]
        self.tables["messages"] = [
            {"message_id": f"m{i:07d}", "sent_at": at, "sender_id": who, "room_id": room, "recipient_id": to,
             "text": text}
            for i, (at, _, who, room, to, text) in enumerate(sorted(self.said), 1)
        ]
        for table, rows in self.tables.items():
            if rows:
                self._table(folder, table, rows)

    def _account(self, p: Person) -> dict[str, object]:
        row: dict[str, object] = {
            "account_id": p.id, "pseudonym": p.name, "created_at": p.created, "declared_age": p.declared,
            "role": p.role, "status": p.status,
        }
        return row if self.kind == "club" else {**row, "birth_date": p.born}

    def _table(self, folder: Path, table: str, rows: list[dict[str, object]]) -> None:
        times = {c for c in rows[0] if c.endswith("_at")}
        plain = self.kind == "club"

        def cell(column: str, value: object) -> object:
            if value is None or value == "":
                return None if plain else ""
            if column in times and not plain:
                return datetime.fromtimestamp(int(str(value)), UTC).isoformat().replace("+00:00", "Z")
            return value

        if plain:
            kept = ({c: v for c in row if (v := cell(c, row[c])) is not None} for row in rows)
            lines = (json.dumps(row, ensure_ascii=False) for row in kept)
            (folder / f"{table}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
            return
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(rows[0])
            writer.writerows([cell(c, v) for c, v in row.items()] for row in rows)
