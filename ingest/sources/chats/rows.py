"""How do rows that Python reads one by one become staged tables?  Written to Parquet in blocks, in the order given."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.engine import parquet_scan
from ingest.runtime.background import Beside
from ingest.sources.chats.json_stream import Found, written
from ingest.sources.reader import Desk, StagedTable
from ingest.tables import TABLES

_ROWS, _BYTES = 20_000, 64 << 20  # held at once
_NOTHING: tuple[object, ...] = (None, "", [], {})
_QUOTED: Callable[[Any], str] = json.encoder.encode_basestring
Column = Sequence[str | None] | str | None
_REJECT = ("column", "reason", "hint", "raw")
TIME_WRITTEN = "time_written"
"""The attribute that holds a row's moment as its source writes it, where the reader made another text of it; of a time
that lasts, the list of both ends."""


class ChatRows:
    """Collects the rows of one reading; ``tables`` gives them as staged tables.  ``platform``: where a row tells none.

    Rows are given source by source, each table's in the order of their numbers.
    """

    def __init__(self, desk: Desk, platform: str) -> None:
        self._desk, self._platform = desk, platform
        self._sheets: dict[str, _Sheet] = {}
        self._said: set[tuple[str | None, ...]] = set()

    def add(self, table: str, source: int, row: int, attributes: dict[str, object] | None = None,
            **values: str | None) -> None:
        """One row of a contract table; attributes that hold nothing are left out.

        What stands under ``TIME_WRITTEN`` is kept as the source's own text of the row's first moments.
        """
        shown = {"platform": self._platform, **values, "attributes": attributes_of(attributes)}
        if attributes and (told := attributes.get(TIME_WRITTEN)):
            ends = told if isinstance(told, list) else [told]
            shown |= {name: None if end is None else str(end) for name, end in zip(_raw(table), ends, strict=False)}
        self._sheet(table).add(source, row, shown)

    def messages(
        self, source: int, row: int, *, message_id: Column, sent_at: Column, sender_id: Column, room_id: Column = None,
        recipient_id: Column = None, text: Column = None, attributes: Column = None,
    ) -> None:
        """Messages in columns, numbered from ``row``: ``add`` in a fifth of the time, for gigabytes of them.

        A column that is no list holds that for each; attributes are as ``attributes_of`` writes them.
        """
        self._sheet("messages").block(
            (source, range(row, row + len(sender_id or ())), message_id, sent_at, sender_id, room_id, recipient_id,
             text, self._platform, attributes, *(None for _ in _raw("messages")))
        )

    def once(self, table: str, source: int, row: int, attributes: dict[str, object] | None = None,
             **values: str | None) -> None:
        """The row, unless one of equal values was given before (an account stands with each of its messages)."""
        key = (table, *values.values())
        if key not in self._said:
            self._said.add(key)
            self.add(table, source, row, attributes, **values)

    def reject(self, table: str, source: int, row: int, *, reason: str, hint: str, raw: str, column: str = "") -> None:
        """A row that is none of its table, with what was written there."""
        self._sheet(f"{table} rejects").add(
            source, row, {"column": column, "reason": reason, "hint": hint, "raw": raw[:100_000]}
        )

    def reject_found(self, table: str, source: int, row: int, found: Found, *, what: str, lacks: str) -> None:
        """A part of a JSON file that is no row: the file is broken there, or the part (``what``) lacks something."""
        reason = f"the {what} {found.fault or lacks}" if found.place else f"the file {found.fault}"
        self.reject(
            table, source, row, reason=reason, raw=found.pointer if found.value is None else written(found.value),
            hint="the export was cut or changed: what stands before is read; export it again",
        )

    def tables(self) -> Iterator[StagedTable]:
        """Staged tables of everything that was given; nothing may be given afterwards."""
        scans = {name: sheet.close() for name, sheet in self._sheets.items()}
        for name in TABLES:
            rejects = scans.get(f"{name} rejects")
            if name not in scans and rejects is None:
                continue
            scan = scans.get(name) or self._sheet(name).close()
            columns = frozenset(_staged(name))
            yield StagedTable(name, scan, columns, rejects, platform=self._platform)

    def _sheet(self, name: str) -> "_Sheet":
        if name not in self._sheets:
            table = name.split()[0]
            columns = _REJECT if name.endswith("rejects") else _staged(table)
            self._sheets[name] = _Sheet(self._desk.parquet(name.replace(" ", "-")), columns)
        return self._sheets[name]


def attributes_of(attributes: Mapping[str, object] | None) -> str | None:
    """Attributes as JSON, without those that hold nothing; None if none is left."""
    told = {name: value for name, value in attributes.items() if value not in _NOTHING} if attributes else None
    if not told:
        return None
    return _of_texts(told) or written(told)


def _of_texts(told: Mapping[str, object]) -> str:
    """What ``written`` gives of texts, and of objects that hold texts alone, in a third of the time; else nothing."""
    parts = []
    for name in sorted(told):
        value = told[name]
        if value.__class__ is str:
            parts.append(f"{_QUOTED(name)}: {_QUOTED(value)}")
        elif isinstance(value, dict) and (inner := _of_texts(value)):
            parts.append(f"{_QUOTED(name)}: {inner}")
        else:
            return ""
    return "{" + ", ".join(parts) + "}"


def _columns(table: str) -> tuple[str, ...]:
    """The contract's columns, and the platform, which the reader tells row by row."""
    names = TABLES[table].names
    return names if "platform" in names else (*names, "platform")


@cache
def _raw(table: str) -> tuple[str, ...]:
    """Columns for how the source writes the table's moments, in the contract's order."""
    return tuple(f"{column.name}_raw" for column in TABLES[table].columns if column.kind == "instant")


@cache
def _staged(table: str) -> tuple[str, ...]:
    return (*_columns(table), "attributes", *_raw(table))


class _Sheet:
    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self._path, self._columns = path, columns
        self._schema = pa.schema(
            [("source", pa.int32()), ("row", pa.int64()), *((name, pa.string()) for name in columns)]
        )
        self._writer = pq.ParquetWriter(path, self._schema, compression="lz4")
        self._rows: list[tuple[object, ...]] = []
        self._blocks: list[pa.RecordBatch] = []
        self._count = self._size = 0  # rows and bytes in both
        self._beside = Beside()  # Parquet is written while the next rows are read

    def add(self, source: int, row: int, values: dict[str, str | None]) -> None:
        told = tuple(map(values.get, self._columns))
        self._rows.append((source, row, *told))
        self._count += 1
        self._size += sum(map(len, filter(None, told)))
        if self._count >= _ROWS or self._size >= _BYTES:
            self._flush()

    def block(self, columns: tuple[object, ...]) -> None:
        """Rows in the order of the columns; a column that is neither list nor range holds the same for each."""
        self._close_rows()
        rows = len(columns[1]) if isinstance(columns[1], range) else 0
        self._blocks.append(pa.RecordBatch.from_arrays(
            [_array(column, field.type) if isinstance(column, list | range)
             else pa.repeat(pa.scalar(column, field.type), rows)
             for column, field in zip(columns, self._schema, strict=True)], schema=self._schema,
        ))
        self._count += rows
        self._size += self._blocks[-1].nbytes
        if self._count >= _ROWS or self._size >= _BYTES:
            self._flush()

    def _close_rows(self) -> None:
        """What was added row by row becomes a block."""
        if self._rows:
            columns, self._rows = zip(*self._rows, strict=True), []
            arrays = [_array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
            self._blocks.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))

    def _flush(self) -> None:
        self._close_rows()
        if self._blocks:
            table = pa.Table.from_batches(self._blocks, self._schema)
            self._blocks, self._count, self._size = [], 0, 0
            self._beside.do(self._write, table)

    def _write(self, table: pa.Table) -> None:
        self._writer.write_table(table.combine_chunks())

    def close(self) -> str:
        try:
            self._flush()
        finally:
            try:
                self._beside.end()
            finally:
                self._writer.close()
        return parquet_scan([self._path])


def _array(column: Sequence[object], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, kind)
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can write and no text can hold
        plain = [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in column]
        return pa.array(plain, kind)
