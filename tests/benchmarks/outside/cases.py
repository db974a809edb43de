"""One planted case: its folder, its truth by full ids, and the ingested case beside it."""

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.benchmarks.outside.calls import plant_extortion, plant_recruitment
from tests.benchmarks.outside.crews import plant_convergence, plant_crews
from tests.benchmarks.outside.folder import ZONE, write_folder
from tests.benchmarks.outside.hubs import plant_hubs
from tests.benchmarks.outside.owners import plant_owners
from tests.benchmarks.outside.setting import CASES, Setting
from tests.benchmarks.outside.shells import plant_shells
from tests.benchmarks.outside.stage import open_stage
from tests.benchmarks.outside.truth import Owned, Truth
from tests.benchmarks.sources import sources as sources_of


@dataclass(frozen=True)
class Told:
    """A plant by full ids."""

    kind: str
    name: str
    members: frozenset[str]
    targets: frozenset[str]
    also: str


@dataclass(frozen=True)
class Answers:
    guilty: tuple[Told, ...]
    benign: tuple[Told, ...]
    owners: tuple[Owned, ...]
    never_owner: frozenset[str]


def plant(name: str, seed: int, source: Path, *, setting: Setting | None = None) -> Answers:
    """Writes the evidence folder ``source`` and gives what was planted; the case is to be named ``name``."""
    setting = setting or CASES[name]
    truth = Truth()
    stage = open_stage(setting, seed, truth)
    if "shells" in setting.plants:
        plant_shells(stage, truth)
    stage.live()
    for kind, sow in (
        ("hubs", plant_hubs),
        ("crews", plant_crews),
        ("convergence", plant_convergence),
        ("recruitment", plant_recruitment),
        ("extortion", plant_extortion),
    ):
        if kind in setting.plants:
            sow(stage, truth)
    tables = plant_owners(name, setting.platforms, seed, truth) if "owners" in setting.plants else {}
    write_folder(stage, tables, source)
    ids = np.array([f"{site or name}:{native}" for site, native in zip(stage.site, stage.native, strict=True)])

    def told(one: object) -> Told:
        members, targets = (frozenset(str(ids[who]) for who in people) for people in (one.members, one.targets))
        return Told(one.kind, one.name, members, targets, one.also)

    return Answers(
        tuple(map(told, truth.guilty)),
        tuple(map(told, truth.benign)),
        tuple(truth.owners),
        frozenset(truth.never_owner),
    )


def planted(name: str, seed: int, folder: Path) -> tuple[Answers, CaseFolder]:
    """The answers and the ingested case, made once and kept under ``folder``."""
    home = folder / f"{name}-{seed}-{sources()}"
    case, kept = CaseFolder(home / "workspace", name), home / "answers.pickle"
    if not kept.exists():
        answers = plant(name, seed, home / "source")
        report = ingest([home / "source"], case=case.create(), timezone=ZONE if CASES[name].clock == "local" else None)
        turned_away = {table: counts for table, counts in report.to_dict()["tables"].items() if counts["rejected"]}
        if turned_away:
            raise RuntimeError(f"{name} {seed}: rows of the outside folder were rejected: {turned_away}")
        kept.write_bytes(pickle.dumps(answers))
    return pickle.loads(kept.read_bytes()), case


def sources() -> str:
    """A short name of the modules that plant; what only measures does not count."""
    return sources_of(Path(__file__).parent, beside=("score", "fidelity"))
