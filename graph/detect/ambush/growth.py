"""Who else was there?  A crew beyond chance is joined by those who come to its meetings beyond chance."""

from collections.abc import Mapping, Sequence

from graph.detect.ambush.chance import weighed_tail
from graph.detect.ambush.cotargeting import WEIGHT_UNIT
from graph.detect.ambush.crews import Convergence, Crew, Hit, convergences, judged
from graph.detect.ambush.windows import Window
from graph.detect.statistics import benjamini_hochberg


def grown(
    crew: Crew, others: Sequence[str], hits: Mapping[str, Sequence[Hit]], windows: Sequence[Window], *, fdr: float
) -> Crew:
    """The crew with those of the others whose own presence is surprising beside a crew beyond chance without them.

    How often each came to where a member was, against what its pairs with the members expect, at a false discovery
    rate of ``fdr`` over all able accounts (Benjamini and Hochberg 1995).  Asking whether the larger *group* is less
    likely by chance would let the members' own surplus speak for a newcomer.  ``hits``: as of ``crew_of``, for the
    members and the others.
    """
    (window,) = (window for window in windows if window.window_s == crew.window_s)
    left = sorted(set(others) - set(crew.members))
    tails = []
    for name in left:
        met = convergences((*crew.members, name), hits, window.window_s)
        came = sum(
            window.weights.get(meeting.victim, WEIGHT_UNIT)
            for meeting in met if any(hit.actor == name for hit in meeting.hits)
        ) / WEIGHT_UNIT
        expected = sum(window.null.expected(name, member) for member in crew.members)
        tails.append(weighed_tail(came, expected) if _times(name, met) >= 2 else 1.0)
    adjusted = benjamini_hochberg(tails, max(window.able, len(tails)))
    joining = [name for name, q in zip(left, adjusted, strict=True) if q <= fdr]
    if not joining:
        return crew
    members = tuple(sorted((*crew.members, *joining)))
    larger_crew = judged(members, convergences(members, hits, window.window_s), window, len(windows))
    return Crew(
        members, larger_crew.convergences, crew.window_s, larger_crew.coincidences, larger_crew.expected,
        min(crew.q, larger_crew.q),
    )


def _times(name: str, met: Sequence[Convergence]) -> int:
    """At how many meetings somebody was."""
    return sum(hit.actor == name for meeting in met for hit in meeting.hits)
