"""Do tiers keep their promise on a maker that did not choose their bounds?  Leave one maker out, kind by kind.

The bounds of strong and moderate are scores.  Those that the other makers' leads would choose (the lowest score from
which on strong is right in 95 %, moderate in 60 %, smoothed by one right and one wrong lead) are applied to the maker
left out, beside the tiers as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.benchmarks.measured import Lead, Measured, Sought

STRONG, MODERATE = 0.95, 0.60


@dataclass(frozen=True)
class Promise:
    """Of one kind on one maker: (right, judged) leads of a tier, and (found, planted) cases moderate or better."""

    strong: tuple[int, int]
    moderate: tuple[int, int]
    found: tuple[int, int]


def as_they_are(kind: str, platforms: Iterable[Measured]) -> Promise:
    """The tiers of the findings."""
    platforms = list(platforms)
    leads = [lead for item in platforms for lead in item.leads if lead.kind == kind]
    sought = [case for item in platforms for case in item.sought if case.kind == kind]
    return Promise(
        _right(lead for lead in leads if lead.tier == "strong"),
        _right(lead for lead in leads if lead.tier == "moderate"),
        (sum(case.tier in ("strong", "moderate") for case in sought), len(sought)),
    )


def left_out(kind: str, own: Iterable[Measured], others: Iterable[Measured]) -> Promise:
    """Bounds chosen on the others, applied to its own."""
    own = list(own)
    leads = [lead for item in others for lead in item.leads if lead.kind == kind]
    strong, moderate = bounds(leads)
    mine = [lead for item in own for lead in item.leads if lead.kind == kind]
    sought: Sequence[Sought] = [case for item in own for case in item.sought if case.kind == kind]
    return Promise(
        _right(lead for lead in mine if lead.score >= strong),
        _right(lead for lead in mine if moderate <= lead.score < strong),
        (sum(case.score is not None and case.score >= moderate for case in sought), len(sought)),
    )


def bounds(leads: Sequence[Lead]) -> tuple[float, float]:
    """Scores from which on leads would be strong and moderate; above 1 where no bound keeps the promise."""
    judged = sorted((lead for lead in leads if lead.right is not None), key=lambda lead: -lead.score)
    strong = _lowest(judged, STRONG)
    return strong, min(_lowest([lead for lead in judged if lead.score < strong], MODERATE), strong)


def _lowest(leads: Sequence[Lead], promise: float) -> float:
    """The lowest score such that, from it on, the smoothed share of right leads keeps the promise."""
    best, right = 1.1, 0
    for place, lead in enumerate(leads, start=1):
        right += bool(lead.right)
        last = place == len(leads) or leads[place].score < lead.score
        if last and (right + 1) / (place + 2) >= promise - 1 / (place + 2):
            best = lead.score
    return best


def _right(leads: Iterable[Lead]) -> tuple[int, int]:
    judged = [lead.right for lead in leads if lead.right is not None]
    return sum(judged), len(judged)
