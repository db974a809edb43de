"""Which pairs of accounts met on the same targets within a window more often than their activity explains?

The null by day: the W co-hits of a stratum (merged days, arrivals apart) fall on pairs in proportion to k_a k_b, so a
pair expects  mu = sum over strata of  2 W k_a k_b / (K² - Q),  K and Q the sums of k and k².  Tumminello et al. 2011
give the idea of validating a projected link against activity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import gammainc

from graph.detect.ambush.contacts import Activity, FirstContacts, Ints, arrays, spread
from graph.detect.ambush.cotargeting import co_hits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.context import DetectionContext
from graph.detect.statistics import Floats

OFTEN = 8  # common targets


@dataclass(frozen=True, order=True)
class PairTest:
    """A pair (places among the contacts' names, a < b) whose co-hits chance explains with probability ``p``."""

    p: float
    a: int
    b: int


def surprising_pairs(
    context: DetectionContext, parameters: AmbushParameters, contacts: FirstContacts
) -> list[PairTest]:
    """Each pair whose co-hits in some window have at most the loosest of ``link_levels``, its least; sorted by pair.

    Those who came to two targets with a third account have the loosest at most.
    """
    best: dict[tuple[int, int], float] = {}
    for window_s in parameters.windows_s:
        for pair in _within(context, parameters, contacts, window_s):
            best[pair.a, pair.b] = min(pair.p, best.get((pair.a, pair.b), 1.0))
    return [PairTest(best[key], *key) for key in sorted(best)]


def link_levels(contacts: FirstContacts, parameters: AmbushParameters) -> tuple[float, ...]:
    """The p up to which pairs are linked: an account has ``chance_links`` such links by chance, strict ones first."""
    return tuple(min(0.05, links / max(1, contacts.able)) for links in parameters.chance_links)


def _within(
    context: DetectionContext, parameters: AmbushParameters, contacts: FirstContacts, window_s: int
) -> list[PairTest]:
    """Join the first contacts with themselves within the window and test every pair with two common targets."""
    placed = contacts.numbered.select("actor", "target", "at", "stratum", crowd=f"crowd_{window_s}")
    hits = context.kept(
        "ambush.co_hits", lambda: co_hits(placed, window_s, max_crowd=parameters.max_crowd), by=(window_s, parameters)
    )
    popular = placed.filter(placed.crowd > parameters.max_crowd)
    left, targets = context.rows(popular.agg(contacts=popular.count(), targets=popular.target.nunique()))[0]
    if left:
        context.note(
            "ambush",
            f"{left} first contacts to {targets} targets with more than {parameters.max_crowd} accounts around within "
            f"{window_s} s were left out",
        )
    counted = dict(context.rows(hits.group_by("stratum").agg(n=hits.count())))
    met = arrays(hits.group_by(["a", "b"]).agg(n=hits.count()).filter(lambda t: t.n >= 2))
    rates = np.array([
        2.0 * counted.get(stratum, 0) / (total * total - squares) if total * total > squares else 0.0
        for stratum, (total, squares) in enumerate(contacts.totals)
    ])
    a, b = met["a"], met["b"]
    tails = gammainc(met["n"].astype(np.float64), np.maximum(expected(contacts.activity, rates, a, b), 1e-300))
    loosest, people = max(link_levels(contacts, parameters)), len(contacts.names)
    hit = arrays(hits.semi_join(hits.group_by(["a", "b"]).agg(n=hits.count()).filter(lambda t: t.n >= 2), ["a", "b"]))
    trios = joined_by_a_third(hit["a"] * people + hit["b"], hit["target"], most=parameters.largest_crew)
    tails = np.where(np.isin(a * people + b, trios), np.minimum(tails, loosest), tails)
    near = np.flatnonzero(tails <= loosest)
    return [PairTest(*row) for row in zip(*(column[near].tolist() for column in (tails, a, b)), strict=True)]


def joined_by_a_third(pairs: Ints, targets: Ints, *, most: int) -> Ints:
    """The pairs that came together to two targets to which a third account, and at most ``most``, came with them.

    Two accounts meet twice by chance; three hardly ever do on the same two targets.  Pairs that met often are left out:
    they are linked by that alone, or regulars.
    """
    order = np.lexsort((targets, pairs))
    pairs, targets = pairs[order], targets[order]
    met: dict[tuple[int, int], list[int]] = {}
    firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
    for pair, both in zip(pairs[firsts].tolist(), np.split(targets, firsts)[1:], strict=True):
        if len(both) <= OFTEN:
            for two in combinations(both.tolist(), 2):
                met.setdefault(two, []).append(pair)
    found = [pair for some in met.values() if 3 <= len(some) <= most * (most - 1) // 2 for pair in some]
    return np.unique(np.array(found, dtype=np.int64))


def expected(activity: Activity, rates: Floats, a: Ints, b: Ints) -> Floats:
    """The co-hits that pairs expect, from ``rates`` by stratum: the sum of rate k_a k_b."""
    starts, stratum, k = activity.starts, activity.stratum, activity.k
    sizes = np.diff(starts)
    one = np.where(sizes[a] <= sizes[b], a, b)
    other = a + b - one
    pair, row = spread(starts[one], sizes[one])
    keys = np.repeat(np.arange(len(sizes)), sizes) * len(rates) + stratum
    wanted = other[pair] * len(rates) + stratum[row]
    place = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    both = keys[place] == wanted
    pair, row, place = pair[both], row[both], place[both]
    terms = rates[stratum[row]] * k[row] * k[place]
    return np.asarray(np.bincount(pair, weights=terms, minlength=len(a)), dtype=np.float64)


def accounts_of(pairs: Sequence[PairTest]) -> list[int]:
    """Everybody in the pairs, sorted."""
    return sorted({account for pair in pairs for account in (pair.a, pair.b)})
