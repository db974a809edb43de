"""Are the planted ultimate owners found with their exact integrated share?"""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score
from workbench.sample.truth import Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Planted owners whose finding has their share to 1e-6."""
    found = {(f.members, f.targets): f.reasons[0].observed for f in findings}
    exact = 0
    for group in truth.owners:
        observed = found.get((group.members, group.targets))
        exact += observed is not None and abs(observed - float(group.details["share"])) < 1e-6
    return Score({}, {"exact": (exact, len(truth.owners))})
