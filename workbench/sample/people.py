"""Who lives on the platform?  Ages, what they say about them, habits, rooms they like, comings and goings."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbench.sample import words
from workbench.sample.clock import DAY, HOUR, Clock, Floats, Ints
from workbench.sample.world import World

Bools = NDArray[np.bool_]

_ROOMS = (  # name, kind, age it is made for, spread in years
    ("lobby", "public", 22, 18),
    ("homework", "public", 14, 3),
    ("music", "public", 19, 9),
    ("salon-12", "public", 13, 3),
    ("salon-9", "public", 30, 10),
    ("jeux", "public", 18, 8),
    ("quiz", "public", 28, 14),
    ("creation", "public", 17, 6),
    ("salon-15", "public", 16, 3),
    ("cinema", "public", 27, 11),
    ("apero", "public", 36, 12),
    ("football", "public", 24, 11),
    ("animaux", "public", 21, 13),
    ("veillee", "public", 33, 13),
    ("english-corner", "public", 20, 9),
    ("salon-40", "public", 44, 11),
)


@dataclass(frozen=True)
class Rooms:
    """Rooms with the age they are made for (years) and its spread."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    centre: Floats
    spread: Floats

    @property
    def size(self) -> int:
        return len(self.names)


@dataclass
class People:
    """One row per account, columns as arrays; instants in milliseconds.

    ``seeks`` says whom an account approaches: 0 people near its age, 1 minors, 2 anybody.  ``operator`` is the person
    at the keyboard: accounts of one shell ring share it.  ``rate`` is sessions a day, ``talk`` room messages a session,
    ``opens`` private contacts begun a day.
    """

    age: Ints
    gender: list[str]
    language: list[str]
    declared: Ints
    says_age: Ints
    pseudonym: list[str]
    role: list[str]
    arrive: Ints
    depart: Ints
    band: NDArray[np.str_]
    rate: Floats
    talk: Floats
    opens: Floats
    popularity: Floats
    seeks: Ints
    operator: Ints
    taste: Floats
    taken: Bools
    lines: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.age)

    @property
    def minor(self) -> Bools:
        return self.age < 18

    @property
    def role_free(self) -> Bools:
        """Accounts nobody gave a part."""
        return ~self.taken

    def pick(self, count: int, where: Bools, rng: np.random.Generator) -> Ints:
        """``count`` accounts that hold no part yet (fewer if there are no more), now taken."""
        free = np.flatnonzero(where & ~self.taken)
        chosen = rng.permutation(free)[:count].astype(np.int64)
        self.taken[chosen] = True
        return chosen

    def favour(self, who: Ints, rooms: Ints, times: float) -> None:
        """Make accounts like rooms more."""
        self.taste[np.ix_(who, rooms)] *= times


def make_rooms(world: World, rng: np.random.Generator) -> Rooms:
    """The lobby and a draw of others, with audiences that differ a little from seed to seed."""
    count = min(int(rng.integers(world.room_count[0], world.room_count[1] + 1)), len(_ROOMS))
    chosen = [
        _ROOMS[0],
        _ROOMS[1],
        *(_ROOMS[i] for i in sorted(rng.permutation(np.arange(2, len(_ROOMS)))[: count - 2])),
    ]
    centre = np.array([room[2] for room in chosen], dtype=np.float64) + rng.normal(0, 1.0, count)
    spread = np.array([room[3] for room in chosen], dtype=np.float64) * rng.lognormal(0, 0.12, count)
    return Rooms(tuple(r[0] for r in chosen), tuple(r[1] for r in chosen), centre, spread)


def populate(world: World, clock: Clock, rooms: Rooms, rng: np.random.Generator) -> People:
    """An ordinary population before anybody is given a part."""
    n = int(rng.integers(world.accounts[0], world.accounts[1] + 1))
    minor = rng.random(n) < world.minors
    age = np.where(
        minor, np.clip(np.rint(rng.normal(14.4, 1.7, n)), 10, 17), np.clip(18 + rng.gamma(1.5, 9.0, n), 18, 79)
    ).astype(np.int64)
    gender = np.where(rng.random(n) < 0.5, "f", "h").tolist()
    language = np.where(rng.random(n) < 0.78, "fr", "en").tolist()

    declared = age.copy()
    lies = rng.random(n) < world.lies * np.where(minor, 1.6, 0.6)
    raised = np.where(minor, rng.integers(15, 20, n), age - rng.integers(1, 9, n))
    declared = np.where(lies, np.where(minor, np.maximum(raised, age), np.maximum(raised, 18)), declared)
    declared = np.where(rng.random(n) < world.missing_ages, -1, declared)
    # most who say an age say the true one, some repeat the declared lie
    says = np.where(rng.random(n) < world.stated_ages * np.where(minor, 1.2, 0.75), age, -1)
    says = np.where((says > 0) & lies & (declared > 0) & (rng.random(n) < 0.5), declared, says)

    length = clock.end - clock.start
    newcomer = rng.random(n) < rng.uniform(0.4, 0.6)
    arrive = np.where(
        newcomer,
        clock.draw("adult", np.full(n, clock.start), np.full(n, clock.end - 2 * DAY), rng),
        clock.start - (rng.gamma(1.2, 160.0, n) * DAY).astype(np.int64) - HOUR,
    )
    arrive = np.maximum(arrive, clock.start - 1_100 * DAY)
    stay = np.where(rng.random(n) < 0.3, rng.exponential(6.0, n), rng.exponential(90.0, n)) * DAY
    depart = np.minimum(np.maximum(arrive, clock.start) + stay.astype(np.int64) + HOUR, clock.start + length)
    band = np.where(minor, "teen", np.where(rng.random(n) < 0.15, "night", "adult")).astype("<U8")
    distance = (age[:, None] - rooms.centre[None, :]) / rooms.spread[None, :]
    taste = np.exp(-0.5 * distance**2) + 0.02
    taste *= rng.gamma(0.6, 1.0, taste.shape) + 0.03
    taste[:, 0] = np.maximum(taste[:, 0], taste.mean(axis=1) * 0.8)
    return People(
        age=age,
        gender=gender,
        language=language,
        declared=declared,
        says_age=says,
        pseudonym=words.pseudonyms(n, rng),
        role=["member"] * n,
        arrive=arrive,
        depart=depart,
        band=band,
        rate=np.clip(rng.lognormal(-0.95, 1.0, n), 0.02, 6.0) * world.activity,
        talk=rng.lognormal(0.0, 1.1, n),
        opens=np.clip(rng.lognormal(-2.75, 1.45, n), 0.0, 4.0) * world.activity,
        popularity=rng.lognormal(0.0, 0.6, n),
        seeks=np.zeros(n, dtype=np.int64),
        operator=np.arange(n, dtype=np.int64),
        taste=taste,
        taken=np.zeros(n, dtype=np.bool_),
    )
