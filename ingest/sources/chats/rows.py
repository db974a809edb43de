"""How do rows that Python reads one by one become staged tables?  Written to Parquet in blocks, in the order given."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake_engine import parquet_scan
from ingest.sources.chats.json_stream import written
from ingest.sources.reader import Desk, StagedTable
from ingest.tables import TABLES

_ROWS = 20_000
_NOTHING: tuple[object, ...] = (None, "", [], {})
_QUOTED: Callable[[Any], str] = json.encoder.encode_basestring
_REJECT = ("column", "reason", "hint", "raw")


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
        """One row of a contract table; attributes that hold nothing are left out."""
        shown = {"platform": self._platform, **values, "attributes": attributes_of(attributes)}
        self._sheet(table).add(source, row, shown)

    def message(self, source: int, row: int, *, message_id: str | None, sent_at: str | None, sender_id: str | None,
                room_id: str | None = None, recipient_id: str | None = None, text: str | None = None,
                attributes: str | None = None) -> None:
        """One message, its attributes as ``attributes_of`` writes them: ``add`` in less time, for gigabytes of them."""
        self._messages.append(
            (source, row, message_id, sent_at, sender_id, room_id, recipient_id, text, self._platform, attributes)
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

    @cached_property
    def _messages(self) -> "_Sheet":
        return self._sheet("messages")

    def tables(self) -> Iterator[StagedTable]:
        """Staged tables of everything that was given; nothing may be given afterwards."""
        scans = {name: sheet.close() for name, sheet in self._sheets.items()}
        for name in TABLES:
            rejects = scans.get(f"{name} rejects")
            if name not in scans and rejects is None:
                continue
            scan = scans.get(name) or self._sheet(name).close()
            yield StagedTable(name, scan, frozenset((*_columns(name), "attributes")), rejects, platform=self._platform)

    def _sheet(self, name: str) -> "_Sheet":
        if name not in self._sheets:
            table = name.split()[0]
            columns = _REJECT if name.endswith("rejects") else (*_columns(table), "attributes")
            self._sheets[name] = _Sheet(self._desk.parquet(name.replace(" ", "-")), columns)
        return self._sheets[name]


def attributes_of(attributes: Mapping[str, object] | None) -> str | None:
    """Attributes as JSON, without those that hold nothing; None if none is left."""
    told = {name: value for name, value in attributes.items() if value not in _NOTHING} if attributes else None
    if not told:
        return None
    if all(value.__class__ is str for value in told.values()):  # as ``written`` does it, in a third of the time
        return "{" + ", ".join([f"{_QUOTED(name)}: {_QUOTED(told[name])}" for name in sorted(told)]) + "}"
    return written(told)


def _columns(table: str) -> tuple[str, ...]:
    """The contract's columns, and the platform, which the reader tells row by row."""
    names = TABLES[table].names
    return names if "platform" in names else (*names, "platform")


class _Sheet:
    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self._path, self._columns = path, columns
        self._schema = pa.schema(
            [("source", pa.int32()), ("row", pa.int64()), *((name, pa.string()) for name in columns)]
        )
        self._writer = pq.ParquetWriter(path, self._schema, compression="lz4")
        self._rows: list[tuple[object, ...]] = []

    def add(self, source: int, row: int, values: dict[str, str | None]) -> None:
        self.append((source, row, *map(values.get, self._columns)))

    def append(self, row: tuple[object, ...]) -> None:
        """A row in the order of the columns."""
        self._rows.append(row)
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [_array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
            self._rows = []

    def close(self) -> str:
        self._flush()
        self._writer.close()
        return parquet_scan([self._path])


def _array(column: tuple[object, ...], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, kind)
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can write and no text can hold
        plain = [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in column]
        return pa.array(plain, kind)
