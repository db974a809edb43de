"""Which harmless crowds look like crews?  Cliques, greeters, regulars, fans, a raid, popular people, birthdays."""

from dataclasses import dataclass

import numpy as np

from workbench.sample import words
from workbench.sample.clock import DAY, HOUR, Ints
from workbench.sample.presence import Presence, Sessions
from workbench.sample.scene import MINUTE, Part, Scene


@dataclass(frozen=True)
class Crowds:
    """Groups of ordinary people, by account number."""

    cliques: tuple[tuple[int, ...], ...]
    greeters: tuple[tuple[tuple[int, ...], int], ...]
    rushers: tuple[int, ...]
    popular: tuple[int, ...]
    streamers: tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...]
    raiders: tuple[int, ...]
    raid: tuple[int, int]


def cast_crowds(scene: Scene) -> Crowds:
    people, rng = scene.people, scene.rng
    cliques = []
    for _ in range(scene.benign(6, 10)):
        age = int(rng.integers(12, 18))
        members = people.pick(int(rng.integers(5, 10)), np.abs(people.age - age) <= 1, rng)
        if rng.random() < 0.35:  # an older friend belongs to it
            members = np.concatenate([members, people.pick(1, scene.adults(18, 20), rng)])
        scene.stay(members.tolist(), rate=0.6)
        people.favour(members, np.array([scene.room_of(age)]), 6.0)
        cliques.append(tuple(members.tolist()))
    greeters = []
    for _ in range(scene.benign(5, 7)):
        age = int(rng.integers(14, 34))
        members = people.pick(int(rng.integers(3, 7)), np.abs(people.age - age) <= 3, rng)
        scene.stay(members.tolist(), rate=0.4)
        greeters.append((tuple(members.tolist()), 0 if rng.random() < 0.5 else scene.room_of(age)))
    rushers = people.pick(scene.benign(12, 22), people.age >= 13, rng)
    scene.stay(rushers.tolist(), rate=1.3, young=False)
    people.favour(rushers, np.array([0]), 8.0)
    popular = people.pick(scene.benign(6, 12), people.age >= 13, rng)
    scene.stay(popular.tolist(), rate=0.9)
    people.popularity[popular] *= rng.uniform(8, 25, len(popular))
    streamers = []
    for _ in range(scene.benign(1, 2)):
        star = int(people.pick(1, scene.adults(19, 35), rng)[0])
        fans = people.pick(int(rng.integers(20, 45)), people.age < 22, rng)
        scene.stay([star, *fans.tolist()], rate=0.4)
        first = scene.clock.start + int(rng.integers(1, 5)) * DAY + int(rng.integers(18, 21)) * HOUR
        shows = tuple(range(first, scene.clock.end - DAY, int(rng.integers(3, 8)) * DAY))
        streamers.append((star, tuple(fans.tolist()), shows))
    raiders = people.pick(scene.benign(15, 35), people.age >= 15, rng)
    raid = scene.clock.start + int(rng.integers(5, scene.clock.days - 3)) * DAY + int(rng.integers(19, 23)) * HOUR
    people.depart[raiders] = scene.clock.end
    people.arrive[raiders] = np.minimum(people.arrive[raiders], scene.clock.start - DAY)
    return Crowds(
        tuple(clique for clique in cliques if clique),
        tuple(greeters),
        tuple(rushers.tolist()),
        tuple(popular.tolist()),
        tuple(streamers),
        tuple(raiders.tolist()),
        (raid, int(rng.integers(0, scene.rooms.size))),
    )


def plan_crowds(scene: Scene, crowds: Crowds) -> None:
    """Friends come online together, fans for the show, raiders all at once."""
    rng, clock = scene.rng, scene.clock
    for members, room in (
        *crowds.greeters,
        *((m, scene.room_of(float(scene.people.age[m[0]]))) for m in crowds.cliques),
    ):
        evenings = rng.random(clock.days) < rng.uniform(0.25, 0.6)
        for day in np.flatnonzero(evenings).tolist():
            at = clock.start + day * DAY + int(rng.normal(19.5, 1.2) * HOUR)
            for member in members:
                if rng.random() < 0.8:
                    start = at + int(rng.exponential(9.0) * MINUTE)
                    scene.book(member, start, start + int(rng.uniform(25, 150) * MINUTE), room)
    for star, fans, shows in crowds.streamers:
        for show in shows:
            scene.book(star, show - 20 * MINUTE, show + 3 * HOUR, 0)
            for fan in fans:
                if rng.random() < 0.45:
                    start = show + int(rng.uniform(-10, 100) * MINUTE)
                    scene.book(fan, start, start + int(rng.uniform(15, 90) * MINUTE), 0)
    at, room = crowds.raid
    for raider in crowds.raiders:
        start = at + int(rng.exponential(6.0) * MINUTE)
        scene.book(raider, start, start + int(rng.uniform(10, 40) * MINUTE), room)


def act_crowds(scene: Scene, presence: Presence, crowds: Crowds, arrivals: Sessions) -> None:
    rng = scene.rng
    for members in crowds.cliques:
        scene.befriend(members, presence, share=0.85)
        scene.parts.append(Part("clique", members))
    for members, room in crowds.greeters:
        scene.befriend(members, presence, share=0.9)
        greeted = _greet(scene, presence, arrivals, set(members), room, float(rng.uniform(0.5, 0.85)), 4.0)
        scene.parts.append(Part("greeters", members, tuple(greeted)))
    eager = float(rng.uniform(0.2, 0.5))
    _greet(scene, presence, arrivals, set(crowds.rushers), 0, eager, 6.0)
    scene.parts.append(Part("rushers", crowds.rushers))
    scene.parts.append(Part("popular", crowds.popular))
    for account in crowds.popular:
        _birthday(scene, account)
    for star, fans, shows in crowds.streamers:
        _show(scene, star, fans, shows)
    _raid(scene, presence, crowds)


def _greet(
    scene: Scene, presence: Presence, arrivals: Sessions, greeters: set[int], room: int, faith: float, minutes: float
) -> list[int]:
    """Those of ``greeters`` who sit in the room of an arrival open a chat with the newcomer soon after."""
    met = []
    for who, at, place in zip(arrivals.who.tolist(), arrivals.start.tolist(), arrivals.room.tolist(), strict=True):
        if place != room or who in greeters:
            continue
        here = [a for a in presence.present(room, at + MINUTE).tolist() if a in greeters]
        for greeter in here:
            if scene.rng.random() < faith:
                when = at + int(scene.rng.lognormal(np.log(minutes), 0.8) * MINUTE)
                if scene.openings.add(greeter, who, when, reply=0.5, turns=3.0, bond=0.15, lines=(words.GREET, None)):
                    met.append(who)
    return sorted(set(met))


def _birthday(scene: Scene, account: int) -> None:
    """Those who know a popular person congratulate it on one day."""
    rng = scene.rng
    known = [b if a == account else a for a, b in scene.openings.pairs if account in (a, b)]
    known.sort()
    at = (
        scene.clock.start + int(rng.integers(20, max(scene.clock.days - 1, 21))) * DAY + int(rng.integers(8, 20)) * HOUR
    )
    for other in known:
        if rng.random() < 0.6:
            scene.say(at + int(rng.uniform(0, 90) * MINUTE), other, account, -1, scene.one(words.BIRTHDAY))


def _show(scene: Scene, star: int, fans: tuple[int, ...], shows: Ints | tuple[int, ...]) -> None:
    rng = scene.rng
    for show in shows:
        for fan in fans:
            if rng.random() < 0.3:
                at = int(show) + int(rng.uniform(60, 200) * MINUTE)
                if at < scene.people.arrive[fan]:
                    continue
                new = scene.openings.add(fan, star, at, reply=0.3, turns=2.0, bond=0.1, lines=(words.FAN, None))
                if not new:
                    scene.say(at, fan, star, -1, scene.one(words.FAN))
    scene.parts.append(Part("streamer", (star,), fans))
    scene.parts.append(Part("fans", fans, (star,)))


def _raid(scene: Scene, presence: Presence, crowds: Crowds) -> None:
    """A crowd fills a room, and some of it pings whoever was there."""
    rng = scene.rng
    at, room = crowds.raid
    near = [a for a in presence.present(room, at).tolist() if a not in crowds.raiders]
    for raider in crowds.raiders:
        for _ in range(int(rng.integers(2, 9))):
            scene.say(
                at + int(rng.uniform(1, 25) * MINUTE),
                raider,
                -1,
                room,
                scene.one(("on est là !", "coucou la salle", "vive le quiz", "hello room")),
            )
        if near and rng.random() < 0.4:
            scene.openings.add(
                raider,
                near[int(rng.integers(0, min(len(near), 3)))],
                at + int(rng.uniform(1, 25) * MINUTE),
                reply=0.15,
                turns=1.0,
            )
    scene.parts.append(Part("raid", crowds.raiders, tuple(near[:3])))
