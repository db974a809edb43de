"""A subgraph's nodes and edges as two tables of typed columns: what the table formats have in common."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.subgraph import Subgraph
from workbench.exports.values import Columns, columns_of, edge_values, encode, node_values

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Sheet:
    """``columns``: name to type, the fixed ones first; ``rows`` in that order, None where a value is absent."""

    name: str
    columns: Columns
    rows: Iterable[tuple[Cell, ...]]


def sheets_of(subgraph: Subgraph) -> tuple[Sheet, Sheet]:
    """The tables ``nodes`` (key, id, label, then properties) and ``edges`` (source, target, type, then properties)."""
    nodes, edges = columns_of(subgraph)
    return (
        Sheet("nodes", {"key": "text", "id": "text", "label": "text", **nodes},
              ((node.key, node.id, node.label, *cells(node_values(node), nodes)) for node in subgraph.nodes)),
        Sheet("edges", {"source": "text", "target": "text", "type": "text", **edges},
              ((edge.source, edge.target, edge.type, *cells(edge_values(edge), edges)) for edge in subgraph.edges)),
    )


def cells(values: Mapping[str, Any], columns: Columns) -> Iterator[Cell]:
    """The values in the order of the columns, as ``encode`` has them; None where one is absent."""
    for name, column in columns.items():
        yield encode(values[name], column) if name in values else None
