"""Tables of typed columns, of a subgraph or of an answer's rows: what the table formats have in common."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.store import Path
from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.values import Columns, columns_of, columns_of_rows, edge_values, encode, node_values

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


def sheet_of(name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Sheet:
    """An answer's rows: nodes, relationships and paths as maps; of columns with one name the later get a number."""
    unique = [one if columns.index(one) == place else f"{one} ({place + 1})" for place, one in enumerate(columns)]
    values = [
        {one: _plain(value) for one, value in zip(unique, row, strict=True) if value is not None} for row in rows
    ]
    known = columns_of_rows(values)
    typed: Columns = {one: known.get(one, "text") for one in unique}
    return Sheet(name, typed, (tuple(cells(row, typed)) for row in values))


def _plain(value: Any) -> Any:
    if isinstance(value, Node):
        return {"id": value.id, "label": value.label, "properties": _plain(value.properties)}
    if isinstance(value, Edge):
        ends = {"source": value.source, "target": value.target, "type": value.type}
        return {**ends, "properties": _plain(value.properties)}
    if isinstance(value, Path):
        return {"nodes": _plain(value.nodes), "edges": _plain(value.edges)}
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def cells(values: Mapping[str, Any], columns: Columns) -> Iterator[Cell]:
    """The values in the order of the columns, as ``encode`` has them; None where one is absent."""
    for name, column in columns.items():
        yield encode(values[name], column) if name in values else None
