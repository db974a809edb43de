"""Docs under test: every command, query, detection, format and setting is in the docs."""

import inspect
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click
import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import AS_WRITTEN, CounterEvidence, Reason, as_written
from graph.detect.registry import DETECTIONS
from graph.schema import CASE, NODES, RELATIONSHIPS, Property
from graph.search.phrase import Occurrence
from ingest.sources.registry import READERS
from queries.catalog import library
from queries.files.cypher_file import parse
from queries.listing import written_into
from workbench.cli.commands.searching import texts_body
from workbench.cli.entry import COMMANDS
from workbench.cli.options import NAMES
from workbench.exports import FORMATS
from workbench.views.models.names import Names

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *PAGES])


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"filature {command}\b|make {command}\b", TEXT)


def documented() -> list[tuple[str, list[str]]]:
    """(command, its options) as the pages write them, in code."""
    pieces = [piece for block in re.findall(r"```.*?```", TEXT, re.DOTALL) for piece in block.splitlines()]
    pieces += re.findall(r"`([^`\n]+)`", TEXT)
    called = [re.match(r"(?:\| )?filature ([a-z]+)\b([^#]*)", piece) for piece in pieces]
    return [(match[1], re.findall(r"(?<![\w-])--[a-z][a-z-]*", match[2])) for match in called if match]


def options(command: click.Command) -> set[str]:
    own = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*(options(one) for one in below))


def test_documented_commands_and_options_exist() -> None:
    known = {name: options(getattr(import_module(module), name)) for name, module in COMMANDS.items()}
    said = documented()
    assert {"ingest", "query", "export"} <= {name for name, _ in said}
    assert [(name, given) for name, given in said if name not in known or not known[name].issuperset(given)] == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_stands_on_a_page_that_speaks_of_its_command(command: str) -> None:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *PAGES)]
    text = "\n".join(page for page in pages if re.search(rf"filature {command}\b", page))
    known = {name for name in options(getattr(import_module(COMMANDS[command]), command)) if name.startswith("-")}
    shared = {f"--{name}" for name in NAMES}
    assert [name for name in sorted(shared) if name not in TEXT] == []
    written = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))
    assert sorted(known - shared - written) == []


def test_documented_saved_queries_exist() -> None:
    named = set(re.findall(r"filature query run ([a-z-]+)", TEXT))
    assert named
    assert named - {query.id for query in library()} == set()


def test_documented_benchmarks_and_their_options_exist() -> None:
    page = (ROOT / "tests" / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for section in page.split("\n## ")[1:]:
        modules = re.findall(r"python -m (tests\.[\w.]+)", section)
        assert modules, section.splitlines()[0]
        code = "".join(inspect.getsource(import_module(_runnable(module))) for module in modules)
        given = {option for piece in re.findall(r"`([^`]+)`", section) for option in re.findall(r"--[a-z]+", piece)}
        assert [option for option in sorted(given) if f'"{option}"' not in code] == [], modules


def _runnable(module: str) -> str:
    return f"{module}.__main__" if (ROOT / module.replace(".", "/")).is_dir() else module


def test_the_page_of_queries_lists_the_library_as_its_files_say() -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert page == written_into(page), "run python -m queries.listing docs/queries.md"
    assert [query.id for query in library() if f"| `{query.id}` |" not in page] == []


def test_the_example_of_a_query_file_is_read() -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    example = page.partition("```\n")[2].partition("```")[0]
    assert parse(example, source="docs/queries.md").id == "minors-of"


def section(page: str, title: str) -> str:
    """What a page says under a heading of any level."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.split(r"^#", text.partition(f"# {title}\n")[2], flags=re.MULTILINE)[0]


def _property_list(properties: Iterable[Property]) -> str:
    return ", ".join(one.name if one.kind == "string" else f"{one.name} ({one.kind})" for one in properties)


def test_the_page_of_the_graph_lists_its_labels_and_relationships_as_the_schema_has_them() -> None:
    rows = [f"| `{one.label}` | {_property_list(one.properties)} |" for one in (*NODES.values(), CASE)]
    for one in RELATIONSHIPS.values():
        ends = "; ".join(f"{source} → {target}" for source, target in one.ends)
        rows.append(f"| `{one.type}` | {ends} | {_property_list(one.properties)} |")
    assert [row for row in section("graph.md", "What stands in it").splitlines() if row.startswith("| `")] == rows


def test_the_findings_document_and_the_json_of_a_search_are_described_key_by_key() -> None:
    against = CounterEvidence(AS_WRITTEN, as_written("measure", "detail"), 1, 2)
    why = Reason(AS_WRITTEN, as_written("measure", "detail"), 1, 2, "accounts", ("messages:m",))
    document = json.loads(
        FindingsDocument("c", "r", "d", {}, (Finding("hub", ("p:a",), "weak", 0.5, (why,), (against,)),)).to_json()
    )
    finding = document["findings"][0]
    parts = (document, finding, finding["reasons"][0], finding["counter_evidence"][0])
    found = Occurrence("p:a", "p:b", "", 1, *[datetime(2024, 3, 1, tzinfo=UTC)] * 2)
    text = section("exports.md", "The findings document")
    table, _, searched = text.partition("It masks nobody.")
    described = [name for row in re.findall(r"^\| (.*?) \|", table, re.M) for name in re.findall(r"`(\w+)`", row)]
    assert sorted(described) == sorted({key for part in parts for key in part})
    assert set(texts_body(found, Names())) <= set(re.findall(r"`(\w+)`", searched))


def test_every_detection_is_documented() -> None:
    page = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8").lower()
    assert [item.kind for item in DETECTIONS if item.kind not in page] == []


@pytest.mark.parametrize("kind", [item.kind for item in DETECTIONS])
def test_the_method_of_a_detection_fits_on_a_page(kind: str) -> None:
    page = (ROOT / "docs" / "methods" / f"{kind}.md").read_text(encoding="utf-8")
    parts = [re.split("[.(:*]", part)[0].strip() for part in re.findall(r"^\*\*(.+?)\*\*", page, re.MULTILINE)]
    wanted = ["Question", "Null", "Statistic", "Signals", "Tiers", "What would clear it", "Limits", "Measured"]
    assert [part for part in parts if part in wanted] == wanted
    assert len(page.split()) <= 800


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


def test_every_source_format_has_a_section_that_says_how_to_get_it_and_what_is_not_read() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    head, *sections = re.split(r"^## ", page, flags=re.MULTILINE)
    parts = {
        "Get it": r"\bGet it\b", "the command": r"^(?:\w+=\S+ )?filature ingest ", "Not read": r"\*\*Not read\*\*",
    }
    for name in ("archive", *(reader.NAME for reader in READERS)):
        assert f"| `{name}` |" in head or f"`{name}`" in head, name
        if name == "evidence":
            continue  # the native folder has a page of its own
        about = [section for section in sections if f"`{name}`" in section]
        lacking = {
            section.splitlines()[0]: [part for part, form in parts.items() if not re.search(form, section, re.M)]
            for section in about
        }
        assert [] in lacking.values(), f"{name}: {lacking}"


def test_every_setting_is_documented() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "workbench").rglob("*.py")]
    names = set(re.findall(r"FILATURE_[A-Z_]+\b", "\n".join(sources)))
    assert sorted(name for name in names if name not in TEXT) == []
