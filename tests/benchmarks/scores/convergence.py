"""How well are planted convergences found, by their target?"""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score, accused, average_precision
from workbench.sample.truth import Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Average precision by target; planted targets found in the upper tiers; strong leads on other targets."""
    planted = {group.targets[0] for group in truth.of("convergence")}
    aimed = planted | {target for crew in truth.crews for target in crew.targets}  # a crew's victim is no error here
    told = {finding.targets[0] for finding in findings if finding.tier != "weak"}
    strong = [finding for finding in findings if finding.tier == "strong"]
    return Score(
        {"average precision": average_precision([f.targets[0] for f in findings], planted, neutral=aimed - planted)},
        {
            "found": (len(planted & told), len(planted)),
            "found strong": (len(planted & {f.targets[0] for f in strong}), len(planted)),
            **accused(truth, strong, [finding for finding in strong if finding.targets[0] in aimed]),
        },
    )
