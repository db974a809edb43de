"""Which harmless people resemble those who are sought?  The same ones with and without planted cases."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.benchmarks.simulated.clans import Clan
from tests.benchmarks.simulated.neighbours import (
    Arrival,
    Circle,
    Greeter,
    Regular,
    Seller,
    Star,
    Support,
    come_by,
    tickets,
)
from tests.benchmarks.simulated.person import Person, Place
from tests.benchmarks.simulated.setting import DAY, HOUR
from tests.benchmarks.simulated.society import Society, acquaint
from tests.benchmarks.simulated.world import World


@dataclass
class Harmless:
    """Who plays which harmless part, and what is planned for them once the world turns."""

    labels: dict[int, str] = field(default_factory=dict)
    stars: list[tuple[Person, Star]] = field(default_factory=list)
    clans: list[Clan] = field(default_factory=list)
    rushes: list[tuple[list[Person], Person, float, float, float, str]] = field(default_factory=list)
    desk: list[Person] = field(default_factory=list)

    def label(self, person: Person, part: str) -> None:
        self.labels.setdefault(person.number, part)

    def plan(self, world: World) -> None:
        for person, star in self.stars:
            star.plan(world, person)
        for clan in self.clans:
            clan.plan(world)
        for crowd, one, start, spread, share, kind in self.rushes:
            come_by(world, crowd, one, start, spread, share, kind)
        if self.desk:
            tickets(world, self.desk, len(world.people) // 14)


def harmless(society: Society, rng: random.Random) -> Harmless:
    """Gives parts to people of the society, and adds some who live for theirs."""
    found = Harmless()
    if not society.setting.dating:
        _teachers(society, found, rng)
        _pupils(society, found, rng)
        _popular(society, found, rng)
    _officials(society, found, rng)
    _newcomers(society, found, rng)
    _sellers(society, found, rng)
    _stars(society, found, rng)
    _clans(society, found, rng)
    _kin(society, found, rng)
    return found


def free_adults(society: Society, rng: random.Random, count: int, low: int = 20, high: int = 60) -> list[Person]:
    """Adults who play no part yet."""
    free = [p for p in society.people if low <= p.age <= high and p.drive is None and p.human is None]
    return rng.sample(free, count)


def _teachers(society: Society, found: Harmless, rng: random.Random) -> None:
    for label, count, low, high in (("teacher", 5, 10, 26), ("tutor", 4, 8, 14), ("coach", 4, 10, 20)):
        for adult in free_adults(society, rng, count, 24):
            school = rng.choice(society.schools)
            pupils = sorted(school.pupils, key=lambda p: (p.age, p.number))
            if label == "coach":
                rng.shuffle(pupils)
            start = rng.randrange(max(1, len(pupils) - low))
            group = pupils[start:start + rng.randrange(low, high)]
            for pupil in group if label != "tutor" else ():
                acquaint(pupil, rng.choice(group))
            adult.drive, adult.sessions = Circle(label, group, rng.uniform(0.15, 0.45)), rng.uniform(12, 30)
            found.label(adult, label)


def _pupils(society: Society, found: Harmless, rng: random.Random) -> None:
    """A new pupil to whom the class writes; somebody ill for whom the adults of a room leave a word."""
    days = society.setting.days
    for _ in range(4):
        school = rng.choice(society.schools)
        age = rng.choice(school.pupils).age
        group = [pupil for pupil in school.pupils if abs(pupil.age - age) <= 1]
        at = rng.uniform(10, days - 15) * DAY
        one = society.person(age, society.home(), created=at)
        one.school, one.welcome, one.sessions = school, 0.8, 25
        found.rushes.append((group, one, at + 6 * HOUR, rng.choice((1, 3, 6)) * DAY, 0.8, "greet"))
        found.label(one, "new pupil")
    for _ in range(2):
        one = rng.choice([p for p in society.people if p.minor and p.created == 0 and p.sessions > 5])
        crowd = free_adults(society, rng, rng.randrange(9, 15))
        found.rushes.append((crowd, one, rng.uniform(10, days - 15) * DAY, 2 * DAY, 0.85, "chat"))
        found.label(one, "ill, adults of the room sent wishes")
        for adult in crowd:
            found.label(adult, "well-wisher")


def _popular(society: Society, found: Harmless, rng: random.Random) -> None:
    teens = [person for person in society.people if person.minor and person.drive is None]
    for teen in rng.sample(teens, 12):
        teen.fame, teen.welcome, teen.sessions = 9.0, 0.85, rng.uniform(20, 45)
        teen.look *= rng.choice((1.0, 2.5))
        found.label(teen, "popular teenager")


def _officials(society: Society, found: Harmless, rng: random.Random) -> None:
    setting = society.setting
    for staff in free_adults(society, rng, 2 if not setting.dating else 3, 22):
        staff.role, staff.drive, staff.sessions, staff.minutes = "staff", Support(), 40, 60
        found.desk.append(staff)
        found.label(staff, "support")
    guilds = sorted({place.guild for place in society.places} - {-1}) or [-1] * 5
    for guild in guilds[:24]:
        moderator = free_adults(society, rng, 1, 18)[0]
        moderator.role = "moderator" if rng.random() < 0.8 else "member"
        moderator.drive, moderator.sessions = Greeter("moderator", rng.uniform(0.05, 0.5), guild), rng.uniform(15, 40)
        moderator.places += [place for place in society.places if place.guild == guild and guild >= 0]
        moderator.liking += [4.0] * (len(moderator.places) - len(moderator.liking))
        found.label(moderator, "moderator")
    for _ in range(2 if setting.dating else 4):
        greeter = free_adults(society, rng, 1, 18)[0]
        guild = rng.choice(guilds)
        greeter.drive, greeter.sessions = Greeter("greeter", rng.uniform(0.3, 0.9), guild, "greet"), rng.uniform(20, 45)
        found.label(greeter, "greeter")


def _newcomers(society: Society, found: Harmless, rng: random.Random) -> None:
    rooms = [place for place in society.places if place.kind == "newcomers"]
    room = max(rooms, key=lambda place: sum(place in person.places for person in society.people))
    for adult in free_adults(society, rng, 14, 21):
        adult.drive, adult.sessions = Regular(room, rng.uniform(0.4, 0.9)), rng.uniform(15, 40)
        found.label(adult, Regular.label)
    for person in society.people:
        near = person.created > 0 and person.drive is None and (room.guild < 0 or room in person.places)
        if near and rng.random() < (0.8 if room.guild >= 0 else 0.35):
            person.drive = Arrival(room)


def _sellers(society: Society, found: Harmless, rng: random.Random) -> None:
    for n, adult in enumerate(free_adults(society, rng, 6, 18)):
        label, kind = ("seller", "ad") if n < 4 else ("promoter of a game server", "invite")
        link = f"https://shop{rng.randrange(10, 99)}.example/{adult.name}"
        adult.drive, adult.sessions = Seller(label, link, rng.randrange(2, 8), kind), rng.uniform(10, 30)
        found.label(adult, label)


def _stars(society: Society, found: Harmless, rng: random.Random) -> None:
    days = society.setting.days
    rooms = [place for place in society.places if place.posts]
    for n in range(2 if society.setting.dating else 5):
        young = n == 0 and not society.setting.dating
        ages = (16, 17) if young else range(18, 35)
        star = rng.choice([p for p in society.people if p.age in ages and p.drive is None and p.created == 0])
        place = rng.choice([each for each in rooms if each in star.places] or rooms)
        crowd = [p for p in society.people if abs(p.age - star.age) < rng.choice((4, 9, 20)) and p is not star]
        fans = rng.sample(crowd, min(len(crowd), rng.randrange(25, 90)))
        first, every = rng.uniform(2, 20), rng.choice((7, 7, 14, 21))
        evenings = [(int(d) + 20 / 24) * DAY for d in _steps(first, every, days)]
        star.drive, star.fame, star.welcome = Star(fans, place, evenings), 4.0, 0.3
        found.stars.append((star, star.drive))
        found.label(star, "streamer")
        for fan in fans:
            found.label(fan, "fan")


def _clans(society: Society, found: Harmless, rng: random.Random) -> None:
    dating, closed = society.setting.dating, society.setting.closed
    for _ in range(4):
        base = [p for p in society.people if (18 if dating else 14) <= p.age <= 30 and p.human is None
                and (not dating or p.gender == "m")]
        first = rng.choice(base)
        near = [p for p in base if p is not first and set(p.places) & set(first.places)] or base
        members = [first, *rng.sample(near, min(len(near), rng.randrange(2, 4) if dating else rng.randrange(4, 9)))]
        rooms: list[Place] = [p for p in society.places if p.kind == "game"] or list(first.places)
        if closed:
            rooms = [place for place in first.places if place.posts] or rooms
        label = "friends on the town" if dating else "game clan"
        found.clans.append(Clan(label, members, rooms, rng.uniform(0.8, 2.5), rng.uniform(0.4, 0.85)))
        for member in members:
            found.label(member, label)
            acquaint(first, member)


def _kin(society: Society, found: Harmless, rng: random.Random) -> None:
    """Older siblings and cousins, who write to the younger ones and to their friends."""
    for home in society.homes:
        minors = [person for person in home.members if person.minor]
        for elder in home.members:
            if minors and 18 <= elder.age < 45 and elder.drive is None:
                group = minors + [friend for minor in minors for friend in minor.friends[:8] if friend.minor]
                elder.drive = Circle("older sibling, cousin or parent", group, rng.uniform(0.05, 0.25), "chat")
                found.label(elder, "older sibling, cousin or parent")


def _steps(first: float, every: float, last: float) -> list[float]:
    found = []
    while first < last - 1:
        found.append(first)
        first += every
    return found
