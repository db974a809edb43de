"""The workbench's own generator, in the worlds of ``tests.benchmarks.worlds``."""

from pathlib import Path

from tests.benchmarks.makers.answers import Answers, Case, Platform
from tests.benchmarks.planted import home_of, planted
from tests.benchmarks.worlds import WORLDS
from workbench.sample.truth import Truth

SETTINGS = tuple(WORLDS)
_KINDS = ("hub", "ambush", "convergence", "recruitment", "extortion", "shell", "owner", "room")


def make(setting: str, seed: int, folder: Path) -> Platform:
    """The platform of a world and seed, made once under ``folder``."""
    truth, case = planted(setting, seed, folder)
    return Platform(home_of(setting, seed, folder) / "src", case, answers_of(truth), truth.platform)


def answers_of(truth: Truth) -> Answers:
    cases = [
        Case(group.kind, group.style, frozenset(group.members), frozenset(group.targets),
             str(group.details.get("person", "")))
        for group in truth.groups
        if group.kind in _KINDS and (group.kind != "ambush" or len(group.targets) >= 3)
    ]
    few = frozenset(who for crew in truth.crews if len(crew.targets) < 3 for who in crew.members)
    return Answers(
        tuple(cases),
        {"hub": truth.seekers - frozenset(truth.hubs), "ambush": few},
        tuple(frozenset(group.members) for group in truth.of("household")),
        {who: group.kind for group in truth.groups if not group.planted for who in group.members},
        {(group.members[0], group.targets[0]): float(group.details["share"]) for group in truth.owners},
        frozenset(who for kind in ("nominee",) for group in truth.of(kind) for who in group.members),
    )
