"""Which pairs of accounts met on the same targets within a window more often than chance explains?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.detect.ambush.chance import CoHits, Null, PairTest, surprising_pairs
from graph.detect.ambush.contacts import FirstContacts, arrays
from graph.detect.ambush.cotargeting import co_hits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.context import DetectionContext


@dataclass(frozen=True)
class Window:
    """What one window shows: the surprising pairs, the null they were tested against, the weight of each target's
    co-hits (millionths, the least; of pairs with two common targets), and what was left out.

    ``able``: accounts with at least ``min_victims`` first contacts.
    """

    window_s: int
    pairs: tuple[PairTest, ...]
    null: Null
    weights: Mapping[str, int]
    able: int
    popular_targets: int
    popular_contacts: int


def look_within(
    context: DetectionContext, parameters: AmbushParameters, contacts: FirstContacts, window_s: int
) -> Window:
    """Join the first contacts with themselves within the window and test every pair with two common targets."""
    placed = contacts.numbered.select("actor", "target", "at", "stratum", crowd=f"crowd_{window_s}")
    hits = context.kept(
        f"ambush.co_hits.{window_s}",
        lambda: co_hits(placed, window_s, full_crowd=parameters.full_crowd, max_crowd=parameters.max_crowd),
    )
    weights = dict(context.rows(hits.group_by("stratum").agg(weight=hits.weight.sum())))
    repeated = hits.group_by(["a", "b"]).agg(n=hits.count()).filter(lambda t: t.n >= 2)
    met = arrays(hits.semi_join(repeated, ["a", "b"]))
    popular = placed.filter(placed.crowd > parameters.max_crowd)
    popular_contacts, popular_targets = context.rows(
        popular.agg(contacts=popular.count(), targets=popular.target.nunique())
    )[0]
    null = Null(
        contacts.activity,
        tuple((int(weights.get(stratum, 0)), *sums) for stratum, sums in enumerate(contacts.totals)),
    )
    linked = max(link_levels(contacts, parameters))
    pairs = surprising_pairs(CoHits(met["a"], met["b"], met["weight"]), null, at_most=linked)
    by_target = np.lexsort((met["weight"], met["target"]))
    targets, first = np.unique(met["target"][by_target], return_index=True)
    least = met["weight"][by_target][first]
    return Window(
        window_s, tuple(pairs), null,
        {contacts.names[target]: weight for target, weight in zip(targets.tolist(), least.tolist(), strict=True)},
        contacts.able, int(popular_targets), int(popular_contacts),
    )


def link_levels(contacts: FirstContacts, parameters: AmbushParameters) -> tuple[float, ...]:
    """The p up to which pairs are linked, the strict one first: an account has so many such links by chance."""
    able = max(1, contacts.able)
    strict = min(parameters.link_p, parameters.chance_links / able)
    return strict, max(strict, min(parameters.loose_link_p, parameters.loose_chance_links / able))
