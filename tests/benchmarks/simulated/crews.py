"""How does a crew ambush?  One finds a target and calls; the others come within minutes to a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from tests.benchmarks.simulated.drive import Drive, known, present
from tests.benchmarks.simulated.habits import open_talk
from tests.benchmarks.simulated.hunters import tempting
from tests.benchmarks.simulated.person import Person
from tests.benchmarks.simulated.setting import DAY, HOUR
from tests.benchmarks.simulated.world import World


@dataclass(frozen=True)
class Way:
    """``within``: hours in which the others come; ``joins``: the chance of each; ``own``: its contacts of its own."""

    style: str
    within: float
    joins: float
    own: float
    pause: float
    decoy: bool = False
    at_once: int = 99


WAYS = (
    Way("swift", 0.4, 0.9, 0.03, 3.0),
    Way("over an evening", 4.0, 0.85, 0.08, 3.5),
    Way("within a day", 22.0, 0.85, 0.1, 4.0),
    Way("camouflaged", 5.0, 0.85, 0.45, 4.0),
    Way("in turns", 3.0, 0.95, 0.15, 2.5, at_once=3),
    Way("decoy", 2.0, 0.85, 0.1, 4.0, decoy=True),
    Way("decoy, within a day", 20.0, 0.8, 0.2, 5.0, decoy=True),
    Way("swift, few targets", 0.5, 0.95, 0.2, 14.0),
)


class Crew:
    """Accounts that come to the same targets.  ``young``: it looks for minors; else for anybody of its taste."""

    def __init__(self, way: Way, members: list[Person], start: float, end: float, *, young: bool) -> None:
        self.way, self.members, self.start, self.end, self.young = way, members, start, end, young
        self.targets: list[Person] = []
        self.called: dict[Person, tuple[Person, float]] = {}
        self.last = start
        for n, member in enumerate(members):
            member.drive = Scout(self) if n < 2 and not way.decoy else Decoy(self) if n == 0 else Mate(self)
            member.look = way.own * 0.7

    def ready(self, world: World, t: float) -> bool:
        pause = self.way.pause * DAY
        return self.start < t < self.end and t - self.last > pause * 0.7 and world.rng.random() < 0.5

    def call(self, world: World, caller: Person, target: Person, t: float) -> None:
        """The others are told, by means that the platform does not see, and come."""
        self.last = t
        self.targets.append(target)
        self.called[target] = caller, t
        others = [member for member in self.members if member is not caller]
        world.rng.shuffle(others)
        for member in others[: self.way.at_once]:
            if world.rng.random() < self.way.joins:
                late = world.rng.betavariate(1.1, 2.0) * self.way.within * HOUR + 60
                place = target.session.place if target.session is not None else None
                world.visit(member, t + late, partial(self._come, world, member, target), place, 15)

    @staticmethod
    def _come(world: World, me: Person, target: Person, t: float) -> None:
        if known(me, target):
            world.write(me, target, t)
            return
        open_talk(world, me, target, t, "lure" if world.rng.random() < 0.25 else "greet")


class Mate(Drive):
    """A member that comes when called and else lives as others do."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    def voice(self, world: World, me: Person, other: Person) -> str:
        return "lure" if other in self.crew.targets and world.rng.random() < 0.35 else "chat"


class Scout(Mate):
    """A member that finds the targets and writes to them first."""

    def step(self, world: World, me: Person, t: float) -> bool:
        if not self.crew.ready(world, t):
            return False
        for other in present(world, me, t, 10):
            wanted = tempting(world, me, other) if self.crew.young else other.gender == "m" and other.visits > 1
            if wanted and other not in self.crew.targets and other not in self.crew.members:
                open_talk(world, me, other, t)
                self.crew.call(world, me, other, t)
                return True
        return False


class Decoy(Mate):
    """A profile that pleases: the targets write to it of themselves, and the crew is told of some."""

    def heard(self, world: World, me: Person, sender: Person, t: float, kind: str) -> bool:
        enough = sender.sent.get(me.number, 0) >= 2 and sender not in self.crew.targets
        if enough and sender not in self.crew.members and self.crew.ready(world, t):
            world.at(t + 40, _lure, world, me, sender)
            self.crew.call(world, me, sender, t)
        return False


def _lure(t: float, world: World, me: Person, target: Person) -> None:
    if me.session is not None:
        world.write(me, target, t, "lure")
