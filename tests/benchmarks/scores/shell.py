"""How well are the accounts of one operator joined, and do households stay apart?  Pairs of moderate and better."""

from collections.abc import Sequence
from itertools import combinations

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score, accused, by_style
from workbench.sample.truth import Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Pair precision, recall and F1; rings found by style; households joined; wrong strong findings."""
    wanted = {pair for ring in truth.rings for pair in combinations(sorted(ring.members), 2)}
    told = [finding for finding in findings if finding.tier != "weak"]
    strong = [finding for finding in findings if finding.tier == "strong"]
    said = _pairs(told)
    right = len(said & wanted)
    sure = _pairs(strong)
    found = [ring for ring in truth.rings if any(len(set(f.members) & set(ring.members)) >= 2 for f in told)]
    homes = truth.of("household")
    joined = sum(any(len(set(f.members) & set(home.members)) >= 2 for f in told) for home in homes)
    good = [f for f in strong if len(_pairs([f]) & wanted) * 2 > len(_pairs([f]))]
    return Score(
        {
            "pair F1": 2 * right / (len(said) + len(wanted)) if said or wanted else 1.0,
            "pair precision": right / len(said) if said else 1.0,
            "pair recall": right / len(wanted) if wanted else 1.0,
            "pair precision, strong": len(sure & wanted) / len(sure) if sure else 1.0,
            "pair recall, strong": len(sure & wanted) / len(wanted) if wanted else 1.0,
        },
        {
            "households joined": (joined, len(homes)),
            **by_style(truth.rings, found, "rings found"),
            **accused(truth, strong, good),
        },
    )


def _pairs(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    return {pair for finding in findings for pair in combinations(finding.members, 2)}
