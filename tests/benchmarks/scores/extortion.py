"""How well are planted extorters found?"""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score, accused, average_precision
from workbench.sample.truth import Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Average precision by account; extorters in the upper tiers; targets that are true; who is wrongly strong."""
    groups = truth.of("extortion")
    extorters = {member for group in groups for member in group.members}
    victims = {(group.members[0], target) for group in groups for target in group.targets}
    told = [finding for finding in findings if finding.tier != "weak"]
    strong = [finding for finding in findings if finding.tier == "strong"]
    said = {(finding.members[0], target) for finding in told for target in finding.targets}
    return Score(
        {"average precision": average_precision([f.members[0] for f in findings], extorters)},
        {
            "found": (len(extorters & {f.members[0] for f in told}), len(extorters)),
            "found strong": (len(extorters & {f.members[0] for f in strong}), len(extorters)),
            "targets that are true": (len(said & victims), len(said)),
            **accused(truth, strong, [finding for finding in strong if finding.members[0] in extorters]),
        },
    )
