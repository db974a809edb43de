"""Where are the real data that some tests read?  Not in the project: FILATURE_TEST_DATA names their folder."""

import os
from pathlib import Path

from tests.engines import missing

FOLDER = Path(os.environ.get("FILATURE_TEST_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def real_data(name: str) -> Path:
    """The file or folder of that name; skips with the reason where it is not at hand, fails with CI=true."""
    path = FOLDER / name
    if not path.exists():
        missing(f"no real data {name}: set FILATURE_TEST_DATA to the folder that holds it")
    return path
