"""The second generator, ``tests.benchmarks.outside``: its ten cases, and the same with nothing planted."""

import pickle
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.benchmarks.makers.answers import Answers, Case, Platform
from tests.benchmarks.outside import cases as told
from tests.benchmarks.outside.folder import ZONE
from tests.benchmarks.outside.setting import CASES

SETTINGS = tuple(CASES)
EMPTY = ("plain-empty", "private-empty", "big-empty", "chatty-empty", "children-empty")
_PREYING = ("ambush", "extortion", "convergence")


def make(setting: str, seed: int, folder: Path) -> Platform:
    """The platform of a case and seed, made once under ``folder``."""
    name = setting.removesuffix("-empty")
    home = folder / f"outside-{setting}-{seed}-{told.sources()}"
    case, kept = CaseFolder(home / "workspace", setting), home / "answers.pickle"
    if not kept.exists():
        chosen = CASES[name] if name == setting else replace(CASES[name], plants=())
        answers = told.plant(setting, seed, home / "source", setting=chosen)
        ingest([home / "source"], case=case.create(), timezone=ZONE if chosen.clock == "local" else None)
        kept.write_bytes(pickle.dumps(answers))
    answers = pickle.loads(kept.read_bytes())
    return Platform(home / "source", case, answers_of(answers), setting)


def answers_of(answers: told.Answers) -> Answers:
    cases = [Case(p.kind, p.name, p.members, p.targets, p.also) for p in answers.guilty]
    cases += [Case("owner", o.name, frozenset([o.owner]), frozenset([o.company])) for o in answers.owners]
    preying = frozenset(who for plant in answers.guilty if plant.kind in _PREYING for who in plant.members)
    hubs = frozenset(who for plant in answers.guilty if plant.kind == "hub" for who in plant.members)
    parts: dict[str, str] = defaultdict(str)
    for plant in answers.benign:
        for who in plant.members:
            parts.setdefault(who, plant.name)
    homes = tuple(plant.members for plant in answers.benign if plant.kind == "shell" and len(plant.members) < 9)
    return Answers(
        tuple(cases), {"hub": preying - hubs}, homes, dict(parts),
        {(o.owner, o.company): o.share for o in answers.owners}, answers.never_owner,
    )
