"""What docs/add-a-detection.md says, done on a copy: a detection that runs, speaks two languages, changes nothing."""

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "add-a-detection.md"
REGISTRY = "graph/detect/registry.py"
PARTS = ("graph", "ingest", "queries", "workbench", "tests", "docs", "pyproject.toml")
ALLOWED = (
    "graph/detect/night/", "graph/detect/wordings/en/night.toml", "graph/detect/wordings/fr/night.toml", REGISTRY,
    "docs/methods/night.md", "tests/unit/graph/detect/night/",
)
_BLOCK = re.compile(r"^`([\w/.-]+)`(?: \((\w+)\))?\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks():
    """(file, what of it, text) as the page has them."""
    return _BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def registered(source, imported, row):
    """The registry with one import more, in its order, and one row more."""
    lines = source.splitlines(keepends=True)
    names = [line for line in lines if line.startswith("from graph.detect.")]
    after = max((line for line in names if line < imported), key=lines.index)
    lines.insert(lines.index(after) + 1, imported)
    lines.insert(lines.index(")\n", lines.index("DETECTIONS: tuple[Detection, ...] = (\n")), row)
    return "".join(lines)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """The project as it is, and as it is when the page was followed."""
    before, after = (tmp_path_factory.mktemp("tutorial") / name for name in ("before", "after"))
    skipped = shutil.ignore_patterns("__pycache__", "node_modules", "static", "frontend", "benchmarks", "ui")
    for part in PARTS:
        source, target = ROOT / part, before / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=skipped)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    shutil.copytree(before, after)
    whole = {(file, what): text for file, what, text in blocks()}
    source = (after / REGISTRY).read_text(encoding="utf-8")
    imported, row = whole.pop((REGISTRY, "import")), whole.pop((REGISTRY, "row"))
    (after / REGISTRY).write_text(registered(source, imported, row), encoding="utf-8")
    for (file, what), text in whole.items():
        assert not what
        assert not (before / file).exists()
        (after / file).parent.mkdir(parents=True, exist_ok=True)
        (after / file).write_text(text, encoding="utf-8")
    return before, after


def run(copy, *arguments):
    """What a Python of its own prints that imports the copy."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=copy, capture_output=True, text=True, timeout=250, check=False,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_nothing_changes_but_the_package_its_row_catalogues_docs_and_tests(copies):
    before, after = (tree(copy) for copy in copies)
    assert set(before) - set(after) == set()
    changed = [name for name, content in after.items() if before.get(name) != content]
    assert [name for name in changed if not name.startswith(ALLOWED)] == []
    old, new = (files[REGISTRY].decode().splitlines() for files in (before, after))
    lines = [line for line in difflib.ndiff(old, new) if line[:2] in ("+ ", "- ")]
    assert lines == [
        "+ from graph.detect.night import NightParameters, find_night",
        '+     Detection("night", NightParameters, find_night, version=1),',
    ]


def test_the_page_holds_the_shape_every_package_has():
    package = {file.rpartition("/")[2] for file, _, _ in blocks() if file.startswith("graph/detect/night/")}
    assert package == {"__init__.py", "parameters.py", "events.py", "null.py", "tiers.py", "leads.py"}


def test_its_own_tests_and_those_of_every_detection_pass(copies):
    _, after = copies
    told = run(
        after, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "night", "tests/unit/graph/detect/night",
        "tests/unit/graph/detect/test_wordings.py", "tests/unit/graph/detect/test_parameters.py",
    )
    assert int(re.search(r"(\d+) passed", told)[1]) >= 10
    assert "failed" not in told
    run(after, "-m", "ruff", "check", "--no-cache", "graph/detect/night", "tests/unit/graph/detect/night")


SCRIPT = """
import json, sys
from pathlib import Path
from graph.detect.run import detect
from tests.unit.graph.detect.night.test_night import by_day
from tests.unit.graph.detect.small_platform import lake_of, write_folder
from workbench.runs.parameters import explained

platform = by_day()
platform.account("owl", age=30)
for day in range(15):
    platform.private("owl", "a1", 24 * day + 2)
folder = Path(sys.argv[1])
with lake_of(folder / "workspace", [write_folder(folder / "source", platform.tables())]) as lake:
    document = detect(lake, ["night"], parameters={"night": {"until": 6}})
    opened = len(lake.records(document.findings[0].reasons[0].records))
    everything = detect(lake, ["all"])
print(json.dumps({
    "english": json.loads(document.to_json(language="en")), "french": json.loads(document.to_json(language="fr")),
    "opened": opened, "all": [finding.kind for finding in everything.findings if finding.kind == "night"],
    "explained": [explained(["night"], "en"), explained(["night"], "fr")],
}))
"""


def test_it_runs_beside_all_others_and_speaks_both_languages(copies, tmp_path):
    _, after = copies
    told = json.loads(run(after, "-c", SCRIPT, str(tmp_path)))
    for language, sentence, clears in (
        ("english", "15 of its 15 private messages were written at night; 0.", "Another time zone"),
        ("french", "15 de ses 15 messages privés ont été écrits la nuit\u00a0; 0,", "Un autre fuseau horaire"),
    ):
        (finding,) = told[language]["findings"]
        assert (finding["kind"], finding["tier"], finding["members"]) == ("night", "strong", ["small:owl"])
        assert finding["reasons"][0]["code"] == "messages_at_night"
        assert finding["reasons"][0]["detail"].startswith(sentence)
        assert finding["counter_evidence"][-1]["detail"].startswith(clears)
    assert told["english"]["parameters"]["night"]["until"] == 6
    assert told["opened"] == 15
    assert told["all"] == ["night"]
    assert ["night writer" in told["explained"][0], "activité nocturne" in told["explained"][1]] == [True, True]
