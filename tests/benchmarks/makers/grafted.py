"""The third maker, ``tests.benchmarks.grafted``: planted cases on the messages of real people."""

import hashlib
from pathlib import Path

import tests.benchmarks.grafted as maker
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.benchmarks.makers.answers import Answers, Case, Platform

SETTINGS = tuple(maker.SETTINGS)
EMPTY = tuple(maker.EMPTY)


def make(setting: str, seed: int, folder: Path) -> Platform:
    """The platform of a setting and seed, made once under ``folder``."""
    home = folder / f"grafted-{setting}-{seed}-{_sources()}"
    case, done = CaseFolder(home / "workspace", setting), home / "done"
    if not done.exists():
        maker.make(setting, seed, home / "source")
        report = ingest([home / "source"], case=case.create(), timezone="UTC")
        if report.rejected:
            raise RuntimeError(f"{setting} {seed}: {report.rejected} rows of the grafted folder were rejected")
        done.touch()
    truth = maker.Truth.read(home / "source" / "truth.json")
    cases = [Case(c.kind, c.style, frozenset(c.members), frozenset(c.targets), c.note) for c in truth.cases]
    owners = [owned for owned in truth.owners if not owned.at]  # those before a sale are told beside the present ones
    cases += [Case("owner", o.style, frozenset([o.owner]), frozenset([o.company])) for o in owners]
    answers = Answers(
        tuple(cases), {kind: frozenset(who) for kind, who in truth.neutral.items()},
        tuple(frozenset(group) for group in truth.households), truth.benign,
        {(o.owner, o.company): o.share for o in owners}, frozenset(truth.not_owners),
    )
    return Platform(home / "source", case, answers, truth.platform)


def _sources() -> str:
    digest = hashlib.sha256()
    for source in sorted(Path(maker.__path__[0]).glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:10]
