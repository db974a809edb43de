"""Evidence for detection tests: the lake's canonical tables, written out row by row in an engine of their own."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ingest.case_folder import CaseFolder
from ingest.lake.columns import STORED
from ingest.lake.duckdb_backend import DuckDBBackend

_TYPES = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(),
    "TIMESTAMP": pa.timestamp("us"),
}


class WrittenEvidence:
    """``Lake.table`` over rows given as mappings; a column that is not given is null, record ids count from 0."""

    def __init__(self, **tables: Iterable[Mapping[str, Any]]) -> None:
        self.case = CaseFolder(Path("unused"), "c")
        unknown = set(tables) - set(STORED)
        assert not unknown, unknown
        self._rows = {name: list(tables.get(name, ())) for name in STORED}
        self._tables: dict[str, Any] = {}  # as the lake keeps them: each costs its engine a description
        for name, rows in self._rows.items():
            known = {column for column, _ in STORED[name].canonical}
            assert all(set(row) <= known for row in rows), name

    @cached_property
    def backend(self) -> Any:
        backend = DuckDBBackend.from_connection(duckdb.connect())  # as the lake's: a text is said once a process
        for name, rows in self._rows.items():
            columns = {
                column: pa.array([self._value(name, column, i, row) for i, row in enumerate(rows)], _TYPES[kind])
                for column, kind in STORED[name].canonical
            }
            backend.con.register(f"given_{name}", pa.table(columns))
            backend.raw_sql(f'CREATE TABLE "{name}" AS SELECT * FROM given_{name}')
        return backend

    @staticmethod
    def _value(table: str, column: str, i: int, row: Mapping[str, Any]) -> Any:
        return row.get(column, f"{table[0]}{i:05d}" if column == "record_id" else None)

    def table(self, name: str) -> Any:
        if name not in self._tables:
            self._tables[name] = self.backend.table(name)
        return self._tables[name]

    def digest(self) -> str:
        return "sha256:0"


def at(seconds: float) -> datetime:
    """An instant so many seconds after the start of 2024."""
    return datetime(2024, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001
