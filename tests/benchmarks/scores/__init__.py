"""One scorer a kind of finding: ``score(truth, findings of that kind, best first) -> Score``."""

from collections.abc import Callable, Mapping, Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores import ambush, convergence, extortion, hub, owner, recruitment, room, shell
from tests.benchmarks.scores.score import Score
from workbench.sample.truth import Truth

SCORERS: Mapping[str, Callable[[Truth, Sequence[Finding]], Score]] = {
    "hub": hub.score,
    "ambush": ambush.score,
    "convergence": convergence.score,
    "recruitment": recruitment.score,
    "extortion": extortion.score,
    "shell": shell.score,
    "owner": owner.score,
    "room": room.score,
}
