"""How do Parquet rows become a graph at once?  GraphBatch, rows as JSON, ends joined in Arrow."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import jpype
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.embedded_server.bulk_files import EdgeFile, NodeFile
from graph.errors import GraphError
from graph.schema import CASE_LABEL, NODES, RELATIONSHIPS, SCHEMA_VERSION

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 50_000
# Left to itself GraphBatch holds a million relationships before it writes the first: more than 1 GB of heap.
EDGES_AT_ONCE = 100_000


def fill(
    database: Any,
    nodes: Sequence[NodeFile],
    edges: Sequence[EdgeFile],
    *,
    case: str,
    evidence_digest: str,
    progress: Callable[[int, int], None],
) -> tuple[int, int]:
    """Write the case's mark, every node and every relationship into an empty database; returns their numbers.

    Raises GraphError where a column is not in the schema, an id stands twice or an end is missing.
    """
    total = count_rows(nodes, edges)
    done = 0
    keys: dict[str, _Keys] = {}
    vertices = jpype.JClass("com.arcadedb.python.VertexBatcher")
    arcs = jpype.JClass("com.arcadedb.python.EdgeBatcher")
    relationships = count_rows((), edges)
    with database.graph_batch(batch_size=EDGES_AT_ONCE, use_wal=False) as batch:
        java = batch._java_graph_batch
        mark = {"id": case, "evidence_digest": evidence_digest, "schema_version": SCHEMA_VERSION}
        vertices.createVerticesJson(java, CASE_LABEL, json.dumps([mark]))
        for item in nodes:
            _check_columns(item.path, {"id"}, NODES[item.label].names)
            known = keys.setdefault(item.label, _Keys(item.label))
            for table, text in _ahead(_tables(item.path), lambda table: (table, _json(table))):
                rids = str(vertices.createVerticesJson(java, item.label, text)).split(";")
                known.add(table["id"], rids)
                done += table.num_rows
                progress(done, total)
        for known in keys.values():
            known.join()
        for edge in edges:
            _check_columns(edge.path, {"source", "target"}, RELATIONSHIPS[edge.type].names)
            sources, targets = (
                keys.setdefault(label, _Keys(label)) for label in (edge.source_label, edge.target_label)
            )
            for rows, text in _ahead(_tables(edge.path), partial(_edge_rows, sources=sources, targets=targets)):
                arcs.newEdgesJson(java, edge.type, text)
                done += rows
                progress(done, total)
    return total - relationships + 1, relationships


def count_rows(nodes: Sequence[NodeFile], edges: Sequence[EdgeFile]) -> int:
    """Rows of all the files together."""
    paths = [item.path for item in nodes] + [edge.path for edge in edges]
    return sum(pq.read_metadata(path).num_rows for path in paths)


def _ahead(items: Iterable[T], prepare: Callable[[T], R]) -> Iterator[R]:
    """What ``prepare`` makes of each item; the next is made while the engine writes this one."""
    with ThreadPoolExecutor(1) as worker:
        coming: Future[R] | None = None
        for item in items:
            following = worker.submit(prepare, item)
            if coming is not None:
                yield coming.result()
            coming = following
        if coming is not None:
            yield coming.result()


class _Keys:
    """Contract id → record id of one label, as Arrow columns."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._ids: list[pa.Array] = []
        self._rids: list[pa.Array] = []
        self._joined: tuple[pa.Array, pa.Array] = (pa.array([], pa.string()), pa.array([], pa.string()))

    def add(self, ids: pa.ChunkedArray, rids: list[str]) -> None:
        self._ids.append(ids.combine_chunks())
        self._rids.append(pa.array(rids, pa.string()))

    def join(self) -> None:
        """All rows are in; raises GraphError where an id stands twice."""
        if self._ids:
            self._joined = pa.concat_arrays(self._ids), pa.concat_arrays(self._rids)
        ids = self._joined[0]
        if pc.count_distinct(ids, mode="all").as_py() != len(ids):
            raise GraphError(f"an id stands twice among the {self._label} nodes")

    def find(self, wanted: pa.ChunkedArray) -> pa.Array:
        """Record ids of contract ids; raises GraphError naming the first that is missing."""
        ids, rids = self._joined
        places = pc.index_in(wanted.combine_chunks(), value_set=ids)
        if places.null_count:
            missing = pc.filter(wanted.combine_chunks(), pc.is_null(places))[0].as_py()
            raise GraphError(f"no {self._label} node {missing!r} for an end of a relationship")
        return rids.take(places)


def _edge_rows(table: pa.Table, *, sources: _Keys, targets: _Keys) -> tuple[int, str]:
    """How many rows, and they as JSON, their ends as record ids."""
    rest = table.drop_columns(["source", "target"])
    rest = rest.append_column("_src", sources.find(table["source"]))
    rest = rest.append_column("_dst", targets.find(table["target"]))
    return table.num_rows, _json(rest)


def _check_columns(path: Any, required: set[str], properties: Sequence[str]) -> None:
    names = set(pq.read_schema(path).names)
    if not required <= names or not names <= required | set(properties):
        wrong = sorted((required - names) | (names - required - set(properties)))
        raise GraphError(f"columns missing or unknown to the schema: {', '.join(wrong)}", where=str(path))


def _tables(path: Any) -> Iterator[pa.Table]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(CHUNK):
            if batch.num_rows:
                yield pa.Table.from_batches([batch])


def _json(table: pa.Table) -> str:
    """The rows as a JSON array; nulls are left out."""
    names = table.column_names
    rows = zip(*(_plain(table[name]) for name in names), strict=True)
    if any(table[name].null_count for name in names):
        return json.dumps([
            {name: value for name, value in zip(names, row, strict=True) if value is not None} for row in rows
        ])
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows])


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Python values that JSON can carry; instants as ISO 8601 text, for a number would be taken for milliseconds."""
    if pa.types.is_timestamp(column.type):
        column = pc.strftime(column.cast(pa.timestamp("us")), format="%Y-%m-%dT%H:%M:%SZ")
    values: list[Any] = column.to_pylist()
    return values
