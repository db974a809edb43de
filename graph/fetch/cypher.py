"""How are nodes of several labels asked for in one statement, by their keys and through the indexes?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.schema import KEY, LABELS, NODES, RELATIONSHIPS
from graph.store import Store
from graph.subgraph import Edge, Node

Keys = Mapping[str, Sequence[str]]
"""Ids by label."""

_OF_NODES = {label: sorted(node.names) for label, node in NODES.items()}
_OF_EDGES = {type_: sorted(relationship.names) for type_, relationship in RELATIONSHIPS.items()}


def by_label(keys: Iterable[str]) -> dict[str, list[str]]:
    """Node keys (``label/id``) as sorted ids by label."""
    found: dict[str, list[str]] = {}
    for key in sorted(set(keys)):
        label, _, id_ = key.partition("/")
        found.setdefault(label, []).append(id_)
    return {label: found[label] for label in LABELS if label in found}


def bind(keys: Keys, *, name: str = "n") -> tuple[str, dict[str, Any]]:
    """Clauses that bind ``name`` to each of these nodes, one row a node, and their parameters.

    Every id is looked up in its label's index: a list after IN is gone through node by node on the embedded engine.
    """
    clauses: list[str] = []
    parameters: dict[str, Any] = {}
    for label, ids in keys.items():
        parameters[f"{name}_{label}"] = list(ids)
        found = f"UNWIND ${name}_{label} AS {name}_id MATCH ({name}:{label} {{{KEY}: {name}_id}})"
        if len(keys) == 1:
            return found, parameters
        if clauses:  # collected by itself first: a sum of a list and an aggregation is ambiguous
            joined = f"WITH {name}_all, collect({name}) AS {name}_more WITH {name}_all + {name}_more AS {name}_all"
        else:
            joined = f"WITH collect({name}) AS {name}_all"
        clauses.append(f"{found} {joined}")
    return " ".join((*clauses, f"UNWIND {name}_all AS {name}")), parameters


def pattern(types: Sequence[str] | None) -> str:
    """``:A|B`` for these types, nothing for all of them; only types of the schema pass."""
    known = [type_ for type_ in types or () if type_ in RELATIONSHIPS]
    return f":{'|'.join(known)}" if types is not None else ""


IS_INSIDE = f"$inside[m.{KEY}] IS NOT NULL"
"""Is ``m`` among these?  Looked up in a map by id: an engine may go through a list once for every row."""


def edge_columns(type_: str) -> str:
    """The properties of a relationship ``r`` by their names."""
    return _columns("r", _OF_EDGES[type_])


def node_columns(label: str) -> str:
    """The properties of a node ``n`` by their names; whole nodes take the driver more than twice as long."""
    return _columns("n", _OF_NODES[label])


def _columns(name: str, properties: Sequence[str]) -> str:
    return ", ".join(f"{name}.`{item}`" for item in properties)


def edge_of(type_: str, source: str, target: str, values: Sequence[Any]) -> Edge:
    """The edge of a row of ``edge_columns``."""
    return Edge(source, target, type_, _named(_OF_EDGES[type_], values))


def node_of(label: str, values: Sequence[Any]) -> Node:
    """The node of a row of ``node_columns``."""
    properties = _named(_OF_NODES[label], values)
    return Node(str(properties.pop(KEY, "")), label, properties)


def _named(properties: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(properties, values, strict=True) if value is not None}


def degrees(store: Store, keys: Iterable[str], *, types: Sequence[str] | None = None) -> dict[str, int]:
    """Relationships of each node of these keys."""
    found: dict[str, int] = {}
    for label, ids in by_label(keys).items():
        for start in range(0, len(ids), 10_000):
            counted = at_once(
                store, f"UNWIND $ids AS id MATCH (n:{label} {{{KEY}: id}})",
                f"id, COUNT {{ (n)-[{pattern(types)}]-() }}", {"ids": ids[start : start + 10_000]},
            )
            found.update({f"{label}/{id_}": int(count) for id_, count in counted})
    return found


def at_once(store: Store, found: str, columns: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
    """The ``columns`` of every match of ``found``, asked for as one row: each row of an answer costs the driver more
    than what stands in it.
    """
    rows = store.read(f"{found} RETURN collect([{columns}])", parameters).rows
    return list(rows[0][0] or ()) if rows else []
