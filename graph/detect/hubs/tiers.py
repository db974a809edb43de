"""Which one figure of evidence decides tier and rank of a lead?  What explains it harmlessly is taken off there."""

import math
from typing import Literal

from graph.detect.hubs.parameters import HubParameters
from graph.detect.tiers import below

Explanation = Literal[
    "", "role", "one_text_for_all", "writes_to_whoever_arrives", "circle_of_friends", "know_each_other"
]
DUTY = ("moderator", "staff")
"""Roles whose duty is no licence to write to minors as no colleague does; the others are written to."""


def judged(
    evidence: float, *, q_value: float, odds: float, explained: Explanation, role: str | None, parameters: HubParameters
) -> float:
    """The evidence in nats after what chance and harmless explanations say.

    Above a q-value of ``usual`` it stays below moderate, above ``sure`` below strong.  Up to ``seldom``, with
    ``odds_at_least``, it is moderate at least, but for circles of friends.  An account that writes to anybody stays
    below moderate, a role below strong, a role that is no duty below moderate; minors who know each other keep it below
    strong up to ``seldom``, below moderate above.
    """
    moderate, strong = parameters.moderate_evidence, parameters.strong_evidence
    if q_value > parameters.usual or explained in ("one_text_for_all", "writes_to_whoever_arrives"):
        return below(evidence, moderate)
    if explained == "role" and role not in DUTY:
        return below(evidence, moderate)
    if explained == "know_each_other" and q_value > parameters.seldom:
        return below(evidence, moderate)
    if explained == "circle_of_friends":
        return below(evidence, strong)
    if q_value <= parameters.seldom and odds >= parameters.odds_at_least:
        evidence = _from(evidence, moderate)
    elif explained == "role":
        return below(evidence, moderate)
    return below(evidence, strong) if explained or q_value > parameters.sure else evidence


def _from(evidence: float, bound: float) -> float:
    """The same order, always above ``bound``; nearly unchanged far above it."""
    over = evidence - bound
    return bound + (over + math.log1p(math.exp(-over)) if over > 0 else math.log1p(math.exp(over)))
