"""What is planted?  Hunters, crews, gatherings, recruiters, extorters, rings and hunting grounds, easy and hard."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.benchmarks.simulated.casting import among_minors, cast, seem
from tests.benchmarks.simulated.crews import WAYS, Crew
from tests.benchmarks.simulated.gatherings import SPREADS, Gathering
from tests.benchmarks.simulated.hunters import MANNERS, Extorter, Hunter, Manner, Recruiter
from tests.benchmarks.simulated.person import Person, Place
from tests.benchmarks.simulated.rings import STYLES, Ring, ring
from tests.benchmarks.simulated.setting import DAY
from tests.benchmarks.simulated.society import Society, acquaint
from tests.benchmarks.simulated.world import World


@dataclass
class Plants:
    """All who prey, by what they do; whether it came off is told from what happened."""

    hunters: list[tuple[str, Person]] = field(default_factory=list)
    crews: list[Crew] = field(default_factory=list)
    gatherings: list[Gathering] = field(default_factory=list)
    recruiters: list[tuple[str, Person, Recruiter]] = field(default_factory=list)
    extorters: list[tuple[str, Person, Extorter]] = field(default_factory=list)
    rings: list[Ring] = field(default_factory=list)
    grounds: list[tuple[Place, list[Person]]] = field(default_factory=list)

    def plan(self, world: World) -> None:
        for gathering in self.gatherings:
            gathering.plan(world)


def plant(society: Society, labels: dict[int, str], rng: random.Random) -> Plants:
    """Those who prey move in, as many of each as the setting says."""
    wanted, found = society.setting.plants, Plants()
    _hunters(society, found, wanted["hub"], rng)
    _crews(society, found, wanted["crew"], rng)
    _gatherings(society, found, wanted["gathering"], labels, rng)
    _recruiters(society, found, wanted["recruiter"], rng)
    _extorters(society, found, wanted["extortion"], rng)
    for n in range(wanted["ring"]):
        found.rings.append(ring(society, STYLES[n % len(STYLES)], rng, hunts=n % 3 != 2))
    found.hunters += [
        (f"one of several accounts ({each.style})", who) for each in found.rings for who in each.accounts if who.prey
    ]
    _grounds(society, found, wanted["ground"], rng)
    return found


def _hunter(society: Society, manner: Manner, rng: random.Random) -> Person:
    me = cast(society, rng)
    among_minors(society, me, rng)
    me.sessions, me.look = manner.sessions * rng.uniform(0.7, 1.3), me.look * 0.6
    if manner.lies:
        seem(society, me, rng.choice((15, 16, 17)) if manner.waits else rng.choice((16, 17, 18, 19, 21, 23)))
    if manner.waits:
        me.fame, me.welcome = 5.0, 0.95
    me.drive = Hunter(manner)
    return me


def _hunters(society: Society, found: Plants, count: int, rng: random.Random) -> None:
    manners = [manner for manner in MANNERS if not (society.setting.dating and manner.waits == "help")]
    for n in range(count):
        manner = manners[n % len(manners)]
        found.hunters.append((manner.style, _hunter(society, manner, rng)))


def _crews(society: Society, found: Plants, count: int, rng: random.Random) -> None:
    setting = society.setting
    for n in range(count):
        way = WAYS[n % len(WAYS)]
        young = not setting.dating and n % 2 == 0
        members = [cast(society, rng, 18, 34, created=0.0) for _ in range(rng.randrange(3, 9) + (way.at_once < 9))]
        for member in members:
            member.left, member.status = float("inf"), "active"
            member.sessions = rng.uniform(8, 26) if members.index(member) > 1 else rng.uniform(26, 45)
            if young:
                among_minors(society, member, rng)
            if rng.random() < 0.3:
                acquaint(member, rng.choice(members))
        if way.decoy:
            decoy = members[0]
            decoy.gender, decoy.fame, decoy.welcome, decoy.sessions = "f", 7.0, 0.9, 40.0
            decoy.look = 0.0
            seem(society, decoy, rng.choice((14, 15, 16)) if not setting.dating else rng.choice((19, 21, 23)))
        length = rng.uniform(30, 75) * DAY
        start = rng.uniform(4 * DAY, setting.days * DAY - length - 5 * DAY)
        found.crews.append(Crew(way, members, start, start + length, young=young))


def _gatherings(society: Society, found: Plants, count: int, labels: dict[int, str], rng: random.Random) -> None:
    setting = society.setting
    pool = [person for person in society.people if person.minor and person.created == 0 and person.sessions > 4
            and person.number not in labels and person.drive is None]
    for n, target in enumerate(rng.sample(pool, count)):
        spread = SPREADS[n % len(SPREADS)]
        adults = [cast(society, rng, 21, 60, created=0.0) for _ in range(rng.randrange(6, 16))]
        for adult in adults:
            adult.sessions = rng.uniform(3, 14)
        if n % 3 == 2:
            adults[:2] = rng.sample([person for _, person in found.hunters[:6]], 2)
        teller = cast(society, rng, 25, 60, created=0.0)
        teller.left, teller.status = float("inf"), "active"
        rooms = [place for place in society.places if place.posts and place.kind in ("adult", "hobby", "general")]
        start = rng.uniform(5, max(6, setting.days - spread.days - 8)) * DAY
        found.gatherings.append(Gathering(spread, target, adults, teller, rng.choice(rooms), start))


def _recruiters(society: Society, found: Plants, count: int, rng: random.Random) -> None:
    manner = Manner("recruits", 2.5, 0.2, 45, 0.7)
    for n in range(count):
        me = _hunter(society, manner, rng)
        me.charm = 1.25
        if n % 2:
            seem(society, me, 17)
        way = ("to a person", "to a place", "to a place, after long talks", "to a person, unknown here")[n % 4]
        if way == "to a person":
            boss = cast(society, rng)
            boss.drive = Hunter(Manner("is sent minors", 0.0, 0.5, 30, 0.0))
            boss.sessions, boss.left, boss.status = 35.0, float("inf"), "active"
            me.drive = Recruiter(manner, name=boss.name, boss=boss)
            found.hunters.append(("is sent minors", boss))
        elif way == "to a person, unknown here":
            me.drive = Recruiter(manner, name=f"captain{rng.randrange(10, 99)}")
        else:
            link = f"https://den{rng.randrange(100, 999)}.example/j"
            me.drive = Recruiter(manner, link=link, gate=2 if way == "to a place" else 4)
        found.recruiters.append((way, me, me.drive))
        found.hunters.append(("recruits", me))


def _extorters(society: Society, found: Plants, count: int, rng: random.Random) -> None:
    manner = Manner("wins trust", 2.5, 0.3, 50, 0.7)
    for n in range(count):
        me = _hunter(society, manner, rng)
        me.charm, wordless = 1.5, n % 4 == 2
        if n % 4 != 3:
            seem(society, me, rng.choice((15, 16, 17)))
        me.drive = Extorter(manner, wordless=wordless, gate=rng.choice((2, 3, 4)), most=rng.randrange(5, 16))
        style = "wordless" if wordless else "as an adult" if n % 4 == 3 else "as one of them"
        found.extorters.append((style, me, me.drive))
        found.hunters.append(("extorts", me))


def _grounds(society: Society, found: Plants, count: int, rng: random.Random) -> None:
    """Rooms where several who prey go to meet minors."""
    rooms = [place for place in society.places if place.posts and place.kind in ("young", "help", "hobby", "class")]
    if society.setting.dating:
        rooms = [place for place in society.places if place.name == "students"]
    weight = {place: sum(place in person.places for person in society.people if person.minor) for place in rooms}
    rooms = sorted(rooms, key=lambda place: (-weight[place], place.number))[: max(count, len(rooms) // 3)]
    for place in rng.sample(rooms, count):
        hunters = []
        for _ in range(rng.randrange(4, 7)):
            manner = rng.choice((MANNERS[1], MANNERS[2], MANNERS[3], MANNERS[7]))
            me = _hunter(society, manner, rng)
            me.drive = Hunter(manner, place)
            if place not in me.places:
                me.places.append(place)
                me.liking.append(5.0)
            hunters.append(me)
            found.hunters.append((f"{manner.style}, in one room", me))
        found.grounds.append((place, hunters))
