"""How well are planted recruiters found, and is the person they called to named?"""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score, accused, average_precision
from workbench.sample.truth import Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Average precision by account; recruiters in the upper tiers, with the right name; who is wrongly strong."""
    groups = truth.of("recruitment")
    recruiters = {member for group in groups for member in group.members}
    told = {finding.members[0]: finding for finding in findings if finding.tier != "weak"}
    strong = [finding for finding in findings if finding.tier == "strong"]
    caught = [(group, told[group.members[0]]) for group in groups if group.members[0] in told]
    named = sum(str(group.details["person"]) in finding.reasons[0].values["names"].value for group, finding in caught)
    reached = sum(len(set(group.targets) & set(finding.targets)) for group, finding in caught)
    return Score(
        {"average precision": average_precision([f.members[0] for f in findings], recruiters)},
        {
            "found": (len(caught), len(groups)),
            "found strong": (len(recruiters & {f.members[0] for f in strong}), len(recruiters)),
            "the person is named": (named, len(groups)),
            "recruited among the targets": (reached, sum(len(group.targets) for group, _ in caught)),
            **accused(truth, strong, [finding for finding in strong if finding.members[0] in recruiters]),
        },
    )
