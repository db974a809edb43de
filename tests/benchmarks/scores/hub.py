"""How well are planted hubs found?

Extorters, and crews whose victims are minors, prey on minors too: as hubs they count neither as right nor as wrong.
"""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score, accused, average_precision, by_style
from workbench.sample.truth import Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Average precision in the document's order; recall of the upper tiers by style; who is wrongly strong."""
    hubs = set(truth.hubs)
    neutral = truth.seekers - hubs
    told = {finding.members[0] for finding in findings if finding.tier != "weak"}
    strong = [finding for finding in findings if finding.tier == "strong" and finding.members[0] not in neutral]
    right = [finding for finding in strong if finding.members[0] in hubs]
    groups = truth.of("hub")
    found = [group for group in groups if group.members[0] in told]
    return Score(
        {"average precision": average_precision([f.members[0] for f in findings], hubs, neutral=neutral)},
        {
            "found": (len(found), len(groups)),
            "found strong": (len(right), len(groups)),
            **by_style(groups, found, "found"),
            **accused(truth, strong, right),
        },
    )
