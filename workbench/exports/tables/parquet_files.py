"""A subgraph as ``nodes.parquet`` and ``edges.parquet`` in a folder: typed columns for pandas, DuckDB, Spark."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.subgraph import Subgraph
from workbench.exports.tables.columns import Cell, Sheet, sheets_of
from workbench.exports.values import escape

_TYPES = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
_ROWS = 50_000


def write_parquet(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write a folder of that name.  Instants stay ISO 8601 text: they may be older than any timestamp type."""
    del provenance
    path.mkdir()
    for sheet in sheets_of(subgraph):
        write_table(sheet, path / f"{sheet.name}.parquet")


def write_table(sheet: Sheet, path: Path) -> None:
    """Write one table as one file."""
    schema = pa.schema([(escape(name), _TYPES.get(kind, pa.string())) for name, kind in sheet.columns.items()])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        block: list[tuple[Cell, ...]] = []
        for row in sheet.rows:
            block.append(row)
            if len(block) == _ROWS:
                writer.write_table(_table(block, schema))
                block = []
        writer.write_table(_table(block, schema))


def _table(rows: list[tuple[Cell, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [
        pa.array([escape(value) if isinstance(value, str) else value for value in column], field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
