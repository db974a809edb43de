"""How do we speak to DuckDB?  One connection, tuned for a case, that never leaves the machine."""

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from ingest.errors import IngestError
from ingest.runtime.progress import Progress, silent
from ingest.runtime.work_folder import leave_work_folder, new_work_folder

_POLL_SECONDS = 0.25
_NO_ROOM = re.compile(r"No space left|File too large|Async write failed|max_temp_directory_size|\"errno\":\"2[78]\"")


class EngineFailed(IngestError):
    """A statement over evidence or sources failed; the text carries the engine's first line."""


def literal(text: str) -> str:
    """A SQL string literal, safe for any text."""
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A SQL identifier, safe for any name."""
    return '"' + name.replace('"', '""') + '"'


class Engine:
    """A DuckDB connection with a bounded memory and its spill files below ``scratch``.

    Paths given to ``read_csv``/``read_parquet`` are glob patterns to DuckDB: only paths whose names we chose ourselves
    may be used; ``scratch`` is checked for that by ``parquet_scan``.
    """

    def __init__(self, scratch: Path, *, memory_limit: str = "1GB", threads: int | None = None) -> None:
        self._spill = new_work_folder(scratch, "spill-")
        self.connection = duckdb.connect(
            config={
                "memory_limit": memory_limit,
                "temp_directory": str(self._spill),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                **({} if threads is None else {"threads": threads}),
            }
        )
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET enable_progress_bar = false")

    def run(
        self,
        sql: str,
        parameters: Sequence[Any] = (),
        *,
        stage: str = "",
        progress: Progress = silent,
    ) -> list[tuple[Any, ...]]:
        """All rows of a statement; EngineFailed if it cannot be run.  Reports percent done while it runs.

        What ``progress`` raises interrupts the statement and is raised here.
        """
        if progress is silent:
            return self._run(sql, parameters)
        done = threading.Event()
        raised: list[BaseException] = []
        watcher = threading.Thread(target=self._watch, args=(stage, progress, done, raised), daemon=True)
        watcher.start()
        try:
            return self._run(sql, parameters)
        finally:
            done.set()
            watcher.join()
            if raised:
                raise raised[0]

    def _run(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(sql, list(parameters)).fetchall()
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            full = "make room where the workspace lies, and try again" if _NO_ROOM.search(said) else ""
            raise EngineFailed(said.split(': {"', 1)[0], fix=full) from error  # what follows is the same in JSON

    def _watch(self, stage: str, progress: Progress, done: threading.Event, raised: list[BaseException]) -> None:
        while not done.wait(_POLL_SECONDS):
            try:
                progress(stage, max(0, int(self.connection.query_progress())), 100)
            except BaseException as error:  # of whoever watches: handed to the thread that waits
                raised.append(error)
                self.connection.interrupt()
                return

    def columns(self, relation: str) -> tuple[tuple[str, str], ...]:
        """(name, SQL type) of the columns of a relation."""
        return tuple((str(row[0]), str(row[1])) for row in self.run(f"DESCRIBE SELECT * FROM {relation}"))

    def close(self) -> None:
        self.connection.close()
        leave_work_folder(self._spill)

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def parquet_scan(paths: Sequence[Path], *, options: str = "") -> str:
    """A ``read_parquet`` call over files of our own naming; IngestError if a path holds a glob character."""
    for path in paths:
        if any(mark in str(path) for mark in "*?[]{}"):
            raise IngestError(
                "the workspace's path holds one of * ? [ ] { }", where=str(path), fix="move the workspace elsewhere"
            )
    listed = ", ".join(literal(str(path)) for path in paths)
    return f"read_parquet([{listed}]{options})"
