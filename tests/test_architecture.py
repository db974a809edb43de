"""The architecture is a test: layers, room sizes, names, and no word of where it was built."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "graph", "queries", "workbench")
MOST_LINES = 400


def sources() -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in [ROOT / "app.py", *found] if "node_modules" not in path.parts]


def test_layers_hold() -> None:
    outcome = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_room_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert text.startswith('"""'), "a module begins with the question it answers"
    assert path.stem not in {"utils", "util", "helper", "helpers", "manager", "common", "misc"}


def test_only_the_store_imports_the_driver_and_only_the_lake_the_engines() -> None:
    allowed = {
        "neo4j": ("graph/store",),
        "duckdb": ("ingest/lake/",),
        "pyspark": ("ingest/lake/",),
        "streamlit": ("app.py", "workbench/views", "workbench/canvas"),
    }
    strays = []
    for path in sources():
        place = str(path.relative_to(ROOT))
        text = path.read_text(encoding="utf-8")
        for library, places in allowed.items():
            if re.search(rf"^\s*(import|from) {library}\b", text, re.MULTILINE) and not place.startswith(places):
                strays.append(f"{place} imports {library}")
    assert strays == []


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_the_project_names_no_registry_host_and_no_path_of_a_machine() -> None:
    hosts = "|".join(
        (r"registry\.npmjs", r"files\.pythonhosted", r"pypi\.org", r"repo1?\.maven", r"deb\.debian", r"repo\.maven")
    )
    pattern = re.compile(rf"{hosts}|/root/|/home/[a-z]+/")
    strays = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.is_file() and path != Path(__file__) and pattern.search(path.read_text("utf-8", errors="replace"))
    ]
    assert strays == []
