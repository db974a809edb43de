"""How does one person run several accounts?  Shells that share devices or homes, hand over, and bear similar names."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from workbench.sample import words
from workbench.sample.clock import DAY, HOUR
from workbench.sample.presence import Presence, Sessions, tidy
from workbench.sample.scene import MINUTE, Part, Scene

_STYLES = ("one-device", "one-home", "careful")


@dataclass(frozen=True)
class Ring:
    """Accounts of one operator (the first is the operator's own) and how carefully they are kept apart."""

    members: tuple[int, ...]
    style: str
    named_alike: bool
    targets: int


def cast_rings(scene: Scene) -> list[Ring]:
    """Rings whose members log in with the operator's rhythm; names, births and ages differ by ring."""
    people, rng = scene.people, scene.rng
    rings = []
    for place in range(scene.between(scene.world.rings)):
        size = scene.between(scene.world.ring_size)
        members = people.pick(size, scene.adults(20, 60), rng).tolist()
        owner, shells = members[0], members[1:]
        style = _STYLES[place] if place < len(_STYLES) else scene.one(_STYLES)
        scene.stay([owner], rate=0.5 + 0.25 * size)
        if len(members) < 2:
            continue
        people.operator[members] = owner
        people.rate[shells] = 0.0
        people.depart[shells] = scene.clock.end
        people.age[shells] = people.age[owner]
        people.band[shells] = people.band[owner]
        people.opens[shells] = people.opens[owner] = max(people.opens[owner], 0.05)
        for shell in shells:
            people.language[shell] = people.language[owner]
            people.gender[shell] = people.gender[owner] if rng.random() < 0.6 else scene.one(("f", "h"))
            if rng.random() < 0.5:
                people.declared[shell] = int(rng.integers(18, 45))
            people.says_age[shell] = -1
        alike = bool(rng.random() < (0.9 if style == "careful" else 0.65))
        if alike:
            stem = people.pseudonym[owner] if people.pseudonym[owner].isascii() else words.pseudonyms(9, rng)[0]
            people.pseudonym[owner] = stem
            for shell in shells:
                people.pseudonym[shell] = words.look_alike_name(stem, rng)
        rings.append(Ring(tuple(members), style, alike, int(rng.integers(2, 9))))
    return rings


def hand_over(scene: Scene, base: Sessions, rings: list[Ring]) -> Sessions:
    """Split each operator's time among the ring's accounts, with hand-overs of seconds; shells are born in bursts."""
    rows: list[tuple[int, int, int, int]] = []
    drop = np.zeros(base.size, dtype=np.bool_)
    rng = scene.rng
    for ring in rings:
        members = np.array(ring.members)
        mine = np.isin(base.who, members)
        drop |= mine
        born = _births(scene, ring, base.start[mine])
        weight = rng.dirichlet(np.full(len(members), 2.5))
        for row in np.flatnonzero(mine):
            start, end, room = int(base.start[row]), int(base.end[row]), int(base.room[row])
            pieces = 1 if end - start < 10 * MINUTE else int(rng.choice([1, 2, 3, 4], p=[0.45, 0.3, 0.15, 0.1]))
            cuts = np.sort(rng.uniform(0.1, 0.95, pieces - 1)) * (end - start) + start
            edges = [start, *cuts.astype(int).tolist(), end]
            last = -1
            for left, right in pairwise(edges):
                alive = [i for i, b in enumerate(born) if b <= left and i != last]
                if not alive:
                    continue
                share = weight[alive] / weight[alive].sum()
                last = int(rng.choice(alive, p=share))
                gap = int(rng.lognormal(np.log(14), 0.8) * 1_000)
                if right - left - gap > MINUTE // 2:
                    rows.append((ring.members[last], left + gap, right, room))
    extra = np.array(rows, dtype=np.int64).reshape(-1, 4)
    keep = ~drop
    joined = tidy(
        Sessions(
            *(
                np.concatenate([getattr(base, name)[keep], extra[:, place]])
                for place, name in enumerate(("who", "start", "end", "room"))
            )
        )
    )
    _date_births(scene, joined, rings)
    return joined


def _births(scene: Scene, ring: Ring, starts: np.ndarray) -> list[int]:
    """From when each account may be used: the operator's from the start, shells together or one after another."""
    rng, clock = scene.rng, scene.clock
    low = int(starts.min()) if len(starts) else clock.start
    if rng.random() < 0.6:
        moment = low + int(rng.uniform(0.0, 0.45) * (clock.end - low))
        return [low, *(moment + int(rng.uniform(0, 3 * HOUR)) for _ in ring.members[1:])]
    return [low, *(low + int(rng.uniform(0.0, 0.6) * (clock.end - low)) for _ in ring.members[1:])]


def _date_births(scene: Scene, sessions: Sessions, rings: list[Ring]) -> None:
    for ring in rings:
        for place, member in enumerate(ring.members):
            own = sessions.start[sessions.who == member]
            if place and len(own):
                scene.people.arrive[member] = int(own.min()) - int(scene.rng.integers(4_000, 90_000))
            elif place:
                scene.people.arrive[member] = scene.clock.start - int(scene.rng.integers(1, 40)) * DAY


def act_rings(scene: Scene, presence: Presence, rings: list[Ring]) -> None:
    """The accounts of a ring turn to some of the same people."""
    for ring in rings:
        reached: set[int] = set()
        for _ in range(ring.targets):
            times, rooms = presence.moments(ring.members[0], 1, scene.rng)
            if not len(times):
                break
            near = presence.present(int(rooms[0]), int(times[0]))
            near = near[scene.people.operator[near] != ring.members[0]]
            if not len(near):
                continue
            target = int(scene.rng.choice(near))
            for member in ring.members:
                if scene.rng.random() < 0.6:
                    at = scene.meet(member, target, presence)
                    if at > 0 and scene.openings.add(member, target, at, reply=0.45, turns=3.0, bond=0.1):
                        reached.add(target)
        scene.parts.append(
            Part(
                "shell",
                ring.members,
                tuple(sorted(reached)),
                ring.style,
                {"named_alike": ring.named_alike},
            )
        )
