"""Do adults who start private chats in a room choose minors more often than in other rooms?

Each first contact has an expected share: the minors among those it could have been, with the odds factor of all other
rooms (adults mostly choose adults).  The excess is judged by the spread over adults, not over contacts: one adult who
writes to all is one voice.  Source: clustered variance, Liang and Zeger 1986, Biometrika 73:13.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from scipy.special import stdtr

from graph.detect.rooms.meetings import Meeting
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.statistics import (
    Floats,
    benjamini_hochberg,
    beta_binomial_tail,
    fit_tilt,
    log_odds_lower,
    moment_dispersion,
    tilted,
)

_PRIOR_CONTACTS = 20.0  # contacts of share one half that draw the odds factor of few contacts to none


@dataclass(frozen=True)
class Judged:
    """A room's meetings, the minors among them expected, by how many adults, and how surprising that is."""

    room: str
    meetings: tuple[Meeting, ...]
    expected: float
    adults: int
    p_value: float
    q_value: float
    log_odds: float

    @property
    def with_minors(self) -> tuple[Meeting, ...]:
        return tuple(meeting for meeting in self.meetings if meeting.minor)


def judge(meetings: Sequence[Meeting], parameters: RoomParameters) -> list[Judged]:
    """Rooms with enough contacts, each against the odds factor of the others; by room."""
    ordered = sorted(meetings, key=lambda m: (m.room, m.adult, m.at, m.record, m.target))
    by_room = {room: tuple(group) for room, group in groupby(ordered, key=lambda m: m.room)}
    tested = [room for room, held in by_room.items() if len(held) >= parameters.min_contacts]
    results = []
    for room in tested:
        others = [meeting for other in by_room if other != room for meeting in by_room[other]]
        tilt = _tilt(others)
        voices = _voices(by_room[room], tilt)
        rho = _dispersion(_voices(others, tilt))
        choosing = sum(1 for voice in voices if voice.minors)
        results.append((room, math.fsum(v.contacts * v.mean for v in voices), choosing, _tail(voices, rho)))
    adjusted = benjamini_hochberg([p for *_, p in results])
    return [
        Judged(
            room, by_room[room], expected, adults, p_value, q_value,
            log_odds_lower(
                sum(m.minor for m in by_room[room]), len(by_room[room]), expected / len(by_room[room])
            ),
        )
        for (room, expected, adults, p_value), q_value in zip(results, adjusted, strict=True)
    ]


def seekers(chosen: Sequence[tuple[str, int, int]], parameters: RoomParameters) -> frozenset[str]:
    """Adults who choose minors far more often than adults do; ``chosen``: (adult, first contacts, minors among them).

    Beta-binomial tail at the adults' common share with ``seeker_dispersion`` between adults.
    """
    contacts, minors = sum(n for _, n, _ in chosen), sum(k for *_, k in chosen)
    mean = (minors + 0.5) / (contacts + 1.0)
    return frozenset(
        adult for adult, n, k in chosen
        if k >= parameters.seeker_minors
        and beta_binomial_tail(k, n, mean, parameters.seeker_dispersion) <= parameters.seeker_p
    )


def _shares(meetings: Sequence[Meeting]) -> Floats:
    """Minors among those a contact could have gone to, by half a person drawn inside (0, 1)."""
    return np.array([(m.minors + 0.5) / (m.people + 1.0) for m in meetings], dtype=np.float64)


def _tilt(meetings: Sequence[Meeting]) -> float:
    if not meetings:
        return 0.0
    found = sum(m.minor for m in meetings)
    return fit_tilt(_shares(meetings), np.ones(len(meetings)), float(found), prior=_PRIOR_CONTACTS)


@dataclass(frozen=True)
class _Voice:
    """One adult in a room: first contacts, minors among them, and the mean share expected of these contacts."""

    contacts: int
    minors: int
    mean: float


def _voices(meetings: Sequence[Meeting], tilt: float) -> list[_Voice]:
    means = tilted(_shares(meetings), tilt).tolist() if meetings else []
    held: dict[str, list[tuple[bool, float]]] = {}
    for meeting, mean in zip(meetings, means, strict=True):
        held.setdefault(meeting.adult, []).append((meeting.minor, mean))
    return [
        _Voice(len(rows), sum(minor for minor, _ in rows), math.fsum(mean for _, mean in rows) / len(rows))
        for _, rows in sorted(held.items())
    ]


def _dispersion(voices: Sequence[_Voice]) -> float:
    """How unevenly these adults choose beyond their means: an intra-class correlation."""
    contacts = np.array([v.contacts for v in voices], dtype=np.float64)
    minors = np.array([v.minors for v in voices], dtype=np.float64)
    return moment_dispersion(minors, contacts, np.array([v.mean for v in voices], dtype=np.float64))


def _tail(voices: Sequence[_Voice], dispersion: float) -> float:
    """Upper tail of the summed excess, Student's t with one degree less than adults.

    Its variance is that between the room's adults, at least what adults elsewhere vary (beta-binomial).
    """
    count = len(voices)
    if count < 2:
        return 1.0
    excess = [v.minors - v.contacts * v.mean for v in voices]
    middle = math.fsum(excess) / count
    between = math.fsum((e - middle) ** 2 for e in excess) * count / (count - 1)
    usual = math.fsum(v.contacts * v.mean * (1.0 - v.mean) * (1.0 + (v.contacts - 1) * dispersion) for v in voices)
    return float(stdtr(count - 1, -math.fsum(excess) / math.sqrt(max(between, usual))))
