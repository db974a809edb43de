"""How does somebody hunt for minors?  In the open, carefully, among adults too, or by waiting to be written to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from tests.benchmarks.simulated.drive import Drive, known, present
from tests.benchmarks.simulated.habits import open_talk
from tests.benchmarks.simulated.person import Person, Place
from tests.benchmarks.simulated.setting import DAY
from tests.benchmarks.simulated.world import World

_BAIT = ("so bored, who wants to talk?", "anyone my age here?", "just moved here, i know nobody", "nobody writes to me")
_HELP = ("i can explain that exercise, write to me", "stuck with maths? ask me", "who needs help for tomorrow?")


@dataclass(frozen=True)
class Manner:
    """How a hunter goes about it.  ``pace``: first contacts with the young a day; ``among``: with adults for each."""

    style: str
    pace: float
    among: float
    sessions: float
    eager: float
    lies: bool = False
    waits: str = ""
    off: float = 0.0
    """Share of days on which it does nothing."""


MANNERS = (
    Manner("open", 5.0, 0.1, 45, 0.8),
    Manner("steady", 2.5, 0.3, 38, 0.5, off=0.2),
    Manner("careful", 1.0, 0.8, 40, 0.35, lies=True, off=0.35),
    Manner("among adults", 1.5, 2.2, 48, 0.45),
    Manner("waits as a teenager", 0.0, 0.4, 45, 0.0, lies=True, waits="bait"),
    Manner("waits as a helper", 0.15, 0.5, 45, 0.1, waits="help"),
    Manner("in spells", 6.0, 0.2, 30, 0.7, off=0.75),
    Manner("very careful", 0.5, 1.5, 40, 0.25, lies=True, off=0.4),
)


class Hunter(Drive):
    """It looks for those who seem young wherever it is; ``ground``: the room it keeps to, if any."""

    def __init__(self, manner: Manner, ground: Place | None = None) -> None:
        self.manner, self.ground = manner, ground
        self.day, self.left, self.adults = -1, 0.0, 0.0
        self.contacts: list[Person] = []

    def room(self, world: World, me: Person) -> Place | None:
        return self.ground if self.ground is not None and world.rng.random() < 0.8 else None

    def begin(self, world: World, me: Person, t: float) -> None:
        if int(t / DAY) == self.day:
            return
        self.day = int(t / DAY)
        idle = world.rng.random() < self.manner.off
        self.left = 0.0 if idle else self.manner.pace * world.setting.hunger * world.rng.uniform(0.5, 1.6)
        if 0 < self.left < 1:
            self.left = float(world.rng.random() < self.left)

    def step(self, world: World, me: Person, t: float) -> bool:
        rng = world.rng
        if self.manner.waits and rng.random() < 0.3:
            world.post(me, t, text=rng.choice(_BAIT if self.manner.waits == "bait" else _HELP))
            return True
        if self.contacts and rng.random() < 0.22:
            other = rng.choice(self.contacts[-25:])
            if me.number in other.sent and other.session is not None:
                world.write(me, other, t, "sweet" if rng.random() < 0.5 else "chat")
                return True
        if self.left >= 1 and rng.random() < self.manner.eager:
            for other in present(world, me, t, 12):
                if tempting(world, me, other):
                    self.left -= 1
                    self.adults += self.manner.among
                    self.approach(world, me, other, t)
                    return True
        if self.adults >= 1 and rng.random() < 0.5:
            for other in present(world, me, t, 8):
                if not tempting(world, me, other):
                    self.adults -= 1
                    open_talk(world, me, other, t)
                    return True
        return False

    def approach(self, world: World, me: Person, other: Person, t: float) -> None:
        """The first line to somebody young."""
        self.contacts.append(other)
        open_talk(world, me, other, t, "ask" if world.rng.random() < 0.25 else "greet")

    def heard(self, world: World, me: Person, sender: Person, t: float, kind: str) -> bool:
        young = tempting(world, me, sender)
        if self.manner.waits and young and sender not in self.contacts:
            self.contacts.append(sender)
            self.adults += self.manner.among
        if young and sender.number not in me.blocked and world.rng.random() < 0.8:
            if me.session is None:
                me.inbox.append((sender, kind))
            else:
                world.at(t + 10 + world.rng.expovariate(1 / 60), _answer, world, me, sender)
            return True
        return False

    def voice(self, world: World, me: Person, other: Person) -> str:
        if not tempting(world, me, other):
            return "chat"
        r = world.rng.random()
        if world.setting.dating and other.number not in me.asked and me.sent.get(other.number, 0) < 5 and r < 0.5:
            return "ask"
        return "sweet" if r < 0.4 else "chat"


def tempting(world: World, me: Person, other: Person) -> bool:
    """Does the other seem young to it?  By the profile, by what was said, else by how it writes."""
    if other.told_age:
        return other.says < 18
    if world.setting.dating:
        return other.seems <= 19 and (other.minor or (other.number * 7 + me.number) % 4 == 0)
    if other.stated is not None:
        return other.stated < 18
    guess = other.age + ((other.number * 13 + me.number * 7) % 9 - 4) * 0.5
    return guess < 17.5


def _answer(t: float, world: World, me: Person, sender: Person) -> None:
    if me.session is None:
        me.inbox.append((sender, "chat"))
    elif sender.number in me.asked and world.rng.random() < 0.8:
        me.asked.discard(sender.number)
        world.tell_age(me, t, sender)
    else:
        drive = me.drive
        world.write(me, sender, t, drive.voice(world, me, sender) if drive is not None else "chat")


class Extorter(Hunter):
    """It wins a minor's trust and then demands.  ``wordless``: it never says plainly what it threatens."""

    def __init__(self, manner: Manner, *, wordless: bool = False, gate: int = 5, most: int = 14) -> None:
        super().__init__(manner)
        self.wordless, self.gate, self.most = wordless, gate, most
        self.victims: list[Person] = []
        self.pressed: list[Person] = []

    def heard(self, world: World, me: Person, sender: Person, t: float, kind: str) -> bool:
        if sender in self.victims:
            return world.rng.random() < 0.6
        if sender in self.contacts and sender.sent.get(me.number, 0) >= self.gate and len(self.victims) < self.most:
            self.victims.append(sender)
            world.visit(me, t + world.rng.uniform(0.02, 4) * DAY, partial(self._demand, world, me, sender))
        return super().heard(world, me, sender, t, kind)

    def _demand(self, world: World, me: Person, victim: Person, t: float) -> None:
        rng = world.rng
        self.pressed.append(victim)
        first, then = ("hint", "hint") if self.wordless else ("demand", "press")
        world.write(me, victim, t, first)
        for n in range(rng.randrange(2, 7)):
            later = t + rng.uniform(60, 900) * (n + 1) ** (1.0 if rng.random() < 0.6 else 2.4)
            world.visit(me, later, partial(world.write, me, victim, kind=first if n == 3 else then))
        if rng.random() < 0.5:
            world.visit(me, t + rng.uniform(2, 8) * DAY, partial(world.write, me, victim, kind=first))
        if rng.random() < world.setting.report_rate * 3:
            world.complain(victim, me, t, rng.choice(("wants money", "threatens me", "blackmail")))
        if rng.random() < 0.4:
            world.at(t + rng.uniform(1, 20) * 3600, _block, victim, me)


def _block(t: float, victim: Person, me: Person) -> None:
    victim.blocked.add(me.number)


class Recruiter(Hunter):
    """It gets to know people and sends them on: to somebody (``name``) or to a place elsewhere (``link``)."""

    def __init__(
        self, manner: Manner, *, name: str = "", link: str = "", gate: int = 2, boss: Person | None = None,
    ) -> None:
        super().__init__(manner)
        self.name, self.link, self.gate, self.boss = name, link, gate, boss
        self.sent_on: list[Person] = []

    def heard(self, world: World, me: Person, sender: Person, t: float, kind: str) -> bool:
        ready = sender in self.contacts and sender.sent.get(me.number, 0) >= self.gate
        if ready and sender not in self.sent_on and world.rng.random() < 0.7:
            self.sent_on.append(sender)
            world.visit(me, t + world.rng.uniform(30, 4000), partial(self._send_on, world, me, sender))
            return True
        return super().heard(world, me, sender, t, kind)

    def _send_on(self, world: World, me: Person, other: Person, t: float) -> None:
        name = self.name if world.rng.random() < 0.3 else f"@{self.name}"
        world.write(me, other, t, "pointer" if self.name else "place", name=name, link=self.link)
        boss = self.boss
        if boss is not None and world.rng.random() < 0.65:
            world.visit(other, t + world.rng.uniform(0.01, 1.5) * DAY, partial(_to, world, other, boss))


def _to(world: World, me: Person, boss: Person, t: float) -> None:
    if not known(me, boss):
        open_talk(world, me, boss, t, "greet")
