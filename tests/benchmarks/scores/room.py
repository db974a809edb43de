"""Where do the rooms that were found stand?  No room is planted as risky: counts, and whom planted seekers met there.

Planted seekers write to minors in the rooms they visit, so minors met in the rooms told of should be sought by them
more often than minors anywhere; whether a room is risky has no truth to be held against.
"""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score
from workbench.sample.truth import Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Rooms by tier; minors whom planted seekers sought, among those met in the rooms told of and among all."""
    sought = {target for group in truth.groups if group.kind in ("hub", "extortion") for target in group.targets}
    met = {target for finding in findings for target in finding.targets}
    return Score(
        {},
        {
            "strong, of the rooms told of": (sum(f.tier == "strong" for f in findings), len(findings)),
            "moderate, of the rooms told of": (sum(f.tier == "moderate" for f in findings), len(findings)),
            "minors met there whom a seeker sought": (len(met & sought), len(met)),
            "minors anywhere whom a seeker sought": (len(set(truth.minors) & sought), len(truth.minors)),
        },
    )
