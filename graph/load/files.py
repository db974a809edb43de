"""Where do a projection's rows wait for the graph?  In Parquet files of a scratch folder, one a table."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.embedded import EdgeFile, NodeFile
from graph.project import Projection
from ingest.runtime.work_folder import new_work_folder

_PREFIX = "graph-"


@dataclass(frozen=True)
class ProjectedFiles:
    """The rows of a projection on disk, and the span of its messages as ISO 8601 texts (None: no message)."""

    nodes: tuple[NodeFile, ...]
    edges: tuple[EdgeFile, ...]
    first_at: str | None
    last_at: str | None

    @property
    def rows(self) -> int:
        paths = [item.path for item in self.nodes] + [edge.path for edge in self.edges]
        return sum(count_rows(path) for path in paths)


@contextmanager
def scratch(case_path: Path) -> Iterator[Path]:
    """A folder for the rows, gone afterwards; what a killed load left goes first."""
    place = case_path / "scratch"
    for left in place.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = new_work_folder(place, _PREFIX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_files(projection: Projection, folder: Path) -> ProjectedFiles:
    """Every table of the projection that has rows, as Parquet."""
    nodes = []
    for item in projection.nodes():
        path = folder / f"{item.label}.parquet"
        if _write(item.table, path):
            nodes.append(NodeFile(item.label, path))
    edges = []
    for edge in projection.edges():
        path = folder / f"{edge.source_label}-{edge.type}-{edge.target_label}.parquet"
        if _write(edge.table, path):
            edges.append(EdgeFile(edge.type, edge.source_label, edge.target_label, path))
    first_at, last_at = (None if at is None else f"{at.isoformat()}Z" for at in projection.span())
    return ProjectedFiles(tuple(nodes), tuple(edges), first_at, last_at)


def count_rows(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


def read_rows(path: Path, *, chunk: int) -> Iterator[list[dict[str, Any]]]:
    """The rows in chunks, as the statements want them: instants as ISO 8601 texts."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(chunk):
            columns = [
                pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ") if pa.types.is_timestamp(column.type) else column
                for column in batch.columns
            ]
            yield pa.RecordBatch.from_arrays(columns, names=batch.schema.names).to_pylist()


def _write(table: Any, path: Path) -> int:
    """Write the rows and return how many there are."""
    if "'" in str(path):  # Ibis writes the path into the engine's COPY unescaped
        pq.write_table(table.to_pyarrow(), path)
    else:
        table.to_parquet(path)
    return count_rows(path)
