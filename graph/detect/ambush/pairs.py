"""Which pairs of accounts met on the same targets within a window more often than their activity explains?

The null by day: the W co-hits of a stratum (merged days, arrivals apart) fall on pairs in proportion to k_a k_b, so a
pair expects  mu = sum over strata of  2 W k_a k_b / (K² - Q),  K and Q the sums of k and k².  Tumminello et al. 2011
give the idea of validating a projected link against activity.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array
from scipy.special import gammainc

from graph.detect.ambush.contacts import FirstContacts
from graph.detect.ambush.cotargeting import co_hits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.arrays import Floats, Ints, arrays
from graph.detect.context import DetectionContext

Pairs = Mapping[tuple[int, int], float]
"""By pair (places among the contacts' names, the lower first) the probability with which chance explains its co-hits.
"""
OFTEN = 8  # common targets


def surprising_pairs(
    context: DetectionContext, parameters: AmbushParameters, contacts: FirstContacts
) -> Pairs:
    """The pairs whose co-hits in some window have at most the loosest of ``link_levels``, each with its least.

    Those who came to two targets with a third account have the loosest at most.
    """
    best: dict[tuple[int, int], float] = {}
    for window_s in parameters.windows_s:
        for pair, p in _within(context, parameters, contacts, window_s).items():
            best[pair] = min(p, best.get(pair, 1.0))
    return best


def link_levels(contacts: FirstContacts, parameters: AmbushParameters) -> tuple[float, ...]:
    """The p up to which pairs are linked: an account has ``chance_links`` such links by chance, strict ones first."""
    return tuple(min(0.05, links / max(1, contacts.able)) for links in parameters.chance_links)


def _within(
    context: DetectionContext, parameters: AmbushParameters, contacts: FirstContacts, window_s: int
) -> Pairs:
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
    return dict(zip(zip(a[near].tolist(), b[near].tolist(), strict=True), tails[near].tolist(), strict=True))


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


def expected(activity: csr_array, rates: Floats, a: Ints, b: Ints) -> Floats:
    """The co-hits that pairs expect, from ``rates`` by stratum: the sum of rate k_a k_b."""
    sizes = np.diff(activity.indptr)
    one = np.where(sizes[a] <= sizes[b], a, b)  # always the same side first: no sum differs in its last digit
    weighed = activity.astype(np.float64)
    weighed.data *= rates[weighed.indices]
    return np.asarray(weighed[one].multiply(activity[a + b - one]) @ np.ones(len(rates)), dtype=np.float64)
