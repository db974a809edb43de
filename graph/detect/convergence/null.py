"""What is usual here: who writes to minors, how contacts clump in time, how active writers are, who is open to all?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.detect.arrays import Floats, Ints
from graph.detect.convergence.contacts import ADULT, HOUR, UNKNOWN, YOUNG, Contacts
from graph.detect.convergence.days import rarity_by_day
from graph.detect.convergence.parameters import ConvergenceParameters
from graph.detect.statistics import moment_dispersion

AGES = np.array([1, 6, 24, 168, 720]) * HOUR  # how long a target had been there: its arrival has rates of its own
STEADY = 5.0  # targets at the platform's clumping beside those of each age on the platform
LEAST_DISPERSION, MOST_DISPERSION = 0.02, 0.05  # beyond it, ages that were misstated would hide everything
LEVELS = 8  # of activity, by powers of the mean
OPENNESS = (0.2, 0.4, 0.6, 0.8, 0.95)
FEW_OPEN, STEADY_OPEN = 0.1, 20.0  # people open to all, of so many, that stand beside the platform's own


@dataclass(frozen=True)
class Null:
    """What a target expects if nobody converges on it.

    ``adults``: by contact, their share among those who write first to minors, to adults, or to people of unknown age,
    as its target is; ``dispersion``: intra-class correlation of ages around one target.
    ``clumping``: by window (the last is all the time) and age on the platform, the share of a target's other contacts
    that come within the window after one.  ``level``: by contact, how active its initiator is, and ``rarity`` by
    level: how much more often a person drawn evenly from all is that active than one drawn by contacts;
    ``day_level``, ``day_rarity``: the same for windows longer than a day, by the others of that day as well.
    ``opened``: by account, the log likelihood ratio (nats) that strangers of all ages come to it, at the platform's
    share of such accounts.  ``minor_odds``: by account of unknown age, the log odds that it is a minor's by those it
    wrote to; ``by_young``, ``by_adult``: what one contact from each adds.
    """

    adults: Floats
    dispersion: float
    clumping: Floats
    level: Ints
    rarity: Floats
    day_level: Ints
    day_rarity: Floats
    opened: Floats
    minor_odds: Floats
    by_young: float
    by_adult: float


def fit_null(contacts: Contacts, windows: Ints, parameters: ConvergenceParameters) -> Null:
    """Everything from the same contacts; a few convergences among many targets change it little."""
    adults, everybody = _adults(contacts)
    level, rarity = _activity(contacts, use="activity" in parameters.parts)
    dispersion = min(max(_dispersion(contacts, adults), LEAST_DISPERSION), MOST_DISPERSION)
    opened = _opened(contacts, adults, everybody, rarity[level], parameters)
    odds, by_young, by_adult = _minor_odds(contacts)
    by_day = level, rarity
    if "days" in parameters.parts and len(contacts):
        by_day = rarity_by_day(contacts, *time_line(contacts), rarity[level])
    return Null(
        adults, dispersion, _clumping(contacts, windows), level, rarity, *by_day,
        opened if "open" in parameters.parts else np.zeros_like(opened), odds, by_young, by_adult,
    )


def _share(part: Floats | NDArray[np.bool_], whole: Floats | NDArray[np.bool_]) -> float:
    return (float(part.sum()) + 1.0) / (float(whole.sum()) + 2.0)


def _adults(contacts: Contacts) -> tuple[Floats, float]:
    """The share of adults by the target's side; and among all accounts that write first."""
    adult, known = contacts.side == ADULT, contacts.side != UNKNOWN
    found = np.zeros(len(contacts))
    for side in (YOUNG, ADULT, UNKNOWN):
        here = contacts.target_side == side
        found[here] = _share(adult & here, known & here)
    writers = [len(np.unique(contacts.initiator[contacts.side == side])) for side in (ADULT, YOUNG)]
    return found, (writers[0] + 1.0) / (sum(writers) + 2.0)


def _dispersion(contacts: Contacts, adults: Floats) -> float:
    """Of adults among known writers around each minor."""
    here = (contacts.target_side == YOUNG) & (contacts.side != UNKNOWN)
    if not here.any():
        return 0.0
    place = np.unique(contacts.target[here], return_inverse=True)[1]
    trials = np.bincount(place).astype(np.float64)
    return moment_dispersion(
        np.bincount(place, weights=contacts.side[here] == ADULT).astype(np.float64), trials,
        np.bincount(place, weights=adults[here]) / trials,
    )


def _activity(contacts: Contacts, *, use: bool) -> tuple[Ints, Floats]:
    """Levels of how many people each initiator wrote to first; rarity averages 1 over contacts.

    Who writes to everybody writes to her too: under the null a writer appears in proportion to his contacts.
    """
    if not use or not len(contacts):
        return np.zeros(len(contacts), dtype=np.int64), np.ones(1)
    wrote = np.bincount(contacts.initiator)
    usual = len(contacts) / max(int(np.count_nonzero(wrote)), 1)
    raw = (usual + 1.0) / (wrote[contacts.initiator] + 1.0)
    edges = (usual + 1.0) / 2.0 * 0.6 ** np.arange(1, LEVELS)
    level = np.searchsorted(-edges, -raw, side="right").astype(np.int64)
    rarity = np.bincount(level, weights=raw, minlength=LEVELS) / np.maximum(np.bincount(level, minlength=LEVELS), 1)
    return level, np.where(rarity > 0.0, rarity, 1.0) / max(float(raw.mean()), 1e-9)


def _clumping(contacts: Contacts, windows: Ints) -> Floats:
    """Share of a target's other contacts within each window after one, every target alike, by its age then.

    Source: the two-point correlation of Peebles 1980, The Large-Scale Structure of the Universe, section 31.
    """
    found = np.ones((len(windows) + 1, len(AGES) + 1))
    sizes = np.bincount(contacts.target)[contacts.target] if len(contacts) else np.zeros(0, dtype=np.int64)
    some = np.flatnonzero(sizes > 2)
    if not len(some):
        return found
    line, step = time_line(contacts)
    age = age_of(contacts)[some]
    vote = 1.0 / sizes[some]
    for row, window in enumerate(windows):
        after = np.searchsorted(line, line[some] + min(int(window), step), side="right") - some - 1
        share = vote * after / (sizes[some] - 1.0)
        usual = float(share.sum() / vote.sum())
        near = np.bincount(age, weights=share, minlength=len(AGES) + 1) + STEADY * usual
        found[row] = near / (np.bincount(age, weights=vote, minlength=len(AGES) + 1) + STEADY)
    return np.clip(found, 1e-4, 1.0)


def time_line(contacts: Contacts) -> tuple[Ints, int]:
    """All contacts on one line of time, targets one behind the other; and the span no window may exceed."""
    begin = int(contacts.at.min())
    span = int(contacts.at.max()) - begin + 1
    return contacts.target * (2 * span) + (contacts.at - begin), span


def age_of(contacts: Contacts) -> Ints:
    """The place in ``AGES`` of how long each contact's target had been there."""
    return np.searchsorted(AGES, contacts.at - contacts.appeared[contacts.target], side="right").astype(np.int64)


def _opened(
    contacts: Contacts, adults: Floats, everybody: float, rarity: Floats, parameters: ConvergenceParameters
) -> Floats:
    """Are strangers of all ages drawn to somebody, as to an idol?  The best mixture of these with usual writers.

    The share of such people is fitted by expectation maximisation, apart for minors and others.
    """
    people = len(contacts.people)
    most = np.maximum(everybody, adults)
    ratio = np.where(contacts.side == ADULT, most / adults, (1.0 - most) / (1.0 - adults))
    ratio = np.where(contacts.side == UNKNOWN, 1.0, ratio) * rarity
    gains = [
        np.bincount(contacts.target, weights=np.log(1.0 - part + part * ratio), minlength=people) for part in OPENNESS
    ]
    gain = np.clip(np.max(gains, axis=0), 0.0, 300.0) if len(contacts) else np.zeros(people)
    young = np.zeros(people, dtype=bool)
    young[contacts.target[contacts.target_side == YOUNG]] = True
    enough = np.bincount(contacts.target, minlength=people) >= parameters.min_members
    found = np.zeros(people)
    for group in (young, ~young):
        counted = group & enough
        chance = np.full(people, 0.05)
        for _ in range(30):
            odds = chance * np.exp(np.minimum(gain - 1.0, 50.0))
            likely = np.where(counted, odds / (1.0 - chance + odds), 0.0)
            # nobody counts for itself: one convergence on a small platform is no custom
            chance = (likely.sum() - likely + FEW_OPEN) / (counted.sum() + STEADY_OPEN)
        found[group] = np.log1p(chance * np.expm1(gain))[group]
    return found


def _minor_odds(contacts: Contacts) -> tuple[Floats, float, float]:
    """How likely is an account of unknown age a minor's, by the ages of those it wrote to and of those who wrote?"""
    known, minor = contacts.target_side != UNKNOWN, contacts.target_side == YOUNG
    young, adult = contacts.side == YOUNG, contacts.side == ADULT
    share = (float(minor.sum()) + 2.0) / (float(known.sum()) + 10.0)
    to_minor = [_share(minor & side, known & side) for side in (young, adult)]
    from_adult = [_share(adult & side, (adult | young) & side) for side in (minor, known & ~minor)]
    wrote = np.where(minor, np.log(to_minor[0] / to_minor[1]), np.log((1.0 - to_minor[0]) / (1.0 - to_minor[1])))
    odds = np.bincount(contacts.initiator[known], weights=wrote[known], minlength=len(contacts.people))
    return (
        odds + np.log(share / (1.0 - share)), float(np.log((1.0 - from_adult[0]) / (1.0 - from_adult[1]))),
        float(np.log(from_adult[0] / from_adult[1])),
    )
