"""How do a property's values become cells and attributes, and come back?  One rule for every format.

Each property of nodes (and of edges) is a column of one type: ``text``, ``integer``, ``number``, ``boolean``,
``instant`` (ISO 8601 UTC), or ``json`` where values are lists or maps or do not agree.  None is an absent value.
Characters that XML forbids are written ``_xHHHH_`` as spreadsheets do, and a text that looks like such an escape has
its first underscore written ``_x005F_``: nothing is lost.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from graph.subgraph import Edge, Node, Subgraph

ColumnType = Literal["text", "integer", "number", "boolean", "instant", "json"]
Columns = dict[str, ColumnType]
# Names that a format or its reader keeps for itself; a property of that name is exported as ``property.NAME``.
RESERVED = {
    "node": frozenset(("id", "label", "key", "entity_id", "entity_label")),
    "edge": frozenset(("source", "target", "type", "id", "label", "key", "networkx_key")),
}
_PREFIX = "property."
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-F]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
_SAFE_INTEGER = 2**53


def escape(text: str) -> str:
    """The text with what XML 1.0 cannot hold written as ``_xHHHH_``."""
    return _FORBIDDEN.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    """The inverse of ``escape``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def node_values(node: Node) -> dict[str, Any]:
    """Property values under the names they are exported by; ``id`` equal to the node's own is not repeated."""
    own = {name: value for name, value in node.properties.items() if not (name == "id" and value == node.id)}
    return _exported(own, RESERVED["node"])


def edge_values(edge: Edge) -> dict[str, Any]:
    """Property values under the names they are exported by."""
    return _exported(edge.properties, RESERVED["edge"])


def display_name(node: Node) -> str:
    """What a reader calls the node: its pseudonym, name or value, else its id."""
    for name in ("pseudonym", "name", "value"):
        value = node.properties.get(name)
        if isinstance(value, str) and value:
            return value
    return node.id


def property_name(exported: str) -> str:
    """The property behind an exported name."""
    return exported.removeprefix(_PREFIX)


def columns_of(subgraph: Subgraph) -> tuple[Columns, Columns]:
    """Columns of nodes and of edges, by name."""
    return columns_of_rows(map(node_values, subgraph.nodes)), columns_of_rows(map(edge_values, subgraph.edges))


def encode(value: Any, column: ColumnType) -> str | int | float | bool:
    """A value that is not None as its column holds it; texts are not yet escaped."""
    if column == "instant":
        return _instant(value)
    if column == "json":
        return json.dumps(to_json(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if column == "number":
        return float(value)
    if column == "text":
        return value if isinstance(value, str) else str(value)
    result: int | bool = value
    return result


def decode(cell: str | int | float | bool, column: ColumnType) -> Any:
    """The inverse of ``encode``; cells read from text files may be given as text."""
    if column == "integer":
        return int(cell)
    if column == "number":
        return float(cell)
    if column == "boolean":
        return cell if isinstance(cell, bool) else str(cell).lower() == "true"
    if column == "instant":
        return datetime.fromisoformat(str(cell))
    return from_json(json.loads(str(cell))) if column == "json" else str(cell)


def to_json(value: Any) -> Any:
    """JSON that keeps instants, numbers that are none, and maps with dollar keys."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return {"$instant": _instant(value)}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": repr(value)}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        if any(str(key).startswith("$") for key in value):
            return {"$map": [[str(key), to_json(item)] for key, item in sorted(value.items())]}
        return {str(key): to_json(item) for key, item in value.items()}
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def from_json(value: Any) -> Any:
    """The inverse of ``to_json``; tuples come back as lists."""
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"$instant"}:
        return datetime.fromisoformat(value["$instant"])
    if value.keys() == {"$number"}:
        return float(value["$number"])
    if value.keys() == {"$map"}:
        return {key: from_json(item) for key, item in value["$map"]}
    return {key: from_json(item) for key, item in value.items()}


def _exported(properties: Mapping[str, Any], reserved: frozenset[str]) -> dict[str, Any]:
    return {
        (_PREFIX + name if name in reserved or name.startswith(_PREFIX) else name): value
        for name, value in properties.items()
        if value is not None
    }


def columns_of_rows(rows: Iterable[Mapping[str, Any]]) -> Columns:
    """The columns that these rows have, by name, each of the type that all its values share."""
    seen: dict[str, set[ColumnType]] = {}
    for row in rows:
        for name, value in row.items():
            seen.setdefault(name, set()).add(_type_of(value))
    return {name: _common(types) for name, types in sorted(seen.items())}


def _common(types: set[ColumnType]) -> ColumnType:
    if len(types) == 1:
        return next(iter(types))
    return "json"


def _type_of(value: Any) -> ColumnType:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if -(2**63) <= value < 2**63 else "json"
    if isinstance(value, float):
        return "number" if math.isfinite(value) else "json"
    if isinstance(value, datetime) and value.tzinfo is not None:
        return "instant"
    return "json" if isinstance(value, list | tuple | Mapping) else "text"


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
