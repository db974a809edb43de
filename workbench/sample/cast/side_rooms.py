"""Which rooms are visited to find minors, and which rooms of the young only look like it?  Only where a world asks.

Everything is drawn from a stream of its own: a world without such rooms gives the bytes it gave before there were any.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.sample import words
from workbench.sample.clock import Ints
from workbench.sample.contacts import approach, homophily
from workbench.sample.people import Rooms
from workbench.sample.presence import Presence
from workbench.sample.scene import MINUTE, Part, Scene
from workbench.sample.world import World

_HUNTING = ("collegiennes", "lyceennes", "filles-13-15", "ecolieres")
_KINDRED = (  # name, part, age it is made for, spread in years
    ("aide-devoirs", "help room", 14.0, 2.5), ("fans-de-pixel", "fan room", 14.5, 3.0),
    ("chez-nous", "family room", 15.0, 3.0), ("tournoi", "game room", 16.5, 7.0),
    ("orientation", "help room", 16.0, 2.0), ("equipe-bleue", "game room", 15.0, 5.0),
)


@dataclass(frozen=True)
class SideRoom:
    """One such room: its name, the part it plays, the age it is made for, the spread around it and the variant."""

    name: str
    part: str
    centre: float
    spread: float
    style: str = ""


@dataclass(frozen=True)
class Visitors:
    """Who gives a side room its part, by account number: adults, and the children of each of them in a family room."""

    room: int
    part: str
    style: str
    adults: tuple[int, ...]
    children: tuple[tuple[int, ...], ...] = ()


def plan_side_rooms(world: World, rng: np.random.Generator) -> tuple[SideRoom, ...]:
    """The side rooms of a platform: hunting rooms, then look-alikes in turn."""
    hunting = int(rng.integers(world.hunting_rooms[0], world.hunting_rooms[1] + 1))
    kindred = int(rng.integers(world.kindred_rooms[0], world.kindred_rooms[1] + 1))
    planted = tuple(
        SideRoom(
            _HUNTING[place], "room", float(rng.uniform(13.0, 15.5)), float(rng.uniform(1.5, 3.0)),
            "crowded" if rng.random() < 0.7 else "quiet",
        )
        for place in range(hunting)
    )
    return planted + tuple(SideRoom(*_KINDRED[place]) for place in range(kindred))


def with_side_rooms(rooms: Rooms, side: Sequence[SideRoom]) -> Rooms:
    """The platform's rooms and then the side rooms: to the eye all are public."""
    return replace(
        rooms,
        names=(*rooms.names, *(room.name for room in side)),
        kinds=(*rooms.kinds, *("public" for _ in side)),
        centre=np.concatenate([rooms.centre, np.array([room.centre for room in side], dtype=np.float64)]),
        spread=np.concatenate([rooms.spread, np.array([room.spread for room in side], dtype=np.float64)]),
    )


def cast_visitors(scene: Scene, side: Sequence[SideRoom], rng: np.random.Generator) -> tuple[Visitors, ...]:
    """Adults with a part in the side rooms; families get children, players and helpers talk, hunters hardly do."""
    first = scene.rooms.size - len(side)
    return tuple(_cast(scene, first + place, room, rng) for place, room in enumerate(side))


def _cast(scene: Scene, room: int, side: SideRoom, rng: np.random.Generator) -> Visitors:
    people = scene.people
    crowd = side.style == "crowded"
    low, high, ages = {
        "room": (22 if crowd else 9, 41 if crowd else 17, scene.adults(22, 60)),
        "help room": (5, 11, scene.adults(20, 60)),
        "fan room": (1, 2, scene.adults(19, 32)), "family room": (6, 11, scene.adults(33, 60)),
        "game room": (16, 32, scene.adults(18, 45)),
    }[side.part]
    size = people.size / 2_000 if side.part in ("room", "game room") else 1.0
    adults = people.pick(max(5 if low > 4 else 1, round(int(rng.integers(low, high + 1)) * min(size, 2.0))), ages, rng)
    children: tuple[tuple[int, ...], ...] = ()
    scene.stay(adults.tolist(), rate=0.7)
    people.taste[adults, room] = people.taste[adults].max(axis=1) * rng.uniform(1.5, 10.0, len(adults))
    if side.part == "room":
        people.talk[adults] *= rng.uniform(0.05, 0.4, len(adults))
        lies = rng.random(len(adults))
        people.declared[adults] = np.where(
            lies < 0.15, rng.integers(14, 18, len(adults)), np.where(lies < 0.35, -1, people.declared[adults])
        )
    elif side.part in ("help room", "fan room"):
        people.talk[adults] = people.talk[adults] + rng.uniform(2.0, 6.0, len(adults))
        people.opens[adults] = np.minimum(people.opens[adults], 0.02)
    elif side.part == "game room":
        people.talk[adults] += 1.0
    else:
        children = tuple(
            tuple(people.pick(int(rng.integers(1, 4)), people.minor, rng).tolist()) for _ in adults.tolist()
        )
        family = np.array([*adults.tolist(), *(child for own in children for child in own)], dtype=np.int64)
        scene.stay(family.tolist(), rate=0.5)
        others = np.setdiff1d(np.arange(people.size), family)
        people.taste[others, room] *= 0.05
        people.taste[family, room] = people.taste[family].max(axis=1) * 3.0
    return Visitors(room, side.part, side.style, tuple(adults.tolist()), children)


def act_visitors(scene: Scene, presence: Presence, visitors: Sequence[Visitors], rng: np.random.Generator) -> None:
    """What happens in private around each side room."""
    for cast in visitors:
        if cast.part == "room":
            _hunt(scene, presence, cast, rng)
        elif cast.part == "help room":
            _call(scene, presence, cast, rng, each=(2, 9), lines=(words.HELP_ASK, words.CLASS))
        elif cast.part == "fan room":
            _call(scene, presence, cast, rng, each=(25, 60), lines=(words.FAN, words.HOST))
            for star in cast.adults:  # writes first to some as well, as one who thanks
                _approach_here(scene, presence, cast.room, star, int(rng.integers(4, 12)), rng, seeks=2, reply=0.85)
        elif cast.part == "game room":
            _play(scene, presence, cast, rng)
        else:
            _talk_at_home(scene, presence, cast, rng)
        if cast.part != "room":
            scene.parts.append(Part(cast.part, (), (), "", {"room": cast.room, "adults": list(cast.adults)}))


def _approach_here(
    scene: Scene, presence: Presence, room: int, account: int, count: int, rng: np.random.Generator, *,
    seeks: int, reply: float, ages: tuple[int, int] = (10, 17), turns: float = 4.0,
) -> Ints:
    """Up to ``count`` chats that ``account`` opens with people who sit in ``room`` at that moment."""
    elsewhere = np.setdiff1d(np.arange(scene.rooms.size), [room])
    reached: list[int] = []
    for _ in range(12):
        if len(reached) >= count:
            break
        found = approach(
            scene.people, presence, scene.openings, account, count - len(reached), seeks, homophily(), rng,
            ages=ages, reply=reply, turns=turns, bond=0.08, slip=0.004, elsewhere=elsewhere,
        )
        reached.extend(found.tolist())
    return np.array(reached, dtype=np.int64)


def _hunt(scene: Scene, presence: Presence, cast: Visitors, rng: np.random.Generator) -> None:
    """Each visitor writes to minors there: most to a few, some to many; a few answer, hardly anybody reports."""
    targets: set[int] = set()
    hunters = []
    for account in cast.adults:
        wanted = int(rng.integers(2, 7)) if rng.random() < 0.6 else int(rng.integers(6, 19))
        low = int(rng.integers(10, 14))
        reply = float(rng.uniform(0.15, 0.5))
        reached = _approach_here(
            scene, presence, cast.room, account, wanted, rng, seeks=1, ages=(low, 17), reply=reply,
            turns=float(rng.uniform(2.0, 7.0)),
        )
        found = [other for other in reached.tolist() if scene.people.age[other] < 18]
        targets.update(found)
        if found:
            hunters.append(account)
        for other in found:
            if rng.random() < 0.04:
                at = scene.clock.end - int(rng.integers(1, 20 * 24 * 60)) * MINUTE
                scene.reports.append((account, other, at, "âge étrange"))
    details = {"room": cast.room, "adults": hunters}
    scene.parts.append(Part("room", (), tuple(sorted(targets)), cast.style, details))


def _call(
    scene: Scene, presence: Presence, cast: Visitors, rng: np.random.Generator, *,
    each: tuple[int, int], lines: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:
    """People who sit in the room with a helper or a star write to that one, who answers."""
    for adult in cast.adults:
        times, rooms = presence.moments(adult, 4 * int(rng.integers(*each)), rng)
        here = times[rooms == cast.room][: int(rng.integers(*each))]
        for at in sorted(here.tolist()):
            near = presence.present(cast.room, at)
            near = near[near != adult]
            if len(near):
                other = int(rng.choice(near))
                scene.openings.add(other, adult, at, reply=0.93, turns=3.0, bond=0.15, lines=lines)


def _play(scene: Scene, presence: Presence, cast: Visitors, rng: np.random.Generator) -> None:
    """Players of every age write to each other, whoever is there: adults and minors begin alike and mostly answer."""
    sessions = presence.sessions
    regular = np.bincount(sessions.who[sessions.room == cast.room], minlength=scene.people.size)
    young = np.flatnonzero(scene.people.minor & (regular >= 5))
    for account in [*cast.adults, *rng.permutation(young)[: 2 * len(cast.adults)].tolist()]:
        _approach_here(
            scene, presence, cast.room, account, int(rng.integers(1, 8)), rng, seeks=2,
            reply=float(rng.uniform(0.6, 0.9)),
        )


def _talk_at_home(scene: Scene, presence: Presence, cast: Visitors, rng: np.random.Generator) -> None:
    """A parent and the own children write to each other while both are online."""
    for adult, children in zip(cast.adults, cast.children, strict=True):
        for child in children:
            x, y = (adult, child) if rng.random() < 0.6 else (child, adult)
            at = scene.meet(x, y, presence)
            if at > 0:
                scene.openings.add(x, y, at, reply=0.97, turns=5.0, bond=0.9, lines=(words.FAMILY, words.FAMILY))

