"""A subgraph as files for ``neo4j-admin database import full``, and the command in ``import.txt``.

Source: Neo4j operations manual, import, CSV header format.  One file a label and one a type; ``:ID`` is the key
(``Label/id``), in one id space.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.tables.columns import cells
from workbench.exports.values import Columns, columns_of, edge_values, escape, node_values

_TYPES = {"integer": "long", "number": "double", "boolean": "boolean", "instant": "datetime"}
_PLAIN = re.compile(r"[^\w-]+", re.ASCII)


def write_neo4j(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write a folder of that name."""
    del provenance
    path.mkdir()
    nodes, edges = columns_of(subgraph)
    options: list[str] = []
    by_label = sorted(subgraph.nodes, key=lambda node: node.label)
    for number, (label, group) in enumerate(groupby(by_label, key=lambda node: node.label)):
        name = f"nodes-{number}-{_PLAIN.sub('-', label)}.csv"
        _write(path / name, ["key:ID", "id:string", *_heads(nodes), ":LABEL"], _nodes(list(group), nodes))
        options.append(f"--nodes={name}")
    by_type = sorted(subgraph.edges, key=lambda edge: edge.type)
    for number, (kind, links) in enumerate(groupby(by_type, key=lambda edge: edge.type)):
        name = f"relationships-{number}-{_PLAIN.sub('-', kind)}.csv"
        _write(path / name, [":START_ID", *_heads(edges), ":END_ID", ":TYPE"], _edges(list(links), edges))
        options.append(f"--relationships={name}")
    first = "neo4j-admin database import full neo4j --multiline-fields=true --id-type=string"
    command = " \\\n  ".join([first, *options])
    (path / "import.txt").write_text(command + "\n", encoding="utf-8", newline="\n")


def _heads(columns: Columns) -> list[str]:
    return [f"{_name(name)}:{_TYPES.get(kind, 'string')}" for name, kind in columns.items()]


def _name(name: str) -> str:
    """A property's name as a header holds it: a colon would begin its type."""
    return re.sub(r"[:\r\n\x00]", "_", name) or "_"


def _nodes(nodes: Sequence[Node], columns: Columns) -> Iterable[list[str | None]]:
    for node in nodes:
        yield [node.key, node.id, *_cells(node_values(node), columns), node.label.replace(";", "_")]


def _edges(edges: Sequence[Edge], columns: Columns) -> Iterable[list[str | None]]:
    for edge in edges:
        yield [edge.source, *_cells(edge_values(edge), columns), edge.target, edge.type]


def _cells(values: Mapping[str, Any], columns: Columns) -> Iterable[str | None]:
    for value in cells(values, columns):
        yield value if value is None or isinstance(value, str) else json.dumps(value)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """An absent value is an empty cell; a text of no characters is one in quotation marks, as the importer has it."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_line(row) for row in (head, *rows))


def _line(row: Sequence[str | None]) -> str:
    written = ("" if cell is None else '"' + escape(cell).replace('"', '""') + '"' for cell in row)
    return ",".join(written) + "\n"
