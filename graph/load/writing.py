"""How do projected rows enter a live graph?  In transactions of 10,000, made on an empty graph or merged into one."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.embedded import EdgeFile
from graph.errors import GraphError
from graph.load import statements
from graph.load.files import ProjectedFiles, count_rows, read_rows
from graph.store import Store

Progress = Callable[[str, int, int | None], None]

CHUNK = 10_000
STAGE = "graph"
_PARALLEL = ("REPORTED", "OWNS")
"""Types of which a pair of nodes may have several."""
_OWNERS = ("Company", "Person")


class Writer:
    """Writes the files of one projection; ``progress`` gets ("graph", rows done, rows in all)."""

    def __init__(self, store: Store, files: ProjectedFiles, progress: Progress | None) -> None:
        self._store = store
        self._files = files
        self._progress = progress
        self._total = files.rows if progress is not None else 0
        self._done = 0

    def create(self) -> None:
        """Into a graph that holds nothing but the case's mark."""
        for item in self._files.nodes:
            self._write(statements.create_nodes(item.label), item.path)
        for edge in self._files.edges:
            self._write(statements.create_edges(edge.type, edge.source_label, edge.target_label), edge.path)

    def merge(self) -> None:
        """Into a graph that holds earlier batches; the same files again change nothing."""
        for item in self._files.nodes:
            self._write(statements.merge_nodes(item.label), item.path)
        parallel = [edge for edge in self._files.edges if edge.type in _PARALLEL]
        for edge in parallel:
            sources = _OWNERS if edge.type == "OWNS" else (edge.source_label,)
            for label in sources:
                statement = statements.delete_edges(edge.type, label, edge.target_label)
                self._each(statement, edge.path, ("source", "target"))
        for edge in self._files.edges:
            make = statements.create_edges if edge in parallel else statements.merge_edges
            self._write(make(edge.type, edge.source_label, edge.target_label), edge.path)
        for item in self._files.nodes:
            if item.label == "Person":  # who was taken for a company until the register named them
                self._each(statements.drop_unlinked_stubs("Company"), item.path, ("id",))

    def _write(self, statement: str, path: Path) -> None:
        """Write every row; a row that finds no end is an error, not a smaller graph."""
        written = 0
        for rows in read_rows(path, chunk=CHUNK):
            written += int(self._store.write(statement, {"rows": rows}).scalar() or 0)
            self._done += len(rows)
            if self._progress is not None:
                self._progress(STAGE, self._done, self._total)
        if written != count_rows(path):
            raise GraphError(
                f"{count_rows(path) - written} rows of {path.stem} found no node to stand at",
                where=str(self._store.address), fix="run filature rebuild",
            )

    def _each(self, statement: str, path: Path, columns: Sequence[str]) -> None:
        for rows in read_rows(path, chunk=CHUNK):
            self._store.write(statement, {"rows": [_only(row, columns) for row in rows]})


def relationships(edges: Sequence[EdgeFile]) -> int:
    """Rows of all relationship files."""
    return sum(count_rows(edge.path) for edge in edges)


def _only(row: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    return {column: row[column] for column in columns}
