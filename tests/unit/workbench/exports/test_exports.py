"""Every format carries the subgraph whole, hostile text included, and says where it comes from."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.subgraph import Edge, Node, Subgraph
from tests.unit.workbench.exports.exported import HOSTILE, PROVENANCE, SMALL
from workbench.errors import ExportError
from workbench.exports import FOLDERS, FORMATS, ending, manifest_path, write
from workbench.exports.graphs.cytoscape import read_cytoscape
from workbench.exports.graphs.node_link import read_json
from workbench.exports.tables.csv_files import neutral, original
from workbench.exports.values import columns_of, decode, escape, property_name, unescape

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


def test_networkx_reads_cytoscape_json(tmp_path: Path) -> None:
    write(SMALL, "cytoscape", tmp_path / "out.cyjs", provenance=PROVENANCE)
    read = nx.cytoscape_graph(json.loads((tmp_path / "out.cyjs").read_text()))
    assert set(read) == set(SMALL.to_networkx())
    assert [data["type"] for *_, data in read.edges(data=True)] == [edge.type for edge in SMALL.edges]


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


@pytest.mark.parametrize("to", [to for to in FORMATS if to not in FOLDERS])
def test_a_file_is_named_as_what_it_holds(tmp_path: Path, to: str) -> None:
    """Programs that take JSON offer no file whose name ends otherwise."""
    write(SMALL, to, tmp_path / "out", provenance=PROVENANCE)
    holds_json = (tmp_path / "out").read_bytes()[:1] in (b"{", b"[")
    assert holds_json == ending(to).endswith((".json", ".jsonld", ".cyjs"))


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
