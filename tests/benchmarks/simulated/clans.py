"""How does a group of friends go about together?  Game clans and friends on the town greet the same people at once."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.simulated.drive import known
from tests.benchmarks.simulated.habits import open_talk
from tests.benchmarks.simulated.person import Person, Place
from tests.benchmarks.simulated.setting import DAY, HOUR
from tests.benchmarks.simulated.world import World


class Clan:
    """Some evenings a week they meet in a room, move on together and greet whom they find."""

    def __init__(self, label: str, members: list[Person], rooms: list[Place], a_week: float, share: float) -> None:
        self.label, self.members, self.rooms, self.a_week, self.share = label, members, rooms, a_week, share

    def plan(self, world: World) -> None:
        """The evenings of the whole time."""
        t = world.rng.uniform(0, 7) * DAY
        while t < world.end:
            evening = (t // DAY) * DAY + world.rng.uniform(18, 22) * HOUR
            crowd = [each for each in self.members if each.created < evening and world.rng.random() < 0.75]
            route = world.rng.sample(self.rooms, min(len(self.rooms), world.rng.randrange(1, 4)))
            for member in crowd:
                came = evening + world.rng.uniform(0, 600)
                world.visit(member, came, self._arrive(world, member, route[0]), route[0], 55)
            for n, place in enumerate(route):
                world.at(evening + 900 + n * 1500, self._gather, world, crowd, place)
            t += world.rng.expovariate(self.a_week / 7) * DAY + 0.5 * DAY

    @staticmethod
    def _arrive(world: World, member: Person, place: Place) -> Callable[[float], None]:
        return lambda t: world.move(member, place)

    def _gather(self, t: float, world: World, crowd: list[Person], place: Place) -> None:
        here = [member for member in crowd if member.session is not None]
        for member in here:
            world.move(member, place)
            if world.rng.random() < 0.3:
                world.post(member, t + world.rng.uniform(0, 300))
        others = [each for each in place.present if each not in self.members]
        if not others or len(here) < 2:
            return
        for other in world.rng.sample(others, min(len(others), world.rng.choice((0, 1, 1, 2)))):
            for member in here:
                if world.rng.random() < self.share and not known(member, other):
                    world.at(t + world.rng.uniform(20, 900), _greet, world, member, other)


def _greet(t: float, world: World, member: Person, other: Person) -> None:
    if member.session is not None and not known(member, other):
        open_talk(world, member, other, t, "clan" if world.rng.random() < 0.5 else "greet")
