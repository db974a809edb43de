"""The fourth maker, ``tests.benchmarks.simulated``: people with purposes on a simulated platform."""

import hashlib
from pathlib import Path

import tests.benchmarks.simulated as maker
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.benchmarks.makers.answers import Answers, Case, Platform

SETTINGS = tuple(maker.SETTINGS)
EMPTY = tuple(maker.EMPTY)


def make(setting: str, seed: int, folder: Path) -> Platform:
    """The platform of a setting and seed, made once under ``folder``."""
    home = folder / f"simulated-{setting}-{seed}-{_sources()}"
    case, done = CaseFolder(home / "workspace", setting), home / "done"
    if not done.exists():
        maker.make(setting, seed, home / "source")
        report = ingest([home / "source"], case=case.create(), timezone=None)
        if report.rejected:
            raise RuntimeError(f"{setting} {seed}: {report.rejected} rows of the simulated folder were rejected")
        done.touch()
    return Platform(home / "source", case, answers_of(truth := maker.Told.read(home / "source" / "truth.json")),
                    truth.platform)


def answers_of(truth: maker.Told) -> Answers:
    """The truth as answers; rooms are cases of their own."""
    cases = [Case(c.kind, c.style, frozenset(c.members), frozenset(c.targets), c.note) for c in truth.cases]
    cases += [Case("room", room.style, frozenset([room.room]), frozenset(room.targets)) for room in truth.rooms]
    cases += [Case("owner", o.style, frozenset([o.owner]), frozenset([o.company])) for o in truth.owners]
    return Answers(
        tuple(cases), {kind: frozenset(who) for kind, who in truth.neutral.items()},
        tuple(frozenset(group) for group in truth.households), truth.benign,
        {(o.owner, o.company): o.share for o in truth.owners}, frozenset(truth.not_owners),
    )


def _sources() -> str:
    digest = hashlib.sha256()
    for source in sorted(Path(maker.__path__[0]).glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:10]
