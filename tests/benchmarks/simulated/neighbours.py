"""What do busy, harmless people do?  Teachers, greeters, moderators, support, sellers, streamers, rushing regulars."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.simulated.drive import Drive, known, present
from tests.benchmarks.simulated.habits import open_talk
from tests.benchmarks.simulated.person import Person, Place
from tests.benchmarks.simulated.setting import DAY, HOUR
from tests.benchmarks.simulated.world import World


class Circle(Drive):
    """It writes to the members of a group one by one: a teacher, a tutor, a coach, an older sibling or cousin."""

    def __init__(self, label: str, group: list[Person], rate: float, kind: str = "homework") -> None:
        self.label, self.group, self.rate, self.kind = label, group, rate, kind

    def step(self, world: World, me: Person, t: float) -> bool:
        if world.rng.random() > self.rate:
            return False
        other = world.rng.choice(self.group)
        if t < other.created or t >= other.left:
            return False
        world.write(me, other, t, self.kind if world.rng.random() < 0.7 else "chat")
        return True

    def voice(self, world: World, me: Person, other: Person) -> str:
        return self.kind if world.rng.random() < 0.4 else "chat"


class Greeter(Drive):
    """It welcomes who is new; a moderator warns besides.  ``guild``: only those of one closed community."""

    def __init__(self, label: str, share: float, guild: int = -1, kind: str = "welcome") -> None:
        self.label, self.share, self.guild, self.kind = label, share, guild, kind
        self.passed: set[int] = set()

    def step(self, world: World, me: Person, t: float) -> bool:
        for other in reversed(world.newcomers[-14:]):
            if other.number in self.passed or other is me or known(me, other) or t - other.created > 2 * DAY:
                continue
            if self.guild >= 0 and all(place.guild != self.guild for place in other.places):
                continue
            self.passed.add(other.number)
            if world.rng.random() < self.share:
                world.write(me, other, t, self.kind)
                return True
        if self.label == "moderator" and world.rng.random() < 0.12:
            seen = present(world, me, t, 3)
            if seen:
                world.write(me, seen[0], t, "warn")
                return True
        return False


class Regular(Drive):
    """An adult of the newcomers' room, where everybody rushes to each arrival: that is the custom there."""

    label = "regular of the newcomers' room"

    def __init__(self, room: Place, share: float) -> None:
        self.place, self.share = room, share
        self.passed: set[int] = set()

    def room(self, world: World, me: Person) -> Place | None:
        return self.place if world.rng.random() < 0.7 else None

    def step(self, world: World, me: Person, t: float) -> bool:
        if me.session is None or me.session.place is not self.place:
            return False
        for other in [*self.place.present[-4:], *self.place.recent[:-9:-1]]:
            if other is me or other.visits > 3 or other.number in self.passed or known(me, other):
                continue
            self.passed.add(other.number)
            if world.rng.random() < self.share:
                open_talk(world, me, other, t, "welcome" if world.rng.random() < 0.3 else "greet")
                return True
        return False


class Arrival(Drive):
    """A newcomer that looks into the newcomers' room first; it has no other purpose."""

    def __init__(self, room: Place) -> None:
        self.place = room

    def room(self, world: World, me: Person) -> Place | None:
        return self.place if me.visits <= 2 else None

    def begin(self, world: World, me: Person, t: float) -> None:
        if me.visits == 1 and world.rng.random() < 0.75:
            world.at(t + world.rng.uniform(10, 90), _hello, world, me)


class Support(Drive):
    """The platform's help desk: many write to it, and it answers all."""

    label = "support"

    def heard(self, world: World, me: Person, sender: Person, t: float, kind: str) -> bool:
        if me.session is None:
            me.inbox.append((sender, kind))
        else:
            world.at(t + world.rng.uniform(60, 900), _reply, world, me, sender)
        return True

    def voice(self, world: World, me: Person, other: Person) -> str:
        return "support"


class Seller(Drive):
    """It offers something to whomever it sees, with a link, and reminds those who owe."""

    def __init__(self, label: str, link: str, a_day: int, kind: str = "ad") -> None:
        self.label, self.link, self.a_day, self.kind = label, link, a_day, kind
        self.day, self.done = -1, 0
        self.buyers: list[Person] = []

    def step(self, world: World, me: Person, t: float) -> bool:
        if int(t / DAY) != self.day:
            self.day, self.done = int(t / DAY), 0
        if self.buyers and self.kind == "ad" and world.rng.random() < 0.06:
            world.write(me, world.rng.choice(self.buyers), t, "due")
            return True
        if self.done < self.a_day and world.rng.random() < 0.6:
            for other in present(world, me, t, 4):
                self.done += 1
                world.write(me, other, t, self.kind, link=self.link)
                return True
        return False

    def heard(self, world: World, me: Person, sender: Person, t: float, kind: str) -> bool:
        if world.rng.random() < 0.3 and sender not in self.buyers:
            self.buyers.append(sender)
        return False


class Star(Drive):
    """A streamer: at every show its fans come at once, in the room and by messages of their own."""

    label = "streamer"

    def __init__(self, fans: list[Person], place: Place, evenings: list[float]) -> None:
        self.fans, self.place, self.evenings = fans, place, evenings

    def plan(self, world: World, me: Person) -> None:
        for evening in self.evenings:
            world.visit(me, evening - 600, lambda t: None, self.place, 120)
            for fan in self.fans:
                if world.rng.random() < 0.35:
                    t = evening + abs(world.rng.gauss(0, 1500))
                    world.visit(fan, t, self._cheer(world, me, fan), self.place, 20)

    def _cheer(self, world: World, me: Person, fan: Person) -> Callable[[float], None]:
        def cheer(t: float) -> None:
            if world.rng.random() < 0.45:
                world.write(fan, me, t, "fan")
            else:
                world.post(fan, t, "fan")
        return cheer


def tickets(world: World, desk: list[Person], count: int) -> None:
    """People write to the help desk now and then."""
    for _ in range(count):
        asker = world.rng.choice(world.people)
        t = world.rng.uniform(asker.created, world.end)
        helper = world.rng.choice(desk)
        if helper is not asker and t < asker.left:
            world.visit(asker, t, _writes(world, asker, helper, "chat"))


def come_by(
    world: World, crowd: list[Person], one: Person, start: float, spread: float, share: float, kind: str = "greet"
) -> None:
    """Many write to one for a harmless reason: a new pupil, somebody who fell ill, a birthday."""
    for person in crowd:
        if person is not one and world.rng.random() < share:
            t = start + world.rng.random() ** 1.5 * spread
            t += (0 if 7 * HOUR < t % DAY < 22 * HOUR else 9 * HOUR)
            world.visit(person, t, _writes(world, person, one, kind))


def _writes(world: World, me: Person, other: Person, kind: str) -> Callable[[float], None]:
    def write(t: float) -> None:
        if other.created <= t:
            world.write(me, other, t, kind)
    return write


def _hello(t: float, world: World, me: Person) -> None:
    if me.session is not None:
        world.post(me, t, "hello")


def _reply(t: float, world: World, me: Person, sender: Person) -> None:
    if me.session is not None:
        world.write(me, sender, t, "support")
