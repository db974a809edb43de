"""Who else was there?  A crew beyond chance is joined by those who come to its meetings beyond chance."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations

import ibis
import pyarrow as pa

from graph.detect.ambush.chance import weighed_tail
from graph.detect.ambush.cotargeting import WEIGHT_UNIT
from graph.detect.ambush.crews import Crew, Hit, convergences, judged
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.windows import Window
from graph.detect.context import DetectionContext
from graph.detect.statistics import benjamini_hochberg

Ties = Set[frozenset[str]]


def ties(context: DetectionContext, names: Sequence[str]) -> Ties:
    """The pairs of these accounts that ever wrote to each other in private."""
    listed = pa.array(list(names), pa.string())
    one, other = (ibis.memtable(pa.table({column: listed})) for column in ("initiator", "target"))
    met = context.pairs.select("initiator", "target").semi_join(one, "initiator").semi_join(other, "target")
    return frozenset(frozenset(pair) for pair in context.rows(met))


def grown(
    crew: Crew, others: Sequence[str], hits: Mapping[str, Sequence[Hit]], windows: Sequence[Window], acquainted: Ties,
    parameters: AmbushParameters,
) -> Crew:
    """The crew with those of the others whose own presence is surprising beside a crew beyond chance without them.

    How often each came to where a member was, against what its pairs with the members expect, divided by the
    likelihood ratio of whom of them it knows (``tie_ratio``, an e-value: Ignatiadis, Wang and Ramdas 2024), at a false
    discovery rate of ``join_fdr`` over all able accounts (Benjamini and Hochberg 1995).  Asking whether the larger
    *group* is less likely by chance would let the members' own surplus speak for a newcomer.  ``hits``: as of
    ``crew_of``, for the members and the others.
    """
    (window,) = (window for window in windows if window.window_s == crew.window_s)
    left = sorted(set(others) - set(crew.members))
    tails = [
        min(1.0, _alone(name, crew.members, hits, window) / tie_ratio(name, crew.members, acquainted, parameters))
        for name in left
    ]
    adjusted = benjamini_hochberg(tails, max(window.able, len(tails)))
    joining = tuple(name for name, q in zip(left, adjusted, strict=True) if q <= parameters.join_fdr)
    if not joining:
        return crew
    members = tuple(sorted((*crew.members, *joining)))
    larger = judged(members, convergences(members, hits, window.window_s), window, len(windows))
    return replace(larger, q=min(crew.q, larger.q), joined=joining)


def tie_ratio(name: str, members: Sequence[str], acquainted: Ties, parameters: AmbushParameters) -> float:
    """How many times likelier the account's ties to the members are with one of them than with anybody.

    Members know each other as often as these do (one half of a tie more, of one pair more), others ``usual_ties`` of
    them; at most ``tie_cap``.  Members who do not write to each other give about one.
    """
    pairs = list(combinations(members, 2))
    among = (sum(frozenset(pair) in acquainted for pair in pairs) + 0.5) / (len(pairs) + 1.0)
    usual = parameters.usual_ties
    share = max(usual, among)
    known = sum(frozenset((name, member)) in acquainted for member in members)
    strangers = len(members) - known
    return float(min(parameters.tie_cap, (share / usual) ** known * ((1.0 - share) / (1.0 - usual)) ** strangers))


def _alone(name: str, members: Sequence[str], hits: Mapping[str, Sequence[Hit]], window: Window) -> float:
    """The chance of one account's meetings with the members within the window; 1 where there are fewer than two."""
    met = [
        meeting for meeting in convergences((*members, name), hits, window.window_s)
        if any(hit.actor == name for hit in meeting.hits)
    ]
    if len(met) < 2:
        return 1.0
    came = sum(window.weights.get(meeting.victim, WEIGHT_UNIT) for meeting in met) / WEIGHT_UNIT
    return weighed_tail(came, sum(window.null.expected(name, member) for member in members))
