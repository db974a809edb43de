"""How does one statement's answer become rows?  Read up to the cap, its relationship ends named, the rest cut off."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import neo4j
import neo4j.graph
import neo4j.time

from graph.errors import StatementTooLarge
from graph.store.rows import Rows
from graph.store.values import AS_IT_IS, all_plain, bare_ends, neutral_node, node_of, plain
from graph.subgraph import Node

T = TypeVar("T")
MOST_VALUES = 5_000_000
"""More values, those in lists and maps counted, are no answer that anybody reads, but one that fills memory."""
_ENDS_AT_ONCE = 1_000
_TEXT_UNIT = 32  # characters that weigh as much as one value


def answer(
    work: neo4j.Transaction | neo4j.ManagedTransaction,
    cypher: str,
    parameters: Mapping[str, Any] | None,
    *,
    max_rows: int | None = None,
    cut: Callable[[neo4j.Result], None] | None = None,
) -> Rows:
    """Run the statement and take at most ``max_rows`` rows; ``cut`` ends a result that has more.

    Raises StatementTooLarge where ``cut`` is given and the rows hold more than MOST_VALUES values.
    """
    result = work.run(cypher, dict(parameters or {}))
    columns = tuple(result.keys())
    records: list[list[Any]] = []
    weighed = 0
    for record in result if max_rows is None else islice(result, max_rows + 1):
        values = record.values()
        records.append(values)
        weighed += weight(values) if cut is not None else 0
        if cut is not None and weighed > MOST_VALUES:
            records.clear()
            cut(result)
            raise StatementTooLarge(
                f"the answer holds more than {MOST_VALUES:,} values", where="statement", fix="return less, or count it"
            )
    truncated = max_rows is not None and len(records) > max_rows
    if truncated:
        records = records[:max_rows]
    if all(map(all_plain, records)):  # most answers are
        rows = [tuple(record) for record in records]
    else:
        ends = _ends(work, records)
        rows = [
            tuple([value if type(value) in AS_IT_IS else plain(value, ends) for value in record]) for record in records
        ]
    if truncated and cut is not None:
        cut(result)
    else:
        result.consume()
    return Rows(columns, rows, truncated)


def _ends(
    work: neo4j.Transaction | neo4j.ManagedTransaction, records: list[list[Any]]
) -> Callable[[neo4j.graph.Node], Node]:
    """A bare relationship carries only its ends' element ids: look up once what they are."""
    known: dict[str, Node] = {}
    entities = [value for record in records for value in record if type(value) not in AS_IT_IS]
    for batch in chunks(bare_ends(entities), _ENDS_AT_ONCE):
        found = work.run("MATCH (n) WHERE elementId(n) IN $ids RETURN elementId(n), labels(n), n.id", {"ids": batch})
        known.update({element: node_of(labels, {"id": key}) for element, labels, key in found})
    nowhere = Node("", "")
    seen: dict[str, Node] = {}  # an account of many contacts is read once

    def end(node: neo4j.graph.Node) -> Node:
        if not node.labels:
            return known.get(node.element_id, nowhere)
        neutral = seen.get(node.element_id)
        if neutral is None:
            neutral = seen[node.element_id] = neutral_node(node)
        return neutral

    return end


def weight(values: Sequence[Any]) -> int:
    """How many values these are, those within them and the length of long texts counted."""
    total = 0
    groups: list[Collection[Any]] = [values]
    while groups:
        group = groups.pop()
        total += len(group)
        if total > MOST_VALUES:
            return total
        for value in group:
            kind = type(value)
            if kind is str or kind is bytes:
                total += len(value) // _TEXT_UNIT
            elif kind is list:
                groups.append(value)
            elif kind in AS_IT_IS or kind is neo4j.time.DateTime:
                continue
            elif isinstance(value, neo4j.graph.Path):
                total += 10 * len(value.nodes)
            elif isinstance(value, Mapping):  # a node and a relationship too
                groups.append(value.values())
    return total


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of ``size``, the last one shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
