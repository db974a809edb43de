"""Makers that write their truth beside the evidence: a platform made once, and that truth as answers."""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.benchmarks.grafted.truth import Truth
from tests.benchmarks.makers.answers import Answers, Case, Platform
from tests.benchmarks.sources import sources


def made_once(
    maker: ModuleType, setting: str, seed: int, folder: Path, *, timezone: str | None
) -> tuple[Path, CaseFolder]:
    """The evidence folder, with ``truth.json``, that the maker's ``make`` wrote under ``folder``, and its case."""
    name = maker.__name__.rpartition(".")[2]
    home = folder / f"{name}-{setting}-{seed}-{sources(Path(maker.__path__[0]))}"
    case, done = CaseFolder(home / "workspace", setting), home / "done"
    if not done.exists():
        maker.make(setting, seed, home / "source")
        report = ingest([home / "source"], case=case.create(), timezone=timezone)
        if report.rejected:
            raise RuntimeError(f"{setting} {seed}: {report.rejected} rows of the {name} folder were rejected")
        done.touch()
    return home / "source", case


def platform_of(maker: ModuleType, setting: str, seed: int, folder: Path) -> Platform:
    """The platform of a setting and seed, made once under ``folder``, of a maker whose truth is all it has to tell."""
    source, case = made_once(maker, setting, seed, folder, timezone="UTC")
    truth = Truth.read(source / "truth.json")
    return Platform(source, case, answers_of(truth), truth.platform)


def answers_of(truth: Truth, rooms: Iterable[Case] = ()) -> Answers:
    """The truth as answers; ``rooms``: planted cases that it does not hold."""
    cases = [Case(c.kind, c.style, frozenset(c.members), frozenset(c.targets), c.note) for c in truth.cases]
    owners = [owned for owned in truth.owners if not owned.at]  # those before a sale are told beside the present ones
    cases += [*rooms, *(Case("owner", o.style, frozenset([o.owner]), frozenset([o.company])) for o in owners)]
    return Answers(
        tuple(cases), {kind: frozenset(who) for kind, who in truth.neutral.items()},
        tuple(frozenset(group) for group in truth.households), truth.benign,
        {(o.owner, o.company): o.share for o in owners}, frozenset(truth.not_owners),
    )
