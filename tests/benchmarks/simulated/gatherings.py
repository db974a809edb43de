"""How do many adults come upon one minor?  Word goes round, in a room or by a recruiter, and each comes in his time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from tests.benchmarks.simulated.drive import Drive, known
from tests.benchmarks.simulated.habits import open_talk
from tests.benchmarks.simulated.person import Person, Place
from tests.benchmarks.simulated.setting import DAY, HOUR
from tests.benchmarks.simulated.world import World


@dataclass(frozen=True)
class Spread:
    """``days``: over how long the adults come; ``by``: how they hear of the minor (room, recruiter, unseen)."""

    style: str
    days: float
    by: str


SPREADS = (
    Spread("in an evening, by a recruiter", 0.22, "recruiter"),
    Spread("over weeks, told in a room", 24.0, "room"),
    Spread("over months, unseen", 85.0, "unseen"),
    Spread("in an evening, told in a room", 0.3, "room"),
    Spread("over weeks, by a recruiter", 18.0, "recruiter"),
    Spread("over months, told in a room", 70.0, "room"),
)


class Guest(Drive):
    """An adult who hears of minors; it keeps writing to the one it was sent to."""

    def __init__(self) -> None:
        self.sought: list[Person] = []

    def step(self, world: World, me: Person, t: float) -> bool:
        for one in self.sought:
            if me.number in one.sent and one.session is not None and world.rng.random() < 0.3:
                world.write(me, one, t, "sweet" if world.rng.random() < 0.4 else "chat")
                return True
        return False

    def voice(self, world: World, me: Person, other: Person) -> str:
        return "sweet" if other in self.sought and world.rng.random() < 0.35 else "chat"


class Gathering:
    """Adults, the minor on whom they converge, when, and who told them."""

    def __init__(
        self, spread: Spread, target: Person, adults: list[Person], teller: Person, room: Place | None, start: float
    ) -> None:
        self.spread, self.target, self.adults, self.teller = spread, target, adults, teller
        self.room, self.start = room, start
        self.told: list[Person] = []
        for adult in adults:
            if adult.drive is None:
                adult.drive = Guest()

    def plan(self, world: World) -> None:
        """Each hears of it at some time, and comes soon after."""
        rng = world.rng
        evening = self.spread.days < 1
        base = (self.start // DAY) * DAY + rng.uniform(17, 19) * HOUR
        for adult in self.adults:
            heard = base + rng.random() * self.spread.days * DAY
            if not evening:
                heard = (heard // DAY) * DAY + rng.triangular(9, 24, 20) * HOUR
            if self.spread.by == "recruiter":
                world.visit(self.teller, heard, partial(self._tell, world, adult))
            elif self.spread.by == "room" and rng.random() < 0.5:
                world.visit(self.teller, heard, partial(self._mention_in_room, world), self.room)
                world.visit(adult, heard + rng.uniform(-600, 300), lambda at: None, self.room)
            late = rng.expovariate(1 / (0.04 if evening else 0.6)) * DAY + 240
            world.visit(adult, heard + late, partial(self._come, world, adult))
        if evening:
            world.visit(self.target, base + rng.uniform(0, 1800), lambda at: None, None, 100)

    def _tell(self, world: World, adult: Person, t: float) -> None:
        self.told.append(adult)
        name = self.target.name if world.rng.random() < 0.3 else f"@{self.target.name}"
        world.write(self.teller, adult, t, "pointer", name=name)

    def _mention_in_room(self, world: World, t: float) -> None:
        if self.room is not None and self.teller.session is not None:
            world.move(self.teller, self.room)
            name = f"@{self.target.name}"
            text = world.rng.choice((f"{name} again, always there in the evening", f"who knows {name}?",
                                     f"{name} is fun, tell them i sent you"))
            world.post(self.teller, t, text=text)

    def _come(self, world: World, adult: Person, t: float) -> None:
        if not known(adult, self.target):
            if isinstance(adult.drive, Guest):
                adult.drive.sought.append(self.target)
            open_talk(world, adult, self.target, t)
