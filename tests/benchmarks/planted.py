"""Where do the planted platforms of the quality measurements come from?  Made once for a world and seed, then kept."""

from pathlib import Path

import workbench.sample
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.benchmarks.sources import sources
from tests.benchmarks.worlds import WORLDS
from workbench.sample.generate import generate
from workbench.sample.truth import Truth


def planted(world: str, seed: int, folder: Path) -> tuple[Truth, CaseFolder]:
    """The truth and the ingested case of one world and seed under ``folder``; made anew when the generator changes."""
    home = home_of(world, seed, folder)
    case = CaseFolder(home / "workspace", "sample")
    done = home / "done"
    if not done.exists():
        generate(home / "src", seed=seed, world=WORLDS[world])
        ingest([home / "src"], case=case.create(), timezone="UTC")
        done.touch()
    return Truth.read(home / "truth.json"), case


def home_of(world: str, seed: int, folder: Path) -> Path:
    """Where that platform is kept."""
    made_by = sources(Path(workbench.sample.__path__[0]), settings=repr(WORLDS[world]))
    return folder / f"{world}-{seed}-{made_by}"
