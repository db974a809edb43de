"""Which tier and score has a lead?  One monotone function of one figure of evidence."""

import math
from dataclasses import dataclass
from typing import Literal

Tier = Literal["strong", "moderate", "weak"]


@dataclass(frozen=True)
class Bounds:
    """From ``moderate`` and ``strong`` on, evidence has that tier; in the detection's own unit of evidence (nats)."""

    moderate: float
    strong: float

    def __post_init__(self) -> None:
        if not self.moderate < self.strong:
            raise ValueError(f"moderate {self.moderate} must lie below strong {self.strong}")


def grade(evidence: float, bounds: Bounds) -> tuple[Tier, float]:
    """Tier, and score in [0, 1]: weak below 1/3, moderate below 2/3, strong from there; both rise with the evidence.

    Within the outer thirds the score approaches 0 and 1 as evidence leaves the bounds, with their distance as scale.
    """
    if math.isnan(evidence):
        raise ValueError("evidence is no number")
    scale = bounds.strong - bounds.moderate
    if evidence < bounds.moderate:
        return "weak", _towards((bounds.moderate - evidence) / scale, start=1 / 3, end=0.0)
    if evidence < bounds.strong:
        return "moderate", min((1.0 + (evidence - bounds.moderate) / scale) / 3.0, math.nextafter(2 / 3, 0.0))
    return "strong", _towards((evidence - bounds.strong) / scale, start=2 / 3, end=1.0)


def graded(q_value: float, shape: float, *, moderate_q: float, strong_q: float) -> tuple[Tier, float]:
    """Tier and score of −ln q times a shape of at most 1, in nats; bounds are q-values.

    Surprise beyond the strong bound cannot make up for what is missing of the shape.
    """
    bounds = Bounds(moderate=-math.log(moderate_q), strong=-math.log(strong_q))
    surprise = -math.log(max(q_value, 1e-300))
    return grade(surprise if shape == 1.0 else min(surprise, bounds.strong) * shape, bounds)


def below(evidence: float, bound: float) -> float:
    """The same order, always below ``bound``; unchanged up to one nat before it."""
    return evidence if evidence <= bound - 1.0 else bound - 1.0 / (2.0 + evidence - bound)


def _towards(distance: float, *, start: float, end: float) -> float:
    """From ``start`` at 0 towards ``end``, half of the way at a distance of 2; never both ends alike."""
    if math.isinf(distance):
        return end
    part = distance / (distance + 2.0)
    found = start + (end - start) * part
    return math.nextafter(found, 0.0) if end < start and found == start else found
