"""Who lives there?  Homes, schools and circles of friends; each person with a rhythm, tastes, devices and a profile."""

import random
from dataclasses import dataclass, field

from tests.benchmarks.simulated.map import create_rooms, favourites, join
from tests.benchmarks.simulated.naming import alike, code, pseudonym
from tests.benchmarks.simulated.net import Net
from tests.benchmarks.simulated.person import Device, Home, Person, Place, School
from tests.benchmarks.simulated.setting import DAY, Setting


@dataclass
class Society:
    """The people before anything happens; ``homes``, ``desks``: who shares a roof, who the machines of a café."""

    setting: Setting
    rng: random.Random
    net: Net
    places: list[Place]
    people: list[Person] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    cafes: list[list[Person]] = field(default_factory=list)
    circles: list[list[Person]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def person(self, age: int, home: Home, *, created: float | None = None, name: str = "") -> Person:
        """A new inhabitant with everything of its own."""
        rng, setting = self.rng, self.setting
        if created is None:
            created = 0.0 if rng.random() < 0.62 else rng.uniform(0, 0.93) * setting.days * DAY
        minor = age < 18
        rhythm = "pupil" if minor else "student" if age < 24 and rng.random() < 0.6 else (
            "retired" if age > 62 else rng.choices(("worker", "owl", "student"), weights=(7, 2, 1))[0]
        )
        factor = rng.lognormvariate(-0.35, 0.85)
        gender = "m" if rng.random() < (0.66 if setting.dating and not minor else 0.52) else "f"
        found, liking = favourites(setting, self.places, age, rng)
        me = Person(
            len(self.people), code(rng, "u", 9), name or pseudonym(rng, self.taken, age), age, gender,
            rng.random() < setting.french, home, created, says=age, rhythm=rhythm, shift=rng.gauss(0, 0.8),
            sessions=min(110.0, setting.sessions_a_month * factor),
            minutes=setting.minutes * rng.lognormvariate(0, 0.35), talk=setting.talk * rng.lognormvariate(0, 0.6),
            social=setting.social * rng.lognormvariate(0, 0.4), look=setting.look * rng.lognormvariate(0, 0.6),
            welcome=rng.betavariate(3, 2.2), fame=rng.lognormvariate(-0.5, 0.6), places=found, liking=liking,
            carrier=rng.choices((0, 1, 2), weights=(5, 3, 1))[0],
        )
        if setting.dating and gender == "f":
            me.look *= 0.4
            me.welcome *= 0.7
            me.fame *= 1.3
        state_age(me, setting, rng)
        self.people.append(me)
        home.members.append(me)
        if rng.random() < 0.96:
            me.devices.append(self.net.device(mobile=True))
        if rng.random() < 0.4 or not me.devices:
            me.devices.append(self.net.device(mobile=False))
        if home.shared is not None and rng.random() < 0.8:
            me.devices.append(home.shared)
        return me

    def home(self, *, shared: bool = False) -> Home:
        home = Home(self.net.line(), shared=self.net.device(mobile=True) if shared else None)
        self.homes.append(home)
        return home

    def age(self) -> int:
        setting, rng = self.setting, self.rng
        if rng.random() < setting.minors:
            return rng.choices(range(11, 18), weights=setting.minor_ages)[0]
        return max(18, min(78, int(rng.lognormvariate(0, 0.32) * setting.adult_median)))


def settle(setting: Setting, rng: random.Random) -> Society:
    """A whole society."""
    net = Net(rng, int(setting.accounts * 2.2))
    society = Society(setting, rng, net, create_rooms(setting, rng))
    while len(society.people) < setting.accounts:
        _household(society)
    _schools(society)
    _circles(society)
    _cafes_and_work(society)
    for home in society.homes:
        _family_ties(society, home)
    return society


def state_age(me: Person, setting: Setting, rng: random.Random) -> None:
    """What its profile says of its age, and what it says itself."""
    if rng.random() < setting.age_stated:
        me.stated = me.age
        if setting.dating and me.minor:
            me.stated = rng.choice((18, 18, 18, 19, 20))
            if rng.random() < 0.25:
                me.says = me.stated
        elif rng.random() < setting.age_wrong:
            if me.minor:
                me.stated = rng.choice((13, 16, 18, 18, 19, 21)) if me.age < 16 else rng.choice((18, 19))
                me.says = me.stated if rng.random() < 0.4 else me.age
            else:
                me.stated = rng.choice((max(18, me.age - rng.randrange(2, 9)), 99, 18, me.age + 3))
                me.says = me.stated if me.stated != 99 and rng.random() < 0.5 else me.age


def acquaint(one: Person, other: Person) -> None:
    """Friends from before the log."""
    if other is not one and other not in one.friends:
        one.friends.append(other)
        other.friends.append(one)


def _household(society: Society) -> None:
    rng, setting = society.rng, society.setting
    size = rng.choices((1, 2, 3, 4), weights=(96, 2, 1, 0) if setting.dating else (82, 12, 5, 1))[0]
    home = society.home(shared=size > 1 and rng.random() < 0.45)
    first = society.person(society.age(), home)
    for _ in range(size - 1):
        age = first.age
        if first.minor or rng.random() < 0.3:
            age = max(11, age + rng.randrange(-4, 9)) if rng.random() < 0.75 else age + rng.randrange(24, 38)
        else:
            age = max(18, age + rng.randrange(-6, 7))
        name = alike(first.name, rng, society.taken) if rng.random() < 0.22 else ""
        society.person(age, home, name=name)


def _family_ties(society: Society, home: Home) -> None:
    for n, one in enumerate(home.members):
        for other in home.members[n + 1:]:
            if society.rng.random() < 0.6:
                acquaint(one, other)


def _schools(society: Society) -> None:
    """Pupils of a school go to classes by age; a class's mates know each other and like the same places."""
    rng = society.rng
    minors = [person for person in society.people if person.minor]
    rng.shuffle(minors)
    size = 70 if society.setting.closed else 55
    for start in range(0, len(minors), size):
        school = School(society.net.line(fixed=True), minors[start:start + size])
        if rng.random() < 0.6:
            school.desks = [society.net.device(mobile=False) for _ in range(rng.randrange(3, 9))]
        society.schools.append(school)
        by_age: dict[int, list[Person]] = {}
        for pupil in school.pupils:
            pupil.school = school if rng.random() < 0.85 else None
            by_age.setdefault(pupil.age, []).append(pupil)
        for age in sorted(by_age):
            _befriend(society, by_age[age], rng.uniform(2.0, 5.0))
        for pupil in school.pupils:
            if rng.random() < 0.5:
                acquaint(pupil, rng.choice(school.pupils))


def _circles(society: Society) -> None:
    """Adults (and some minors) have circles from elsewhere: of a like age and taste."""
    rng = society.rng
    crowd = sorted((p for p in society.people if not p.minor or rng.random() < 0.15), key=lambda p: (p.age, p.number))
    while len(crowd) > 6:
        start = rng.randrange(len(crowd) - 5)
        size = rng.randrange(4, 16)
        near = crowd[start:start + size * 3]
        circle = rng.sample(near, min(size, len(near)))
        society.circles.append(circle)
        _befriend(society, circle, rng.uniform(1.5, 4.0))
        gone = {person.number for person in circle if rng.random() < 0.7}
        crowd = [person for person in crowd if person.number not in gone]


def _befriend(society: Society, group: list[Person], ties: float) -> None:
    rng, setting = society.rng, society.setting
    if not group:
        return
    common = list(rng.choice(group).places)
    if setting.closed and rng.random() < 0.5:
        common = join(society.places, group[0].age, rng)
    for person in group:
        for place in common:
            if place not in person.places and rng.random() < (0.8 if setting.closed else 0.5):
                person.places.append(place)
                person.liking.append(rng.uniform(0.5, 2.5))
        if len(group) > 1:
            for _ in range(int(ties / 2 + rng.random())):
                acquaint(person, rng.choice(group))


def _cafes_and_work(society: Society) -> None:
    """Internet cafés (their guests own no machine), places of work, trains and proxies that many come through."""
    rng, net = society.rng, society.net
    guests = [person for person in society.people if len(person.home.members) == 1]
    for _ in range(5):
        desks: list[Device] = [net.device(mobile=False) for _ in range(rng.randrange(4, 9))]
        line = net.line(fixed=True)
        cafe = rng.sample(guests, rng.randrange(5, 9))
        guests = [person for person in guests if person not in cafe]
        for person in cafe:
            person.devices, person.home.line = list(desks), line
            person.home.shared = None
        society.cafes.append(cafe)
    works = [net.line(fixed=True) for _ in range(30)]
    proxies = [net.line(fixed=True) for _ in range(5)]
    for person in society.people:
        if not person.minor and rng.random() < 0.25:
            person.lines.append(rng.choice(works))
        if rng.random() < 0.03:
            person.lines.append(rng.choice(proxies))
