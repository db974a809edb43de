"""The real streams: who stood face to face with whom (SocioPatterns), and who wrote to whom (CollegeMsg)."""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from tests.real_data import FOLDER

DAY = 86_400
CONTACTS = "FILATURE_CONTACT_DATA"
PACIFIC = 7 * 3600  # the college's clock, so that nights are nights


@dataclass(frozen=True)
class Run:
    """Two people face to face without a pause: second of the day, both, how many signals of 20 seconds."""

    at: int
    a: str
    b: str
    length: int


@dataclass(frozen=True)
class Contacts:
    """A contact stream: its days of runs in order of time, and the class or part of each person."""

    days: tuple[tuple[Run, ...], ...]
    role: dict[str, str]


def contacts(name: str) -> Contacts:
    """The stream of that file in the folder that FILATURE_CONTACT_DATA names."""
    folder = os.environ.get(CONTACTS)
    if not folder:
        raise FileNotFoundError(f"no {name}: {CONTACTS} must name the folder that holds the contact streams")
    file = Path(folder) / name
    if not file.exists():
        raise FileNotFoundError(f"no {file}: {CONTACTS} must name the folder that holds {name}")
    return _contacts(file)


@cache
def _contacts(file: Path) -> Contacts:
    open_runs: dict[tuple[str, str], list[int]] = {}
    days: dict[int, list[Run]] = defaultdict(list)
    role: dict[str, str] = {}

    def close(pair: tuple[str, str], first: int, signals: int) -> None:
        days[first // DAY].append(Run(first % DAY, *pair, signals))

    for line in file.read_text(encoding="ascii").splitlines():
        time, a, b, role_a, role_b = line.split()
        role[a], role[b] = role_a, role_b
        now, pair = int(time), (min(a, b), max(a, b))
        run = open_runs.get(pair)
        if run and now - run[1] <= 60:
            run[1:] = [now, run[2] + 1]
        else:
            if run:
                close(pair, run[0], run[2])
            open_runs[pair] = [now, now, 1]
    for pair, run in open_runs.items():
        close(pair, run[0], run[2])
    full = [sorted(runs, key=lambda r: (r.at, r.a, r.b)) for _, runs in sorted(days.items()) if len(runs) > 200]
    return Contacts(tuple(tuple(runs) for runs in full), role)


@dataclass(frozen=True)
class Chat:
    """Everything two people ever wrote each other: when it began, and each beat after it (offset, by the opener?)."""

    at: int
    opener: str
    other: str
    beats: tuple[tuple[int, bool], ...]

    @property
    def answered(self) -> bool:
        return any(not mine for _, mine in self.beats)


@dataclass
class Library:
    """The college's messages as chats, by who opened them and by who was written to."""

    chats: list[Chat] = field(default_factory=list)
    opened: dict[str, list[Chat]] = field(default_factory=lambda: defaultdict(list))
    received: dict[str, list[Chat]] = field(default_factory=lambda: defaultdict(list))

    def rhythm(self, count: int, days: int, rng: Random, *, fast: bool = False, written_to: bool = False) -> list[Chat]:
        """``count`` chats that one real person opened (or was asked for), in a row of at most ten days or over all."""
        egos = self.received if written_to else self.opened
        long = [chats for _, chats in sorted(egos.items()) if len(chats) >= count]
        if fast:
            rows = [c[i:i + count] for c in long for i in range(len(c) - count + 1)
                    if c[i + count - 1].at - c[i].at < 10 * DAY]
            if rows:
                row = rng.choice(rows)
                ahead = rng.randint(3, max(4, days - 12)) * DAY - row[0].at // DAY * DAY
                return [Chat(c.at + ahead, c.opener, c.other, c.beats) for c in row]
        wide = [chats for chats in long if chats[-1].at - chats[0].at > 30 * DAY]
        pool = rng.choice(wide or long)
        some = sorted(rng.sample(range(len(pool)), count))
        first, last = pool[some[0]].at // DAY, max(pool[some[-1]].at // DAY, pool[some[0]].at // DAY + 1)
        begin, span = rng.uniform(0.02, 0.12) * days, rng.uniform(0.75, 0.85) * days
        stretched = [
            (int(begin + (pool[i].at // DAY - first) / (last - first) * span) * DAY + pool[i].at % DAY, pool[i])
            for i in some
        ]
        return [Chat(at, c.opener, c.other, c.beats) for at, c in sorted(stretched, key=lambda x: x[0])]

    def chat(self, rng: Random, *, least: int = 1, most: int = 60, answered: bool | None = None) -> Chat:
        """Any chat with that many beats."""
        while True:
            chat = rng.choice(self.chats)
            if least <= len(chat.beats) <= most and (answered is None or chat.answered == answered):
                return chat


@cache
def college() -> Library:
    """CollegeMsg as chats; times are seconds since the midnight before its first message."""
    file = FOLDER / "CollegeMsg.txt"
    if not file.exists():
        raise FileNotFoundError(f"no {file}: FILATURE_TEST_DATA must name the folder that holds CollegeMsg.txt")
    rows = [line.split() for line in file.read_text(encoding="ascii").splitlines() if line[:1].isdigit()]
    sent = sorted((int(time) - PACIFIC, i, a, b) for i, (a, b, time) in enumerate(rows) if a != b)
    midnight = sent[0][0] // DAY * DAY
    pairs: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for time, _, a, b in sent:
        pairs[min(a, b), max(a, b)].append((time - midnight, a))
    library = Library()
    for (a, b), beats in pairs.items():
        at, opener = beats[0]
        chat = Chat(at, opener, b if opener == a else a, tuple((t - at, who == opener) for t, who in beats))
        library.chats.append(chat)
        library.opened[opener].append(chat)
        library.received[chat.other].append(chat)
    return library
