"""Who comes on a day when others do?  Over weeks people come by themselves, in a rush when somebody is the talk."""

import numpy as np

from graph.detect.arrays import Floats, Ints
from graph.detect.convergence.contacts import HOUR, Contacts

HALF_DAY = 12 * HOUR
MOST = 3  # others: more say no more
USUAL = (0.25, 0.5, 0.75)  # quantiles of how many are usual, between which contacts are like
STEADY = 20.0  # contacts at the share of both beside those of each count
STEP, STEPS = 0.35, 8  # nats between levels of rarity, and so many either way
GOLDEN, DRAWS = 0.6180339887, 4  # its multiples spread evenly; moments drawn for each contact


def rarity_by_day(contacts: Contacts, line: Ints, span: int, rarity: Floats) -> tuple[Ints, Floats]:
    """Levels of rarity, and the rarity of each, for windows longer than a day.

    ``line``, ``span``: the contacts on one line of time (``null.time_line``); ``rarity``: by contact, what else makes
    it rare.
    """
    sizes = np.bincount(contacts.target, minlength=len(contacts.people))
    ends = np.cumsum(sizes)
    first, last = contacts.at[(ends - sizes)[contacts.target]], contacts.at[ends[contacts.target] - 1]
    others = sizes[contacts.target] - 1
    several = np.flatnonzero(others > 1)
    usual = (others * 2.0 * HALF_DAY / (last - first + 2.0 * HALF_DAY))[several]
    everybody = np.sort(contacts.at)
    low, high = np.searchsorted(everybody, first[several]), np.searchsorted(everybody, last[several], side="right")
    turn = np.searchsorted(everybody, contacts.at[several]) * GOLDEN  # by when it was: names change no answer
    reach, there = min(HALF_DAY, span), []
    for draw in range(DRAWS):
        drawn = everybody[low + ((turn + draw / DRAWS) % 1.0 * (high - low)).astype(np.int64)]
        moved = line[several] - contacts.at[several] + drawn
        there.append(around(line, moved, reach) - (np.abs(moved - line[several]) <= reach))
    here = around(line, line[several], reach) - 1
    found = rarity.copy()
    found[several] *= _times_rarer(usual, here, np.stack(there))
    steps = np.clip(np.round(np.log(found) / STEP), -STEPS, STEPS).astype(np.int64)
    level = np.unique(steps, return_inverse=True)[1].astype(np.int64)
    return level, np.bincount(level, weights=found) / np.bincount(level)


def around(line: Ints, moments: Ints, reach: int) -> Ints:
    """How many contacts of the same target lie so near to each moment; at most the span of all."""
    until = np.searchsorted(line, moments + reach, side="right")
    return np.asarray(until - np.searchsorted(line, moments - reach), dtype=np.int64)


def _times_rarer(usual: Floats, here: Ints, there: Ints) -> Floats:
    """By contact, how much oftener so many are around a moment drawn (a row a draw) than around a contact, at like
    ``usual``."""
    edges = np.unique(np.quantile(usual, USUAL)) if len(usual) else np.empty(0)
    row = np.searchsorted(edges, usual) * (MOST + 1)
    cell, drawn = row + np.minimum(here, MOST), (row + np.minimum(there, MOST)).ravel()
    shape = len(edges) + 1, MOST + 1
    seen, even = (
        np.bincount(one, minlength=shape[0] * shape[1]).reshape(shape) * weight
        for one, weight in ((cell, 1.0), (drawn, 1.0 / len(there)))
    )
    both = (seen + even) / np.maximum((seen + even).sum(axis=1, keepdims=True), 1.0)
    seen, even = ((n + STEADY * both) / (n.sum(axis=1, keepdims=True) + STEADY) for n in (seen, even))
    return np.asarray((even / np.maximum(seen, 1e-9)).ravel()[cell], dtype=np.float64)
