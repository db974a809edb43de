"""What do the parts of a synthetic platform share?  The people, the place, and what was arranged so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbench.sample.clock import Clock, Ints
from workbench.sample.contacts import Openings
from workbench.sample.people import People, Rooms
from workbench.sample.presence import Presence, Sessions
from workbench.sample.world import Span, World

MINUTE = 60_000


@dataclass(frozen=True)
class Part:
    """A group by account numbers, before full ids exist; ``data`` carries what its acts need."""

    kind: str
    members: tuple[int, ...]
    targets: tuple[int, ...] = ()
    style: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One scripted message: private if ``recipient`` is not negative, else into ``room``."""

    at: int
    sender: int
    recipient: int
    room: int
    text: str


@dataclass
class Scene:
    """The stage.  Parts are cast, then book sessions, then act; each draws from ``rng`` in a fixed order."""

    world: World
    clock: Clock
    rooms: Rooms
    people: People
    rng: np.random.Generator
    openings: Openings = field(default_factory=Openings)
    parts: list[Part] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    reports: list[tuple[int, int, int, str]] = field(default_factory=list)
    booked: list[tuple[int, int, int, int]] = field(default_factory=list)
    homes: list[tuple[tuple[int, ...], bool]] = field(default_factory=list)
    schools: list[tuple[int, ...]] = field(default_factory=list)

    def between(self, span: Span) -> int:
        """A number of the inclusive range."""
        return int(self.rng.integers(span[0], span[1] + 1))

    def benign(self, low: int, high: int) -> int:
        """How many look-alikes of a kind: a draw scaled by the world, at least one unless the world has none."""
        scale = self.world.look_alikes
        return max(1, round(self.between((low, high)) * scale)) if scale > 0 else 0

    def stay(self, who: Iterable[int], *, rate: float, young: bool = True) -> None:
        """Let accounts be regulars: they stay to the end and log in at least ``rate`` times a day on average."""
        for account in who:
            people = self.people
            people.depart[account] = self.clock.end
            people.rate[account] = max(people.rate[account], rate * self.rng.lognormal(0, 0.25))
            latest = self.clock.start + int(self.rng.uniform(0.0, 0.4) * (self.clock.end - self.clock.start))
            people.arrive[account] = min(people.arrive[account], latest)
            if young:
                continue
            people.arrive[account] = min(
                people.arrive[account], self.clock.start - int(self.rng.integers(1, 200)) * 86_400_000
            )

    def book(self, account: int, start: int, end: int, room: int) -> None:
        """Arrange a session of an account; it goes before its ordinary ones, and nobody logs in before registering."""
        start, end = max(start, self.clock.start), min(end, self.clock.end)
        if start < end:
            self.booked.append((account, start, end, room))
            born = start - int(self.rng.integers(5_000, 90_000))
            self.people.arrive[account] = min(self.people.arrive[account], born)

    def bookings(self) -> Sessions:
        rows = np.array(self.booked, dtype=np.int64).reshape(-1, 4)
        return Sessions(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3])

    def say(self, at: int, sender: int, recipient: int, room: int, text: str) -> None:
        if max(self.clock.start, int(self.people.arrive[sender])) <= at < self.clock.end:
            self.lines.append(Line(at, sender, recipient, room, text))

    def one(self, options: Sequence[str]) -> str:
        return options[int(self.rng.integers(0, len(options)))]

    def meet(self, a: int, b: int, presence: Presence) -> int:
        """An instant at which ``a`` is online and both are registered; -1 if there is none."""
        since = max(int(self.people.arrive[a]), int(self.people.arrive[b]))
        return int(presence.some_after(np.array([a]), np.array([since]), self.rng)[0])

    def befriend(
        self, members: Sequence[int], presence: Presence, *, share: float, turns: float = 6.0, bond: float = 0.7
    ) -> None:
        """Pairs of ``members`` talk, at moments when one of them is online, and mostly go on talking."""
        for place, a in enumerate(members):
            for b in members[place + 1 :]:
                if self.rng.random() > share:
                    continue
                x, y = (a, b) if self.rng.random() < 0.5 else (b, a)
                at = self.meet(x, y, presence)
                if at > 0:
                    self.openings.add(x, y, at, reply=0.95, turns=turns, bond=bond)

    def adults(self, low: int = 18, high: int = 79) -> np.ndarray:
        return (self.people.age >= low) & (self.people.age <= high)

    def room_of(self, age: float) -> int:
        """The room made for people nearest to an age."""
        return int(np.argmin(np.abs(self.rooms.centre - age) / self.rooms.spread))

    def youth_rooms(self) -> Ints:
        return np.flatnonzero(self.rooms.centre < 19).astype(np.int64)
