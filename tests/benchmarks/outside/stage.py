"""How do ordinary people behave there?  Visits, rooms, private chats by circle, age and chance.

Instants are seconds since the platform's first day; people are whole numbers until the folder is written.
"""

from dataclasses import dataclass, field

import numpy as np

from tests.benchmarks.outside.phrases import age_line, name, say
from tests.benchmarks.outside.setting import Setting
from tests.benchmarks.outside.truth import Truth

DAY = 86400.0
HOUR = 3600.0


@dataclass(frozen=True)
class Message:
    at: float
    sender: int
    recipient: int | None
    room: int | None
    text: str


@dataclass(frozen=True)
class Visit:
    start: float
    end: float
    ip: str
    device: str


@dataclass
class Stage:
    """A platform's people and what they have done; plants add to it before or after ``live``."""

    setting: Setting
    rng: np.random.Generator
    age: np.ndarray
    declared: list[int | None]
    role: list[str | None]
    joined: np.ndarray
    circle: np.ndarray
    names: list[str]
    native: list[str]
    site: list[str]
    visits: list[list[Visit]]
    truth: Truth
    messages: list[Message] = field(default_factory=list)
    identifiers: list[tuple[int, str, str, float]] = field(default_factory=list)
    met: set[tuple[int, int]] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    online: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)

    @property
    def length(self) -> float:
        return self.setting.days * DAY

    def minor(self, who: int) -> bool:
        return bool(self.age[who] < 18)

    def pick(self, count: int, *, minor: bool | None, site: str | None = None) -> list[int]:
        """People not planted yet, of one age group (None: any), on one site, who were there from the first day.

        Where they do not suffice, bystanders of other plants serve again; the guilty and victims of groups never do.
        """
        fits: list[int] = []
        for latest in (0.0, 0.0, 0.1 * self.length, 0.4 * self.length, 0.7 * self.length):
            fits = [
                who
                for who in range(len(self.age))
                if who not in self.used
                and (minor is None or self.minor(who) == minor)
                and len(self.visits[who]) >= 3
                and (site is None or self.site[who] == site)
                and self.joined[who] <= latest
                and self.role[who] is None
            ]
            if len(fits) >= count:
                break
            self.used = {
                who
                for plant in self.truth.guilty
                for who in (plant.members if plant.kind == "hub" else (*plant.members, *plant.targets))
            }
        chosen = [int(who) for who in self.rng.choice(fits, size=min(count, len(fits)), replace=False)]
        self.used.update(chosen)
        return chosen

    def moment(self, who: int, low: float = 0.0, high: float | None = None) -> float:
        """An instant within one of the account's visits that begin in [low, high); any instant there if it has none."""
        high = max(self.length if high is None else high, low + 1.0)
        fits = [visit for visit in self.visits[who] if low <= visit.start < high]
        if not fits:
            return float(self.rng.uniform(low, high))
        visit = fits[self.rng.integers(len(fits))]
        return float(self.rng.uniform(visit.start, visit.end))

    def strangers(self, who: int, count: int, *, minor: bool | None) -> list[int]:
        """Anybody on its site it has not met, whatever else they were planted as."""
        fits = [
            other
            for other in range(len(self.age))
            if other != who
            and self.site[other] == self.site[who]
            and not self.know(who, other)
            and self.visits[other]
            and self.joined[other] < 0.7 * self.length
            and (minor is None or self.minor(other) == minor)
        ]
        return [int(other) for other in self.rng.choice(fits, size=min(count, len(fits)), replace=False)]

    def there(self, site: str, at: float) -> np.ndarray:
        """Who is on that site in that hour."""
        return self.online.get((site, int(at // HOUR)), np.empty(0, dtype=int))

    def write(self, at: float, sender: int, recipient: int, text: str | None = None) -> None:
        self.met.add((min(sender, recipient), max(sender, recipient)))
        said = text if text is not None else say(self.rng)
        self.messages.append(Message(at, sender, recipient, None, said))

    def know(self, one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) in self.met

    def talk(self, one: int, other: int, at: float, *, answers: float = 0.75, text: str | None = None) -> None:
        """A chat that ``one`` begins; the other answers with that probability, and they may meet again days later."""
        self.write(at, one, other, text or say(self.rng, opening=True))
        if self.rng.random() >= answers:
            if self.rng.random() < 0.3:
                self.write(at + self.rng.exponential(600.0), one, other)
            return
        for again in range(1 + int(self.rng.random() < 0.35) + int(self.rng.random() < 0.15)):
            now = at + again * self.rng.uniform(0.5, 6.0) * DAY
            for turn in range(1 + self.rng.geometric(0.22)):
                now += self.rng.exponential(90.0) + 5.0
                if now < self.length:
                    pair = (other, one) if (turn + (again == 0)) % 2 else (one, other)
                    self.write(now, pair[0], pair[1])

    def live(self) -> None:
        """Ordinary life of everybody: ages said, rooms, and first contacts among who is there."""
        for who, visits in enumerate(self.visits):
            for visit in visits:
                for hour in range(int(visit.start // HOUR), int(visit.end // HOUR) + 1):
                    self._crowd.setdefault((self.site[who], hour), []).append(who)
        self.online = {key: np.array(sorted(set(people))) for key, people in self._crowd.items()}
        pull = self.rng.lognormal(0.0, 0.8, size=len(self.age))
        for who in range(len(self.age)):
            self._rooms(who)
            wanted = self.rng.poisson(self.setting.contacts * self.rng.lognormal(-0.3, 0.8))
            for _ in range(min(wanted, 150)):
                at = self.moment(who)
                crowd = self.there(self.site[who], at)
                crowd = crowd[(crowd != who) & (self.joined[crowd] <= at)]
                if len(crowd) == 0:
                    continue
                gap = np.abs(self.age[crowd] - self.age[who])
                reach = 1.5 + (np.minimum(self.age[crowd], self.age[who]) - 10) / 4
                weight = (
                    pull[crowd]
                    * (np.exp(-gap / reach) + 0.03)
                    * np.where(self.circle[crowd] == self.circle[who], 25.0, 1.0)
                )
                other = int(self.rng.choice(crowd, p=weight / weight.sum()))
                if not self.know(who, other):
                    self.talk(who, other, at)

    _crowd: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def _rooms(self, who: int) -> None:
        rooms = self.setting.rooms
        own = self.rng.integers(rooms, size=self.rng.integers(1, 4)) if rooms else []
        for visit in self.visits[who]:
            if rooms and self.rng.random() < 0.4:
                room = int(own[self.rng.integers(len(own))])
                for at in self.rng.uniform(visit.start, visit.end, size=1 + self.rng.poisson(2.0)):
                    text = age_line(self.rng, int(self.age[who])) if self.rng.random() < 0.02 else say(self.rng)
                    self.messages.append(Message(float(at), who, None, room, text))
        if not rooms and self.setting.texts and self.rng.random() < 0.6:
            friends = np.flatnonzero((self.circle == self.circle[who]) & (np.arange(len(self.age)) != who))
            if len(friends):
                friend = int(self.rng.choice(friends))
                came = float(max(self.joined[[who, friend]]))
                self.write(
                    self.moment(who, came, came + self.length / 4), who, friend, age_line(self.rng, int(self.age[who]))
                )


def open_stage(setting: Setting, seed: int, truth: Truth) -> Stage:
    """The people, their circles, homes, devices and visits; nobody has written yet."""
    rng = np.random.default_rng([seed, len(setting.rhythm), setting.accounts])
    count = setting.accounts
    young = rng.random(count) < setting.minors
    age = np.where(young, rng.integers(11, 18, size=count), 18 + rng.gamma(2.0, 7.0, size=count).astype(int))
    sites = setting.platforms or ("",)
    site = [sites[i] for i in rng.integers(len(sites), size=count)]
    circle = np.zeros(count, dtype=int)
    by_age = sorted(range(count), key=lambda who: (site[who], age[who] + rng.normal(0, 2.0)))
    place, number = 0, 0
    while place < count:
        size = int(rng.integers(4, 15))
        circle[by_age[place : place + size]] = number
        place, number = place + size, number + 1
    joined = np.where(rng.random(count) < 0.5, 0.0, rng.uniform(0, 0.8 * setting.days * DAY, size=count))
    declared: list[int | None] = [
        None if rng.random() > setting.known else 18 if a < 18 and rng.random() < 0.04 else int(a) for a in age
    ]
    taken: set[str] = set()
    names = [name(rng, taken) for _ in range(count)]
    if setting.ids == "number":
        native = [str(n) for n in rng.choice(np.arange(1000, 1000 + 20 * count), size=count, replace=False)]
    elif setting.ids == "uuid":
        native = [
            "-".join(bytes(rng.integers(0, 256, size=k, dtype=np.uint8)).hex() for k in (4, 2, 2, 2, 6))
            for _ in range(count)
        ]
    else:
        native = [word.lower() for word in names]
    stage = Stage(
        setting,
        rng,
        age,
        declared,
        [None] * count,
        joined,
        circle,
        names,
        native,
        site,
        [[] for _ in range(count)],
        truth,
    )
    _visits(stage)
    return stage


def start_of_visit(rng: np.random.Generator, rhythm: str, day: float) -> float:
    """When on that day somebody comes, by the platform's rhythm."""
    if rhythm == "uniform":
        return float(day * DAY + rng.uniform(0, DAY))
    mean, spread = (19.5, 2.0) if rhythm == "evening" else (16.0, 4.5)
    return float(day * DAY + min(max(rng.normal(mean, spread), 0.0), 23.9) * HOUR)


def _visits(stage: Stage) -> None:
    """Each person: a home address (some share it), a phone of their own, a carrier's address on the way."""
    rng, setting = stage.rng, stage.setting
    home, households = 0, []
    for who in range(setting.accounts):
        if who == 0 or rng.random() > 0.12:
            home += 1
        households.append(home)
        address, phone = f"10.{home // 250 % 250}.{home % 250}.7", f"dev-{who:05d}"
        eager = float(rng.beta(1.5, 3.0))
        for day in range(int(stage.joined[who] // DAY), setting.days):
            for _ in range(rng.poisson(1.3) if rng.random() < eager else 0):
                start = max(start_of_visit(rng, setting.rhythm, day), float(stage.joined[who]))
                end = min(start + rng.lognormal(7.4, 0.8), stage.length - 1)
                ip = f"100.64.0.{rng.integers(1, 4)}" if rng.random() < 0.3 else address
                if start < end:
                    stage.visits[who].append(Visit(start, end, ip, phone))
        stage.visits[who].sort(key=lambda visit: visit.start)
        if stage.joined[who] > 0 and stage.visits[who]:
            stage.joined[who] = stage.visits[who][0].start  # who comes anew registers at the first visit
