"""Docs under test: every command, query, detection, format and setting is in the docs."""

import re
from pathlib import Path

import pytest

from graph.detect.run import DETECTIONS
from queries.catalog import library
from workbench.cli.entry import COMMANDS
from workbench.exports import FORMATS

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *PAGES])


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"filature {command}\b|make {command}\b", TEXT)


def test_every_library_query_is_documented() -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert [query.id for query in library() if f"`{query.id}`" not in page] == []


def test_every_detection_is_documented() -> None:
    page = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8").lower()
    assert [item.kind for item in DETECTIONS if item.kind not in page] == []


def test_every_export_format_is_documented() -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CHANGELOG.md", *PAGES], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_files_that_the_architecture_page_names_exist() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = [
        name for name in re.findall(r"`((?:ingest|graph|queries|workbench|tests)/[\w/.]*)`", page) if "NAME" not in name
    ]
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_setting_is_documented() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "workbench").rglob("*.py")]
    names = set(re.findall(r"FILATURE_[A-Z_]+\b", "\n".join(sources)))
    assert sorted(name for name in names if name not in TEXT) == []
