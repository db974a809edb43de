"""How well are planted crews found?  Found: two thirds of the members stand in one finding."""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score, accused, by_style, mostly
from workbench.sample.truth import Group, Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Crews found at all and in the upper tiers, by style; strong groups that are mostly no crew's.

    On a small platform a crew may find nobody to strike at, or one person: it is not counted then.  Those that struck
    at two people only are told apart: the detection asks who converges on three or more.
    """
    crews = [crew for crew in truth.crews if len(crew.targets) >= 3]
    twice = [crew for crew in truth.crews if len(crew.targets) == 2]
    strong = [finding for finding in findings if finding.tier == "strong"]
    told = [finding for finding in findings if finding.tier != "weak"]
    found = [crew for crew in crews if any(_holds(finding, crew) for finding in told)]
    sure = [crew for crew in crews if any(_holds(finding, crew) for finding in strong)]
    anywhere = [crew for crew in crews if any(_holds(finding, crew) for finding in findings)]
    return Score(
        {},
        {
            "found": (len(found), len(crews)),
            "found strong": (len(sure), len(crews)),
            "found in any tier": (len(anywhere), len(crews)),
            **by_style(crews, found, "found"),
            **({"found: on two targets only": (sum(any(_holds(f, crew) for f in told) for crew in twice), len(twice))}
               if twice else {}),
            **accused(truth, strong, [finding for finding in strong if mostly(finding, truth.crews)]),
        },
    )


def _holds(finding: Finding, crew: Group) -> bool:
    return 3 * len(set(finding.members) & set(crew.members)) >= 2 * len(crew.members)
