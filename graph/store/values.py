"""How does a driver's value become a plain one?  Nodes, edges and paths by contract id, instants as aware datetimes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

import neo4j.graph
import neo4j.spatial
import neo4j.time

from graph.schema import CASE_LABEL, KEY, NODES
from graph.store.rows import Path
from graph.subgraph import Edge, Node

Ends = Callable[[neo4j.graph.Node], Node]
AS_IT_IS = frozenset((type(None), str, bool, int, float, bytes, datetime))
"""Types of the driver's values that are plain already: most of an answer, so they are passed over quickly."""


def all_plain(values: Sequence[Any]) -> bool:
    """Whether values, and those of lists among them at any depth, are plain as the driver gives them."""
    kinds = set(map(type, values))
    if list not in kinds:
        return kinds <= AS_IT_IS
    return kinds - {list} <= AS_IT_IS and all(all_plain(value) for value in values if type(value) is list)


def plain(value: Any, ends: Ends) -> Any:
    """The value without driver types.

    ``ends`` names the node a relationship ends at, which a bare relationship does not carry.  Instants become UTC
    datetimes (microseconds), local ones stay naive, durations become ISO 8601 text, points coordinate maps.
    """
    kind = type(value)
    if kind in AS_IT_IS:
        return value
    if kind is neo4j.time.DateTime:
        return _instant(value)
    if kind is list:
        return [item if type(item) in AS_IT_IS else plain(item, ends) for item in value]
    if isinstance(value, neo4j.graph.Node):
        return ends(value) if value.labels else neutral_node(value)
    if isinstance(value, neo4j.graph.Relationship):
        return _edge(value, ends)
    if isinstance(value, list | tuple) and not isinstance(value, neo4j.time.Duration | neo4j.spatial.Point):
        return [plain(item, ends) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item, ends) for name, item in value.items()}
    if isinstance(value, neo4j.time.Date | neo4j.time.Time):
        return value.to_native()
    if isinstance(value, neo4j.time.Duration):
        return value.iso_format()
    if isinstance(value, neo4j.spatial.Point):
        return {"srid": value.srid, **dict(zip("xyz", value, strict=False))}
    if isinstance(value, neo4j.graph.Path):
        return Path(
            tuple(ends(node) for node in value.nodes),
            tuple(_edge(relationship, ends) for relationship in value.relationships),
        )
    return str(value)


def _instant(value: neo4j.time.DateTime) -> datetime:
    """An aware moment in UTC, a local one as it is; most are in UTC already, which takes no calendar."""
    clock = value.timetz()
    year, month, day = value.year_month_day
    hour, minute, second, nanosecond = clock.hour_minute_second_nanosecond
    if clock.tzinfo is not None and nanosecond % 1_000 == 0 and _is_utc(clock.tzinfo):
        return datetime(year, month, day, hour, minute, second, nanosecond // 1_000, UTC)
    native = value.to_native()
    return native if native.tzinfo is None else native.astimezone(UTC)


@lru_cache(maxsize=64)
def _is_utc(zone: tzinfo) -> bool:
    """Is it UTC at any time?  A zone with summer time cannot tell without a moment."""
    return zone.utcoffset(None) == timedelta(0)


def neutral_node(node: neo4j.graph.Node) -> Node:
    return node_of(node.labels, dict(node))


def node_of(labels: Iterable[str], properties: Mapping[str, Any]) -> Node:
    """A neutral node; a label of the schema goes before any other, a node without an id has the empty one."""
    named = sorted(labels)
    label = next((name for name in named if name in NODES or name == CASE_LABEL), named[0] if named else "")
    kept = {
        str(name): item if type(item) in AS_IT_IS else plain(item, neutral_node)
        for name, item in sorted(properties.items())
        if name != KEY and item is not None
    }
    identity = properties.get(KEY)
    return Node("" if identity is None else str(identity), label, kept)


def _edge(relationship: neo4j.graph.Relationship, ends: Ends) -> Edge:
    start, end = relationship.start_node, relationship.end_node
    properties = {
        name: item if type(item) in AS_IT_IS else plain(item, ends)
        for name, item in sorted(relationship.items()) if item is not None
    }
    return Edge(
        ends(start).key if start is not None else "",
        ends(end).key if end is not None else "",
        relationship.type,
        properties,
    )


def bare_ends(values: Iterable[Any]) -> list[str]:
    """Element ids of relationship ends that came without labels, each once, in order of first sight."""
    found: dict[str, None] = {}
    stack = list(values)
    while stack:
        value = stack.pop()
        if type(value) in AS_IT_IS:
            continue
        if isinstance(value, neo4j.graph.Relationship):
            for node in value.nodes:
                if node is not None and not node.labels:
                    found[node.element_id] = None
        elif isinstance(value, neo4j.graph.Path):
            stack.extend(value.relationships)
        elif isinstance(value, list | tuple):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(value.values())
    return list(found)
