"""Do more adults seek minors in a room than minors are there to be found?"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.special import bdtrc, betainc

from graph.detect.arrays import Flags, Floats
from graph.detect.rooms.contacts import Contacts
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.statistics import benjamini_hochberg


class Judged(NamedTuple):
    """A room: the voices of seekers there and those expected, and how surprising that is.

    ``seekers``: numbers of adults who met most of their minors here; ``met``: pairs of numbers, first contacts by
    adults to minors that probably started here; ``began``: how many of these the platform's seekers began,
    ``approached``: first contacts by minors to seekers that probably started here.
    """

    room: str
    voices: float
    expected: float
    q_value: float
    seekers: tuple[int, ...]
    met: tuple[tuple[int, int], ...]
    began: int
    approached: int


def judged(at: Contacts, share: Floats, hours: Mapping[str, int], parameters: RoomParameters) -> list[Judged]:
    """Every room that minors post in, on platforms with two such rooms or more; by room.  ``share``: of ``model``."""
    approach = ~at.by_minor & at.to_minor
    seeks, minors = _seekers(at, parameters)
    sought = approach & seeks[at.by]
    here = at.by_room(np.where(sought, share / np.maximum(minors[at.by], 1.0), 0.0))
    voices, squares = (np.asarray(sums.sum(axis=0), dtype=np.float64) for sums in (here, here.multiply(here)))
    exposure, platforms = _exposure(at, share, hours), at.platforms
    results = []
    for platform in np.unique(platforms):
        among = np.flatnonzero((exposure > 0.0) & (platforms == platform))
        people = len(np.unique(here[:, among].indices))
        for n in among.tolist() if len(among) > 1 else []:
            others = among[among != n]
            scale = _scale(voices[others], squares[others], people, parameters.least_variance)
            results.append((n, *_tail(voices[n], exposure[n], voices[others], exposure[others], scale, parameters)))
    met, back = (np.flatnonzero(share * which >= 0.5) for which in (approach, at.by_minor & ~at.to_minor))
    answer = []
    for (n, expected, _), q_value in zip(results, benjamini_hochberg([p for *_, p in results]), strict=True):
        column = slice(here.indptr[n], here.indptr[n + 1])
        seekers = here.indices[column][here.data[column] >= 0.5].tolist()
        own, approached = met[at.room[met] == n], back[at.room[back] == n]
        answer.append(
            Judged(
                at.rooms[n], float(voices[n]), expected, q_value, tuple(seekers),
                tuple(zip(at.by[own].tolist(), at.to[own].tolist(), strict=True)),
                int(np.count_nonzero(seeks[at.by[own]])), int(np.count_nonzero(seeks[at.to[approached]])),
            )
        )
    return answer


def _seekers(at: Contacts, parameters: RoomParameters) -> tuple[Flags, Floats]:
    """By account: whether it is a seeker, and to how many minors it wrote first, where their rooms are known.

    Minors mostly; or far more of them than the adults of the platform write to, beyond chance (binomial tail).
    """
    first = np.diff(at.contact, prepend=-1) > 0
    who = ((at.by, ~at.by_minor), (at.by, ~at.by_minor & at.to_minor), (at.to, at.by_minor & ~at.to_minor))
    known, minors, back = (np.bincount(people[first & which], minlength=at.accounts) for people, which in who)
    usual = (minors.sum() - minors + 0.5) / (known.sum() - known + 1.0)
    often = (minors >= parameters.seeker_times * usual * known) & (
        bdtrc(minors - 1, known, usual) <= parameters.seeker_chance
    )
    mostly = minors >= parameters.seeker_share * known
    chosen = (minors >= parameters.seeker_minors) & (mostly | often) & (back < minors)
    return chosen, minors.astype(np.float64)


def _exposure(at: Contacts, share: Floats, hours: Mapping[str, int]) -> Floats:
    """How much of a platform's life of minors a room holds: the mean of two shares, of hours and of first contacts.

    Hours with posts by minors, and first contacts among minors, each minor one voice over the rooms.
    """
    among = np.where(at.by_minor & at.to_minor, share, 0.0)
    voices = at.by_room(among / np.maximum(np.bincount(at.by, weights=among)[at.by], 1e-12)).sum(axis=0)
    posted = np.array([hours[room] for room in at.rooms], dtype=np.float64)
    exposure = np.zeros(len(at.rooms))
    for own in (at.platforms == name for name in np.unique(at.platforms)):
        for part in (posted, voices):
            total = math.fsum(part[own].tolist())
            exposure[own] += 0.5 * part[own] / total if total > 0.0 else 0.0
    return exposure


def _scale(voices: Floats, squares: Floats, people: int, least: float) -> float:
    """The variance of a room's voices over their expectation, from shares of ``people`` seekers."""
    spare = math.fsum((squares - voices**2 / max(people, 1)).tolist())
    return max(spare / max(math.fsum(voices.tolist()), 1e-9), least)


def _tail(
    voices: float, exposure: float, others: Floats, shares: Floats, scale: float, parameters: RoomParameters
) -> tuple[float, float]:
    """Expected voices and the upper tail.

    One seeker spread over all rooms is added to those seen elsewhere; ``spread_rooms`` rooms of the usual spread are
    added to the other rooms.
    """
    order = np.argsort(-others / np.maximum(shares, 1e-12), kind="stable")
    kept = np.sort(order[math.floor(parameters.trimmed * len(others)):])
    rate = (math.fsum(others[kept].tolist()) + 1.0) / math.fsum(shares[kept].tolist())
    means = rate * shares[kept]
    excess = math.fsum(((others[kept] - means) ** 2 - scale * means).tolist()) / math.fsum((means**2).tolist())
    spare = len(kept) - 1
    square = (max(excess, 0.0) * spare + parameters.spread_rooms * parameters.usual_spread**2) / (
        spare + parameters.spread_rooms
    )
    expected = rate * exposure
    if voices <= 0.0:
        return expected, 1.0
    mean, shape = expected / scale, 1.0 / square
    return expected, float(betainc(voices / scale, shape, mean / (mean + shape)))
