"""What came off?  The truth is told from what happened, so that a plan which failed is no planted case."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.grafted.truth import Planted, Truth
from tests.benchmarks.simulated.folder import Kept
from tests.benchmarks.simulated.lookalikes import Harmless
from tests.benchmarks.simulated.marks import Mark
from tests.benchmarks.simulated.owners import Register, owned
from tests.benchmarks.simulated.person import Person
from tests.benchmarks.simulated.plants import Plants
from tests.benchmarks.simulated.rings import Ring
from tests.benchmarks.simulated.setting import HOUR
from tests.benchmarks.simulated.society import Society
from tests.benchmarks.simulated.world import World

HUB_MINORS, HUB_KNOWABLE = 8, 5
CREW_TARGETS, CREW_TOGETHER = 3, 3
GATHERED = 5
RECRUITED = 4
EXTORTED = 3
MET_IN_ROOM, SEEN_IN_ROOM, HUNTERS_IN_ROOM = 12, 8, 3
NAT = 8
"""An address that so many accounts used says nothing about who is behind them."""


@dataclass(frozen=True)
class Ground:
    """A planted room, and the minors whom those who prey met there (by full ids)."""

    style: str
    room: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Told(Truth):
    """The truth of a simulated platform: as that of a grafted one, and the rooms."""

    rooms: tuple[Ground, ...] = ()

    @classmethod
    def read(cls, file: Path) -> Told:
        told = super().read(file)
        rooms = json.loads(file.read_text(encoding="utf-8"))["rooms"]
        return cls(**{**vars(told), "rooms": tuple(Ground(r["style"], r["room"], tuple(r["targets"])) for r in rooms)})


class Teller:
    """Reads off the world what each plan came to."""

    def __init__(self, world: World, plants: Plants, marks: list[Mark], kept: list[Kept]) -> None:
        self.world, self.plants = world, plants
        self.platform = world.setting.name
        self.cases: list[Planted] = []
        self.rooms: list[Ground] = []
        self.neutral: dict[str, set[str]] = defaultdict(set)
        self.wrote: dict[Person, dict[Person, float]] = defaultdict(dict)
        for message in world.messages:
            if message.recipient is not None:
                self.wrote[message.sender].setdefault(message.recipient, message.at)
        self.marks: dict[str, set[str]] = defaultdict(set)
        users = Counter(ip for _, ip in {(who, ip) for who, ip, _ in kept if ip})
        for who, ip, device in kept:
            if device:
                self.marks[who].add(device)
            if ip and users[ip] < NAT:
                self.marks[who].add(ip)
        for person, _, value in marks:
            self.marks[person.id].add(value)

    def ids(self, people: Iterable[Person]) -> tuple[str, ...]:
        return tuple(sorted(f"{self.platform}:{person.id}" for person in people))

    def tell(self) -> None:
        self._hubs()
        self._crews()
        self._gatherings()
        self._recruiters()
        self._extorters()
        for each in self.plants.rings:
            self._ring(each)
        self._grounds()
        hubs = {who for case in self.cases if case.kind == "hub" for who in case.members}
        self.neutral["hub"] |= set(self.ids(each for each in self.world.people if each.prey)) - hubs
        self._much_preyed_on()
        for case in self.cases:
            self.neutral[case.kind] -= set(case.targets if case.kind == "convergence" else case.members)
        self.neutral["room"] -= {room.room for room in self.rooms}

    def _add(self, kind: str, style: str, members: Iterable[Person], targets: Iterable[Person], note: str = "") -> None:
        self.cases.append(Planted(kind, style, self.ids(members), self.ids(targets), note))

    def _hubs(self) -> None:
        for style, person in self.plants.hunters:
            minors = [other for other in self.wrote[person] if other.minor]
            knowable = [o for o in minors if o.told_age or (o.stated is not None and o.stated < 18)]
            if len(minors) >= HUB_MINORS and len(knowable) >= HUB_KNOWABLE:
                self._add("hub", style, [person], minors)

    def _crews(self) -> None:
        for crew in self.plants.crews:
            window = (crew.way.within + 6) * HOUR
            together: Counter[Person] = Counter()
            joint = 0
            for target in crew.targets:
                caller, called = crew.called[target]
                wrote = {each: self.wrote[each][target] for each in crew.members if target in self.wrote[each]}
                came = [each for each, at in wrote.items() if each is caller or 0 <= at - called <= window]
                if len(came) >= CREW_TOGETHER:
                    joint += 1
                    together.update(came)
            members = [each for each in crew.members if together[each] >= 2]
            if joint >= CREW_TARGETS and len(members) >= CREW_TOGETHER:
                self._add("ambush", crew.way.style, members, crew.targets)
            else:
                self.neutral["convergence"] |= set(self.ids(crew.targets))
            self.neutral["ambush"] |= set(self.ids(crew.members))

    def _gatherings(self) -> None:
        for gathering in self.plants.gatherings:
            came = [adult for adult in gathering.adults if gathering.target in self.wrote[adult]]
            if len(came) >= GATHERED:
                self._add("convergence", gathering.spread.style, came, [gathering.target])
            else:
                self.neutral["convergence"] |= set(self.ids([gathering.target]))
            told = self._pointed(gathering.teller, gathering.target.name)
            if len(told) >= RECRUITED:
                self._add("recruitment", "of adults, to a minor", [gathering.teller], told, f"@{gathering.target.name}")
            else:
                self.neutral["recruitment"] |= set(self.ids([gathering.teller]))
            self.neutral["ambush"] |= set(self.ids([*gathering.adults, gathering.teller]))
            if gathering.room is not None:
                self.neutral["room"].add(f"{self.platform}:{gathering.room.id}")

    def _pointed(self, sender: Person, what: str) -> list[Person]:
        said = [each for each in self.world.messages if each.sender is sender and each.recipient is not None]
        return list(dict.fromkeys(each.recipient for each in said if each.recipient and what in each.text))

    def _recruiters(self) -> None:
        for style, person, drive in self.plants.recruiters:
            what = drive.link or drive.name
            recruited = self._pointed(person, what)
            if len(recruited) >= RECRUITED:
                self._add("recruitment", style, [person], recruited, drive.link or f"@{drive.name}")
            else:
                self.neutral["recruitment"] |= set(self.ids([person]))
            also = [drive.boss] if drive.boss is not None else []
            self.neutral["ambush"] |= set(self.ids([person, *also]))

    def _extorters(self) -> None:
        for style, person, drive in self.plants.extorters:
            victims = [each for each in drive.pressed if each.minor]
            if len(victims) >= EXTORTED:
                self._add("extortion", style, [person], victims)
            else:
                self.neutral["extortion"] |= set(self.ids([person]))

    def _ring(self, each: Ring) -> None:
        joined = [
            one for one in each.accounts
            if any(self.marks[one.id] & self.marks[other.id] for other in each.accounts if other is not one)
        ]
        if len(joined) >= 2:
            self._add("shell", each.style, joined, [])
        self.neutral["shell"] |= set(self.ids(each.accounts))
        self.neutral["ambush"] |= set(self.ids(each.accounts))

    def _grounds(self) -> None:
        planted = dict(self.plants.grounds)
        met: dict[object, list[tuple[Person, Person]]] = defaultdict(list)
        posted = {(each.sender, each.place) for each in self.world.messages if each.place is not None}
        for first in self.world.firsts:
            pairs = ((first.sender, first.recipient), (first.recipient, first.sender))
            for hunter, minor in pairs:
                if hunter.prey and minor.minor and first.place is not None and first.place.posts:
                    met[first.place].append((hunter, minor))
        for place in self.world.places:
            hunters = {hunter for hunter, _ in met[place]}
            minors = {minor for _, minor in met[place]}
            seen = {minor for minor in minors if (minor, place) in posted}
            if place in planted:
                if len(hunters) >= HUNTERS_IN_ROOM and len(minors) >= MET_IN_ROOM and len(seen) >= SEEN_IN_ROOM:
                    self.rooms.append(Ground("hunting ground", f"{self.platform}:{place.id}", self.ids(minors)))
                self.neutral["ambush"] |= set(self.ids(planted[place]))
            busy = [hunter for hunter in hunters if sum(who is hunter for who, _ in met[place]) >= 3]
            if place in planted or len(busy) >= HUNTERS_IN_ROOM:
                self.neutral["room"].add(f"{self.platform}:{place.id}")

    def _much_preyed_on(self) -> None:
        """A minor upon whom several who prey came without a common plan counts neither way as a convergence."""
        by: Counter[Person] = Counter()
        for person in self.world.people:
            if person.prey:
                by.update(other for other in self.wrote[person] if other.minor)
        self.neutral["convergence"] |= set(self.ids(each for each, count in by.items() if count >= 5))


def tell(
    world: World, society: Society, harmless: Harmless, plants: Plants, marks: list[Mark], kept: list[Kept],
    register: Register, seed: int,
) -> Told:
    """The whole truth of a platform."""
    teller = Teller(world, plants, marks, kept)
    teller.tell()
    people, platform = world.people, world.setting.name
    groups = [home.members for home in society.homes if all(each.human is None for each in home.members)]
    groups = [[each for each in group if each.visits] for group in [*groups, *society.cafes]]
    benign = {f"{platform}:{people[number].id}": part for number, part in harmless.labels.items()}
    for label, each in (("guest of a café", society.cafes), ("household", groups)):
        for group in each:
            for person in group if len(group) > 1 else ():
                benign.setdefault(f"{platform}:{person.id}", label)
    for label, young in (("minor", True), ("adult", False)):
        for person in people:
            if person.minor == young and not person.prey and person.human is None:
                benign.setdefault(f"{platform}:{person.id}", label)
    preying = set(teller.ids(each for each in people if each.prey))
    return Told(
        world.setting.name, seed, world.setting.planted, platform, tuple(teller.cases),
        {kind: tuple(sorted(who)) for kind, who in sorted(teller.neutral.items())},
        tuple(teller.ids(group) for group in groups if len(group) > 1),
        {who: part for who, part in sorted(benign.items()) if who not in preying}, owned(register, platform),
        tuple(f"{platform}:{who}" for who in register.others), teller.ids(each for each in people if each.minor),
        {"accounts": str(len(people)), "messages": str(len(world.messages))}, tuple(teller.rooms),
    )
