"""Every format carries the subgraph whole, hostile text included, and says where it comes from."""

import csv
import hashlib
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.subgraph import Edge, Node, Subgraph
from workbench.errors import ExportError
from workbench.exports import FORMATS, manifest_path, scene_of, write
from workbench.exports.graphs.cytoscape import read_cytoscape
from workbench.exports.graphs.node_link import read_json
from workbench.exports.pictures.scene import Hull, Slip, nameless
from workbench.exports.pictures.standalone import page
from workbench.exports.tables.csv_files import neutral, original
from workbench.exports.values import columns_of, decode, escape, property_name, unescape

HOSTILE = [
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "=HYPERLINK(\"http://x\")", "@SUM(1)", "+1",
    "-1", "'quoted", "a\x00b\x1b[31m", "\ufffe\uffff", "\ud800", "_x0041_", "_x005F_x0041_", "\u202egnp.exe",
    "a\r\nb\tc", " ", "]]>", "&amp;", "href", "\u2028", "{{7*7}}", "", "‘", "😀",
]
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.text(st.characters(), max_size=5))
NAMES = st.one_of(st.sampled_from(["id", "label", "type", "key", "property.id", "for", "entity_id"]), TEXTS)
VALUES = st.recursive(
    st.one_of(
        st.none(), TEXTS, st.integers(), st.booleans(), st.floats(allow_nan=False),
        st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(fold=0)),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=2)),
    max_leaves=4,
)
PROPERTIES = st.dictionaries(NAMES, VALUES, max_size=4)
LABELS = st.sampled_from(["Account", "Room", "Strange Label"])


@st.composite
def subgraphs(draw: st.DrawFn) -> Subgraph:
    keys = draw(st.lists(st.tuples(TEXTS, LABELS), unique=True, max_size=4))
    nodes = [Node(identity, label, draw(PROPERTIES)) for identity, label in keys]
    if not nodes:
        return Subgraph()
    ends = st.sampled_from([node.key for node in nodes])
    edges = [
        Edge(draw(ends), draw(ends), draw(st.sampled_from(["CONTACTED", "USED"])), draw(PROPERTIES))
        for _ in range(draw(st.integers(0, 4)))
    ]
    return Subgraph.of(nodes, edges)


def present(subgraph: Subgraph) -> Subgraph:
    """As a table can hold it: None is no value, and a property ``id`` that repeats the node's own is not kept."""
    return Subgraph.of(
        (
            Node(node.id, node.label, {
                name: value for name, value in node.properties.items()
                if value is not None and not (name == "id" and value == node.id)
            })
            for node in subgraph.nodes
        ),
        (
            Edge(edge.source, edge.target, edge.type, {n: v for n, v in edge.properties.items() if v is not None})
            for edge in subgraph.edges
        ),
    )


def comparable(subgraph: Subgraph) -> list[str]:
    """Sorted text: parallel edges with equal properties are one, whatever order the properties have."""

    def sorted_properties(value: Any) -> Any:
        if isinstance(value, Mapping):
            return sorted((name, sorted_properties(item)) for name, item in value.items())
        return [sorted_properties(item) for item in value] if isinstance(value, list) else repr(value)

    return sorted(
        [repr((node.id, node.label, sorted_properties(node.properties))) for node in subgraph.nodes]
        + [
            repr((edge.source, edge.target, edge.type, sorted_properties(edge.properties))) for edge in subgraph.edges
        ]
    )


def decoded(values: Mapping[str, Any], columns: Mapping[str, Any], text: Callable[[str], str]) -> dict[str, Any]:
    return {
        property_name(text(name)): decode(text(value) if isinstance(value, str) else value, columns[text(name)])
        for name, value in values.items()
    }


def from_graphml(path: Path, subgraph: Subgraph) -> Subgraph:
    graph = nx.read_graphml(path, force_multigraph=True)
    nodes, edges = columns_of(subgraph)
    return Subgraph.of(
        (
            Node(unescape(data.pop("id")), unescape(data.pop("label")), decoded(data, nodes, unescape))
            for _, data in graph.nodes(data=True)
        ),
        (
            Edge(unescape(a), unescape(b), unescape(data.pop("type")), decoded(data, edges, unescape))
            for a, b, data in graph.edges(data=True)
        ),
    )


def from_gexf(path: Path, subgraph: Subgraph) -> Subgraph:
    graph = nx.read_gexf(path)
    if not graph.is_multigraph():
        graph = nx.MultiDiGraph(graph)
    nodes, edges = columns_of(subgraph)
    found_nodes = []
    for _, data in graph.nodes(data=True):
        data.pop("label")
        identity, label = unescape(data.pop("entity_id")), unescape(data.pop("entity_label"))
        found_nodes.append(Node(identity, label, decoded(data, nodes, unescape)))
    found_edges = []
    for a, b, data in graph.edges(data=True):
        data.pop("id")
        kind = unescape(data.pop("label"))
        found_edges.append(Edge(unescape(a), unescape(b), kind, decoded(data, edges, unescape)))
    return Subgraph.of(found_nodes, found_edges)


def from_csv(path: Path, subgraph: Subgraph) -> Subgraph:
    def text(cell: str) -> str:
        return unescape(original(cell))

    def rows(name: str) -> list[list[str]]:
        with (path / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    def values(head: list[str], row: list[str], columns: Mapping[str, Any]) -> dict[str, Any]:
        return decoded(
            {name: cell for name, cell in zip(head[3:], row[3:], strict=True) if cell}, columns,
            text,
        )

    nodes, edges = columns_of(subgraph)
    head, *body = rows("nodes.csv")
    found = [Node(text(row[1]), text(row[2]), values(head, row, nodes)) for row in body]
    head, *body = rows("edges.csv")
    return Subgraph.of(
        found, (Edge(text(row[0]), text(row[1]), text(row[2]), values(head, row, edges)) for row in body)
    )


def from_parquet(path: Path, subgraph: Subgraph) -> Subgraph:
    def rows(name: str) -> list[dict[str, Any]]:
        return list(pq.read_table(path / name).to_pylist())

    return from_rows(rows("nodes.parquet"), rows("edges.parquet"), subgraph)


def from_xlsx(path: Path, subgraph: Subgraph) -> Subgraph:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))  # formulas would come back as formulas
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    def rows(name: str) -> list[dict[str, Any]]:
        head, *body = list(book[name].iter_rows())
        names = [shown(cell) or "" for cell in head]
        return [dict(zip(names, map(shown, row), strict=False)) for row in body]

    def shown(cell: Any) -> Any:
        """A text of no characters comes back as none: the cell's type tells it apart."""
        return "" if cell.value is None and cell.data_type == "s" else cell.value

    return from_rows(
        rows("nodes"), rows("edges"), subgraph,
        lambda text: re.sub(r"\\u([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), text),
    )


def from_rows(
    nodes: list[dict[str, Any]], edges: list[dict[str, Any]], subgraph: Subgraph, text: Callable[[str], str] = unescape
) -> Subgraph:
    node_columns, edge_columns = columns_of(subgraph)

    def values(row: dict[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
        return decoded({name: value for name, value in row.items() if value is not None}, columns, text)

    return Subgraph.of(
        [Node(text(row.pop("id")), text(row.pop("label")), values(row, node_columns))
         for row in ({n: v for n, v in row.items() if n != "key"} for row in nodes)],
        [Edge(*(text(row.pop(name)) for name in ("source", "target", "type")), values(row, edge_columns))
         for row in edges],
    )


READERS: dict[str, Callable[[Path, Subgraph], Subgraph]] = {
    "graphml": from_graphml, "gexf": from_gexf, "csv": from_csv, "json": lambda path, _: read_json(path),
    "cytoscape": lambda path, _: read_cytoscape(path), "parquet": from_parquet,
    "xlsx": from_xlsx,
}


@pytest.mark.parametrize("to", sorted(READERS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(subgraph=subgraphs())
def test_a_subgraph_comes_back_equal(tmp_path: Path, to: str, subgraph: Subgraph) -> None:
    expected = subgraph if to in ("json", "cytoscape") else present(subgraph)
    write(subgraph, to, tmp_path / "out", provenance={})
    assert comparable(READERS[to](tmp_path / "out", subgraph)) == comparable(expected)


MARCH = datetime(2024, 3, 1, tzinfo=UTC)
SMALL = Subgraph.of(
    [
        Node("p:1", "Account", {"pseudonym": "Heron", "declared_age": 34, "created_at": MARCH}),
        Node("p:2", "Account", {"pseudonym": "Wren", "declared_age": 13}),
        Node("p:r", "Room", {"name": "Lobby", "aliases": ["a", "b"], "share": 0.5, "stub": True, "kind": None}),
    ],
    [
        Edge("Account/p:1", "Account/p:2", "CONTACTED", {"messages": 3}),
        Edge("Account/p:1", "Account/p:2", "CONTACTED", {"messages": 4}),
        Edge("Account/p:2", "Room/p:r", "POSTED_IN", {"messages": 1}),
    ],
)
PROVENANCE = {
    "case": "north", "evidence_digest": "sha256:1", "batch_ids": ["b1"], "selection": {"finding": "hub-1"},
    "shown": 3, "total": 9, "filature": "0.1.0",
}


def test_networkx_reads_graphml_as_the_subgraphs_own_graph(tmp_path: Path) -> None:
    write(SMALL, "graphml", tmp_path / "out.graphml", provenance=PROVENANCE)
    read = nx.read_graphml(tmp_path / "out.graphml")
    own = SMALL.to_networkx()
    own.nodes["Account/p:1"]["created_at"] = "2024-03-01T00:00:00Z"
    own.nodes["Room/p:r"]["aliases"] = '["a","b"]'
    del own.nodes["Room/p:r"]["kind"]
    assert dict(read.nodes(data=True)) == dict(own.nodes(data=True))
    assert list(read.edges(keys=True)) == list(own.edges(keys=True))
    assert [data for *_, data in read.edges(data=True)] == [data for *_, data in own.edges(data=True)]


@pytest.mark.parametrize("to", sorted(FORMATS))
def test_a_manifest_tells_what_was_written_and_from_what(tmp_path: Path, to: str) -> None:
    out = tmp_path / "folder" / f"out.{to}"
    manifest = write(SMALL, to, out, provenance=PROVENANCE)
    told = json.loads(manifest_path(out).read_text())
    assert told["case"] == "north"
    assert (told["nodes"], told["edges"], told["shown"], told["total"], told["truncated"]) == (3, 3, 3, 9, True)
    assert told["batch_ids"] == ["b1"]
    assert told["evidence_digest"] == "sha256:1"
    assert told["selection"] == {"finding": "hub-1"}
    assert told["sha256"] == manifest.sha256
    for name, digest in told["files"].items():
        file = out / name if out.is_dir() else out
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    assert sorted(path.name for path in out.parent.iterdir()) == [out.name, out.name + ".manifest.json"]


@pytest.mark.parametrize("to", sorted(FORMATS))
def test_the_same_export_gives_the_same_bytes_also_over_an_older_one(tmp_path: Path, to: str) -> None:
    once = write(SMALL, to, tmp_path / "out", provenance=PROVENANCE)
    write(Subgraph(), to, tmp_path / "out", provenance=PROVENANCE)
    assert write(SMALL, to, tmp_path / "out", provenance=PROVENANCE) == once


def test_an_export_that_fails_leaves_nothing_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for to, place in (("graphml", tmp_path / "file" / "out"), ("nonsense", tmp_path / "out")):
        with pytest.raises(ExportError) as error:
            write(SMALL, to, place, provenance=PROVENANCE)
        assert "\n" not in str(error.value)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("precious")
    for to in ("csv", "json"):
        with pytest.raises(ExportError, match="other files"):
            write(SMALL, to, tmp_path / "taken", provenance=PROVENANCE)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "letter.txt", "taken"]


def test_a_zip_holds_the_same_tables_as_a_folder(tmp_path: Path) -> None:
    write(SMALL, "csv", tmp_path / "out.zip", provenance=PROVENANCE)
    write(SMALL, "csv", tmp_path / "out", provenance=PROVENANCE)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        for name in ("nodes.csv", "edges.csv"):
            assert archive.read(name) == (tmp_path / "out" / name).read_bytes()


@given(TEXTS)
def test_no_cell_of_a_table_starts_a_formula(text: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerow([neutral(text)])
    (cell,) = next(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert unescape(original(cell)) == text


@given(TEXTS)
def test_escaping_is_reversible_and_leaves_no_forbidden_character(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == text
    forbidden = [*range(9), *range(11, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
    assert not {ord(character) for character in escaped} & set(forbidden)


def test_no_digit_of_a_number_is_lost_in_a_workbook(tmp_path: Path) -> None:
    values = {"long": 3.7444071755395825e-270, "whole": 2**53 + 1, "short": 0.5}
    subgraph = Subgraph.of([Node("a", "Account", values)], [])
    write(subgraph, "xlsx", tmp_path / "out", provenance={})
    assert comparable(from_xlsx(tmp_path / "out", subgraph)) == comparable(subgraph)


def test_instants_of_other_zones_are_written_in_utc(tmp_path: Path) -> None:
    moment = datetime(2024, 3, 1, 5, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    subgraph = Subgraph.of([Node("a", "Account", {"at": moment})], [])
    write(subgraph, "csv", tmp_path / "out", provenance={})
    assert "2024-03-01T00:00:00Z" in (tmp_path / "out" / "nodes.csv").read_text()
    write(subgraph, "json", tmp_path / "out.json", provenance={})
    assert read_json(tmp_path / "out.json").nodes[0].properties["at"] == moment


def test_a_picture_shows_the_scene_it_is_given_and_can_do_without_names(tmp_path: Path) -> None:
    scene = scene_of(SMALL)
    write(SMALL, "svg", tmp_path / "named.svg", provenance=PROVENANCE, scene=scene)
    write(SMALL, "svg", tmp_path / "bare.svg", provenance=PROVENANCE, scene=nameless(scene))
    named, bare = ((tmp_path / name).read_text() for name in ("named.svg", "bare.svg"))
    assert ElementTree.fromstring(named).tag.endswith("svg")
    assert named.count("<use") > bare.count("<use") > 0, "a glyph is a use of its outline"
    for text in (named, bare):
        assert "Wren" not in text
    moved = replace(scene, places={key: (x + place, y) for place, (key, (x, y)) in enumerate(scene.places.items())})
    assert write(SMALL, "svg", tmp_path / "moved.svg", provenance=PROVENANCE, scene=moved).sha256 != write(
        SMALL, "svg", tmp_path / "again.svg", provenance=PROVENANCE, scene=scene
    ).sha256
    write(SMALL, "png", tmp_path / "out.png", provenance=PROVENANCE, scene=scene)
    assert (tmp_path / "out.png").read_bytes()[16:24] == struct.pack(">II", 3507, 2481), "A4 at 300 dots an inch"
    assert write(SMALL, "svg", tmp_path / "out.svg", provenance=PROVENANCE).minors == "masked"
    assert write(SMALL, "svg", tmp_path / "out.svg", provenance=PROVENANCE, reveal_minors=True).minors == "shown"


def test_notes_groups_and_marks_leave_with_the_picture_and_words_stay_out_of_a_nameless_one(tmp_path: Path) -> None:
    scene = scene_of(SMALL)
    first, *others = scene.places
    written = replace(
        scene, slips=(Slip("<b>Who</b>\nis it?", (0.5, 0.5), "#F0E442"),), marks={first: "#654321"},
        hulls=(Hull("The crew", (first, *others), "#123456"), Hull("One", (first,), "#0072B2")),
    )
    uses = {}
    for name, one in (("plain", scene), ("written", written), ("nameless", nameless(written))):
        write(SMALL, "svg", tmp_path / f"{name}.svg", provenance=PROVENANCE, scene=one)
        text = (tmp_path / f"{name}.svg").read_text()
        uses[name] = text.count("<use")
        colors = [color in text for color in ("#f0e442", "#654321", "#123456")]
        assert colors == {"plain": [False] * 3, "written": [True] * 3, "nameless": [False, True, True]}[name]
    assert uses["written"] > uses["plain"] > uses["nameless"]
    (data,) = re.findall(r'id="data">(.*?)</script>', page(SMALL, PROVENANCE, scene=written))
    held = json.loads(data)
    assert [slip["text"] for slip in held["slips"]] == ["<b>Who</b>\nis it?"]
    hulls = [(hull["title"], len(hull["members"])) for hull in held["hulls"]]
    assert hulls == [("The crew", len(SMALL.nodes)), ("One", 1)]
    assert [node["mark"] for node in held["nodes"] if node["mark"]] == ["#654321"]


def test_the_page_masks_minors_unless_asked_and_names_no_other_place() -> None:
    masked, shown = page(SMALL, PROVENANCE), page(SMALL, PROVENANCE, reveal_minors=True)
    assert "Wren" not in masked
    assert '"p:2"' not in masked
    assert "Heron" in masked
    assert "Wren" in shown
    for text in (masked, shown):
        assert "3 of 9 nodes" in text
        assert not any(part in text for part in ("<link rel=\"stylesheet\"", "<script src", "cdn", "@import"))


def test_who_reads_the_page_meets_the_graph_before_what_it_was_made_from() -> None:
    text = page(SMALL, PROVENANCE)
    head, _, folded = text.partition('<details id="made">')
    assert "sha256:1" not in head
    assert "batch_ids" in folded
    assert head.index("3 of 9 nodes") < head.index('id="legend"')


def test_a_masked_minor_is_not_named_by_what_was_asked_for() -> None:
    asked = {**PROVENANCE, "selection": {"accounts": ["p:1", "p:2"], "query": "of p:2, Wren; not p:22"}}
    masked, shown = page(SMALL, asked), page(SMALL, asked, reveal_minors=True)
    assert not re.search(r"p:2\b|Wren", masked)
    assert "p:1" in masked.partition('<details id="made">')[2]
    assert "not p:22" in masked
    assert "Wren; not p:22" in shown


def test_what_a_masked_minor_wrote_in_a_report_is_not_in_the_page() -> None:
    told = Edge("Account/p:2", "Account/p:1", "REPORTED", {"reason": "asks my school"})
    report = Node("p:r1", "Report", {"reason": "asks my school again"})
    graph = Subgraph.of((*SMALL.nodes, report), (*SMALL.edges, told))
    assert "asks my school" not in page(graph, PROVENANCE)
    assert "asks my school" in page(graph, PROVENANCE, reveal_minors=True)


def test_the_page_says_relationships_in_words() -> None:
    (data,) = re.findall(r'id="data">(.*?)</script>', page(SMALL, PROVENANCE))
    headings = [heading for heading, _ in json.loads(data)["details"]["edges"].values()]
    assert any(" wrote to " in heading for heading in headings)
    assert not any("CONTACTED" in heading for heading in headings)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_the_page(text: str) -> None:
    subgraph = Subgraph.of([Node(text, "Account", {"pseudonym": text, text or "x": text})], [])
    written = page(subgraph, {"case": text, "selection": {"query": text}})
    written.encode("utf-8")
    plain = page(Subgraph.of([Node("a", "Account")], []), {})
    assert written.count("<script") == plain.count("<script")
    assert written.count("</script") == plain.count("</script") == 3
    assert "<img src=x" not in written
