"""How do projected rows enter a live graph?  In transactions of limited size, made on an empty graph or merged."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.embedded import EdgeFile
from graph.errors import GraphError
from graph.load import statements
from graph.load.files import ProjectedFiles, count_rows, read_rows
from graph.store import Store

Progress = Callable[[str, int, int | None], None]

CHUNK = 10_000
MERGE_CHUNK = 2_000
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
            self._write(statements.merge_nodes(item.label), item.path, chunk=MERGE_CHUNK)
        for edge in self._files.edges:
            if edge.type in _PARALLEL:
                for label in _OWNERS if edge.type == "OWNS" else (edge.source_label,):
                    self._delete(edge, label)
        for edge in self._files.edges:
            if edge.type in _PARALLEL:
                made = statements.create_edges(edge.type, edge.source_label, edge.target_label)
                self._write(made, edge.path, chunk=MERGE_CHUNK)
            else:
                self._merge_edges(edge)
        for item in self._files.nodes:
            if item.label == "Person":  # who was taken for a company until the register named them
                for rows in read_rows(item.path, chunk=MERGE_CHUNK):
                    ids = [{"id": row["id"]} for row in rows]
                    self._store.write(statements.drop_unlinked_stubs("Company"), {"rows": ids})

    def _write(self, statement: str, path: Path, *, chunk: int = CHUNK) -> None:
        written = 0
        for rows in read_rows(path, chunk=chunk):
            written += int(self._store.write(statement, {"rows": rows}).scalar() or 0)
            self._told(len(rows))
        self._check(written, path)

    def _merge_edges(self, edge: EdgeFile) -> None:
        written = 0
        for rows in read_rows(edge.path, chunk=MERGE_CHUNK):
            for backwards, part in self._sides(edge, edge.source_label, rows):
                statement = statements.merge_edges(
                    edge.type, edge.source_label, edge.target_label, backwards=backwards
                )
                written += int(self._store.write(statement, {"rows": part}).scalar() or 0)
            self._told(len(rows))
        self._check(written, edge.path)

    def _delete(self, edge: EdgeFile, source_label: str) -> None:
        for rows in read_rows(edge.path, chunk=MERGE_CHUNK):
            ends = [{"source": row["source"], "target": row["target"]} for row in rows]
            for backwards, part in self._sides(edge, source_label, ends):
                statement = statements.delete_edges(edge.type, source_label, edge.target_label, backwards=backwards)
                self._store.write(statement, {"rows": part})

    def _sides(
        self, edge: EdgeFile, source_label: str, rows: list[dict[str, Any]]
    ) -> Iterator[tuple[bool, list[dict[str, Any]]]]:
        """The rows to look up from their source, and those from their target: from the end with fewer relationships."""
        went = self._degrees(edge.type, source_label, {row["source"] for row in rows}, incoming=False)
        came = self._degrees(edge.type, edge.target_label, {row["target"] for row in rows}, incoming=True)
        for backwards in (False, True):
            part = [row for row in rows if (went.get(row["source"], 0) > came.get(row["target"], 0)) is backwards]
            if part:
                yield backwards, part

    def _degrees(self, type_: str, label: str, ids: set[str], *, incoming: bool) -> dict[str, int]:
        statement = statements.degrees(type_, label, incoming=incoming)
        return {str(id_): int(count) for id_, count in self._store.read(statement, {"rows": sorted(ids)})}

    def _told(self, rows: int) -> None:
        self._done += rows
        if self._progress is not None:
            self._progress(STAGE, self._done, self._total)

    def _check(self, written: int, path: Path) -> None:
        """A row that finds no end is an error, not a smaller graph."""
        if written != count_rows(path):
            raise GraphError(
                f"{count_rows(path) - written} rows of {path.stem} found no node to stand at",
                where=str(self._store.address), fix="run filature rebuild",
            )


def relationships(edges: Sequence[EdgeFile]) -> int:
    """Rows of all relationship files."""
    return sum(count_rows(edge.path) for edge in edges)

