"""Do more adults seek minors in a room than minors are there to be found?

A seeker is an adult who wrote first to several minors, to minors mostly, and whom fewer minors wrote to first.  Each is
one voice, shared out over the rooms where its contacts with minors started: one adult who writes to all counts once.
Null: seekers find minors where minors are and where minors get to know each other, at the rate of the platform's other
rooms, as unevenly as these rooms differ anyway (quasi-Poisson voices with a gamma spread between rooms: a negative
binomial tail).  That null leaves out the fifth of the rooms with the most seekers: two such rooms do not hide each
other.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc

from graph.detect.rooms.contacts import Contact
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.rooms.placing import Placed
from graph.detect.statistics import Floats, benjamini_hochberg

_LEAST_VARIANCE = 0.2  # of a voice over its expectation: shares of spread-out seekers vary little


@dataclass(frozen=True)
class Judged:
    """A room: the voices of seekers there and those expected, its main seekers, its contacts and how surprising it is.

    ``seekers``: adults who met most of their minors here, with minors met here and hours with posts here.
    ``met``: first contacts by adults to minors that probably started here; ``returned``: voices of adults whom minors
    wrote to first here, as a share of the voices of all adults who wrote to minors here.
    """

    room: str
    voices: float
    expected: float
    spread: float
    p_value: float
    q_value: float
    seekers: Mapping[str, tuple[float, float]]
    met: tuple[Contact, ...]
    returned: float

    @property
    def least_ratio(self) -> float:
        """Voices over expected, less two standard deviations of what the rooms differ anyway."""
        return self.voices / (self.expected * (1.0 + 2.0 * self.spread))


def judge(found: Placed, minor_hours: Mapping[str, int], parameters: RoomParameters) -> list[Judged]:
    """Every room that minors post in, on platforms with two such rooms or more; by room."""
    seeker = _seekers(found, parameters)
    to_minor = np.array([c.to_minor and not c.by_minor for c in found.contacts], dtype=bool)[found.contact]
    sought = to_minor & seeker[found.by]
    whole = np.bincount(found.by[sought], weights=found.share[sought], minlength=len(found.people))
    size = len(found.rooms)
    key, pair = np.unique(found.by * max(size, 1) + found.room, return_inverse=True)
    here = np.bincount(pair, weights=np.where(sought, found.share, 0.0), minlength=len(key))
    person, place = key // max(size, 1), key % max(size, 1)
    part = here / np.maximum(whole[person], 1e-12)
    voices: Floats = np.bincount(place, weights=part, minlength=size).astype(np.float64)
    squares: Floats = np.bincount(place, weights=part**2, minlength=size).astype(np.float64)
    exposure = _exposure(found, minor_hours)
    own = np.zeros(len(key))
    own[pair] = found.own
    results = []
    for platform in sorted({_platform(room) for room in found.rooms}):
        among = [n for n, room in enumerate(found.rooms) if _platform(room) == platform and exposure[n] > 0.0]
        count = float(len(np.unique(person[(here > 0.0) & np.isin(place, among)])))
        for n in among:
            others = np.array([other for other in among if other != n], dtype=np.int64)
            if len(others):
                expected, spread, p_value = _null(
                    voices[n], exposure[n], voices[others], squares[others], exposure[others], count, parameters
                )
                results.append((n, expected, spread, p_value))
    adjusted = benjamini_hochberg([p_value for *_, p_value in results])
    returned = _returned(found)
    return [
        Judged(
            found.rooms[n], float(voices[n]), expected, spread, p_value, q_value,
            {
                found.people[int(person[i])]: (float(here[i]), float(own[i]))
                for i in np.flatnonzero((place == n) & (part >= 0.5))
            },
            tuple(found.contacts[int(i)] for i in found.contact[to_minor & (found.room == n) & (found.share >= 0.5)]),
            float(returned[n]),
        )
        for (n, expected, spread, p_value), q_value in zip(results, adjusted, strict=True)
    ]


def _platform(room: str) -> str:
    return room.partition(":")[0]


def _seekers(found: Placed, parameters: RoomParameters) -> np.ndarray:
    """By person: an adult whose placed contacts are with minors, mostly, and who was written to by fewer."""
    number = {name: place for place, name in enumerate(found.people)}
    known, minors, back = (np.zeros(len(found.people)) for _ in range(3))
    has_room = set(found.contact.tolist())
    for place, contact in enumerate(found.contacts):
        if place not in has_room:
            continue
        if not contact.by_minor:
            known[number[contact.by]] += 1
            minors[number[contact.by]] += contact.to_minor
        elif contact.to in number and not contact.to_minor:
            back[number[contact.to]] += 1
    return np.asarray(
        (minors >= parameters.seeker_minors) & (minors >= parameters.seeker_share * known) & (back < minors), dtype=bool
    )


def _exposure(found: Placed, minor_hours: Mapping[str, int]) -> Floats:
    """How much of a platform's life of minors a room holds: the mean of two shares, of hours and of first contacts.

    Hours with posts by minors, and first contacts among minors, each minor one voice over the rooms.
    """
    size = len(found.rooms)
    among = np.array([c.by_minor and c.to_minor for c in found.contacts], dtype=bool)[found.contact]
    whole = np.bincount(found.by[among], weights=found.share[among], minlength=len(found.people))
    voice = found.share[among] / np.maximum(whole[found.by[among]], 1e-12)
    begun = np.bincount(found.room[among], weights=voice, minlength=size)
    hours = np.array([minor_hours.get(room, 0) for room in found.rooms], dtype=np.float64)
    platform = [_platform(room) for room in found.rooms]
    exposure = np.zeros(size)
    for name in sorted(set(platform)):
        own = np.array([other == name for other in platform], dtype=bool)
        for part in (hours, begun):
            total = math.fsum(part[own].tolist())
            exposure[own] += 0.5 * part[own] / total if total > 0.0 else 0.0
    return exposure


def _null(
    voices: float, exposure: float, others: Floats, squares: Floats, shares: Floats, count: float,
    parameters: RoomParameters,
) -> tuple[float, float, float]:
    """Expected voices, the spread between rooms (a coefficient of variation) and the upper tail.

    One seeker spread over all rooms is added to those seen elsewhere; ``spread_rooms`` rooms of the usual spread are
    added to the other rooms.
    """
    order = np.argsort(-others / np.maximum(shares, 1e-12), kind="stable")
    kept = np.sort(order[math.floor(parameters.trimmed * len(others)):])
    scale = max(
        math.fsum((squares - others**2 / max(count, 1.0)).tolist()) / max(math.fsum(others.tolist()), 1e-9),
        _LEAST_VARIANCE,
    )
    rate = (math.fsum(others[kept].tolist()) + 1.0) / math.fsum(shares[kept].tolist())
    means = rate * shares[kept]
    excess = math.fsum(((others[kept] - means) ** 2 - scale * means).tolist()) / math.fsum((means**2).tolist())
    spare = len(kept) - 1
    square = (max(excess, 0.0) * spare + parameters.spread_rooms * parameters.usual_spread**2) / (
        spare + parameters.spread_rooms
    )
    expected = rate * exposure
    if voices <= 0.0:
        return expected, math.sqrt(square), 1.0
    mean, shape = expected / scale, 1.0 / square
    return expected, math.sqrt(square), float(betainc(voices / scale, shape, mean / (mean + shape)))


def _returned(found: Placed) -> Floats:
    """By room: voices of adults whom minors wrote to first over voices of adults who wrote first to minors.

    A voice is the chance that at least one of somebody's contacts of that sort started in the room.
    """
    size = len(found.rooms)
    names = {name: place for place, name in enumerate(sorted({c.to for c in found.contacts}))}
    to = np.array([names[c.to] for c in found.contacts], dtype=np.int64)[found.contact]
    kinds = np.array([(c.by_minor, c.to_minor) for c in found.contacts], dtype=bool).reshape(-1, 2)[found.contact]
    counts = []
    for rows, adult in ((~kinds[:, 0] & kinds[:, 1], found.by), (kinds[:, 0] & ~kinds[:, 1], to)):
        key, pair = np.unique(adult[rows] * max(size, 1) + found.room[rows], return_inverse=True)
        missed = np.log1p(-np.minimum(found.share[rows], 1.0 - 1e-12))
        voice = 1.0 - np.exp(np.bincount(pair, weights=missed, minlength=len(key)))
        counts.append(np.bincount(key % max(size, 1), weights=voice, minlength=size))
    return np.asarray(counts[1] / np.maximum(counts[0], 1e-9), dtype=np.float64)
