"""What stands on the stage: real people and messages, and how a chat is grafted onto them.

A graft is a real chat of two real people, told again between two others: who wrote, when, how soon the answer came and
whether any came are theirs.  It begins at a moment when the one who begins it was really there, with somebody who was
there too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.grafted.traits import Traits

HOUR, DAY = 3600.0, 86400.0
Shape = tuple[tuple[float, bool], ...]  # seconds after the chat's begin; whether its beginner wrote


@dataclass(frozen=True)
class Note:
    """A planted case by people's numbers."""

    kind: str
    style: str
    members: tuple[int, ...]
    targets: tuple[int, ...] = ()
    note: str = ""


@dataclass
class Stage:
    """The platform while it is made.  Columns of messages are lists; ``gone`` holds the rows taken out again."""

    setting: str
    seed: int
    traits: Traits
    span: float
    age: list[int]
    declared: list[int | None]
    community: list[int]
    at: list[float]
    sender: list[int]
    recipient: list[int]
    room: list[int]
    text: list[str | None]
    role: dict[int, str] = field(default_factory=dict)
    rooms: list[str] = field(default_factory=list)
    room_of: dict[int, int] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    benign: dict[int, str] = field(default_factory=dict)
    neutral: dict[str, set[int]] = field(default_factory=dict)
    reports: list[tuple[int, int, float, str]] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    pairs: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    begun: list[list[tuple[int, int]]] = field(default_factory=list)
    friends: list[set[int]] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    answered: list[Shape] = field(default_factory=list)
    moments: list[NDArray[np.float64]] = field(default_factory=list)
    firsts: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    when: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    who: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @property
    def count(self) -> int:
        return len(self.age)

    def rng(self, part: str) -> np.random.Generator:
        """The dice of one part of the making, the same whatever the other parts did."""
        return np.random.default_rng([self.seed, len(self.setting), *part.encode()])

    def minor(self, who: int) -> bool:
        return self.age[who] < 18

    def index(self) -> None:
        """Reads from the messages who was there when, who knows whom, and the shapes of real chats."""
        order = np.argsort(np.array(self.at), kind="stable")
        self.when = np.array(self.at)[order]
        self.who = np.array(self.sender, dtype=np.int64)[order]
        by_who = np.argsort(self.who, kind="stable")
        cuts = np.searchsorted(self.who[by_who], np.arange(self.count + 1))
        self.moments = [self.when[by_who[cuts[k]:cuts[k + 1]]] for k in range(self.count)]
        self.pairs, self.friends = {}, [set() for _ in range(self.count)]
        self.begun = [[] for _ in range(self.count)]
        for row in order.tolist():
            a, b = self.sender[row], self.recipient[row]
            if b >= 0:
                pair = (a, b) if a < b else (b, a)
                if pair not in self.pairs:
                    self.pairs[pair] = []
                    self.friends[a].add(b)
                    self.friends[b].add(a)
                    self.begun[a].append((b, row))
                self.pairs[pair].append(row)
        self.firsts = np.sort([self.at[row] for rows in self.begun for _, row in rows])
        for rows in self.pairs.values():
            first, begin = self.sender[rows[0]], self.at[rows[0]]
            shape = tuple((self.at[row] - begin, self.sender[row] == first) for row in rows[:60])
            self.shapes.append(shape)
            if len(shape) >= 4 and any(not own for _, own in shape):
                self.answered.append(shape)

    def present(self, at: float, window: float) -> NDArray[np.int64]:
        """Who wrote anything within ``window`` seconds of that moment."""
        low, high = np.searchsorted(self.when, [at - window, at + window])
        return np.unique(self.who[low:high])

    def know(self, a: int, b: int) -> bool:
        return b in self.friends[a]

    def inflow(self, begin: float, end: float) -> float:
        """First contacts begun in that time for each who wrote anything in it."""
        low, high = np.searchsorted(self.firsts, [begin, end])
        return float(high - low) / max(len(self.present((begin + end) / 2, (end - begin) / 2)), 1)

    def known_minor(self, who: int) -> bool:
        """Whether the account declares an age below 18."""
        said = self.declared[who]
        return said is not None and said < 18

    def share_of_minors(self) -> float:
        """Of all ends of contacts, the share that are declared minors."""
        known = np.array([len(met) for met in self.friends], dtype=np.float64)
        young = np.array([self.known_minor(w) for w in range(self.count)])
        return float(known[young].sum() / max(known.sum(), 1.0))

    def write(self, at: float, sender: int, recipient: int, text: str | None = None) -> None:
        """One private message; after the end of the platform nothing is written."""
        if at >= self.span:
            return
        if recipient not in self.friends[sender]:
            self.friends[sender].add(recipient)
            self.friends[recipient].add(sender)
            self.begun[sender].append((recipient, len(self.at)))
            self.pairs[min(sender, recipient), max(sender, recipient)] = []
        self.pairs[min(sender, recipient), max(sender, recipient)].append(len(self.at))
        self._add(at, sender, recipient, -1, text)

    def post(self, at: float, sender: int, room: int, text: str | None = None) -> None:
        """One message in a room."""
        if at < self.span:
            self._add(at, sender, -1, room, text)

    def _add(self, at: float, sender: int, recipient: int, room: int, text: str | None) -> None:
        self.at.append(at)
        self.sender.append(sender)
        self.recipient.append(recipient)
        self.room.append(room)
        self.text.append(text)

    def graft(
        self, rng: np.random.Generator, one: int, other: int, at: float, *,
        answers: float = 0.5, text: str | None = None, at_most: int = 60,
    ) -> None:
        """A chat that ``one`` begins with ``other``; with probability ``answers`` a longer one that was answered,
        else any real one, answered or not."""
        pool = self.answered if rng.random() < answers and self.answered else self.shapes
        for k, (after, own) in enumerate(pool[int(rng.integers(len(pool)))][:at_most]):
            a, b = (one, other) if own else (other, one)
            self.write(at + after, a, b, text if k == 0 else None)

    def take_out(
        self, rng: np.random.Generator, who: int, share: float, *, spared: Collection[int] = ()
    ) -> None:
        """That share of his chats, those with ``spared`` aside, is as if it had not been."""
        for other in sorted(self.friends[who].difference(spared)):
            if rng.random() < share:
                self.gone.update(self.pairs.pop((min(who, other), max(who, other))))
                self.friends[who].discard(other)
                self.friends[other].discard(who)
                self.begun[other] = [(b, row) for b, row in self.begun[other] if b != who]
        self.begun[who] = [(b, row) for b, row in self.begun[who] if b in self.friends[who]]

    def adults(self, *, least: int, days: float = 0.0, most: int = 10**9, oldest: int = 99) -> list[int]:
        """Unused adults with between ``least`` and ``most`` messages that span so many days."""
        return [w for w in self._lively(least, days, most) if 18 <= self.age[w] <= oldest]

    def teens(self, *, least: int, days: float = 0.0, most: int = 10**9, youngest: int = 0) -> list[int]:
        """Unused minors, the same way."""
        return [w for w in self._lively(least, days, most) if youngest <= self.age[w] < 18]

    def _lively(self, least: int, days: float, most: int) -> list[int]:
        return [
            w for w, times in enumerate(self.moments)
            if least <= len(times) <= most and w not in self.used and w not in self.role
            and times[-1] - times[0] >= days * DAY
        ]

    def label(self, who: int, name: str) -> None:
        """Harmless, and not to be used for anything else."""
        self.benign[who] = name
        self.used.add(who)

    def spare(self, kind: str, people: Sequence[int]) -> None:
        """They count neither way for that kind."""
        self.neutral.setdefault(kind, set()).update(people)

    def met_at(
        self, rng: np.random.Generator, who: int, count: int, *, begin: float = 0.0, end: float = 1e18,
        minor: bool | None = True, among: set[int] | None = None, loners: int = 1,
    ) -> list[tuple[int, float]]:
        """Up to ``count`` people he did not know, each with a moment of his own when that one was there too.

        The lively are there often, so the quiet are given more weight.  ``among`` prefers those; others are taken where
        too few of them were there.  With ``loners`` the one of so many is taken who knows the fewest of his contacts.
        """
        own = self.moments[who]
        own = own[(own >= begin) & (own <= end)]
        if not len(own):
            return []
        found: dict[int, float] = {}
        near = set(self.friends[who])
        tries = 0
        while len(found) < count and tries < 12 * count:
            tries += 1
            at = float(own[rng.integers(len(own))])
            there = self.present(at, 1200.0 if tries < 6 * count else 7200.0)
            fits = [
                int(o) for o in there
                if o != who and o not in found and o not in self.friends[who] and int(o) not in self.role
                and (minor is None or self.minor(int(o)) == minor)
            ]
            if among is not None and tries < 6 * count:
                fits = [o for o in fits if o in among]
            if fits:
                quiet = np.array([1.0 / (len(self.moments[o]) + 5) ** 0.7 for o in fits])
                size = min(loners, len(fits))
                some = [fits[k] for k in rng.choice(len(fits), size, replace=False, p=quiet / quiet.sum()).tolist()]
                chosen = min(some, key=lambda o: (len(self.friends[o] & near), len(self.friends[o])))
                near.add(chosen)
                found[chosen] = max(0.0, at + float(rng.uniform(-120.0, 240.0)))
        return sorted(found.items(), key=lambda item: (item[1], item[0]))
