"""Whatever leaves with minors masked, or without names, holds no id, name or mark of theirs: in no byte of it."""

import base64
import html
import json
import re
import threading
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet
import pytest

from graph import fetch
from graph.embedded import EmbeddedEngine
from graph.subgraph import Node, Subgraph
from ingest.case_folder import label_key
from queries.runner import run as query
from tests.labels import token
from tests.unit.workbench.masking.named_everywhere import (
    ADULT_IDS,
    ADULTS,
    BOARD_NAME,
    CASE,
    MARKS,
    MINOR_IDS,
    MINORS,
    THINGS,
    board,
    build,
)
from tests.unit.workbench.report.reported_case import pdf_text
from workbench.bootstrap import Workbench
from workbench.casebook import AuditEntry
from workbench.casebook.statements import statement_mark
from workbench.cli.commands.queries.team import found
from workbench.cli.entry import run
from workbench.disclosure.package import disclose
from workbench.explore.history import History
from workbench.explore.shown import part
from workbench.export_subgraph import export_subgraph, logged_selection, masking_of, selected_by
from workbench.exports import FORMATS, PICTURES, write
from workbench.language import words
from workbench.masking.graphs import OF_BIRTH
from workbench.masking.leads import lead_called
from workbench.masking.nodes import with_minors
from workbench.masking.telling import telling_of
from workbench.querying import values
from workbench.report.choice import Choice
from workbench.report.make import make_report
from workbench.report.pictures.drawing import STYLE
from workbench.views import session
from workbench.views.explore import leads as explore_leads
from workbench.views.explore import scene
from workbench.views.models import logged
from workbench.views.models.explore import View
from workbench.views.models.names import Names

pytestmark = pytest.mark.embedded

OF_MINORS = (*MINORS, *MINOR_IDS, *MARKS)
LABELS = {token(f"{CASE}:{one}")[:6] for one in MINOR_IDS}
OF_ANYBODY = (*OF_MINORS, *ADULTS, *ADULT_IDS, *THINGS, "zibeline-33", "ondine", "saphir", "talweg")


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    workspace = tmp_path_factory.mktemp("named") / "w"
    with build(workspace) as made:
        assert run(["rebuild", "--workspace", str(workspace), "--case", CASE]) == 0
        yield made
    assert EmbeddedEngine(workspace).stop_if_idle(timeout_s=30.0)


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures with their words as text, so that they can be read."""
    monkeypatch.setitem(STYLE, "svg.fonttype", "none")


def named(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Which of the names stand in the texts, however they are written there."""
    plain = unicodedata.normalize("NFKC", "\n".join(texts)).casefold()
    return [name for name in names if unicodedata.normalize("NFKC", name).casefold() in plain]


def texts_of(body: bytes) -> Iterator[str]:
    """What can be read in a file: escapes of JSON and HTML undone, pictures in it as their text."""
    if body.startswith(b"%PDF"):
        yield pdf_text(body)
        return
    text = body.decode("utf-8")
    yield text
    yield html.unescape(text)
    yield re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    yield " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", text))
    for drawn in re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", text):
        yield from texts_of(base64.b64decode(drawn))


def left(folder: Path) -> dict[str, list[str]]:
    """All that was written, by file; of a package its members."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as packed:
                found |= {name: [name, *texts_of(packed.read(name))] for name in packed.namelist()}
        elif path.is_file() and path.suffix != ".png":  # the same scene as in svg
            found[path.name] = [*texts_of(path.read_bytes())]
    assert found
    return found


def lead_ids(workbench: Workbench) -> list[str]:
    document = workbench.findings(workbench.case(CASE))
    assert document is not None
    return [finding.finding_id for finding in document.findings]


def test_a_picture_of_the_command_line_speaks_the_language_asked_for(workbench: Workbench, tmp_path: Path) -> None:
    common = ("--workspace", str(workbench.settings.workspace), "--case", CASE, "--to", "html", "--language", "fr")
    for name, asked in (("all", ("--all",)), ("lead", ("--finding", lead_ids(workbench)[0]))):
        assert run(["export", *asked, str(tmp_path / name), *common]) == 0
        text = (tmp_path / name).read_text("utf-8")
        assert '<html lang="fr">' in text
        assert "Choisissez un nœud ou une relation" in text
    assert "Pourquoi" in text
    labels = r"\b(\w+) ▪▪▪ [0-9a-f]{6}"  # without \b each letter of the page's one long line would be a beginning
    assert set(re.findall(labels, "\n".join(texts_of(text.encode())))) == {"mineur"}


def labels_in(texts: Iterable[str]) -> set[str]:
    """The digits by which masked minors are told apart."""
    return set(re.findall(r"▪▪▪ ([0-9a-f]{6})", " ".join(texts)))


def test_nothing_masked_of_the_command_line_names_a_minor(workbench: Workbench, tmp_path: Path) -> None:
    asked: dict[str, tuple[str, ...]] = {
        "all": ("--all",), "accounts": ("--accounts", ",".join(f"{CASE}:{one}" for one in (*MINOR_IDS, *ADULT_IDS))),
        "query": ("--query", "identifiers-of", "-p", f"account={CASE}:{MINOR_IDS[0]}"),
        **{f"lead-{n}": ("--finding", finding) for n, finding in enumerate(lead_ids(workbench))},
    }
    common = ("--workspace", str(workbench.settings.workspace), "--case", CASE)
    for name, selection in asked.items():
        for to in ("html", "svg", "json"):
            masked = ("--mask-minors",) if to == "json" else ()
            assert run(["export", *selection, "--to", to, *masked, str(tmp_path / f"{name}.{to}"), *common]) == 0
    whole = left(tmp_path)
    for name, texts in whole.items():
        assert named(texts, (*OF_MINORS, *lead_ids(workbench))) == [], name
    assert all(labels_in(whole[f"all.{to}"]) >= LABELS for to in ("html", "svg", "json"))
    assert named(whole["all.html"], ADULTS) == [*ADULTS], "whoever is no minor is named"
    assert "2 of the reports' own texts left out" in " ".join(whole["all.html"])
    manifest = json.loads((tmp_path / "accounts.svg.manifest.json").read_text("utf-8"))
    assert manifest["selection"] == {"accounts": ["▪▪▪", "▪▪▪", *(f"{CASE}:{one}" for one in ADULT_IDS)]}
    sources = json.loads((tmp_path / "all.svg.manifest.json").read_text("utf-8"))["sources"]
    assert {"▪▪▪", "accounts.jsonl"} <= {one["name"] for one in sources}, "the chat's file is told by its hash alone"
    manual = next(n for n, finding in enumerate(lead_ids(workbench)) if finding.startswith("manual"))
    assert "2 texts that people wrote are withheld: a minor's name or number" in " ".join(whole[f"lead-{manual}.html"])


def test_the_log_tells_a_saved_query_by_its_revision_and_what_was_written_by_a_mark() -> None:
    saved = selected_by("contacts-of", "RETURN $who", {"who": MINOR_IDS[0]}, revision=3)
    assert saved["statement"] == "RETURN $who"
    assert logged_selection(saved) == {"query": "contacts-of", "parameters": {"who": MINOR_IDS[0]}, "revision": 3}
    written = logged_selection(selected_by("console", f"RETURN '{MINOR_IDS[0]}'", {"who": MINOR_IDS[0]}, revision=None))
    assert written == {"query": "console", "statement": statement_mark(f"RETURN '{MINOR_IDS[0]}'")}
    assert logged_selection({"all": True}) == {"all": True}


def data_in(path: Path) -> Iterator[str]:
    """What can be read in a data file."""
    if path.suffix == ".parquet":
        yield str(pyarrow.parquet.read_table(path).to_pylist())
    elif path.suffix in (".xlsx", ".zip"):
        with zipfile.ZipFile(path) as packed:
            yield from (text for name in packed.namelist() for text in texts_of(packed.read(name)))
    else:
        yield from texts_of(path.read_bytes())


@pytest.mark.parametrize("to", sorted({*FORMATS} - {*PICTURES}))
def test_no_masked_data_name_a_minor_and_nothing_else_is_lost(workbench: Workbench, tmp_path: Path, to: str) -> None:
    case = workbench.case(CASE)
    with workbench.reader(case) as store:
        fetched = fetch.whole(store, limit=10_000)
    masking = masking_of(workbench, case)
    manifest = export_subgraph(
        workbench, case, fetched, to=to, path=tmp_path / f"whole.{to}", masking=masking,
        selection={"accounts": [f"{CASE}:{one}" for one in (*MINOR_IDS, *ADULT_IDS)]},
    )
    written = {path: [*data_in(path)] for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    texts = [text for found in written.values() for text in found]
    assert named(texts, (*OF_MINORS, *lead_ids(workbench))) == []
    data = [text for path, found in written.items() if "manifest" not in path.name for text in found]
    assert labels_in(data) >= LABELS, "masked minors are told apart"
    assert named(texts, ADULT_IDS) == [*ADULT_IDS]
    assert manifest.minors == "masked"
    assert manifest.nodes > len(MINOR_IDS) + len(ADULT_IDS)
    assert (manifest.nodes, manifest.edges) == (len(fetched.subgraph.nodes), len(fetched.subgraph.edges))


@pytest.mark.parametrize("to", FORMATS)
def test_nothing_masked_says_when_a_minor_comes_of_age(workbench: Workbench, tmp_path: Path, to: str) -> None:
    case = workbench.case(CASE)
    with workbench.reader(case) as store:
        fetched = fetch.whole(store, limit=10_000)
    years = {f"Account/{CASE}:{MINOR_IDS[0]}": 2041, f"Account/{CASE}:{ADULT_IDS[0]}": 2043}
    nodes = [
        replace(node, properties={**node.properties, **dict.fromkeys(OF_BIRTH, datetime(year, 5, 6, tzinfo=UTC))})
        if (year := years.get(node.key)) else node for node in fetched.subgraph.nodes
    ]
    fetched = replace(fetched, subgraph=Subgraph.of(nodes, fetched.subgraph.edges))
    manifest = export_subgraph(
        workbench, case, fetched, to=to, path=tmp_path / f"whole.{to}", selection={"all": True},
        masking=None if to in PICTURES else masking_of(workbench, case),
    )
    texts = [text for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".png" for text in data_in(path)]
    forms = {year: (f"{year}-05-06", f"6 May {year}", f"datetime({year}, 5, 6") for year in years.values()}
    told = {year for year in forms if named(texts, forms[year])}
    every = {*FORMATS} - {"case-uco", "ftm", "stix", "png", "svg"}  # these have no such property of anybody
    assert told == ({2043} if to in every else set()), "of whoever is not masked it stays"
    assert (manifest.minors, manifest.provenance["left_out_of_minors"]) == ("masked", [*OF_BIRTH])


def test_the_columns_of_a_masked_page_are_those_it_has(workbench: Workbench, tmp_path: Path) -> None:
    spans = dict.fromkeys(OF_BIRTH, datetime(2041, 5, 6, tzinfo=UTC))
    held = Subgraph.of([Node(f"{CASE}:{MINOR_IDS[0]}", "Account", {"declared_age": 13, **spans})], [])
    columns = {}
    for reveal in (False, True):
        manifest = write(held, "html", tmp_path / "out.html", provenance={"case": CASE}, reveal_minors=reveal)
        columns[manifest.minors] = sorted(manifest.columns["nodes"]), "left_out_of_minors" in manifest.provenance
    assert columns == {"masked": (["declared_age"], True), "shown": (["declared_age", *OF_BIRTH], False)}


def test_rows_of_an_answer_name_no_minor(workbench: Workbench) -> None:
    case = workbench.case(CASE)
    with workbench.reader(case) as store:
        answer = query(store, "MATCH p = (a:Account)-[c]->(b) RETURN a, c, p, a.id, a.pseudonym, [b.id], {k: a.id}")
    masking = masking_of(workbench, case)
    assert named([str(answer.rows)], OF_MINORS) != []
    rows = [tuple(map(masking.value, row)) for row in answer.rows]
    assert named([str(rows)], OF_MINORS) == []
    assert named([str(rows)], ADULT_IDS) == [*ADULT_IDS]


@pytest.mark.parametrize(("language", "to"), [("en", "html"), ("en", "pdf"), ("fr", "html")])
def test_no_report_names_a_minor(workbench: Workbench, tmp_path: Path, to: str, language: Any) -> None:
    choice = Choice(
        top=99, language=language, texts=True, accounts=tuple(f"{CASE}:{one}" for one in (ADULT_IDS[0], MINOR_IDS[0])),
        threads=((f"{CASE}:{ADULT_IDS[0]}", f"{CASE}:{MINOR_IDS[0]}"),), views=(BOARD_NAME,),
    )
    make_report(workbench, workbench.case(CASE), choice, to=to, path=tmp_path / f"report.{to}")
    written = left(tmp_path)
    for name, texts in written.items():
        assert named(texts, (*OF_MINORS, *lead_ids(workbench))) == [], name
    whole = " ".join(" ".join(written[f"report.{to}"]).split())
    assert all(adult in whole for adult in ADULTS)
    assert "Looked at the records." in whole
    told = r"\d+ texts that people wrote are withheld" if language == "en" else r"\d+ textes écrits par des personnes"
    assert re.search(told, whole)


def test_no_disclosure_names_a_minor(workbench: Workbench, tmp_path: Path) -> None:
    case = workbench.case(CASE)
    workbench.casebook.record("ana", CASE, "unmask minor", json.dumps({"account": f"{CASE}:{MINOR_IDS[1]}"}))
    disclose(workbench, case, Choice(top=99, texts=True, authority=f"Order on {MINORS[1]}"), tmp_path / "out.zip",
             cybertip=True)
    written = left(tmp_path)
    assert {"leads.json", "records.csv", "custody.csv", "report.html", "cybertip/001-hub.xml"} <= set(written)
    for name, texts in written.items():
        assert named(texts, (*OF_MINORS, *lead_ids(workbench))) == [], name


def test_a_lead_is_found_by_what_it_is_called_where_it_left(workbench: Workbench, tmp_path: Path) -> None:
    case, key = workbench.case(CASE), label_key(workbench.case(CASE))
    wanted = next(one for one in lead_ids(workbench) if one.startswith("hub"))
    called = lead_called(wanted, key)
    assert re.fullmatch(r"hub-~[0-9a-f]{16}", called)
    assert lead_called(wanted, bytes(32)) != called, "without the case's key nobody calls it so"
    made = make_report(workbench, case, Choice(findings=(called,)), to="html", path=tmp_path / "report.html")
    assert made.findings == (wanted,)
    manifest = json.loads((tmp_path / "report.html.manifest.json").read_text("utf-8"))
    assert manifest["findings"] == [called]
    assert called in (tmp_path / "report.html").read_text("utf-8")
    common = ("--workspace", str(workbench.settings.workspace), "--case", CASE, "--to", "json", "--mask-minors")
    for name in (wanted, called):
        assert run(["export", "--finding", name, str(tmp_path / f"{name}.json"), *common]) == 0
    assert (tmp_path / f"{wanted}.json").read_bytes() == (tmp_path / f"{called}.json").read_bytes()
    manifest = json.loads((tmp_path / f"{wanted}.json.manifest.json").read_text("utf-8"))
    assert manifest["selection"] == {"finding": called}
    cells = (wanted, {"id": wanted}, "hub-0123", f"Finding/{wanted}", f"MATCH (n {{id: '{wanted}'}})", f"x{wanted}")
    shown = tuple(map(masking_of(workbench, case).value, cells))
    assert shown == (
        called, {"id": called}, "hub-0123", f"Finding/{called}", f"MATCH (n {{id: '{called}'}})", f"x{wanted}"
    )
    saved = found(workbench, "who-is-in-lead")
    with workbench.reader(case) as store:
        assert values.asked(workbench, case, saved, {"lead": called}, store=store).values["lead"] == wanted


def test_the_log_calls_leads_as_they_are_called_where_they_leave(workbench: Workbench) -> None:
    case, hub = workbench.case(CASE), next(one for one in lead_ids(workbench) if one.startswith("hub"))
    telling, detail = telling_of(case), json.dumps({"on": f"finding:{hub}", "text": "eve", "file": f"{CASE}-{hub}.zip"})
    entry = AuditEntry(1, "2024-03-01T10:00:00Z", "ann", CASE, "assign", detail, "", "")
    told = str(logged.table([entry], Names(), telling, words("en")).iloc[0, -1])
    called = telling.lead(hub)
    assert told == f"{CASE}-{called}.zip · eve · Lead: {called}"


@pytest.fixture
def canvas(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> View:
    """The canvas as somebody left it, with all leads on it."""
    shared: Any = SimpleNamespace(workbench=workbench, lock=threading.RLock())
    for module in (session, scene, explore_leads):
        monkeypatch.setattr(module, "server", lambda: shared)
    drawn = board(tuple(lead_ids(workbench)))
    case = workbench.case(CASE)
    with workbench.reader(case) as store:
        return View(History(drawn), with_minors(case, fetch.nodes(store, sorted(drawn.nodes)).subgraph))


@pytest.mark.parametrize("alone", [False, True])
def test_a_picture_of_the_canvas_names_no_minor_and_without_names_nobody(
    workbench: Workbench, canvas: View, tmp_path: Path, alone: bool
) -> None:
    only = frozenset(node.key for node in canvas.drawn.nodes[:4]) if alone else frozenset()
    provenance = {
        "case": CASE, "evidence_digest": "sha256:1", "batch_ids": ["b1"], "selection": {"query": MINORS[1]},
        "sources": [{"name": f"chat of {ADULTS[0]}.txt", "sha256": "12", "bytes": 3, "batch_id": "b1"}],
    }
    for bare in (False, True):
        folder = tmp_path / str(bare)
        subgraph, drawn = scene.picture(workbench.case(CASE), canvas, frozenset(), only=only, named=not bare)
        for to in ("html", "svg", "png"):
            write(subgraph, to, folder / f"out.{to}", provenance=provenance, scene=drawn)
        written = left(folder)
        for name, texts in written.items():
            assert named(texts, (*(OF_ANYBODY if bare else OF_MINORS), *lead_ids(workbench))) == [], name
        shown = " ".join(written["out.html"])
        assert (ADULTS[0] in shown) is not bare
        assert ("texts that people wrote are left out: they may name somebody." in shown) is bare
        assert ("texts that people wrote are withheld: a minor's name" in shown) is not bare
        assert ("Both at ten." in shown) is not bare
        assert part(canvas.drawn, only or frozenset(node.key for node in canvas.drawn.nodes)).nodes == subgraph.nodes


def test_a_mask_that_somebody_lifted_is_lifted_in_the_picture(workbench: Workbench, canvas: View) -> None:
    case, minor = workbench.case(CASE), f"{CASE}:{MINOR_IDS[0]}"
    _, masked = scene.picture(case, canvas, frozenset())
    _, lifted = scene.picture(case, canvas, frozenset({minor}))
    assert masked.labels[f"Account/{minor}"].startswith("minor ▪▪▪")
    assert lifted.labels[f"Account/{minor}"] == MINORS[0]
    told = " ".join(line for part in lifted.told for line in part.lines)
    assert named([told], MINORS) == [MINORS[0]], "the other minor's mask was not lifted"
