"""How do several accounts fall upon one victim, again and again?  Crews with lures and misses; single convergences."""

from dataclasses import dataclass

import numpy as np

from workbench.sample import words
from workbench.sample.clock import DAY
from workbench.sample.presence import Presence, Sessions
from workbench.sample.scene import MINUTE, Part, Scene

_TEMPI = {"minutes": (1.0, 5.0), "hour": (8.0, 25.0), "hours": (40.0, 110.0)}


@dataclass(frozen=True)
class Strike:
    """One convergence: at ``at`` on ``victim`` in ``room``; each comer has its own instant. ``full``: not a miss."""

    victim: int
    room: int
    comers: tuple[tuple[int, int], ...]
    full: bool


@dataclass(frozen=True)
class Crew:
    """Members with the median gap between two arrivals (minutes), and how reliably each takes part."""

    members: tuple[int, ...]
    style: str
    gap: float
    faith: float
    lure: float
    victims: int


def cast_crews(scene: Scene) -> list[Crew]:
    """Adults who act together; tempi from minutes to hours, and sometimes three on three victims."""
    crews = []
    for place in range(scene.between(scene.world.crews)):
        style = tuple(_TEMPI)[place] if place < len(_TEMPI) else scene.one(tuple(_TEMPI))
        small = place > 0 and scene.rng.random() < 0.2
        members = scene.people.pick(
            3 if small else scene.between(scene.world.crew_size), scene.adults(19, 55), scene.rng
        )
        scene.stay(members.tolist(), rate=0.45)
        scene.people.opens[members] = np.minimum(scene.people.opens[members], 0.08)
        crews.append(
            Crew(
                tuple(members.tolist()),
                f"{style}, three on three" if small else style,
                float(scene.rng.uniform(*_TEMPI[style])),
                float(scene.rng.uniform(0.72, 0.95)),
                float(scene.rng.uniform(0.0, 0.5)),
                3 if small else scene.between(scene.world.victims),
            )
        )
    return crews


def plan_crews(scene: Scene, base: Sessions, crews: list[Crew]) -> list[list[Strike]]:
    """Choose victims who are online, and book the members' sessions around them."""
    plans = []
    for crew in crews:
        strikes = []
        misses = scene.rng.poisson(0.35 * crew.victims)
        used: set[int] = set()
        for place in range(crew.victims + misses):
            full = place < crew.victims
            row = _victim_row(scene, base, used)
            if row < 0:
                break
            victim = int(base.who[row])
            used.add(victim)
            at = int(base.start[row] + scene.rng.uniform(0.05, 0.5) * (base.end[row] - base.start[row]))
            strikes.append(_strike(scene, crew, victim, int(base.room[row]), at, full))
        plans.append(strikes)
    return plans


def _victim_row(scene: Scene, base: Sessions, used: set[int]) -> int:
    people, clock = scene.people, scene.clock
    good = (
        (people.age[base.who] < 18)
        & (people.role_free[base.who])
        & (base.end - base.start > 12 * MINUTE)
        & (base.start > clock.start + 2 * DAY)
        & (base.start < clock.end - DAY)
    )
    if scene.rng.random() < 0.5:  # half of the time somebody new
        fresh = good & (base.start - people.arrive[base.who] < 4 * DAY)
        good = fresh if fresh.any() else good
    rows = np.flatnonzero(good & ~np.isin(base.who, np.array(sorted(used), dtype=np.int64)))
    return int(scene.rng.choice(rows)) if len(rows) else -1


def _strike(scene: Scene, crew: Crew, victim: int, room: int, at: int, full: bool) -> Strike:
    order = scene.rng.permutation(np.array(crew.members)).tolist()
    if full:
        comers = [m for m in order if scene.rng.random() < crew.faith]
        if len(comers) < min(3, len(order)):
            comers = order[: min(3, len(order))]
    else:
        comers = order[: int(scene.rng.integers(1, 3))]
    times, moment = [], at
    for place, member in enumerate(comers):
        when = moment
        if place == 0 and full and scene.rng.random() < crew.lure:  # the lure comes up to a day and a half earlier
            when = max(
                at - int(scene.rng.uniform(2.0, 30.0) * 60) * MINUTE,
                scene.clock.start + MINUTE,
                int(scene.people.arrive[victim]) + MINUTE,
            )
        times.append((member, when))
        scene.book(
            member, when - int(scene.rng.uniform(1, 18) * MINUTE), when + int(scene.rng.uniform(6, 45) * MINUTE), room
        )
        moment += int(crew.gap * scene.rng.lognormal(0, 0.7) * MINUTE)
    return Strike(victim, room, tuple(times), full)


def act_crews(scene: Scene, presence: Presence, crews: list[Crew], plans: list[list[Strike]]) -> None:
    """Members open chats with the victim, and talk among themselves around that time."""
    for crew, strikes in zip(crews, plans, strict=True):
        scene.befriend(crew.members, presence, share=0.8, turns=5.0, bond=0.3)
        chatter = float(scene.rng.uniform(0.4, 1.0))
        for strike in strikes:
            for member, at in strike.comers:
                scene.openings.add(
                    member, strike.victim, at, reply=float(scene.rng.uniform(0.3, 0.65)), turns=4.0, bond=0.08
                )
            if strike.full and scene.rng.random() < chatter:
                _whisper(scene, crew, strike)
            if strike.full and scene.rng.random() < 0.08:
                member, at = strike.comers[-1]
                scene.reports.append((member, strike.victim, at + 90 * MINUTE, "ils sont plusieurs à m'écrire"))
        full = tuple(strike.victim for strike in strikes if strike.full)
        scene.parts.append(
            Part(
                "ambush",
                crew.members,
                full,
                crew.style,
                {
                    "median_gap_minutes": round(crew.gap, 1),
                    "misses": sum(not s.full for s in strikes),
                    "strikes": [
                        {
                            "victim": s.victim,
                            "comers": [m for m, _ in s.comers],
                            "first": min(t for _, t in s.comers),
                            "last": max(t for _, t in s.comers),
                        }
                        for s in strikes
                        if s.full
                    ],
                },
            )
        )


def _whisper(scene: Scene, crew: Crew, strike: Strike) -> None:
    at = strike.comers[-1][1] - int(scene.rng.uniform(1, 10) * MINUTE)
    for _ in range(int(scene.rng.integers(2, 7))):
        a, b = scene.rng.permutation(np.array(crew.members))[:2].tolist()
        scene.say(at, a, b, -1, scene.one(words.CREW))
        at += int(scene.rng.uniform(0.2, 3.0) * MINUTE)


def plan_convergences(scene: Scene, base: Sessions) -> list[Strike]:
    """Many accounts that otherwise have little to do with each other come to one target, once."""
    strikes = []
    for _ in range(scene.between(scene.world.convergences)):
        row = _victim_row(scene, base, set())
        if row < 0:
            continue
        comers = scene.people.pick(
            scene.between((6, 14)), scene.adults(18, 60) & (scene.people.depart > base.start[row]), scene.rng
        )
        at, times = int(base.start[row]) + 3 * MINUTE, []
        span = float(scene.rng.uniform(15, 80))
        for member in comers.tolist():
            when = at + int(scene.rng.uniform(0, span) * MINUTE)
            scene.people.arrive[member] = min(scene.people.arrive[member], when - 20 * MINUTE)
            times.append((member, when))
            scene.book(
                member,
                when - int(scene.rng.uniform(1, 15) * MINUTE),
                when + int(scene.rng.uniform(5, 40) * MINUTE),
                int(base.room[row]),
            )
        strikes.append(Strike(int(base.who[row]), int(base.room[row]), tuple(sorted(times, key=lambda x: x[1])), True))
    return strikes


def act_convergences(scene: Scene, strikes: list[Strike]) -> None:
    for strike in strikes:
        came = [
            m for m, at in strike.comers if scene.openings.add(m, strike.victim, at, reply=0.4, turns=3.0, bond=0.03)
        ]
        scene.parts.append(
            Part(
                "convergence",
                tuple(came),
                (strike.victim,),
                "once",
                {"first": strike.comers[0][1], "last": strike.comers[-1][1]},
            )
        )
