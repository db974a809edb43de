"""Are the planted ultimate owners found with their exact integrated share, their predecessors told, and nobody else?"""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score
from workbench.sample.truth import Truth

_EXACT = 1e-6


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Planted owners whose finding has their share; owners before the sale named by the findings of those after it.

    ``strong but wrong``: strong findings on the company behind the platform whose members are not its planted owners,
    of all strong ones on it; ``nominees named`` are findings on a nominee, of all nominees: none is right.
    """
    found = {(finding.members, finding.targets): finding.reasons[0].observed for finding in findings}
    exact = 0
    for group in truth.owners:
        observed = found.get((group.members, group.targets))
        exact += observed is not None and abs(observed - float(group.details["share"])) < _EXACT
    planted = {(group.members, group.targets) for group in truth.owners}
    targets = {group.targets for group in truth.owners}
    strong = [finding for finding in findings if finding.tier == "strong" and finding.targets in targets]
    wrong = [finding for finding in strong if (finding.members, finding.targets) not in planted]
    before = truth.of("previous owner")
    told = [
        group for group in before
        if any(
            group.members[0] in reason.ids and finding.targets == group.targets
            for finding in findings for reason in finding.reasons if reason.code == "successive_owners"
        )
    ]
    nominees = truth.of("nominee")
    named = [group for group in nominees if any(finding.members == group.members for finding in findings)]
    return Score({}, {
        "exact": (exact, len(truth.owners)), "previous owners told": (len(told), len(before)),
        "nominees named": (len(named), len(nominees)), "strong but wrong": (len(wrong), len(strong)),
    })
