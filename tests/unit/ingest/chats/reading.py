"""A reader on its own, without the ingest around it: what it gives for a source, in milliseconds."""

from pathlib import Path
from typing import Any, cast

import duckdb

from ingest.lake.engine import Engine
from ingest.sources.reader import Desk
from ingest.sources.registry import readers_for

Rows = dict[str, list[dict[str, Any]]]


def given(path: Path, folder: Path) -> Rows:
    """Rows by table, and ``rejects``, that the readers of this source stage; FilatureError where they refuse it."""
    found: Rows = {"rejects": []}
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        for reader in readers_for(path):
            files = reader.survey(path, mapping=None).files
            for table in reader.read(files, Desk(cast(Engine, None), folder)):
                found.setdefault(table.table, []).extend(_rows(connection, table.relation))
                found["rejects"] += _rows(connection, table.rejects) if table.rejects else []
    return found


def _rows(connection: duckdb.DuckDBPyConnection, relation: str) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], connection.sql(f"SELECT * FROM {relation}").fetch_arrow_table().to_pylist())
