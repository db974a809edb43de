"""What is aimed at?  Bounds on the pooled figures of ``sample``, and looser ones on the worlds set aside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.benchmarks.scores.score import Score

SLACK = 0.05  # how far a world that nothing was tuned on may lie beyond the bound of ``sample``


@dataclass(frozen=True)
class Aim:
    """A bound on one figure of one kind: a mean of values, or the share of two counts; ``at_most`` turns it round."""

    figure: str
    bound: float
    at_most: bool = False

    def told(self, score: Score, *, slack: float) -> str | None:
        """What is missed, in words; None where the aim is met or nothing was there to be counted."""
        value = score.values.get(self.figure)
        if value is None:
            part, whole = score.shares.get(self.figure, (0, 0))
            if not whole:
                return None
            value = part / whole
        bound = self.bound + slack if self.at_most else self.bound - slack
        if value <= bound if self.at_most else value >= bound:
            return None
        return f"{self.figure} {value:.3f}, aim {'at most' if self.at_most else 'at least'} {bound:.3f}"


_CALIBRATED = Aim("strong but wrong", 0.05, at_most=True)
AIMS: Mapping[str, tuple[Aim, ...]] = {
    "hub": (Aim("average precision", 0.95), _CALIBRATED),
    "ambush": (Aim("found", 0.9), _CALIBRATED),
    "convergence": (_CALIBRATED,),
    "recruitment": (_CALIBRATED,),
    "extortion": (_CALIBRATED,),
    "shell": (Aim("pair F1", 0.92), Aim("households joined", 0.02, at_most=True), _CALIBRATED),
    "room": (_CALIBRATED,),
    "owner": (Aim("exact", 1.0), Aim("nominees named", 0.0, at_most=True), _CALIBRATED),
}


def missed(scores: Mapping[str, Mapping[str, Score]], *, tuned: str) -> Iterator[str]:
    """A line for every aim that a world's pooled figures miss; ``scores``: by world, then by kind."""
    for world, kinds in scores.items():
        for kind, score in kinds.items():
            for aim in AIMS.get(kind, ()):
                slack = 0.0 if world == tuned or aim.bound in (0.0, 1.0) else SLACK
                told = aim.told(score, slack=slack)
                if told is not None:
                    yield f"{world}, {kind}: {told}"
