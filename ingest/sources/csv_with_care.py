"""How is a CSV file with damaged records read?  Record by record, so that one open quote cannot swallow good rows.

Slower than the parallel pass (some seconds a million rows) and used only for files in which that pass met damage.  What
both accept is the same.  A quote that opens and does not close properly rejects its own line only; reading goes on with
the next line.
"""

import mmap
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.engine import parquet_scan
from ingest.sources.reader import Desk, SourceFile

MAX_RECORD_BYTES = 2_000_000
MOST_KEPT = 16_000_000  # bytes of a record at fault
_QUOTE_WINDOW = 8 * MAX_RECORD_BYTES
_FLUSH_ROWS, _FLUSH_BYTES = 100_000, 32 << 20
_OPENS = re.compile(rb' ?"')
_STOP = re.compile(rb"[\r\n\"]")
_END = re.compile(rb"[\r\n]")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Damage:
    """Why a record cannot be split: ``column`` (empty for the row), ``reason``, ``hint``, and its ``raw`` bytes, of a
    long one the first ``MOST_KEPT``; ``ends_before``: that column is missing, and the reason is of the record."""

    column: str
    reason: str
    hint: str
    raw: bytes
    ends_before: bool = False

    @property
    def of_column(self) -> str:
        """The reason as it is said of the column."""
        return f"is missing: the record {self.reason}" if self.ends_before else self.reason


@dataclass(frozen=True)
class Grammar:
    """How a record is cut: the ``delimiter``, a quoted field with its text, a field without quotes."""

    delimiter: bytes
    quoted: "re.Pattern[bytes]"
    plain: "re.Pattern[bytes]"

    @classmethod
    def of(cls, delimiter: str) -> "Grammar":
        mark = re.escape(delimiter.encode())
        # one space outside the quotes is dropped, as the parallel pass does
        quoted = re.compile(rb' ?"([^"]*(?:""[^"]*)*)"(?: (?=[%b\r\n]|$))?' % mark)
        return cls(delimiter.encode(), quoted, re.compile(rb"[^%b\r\n]*" % mark))


Values = tuple[str | None, ...]


def stage_with_care(
    index: int, source: SourceFile, names: Sequence[str], desk: Desk, *, delimiter: str = ","
) -> tuple[Path, str]:
    """(Parquet of good records with ``row`` and all columns, SQL relation of the rejected ones)."""
    good, bad = desk.parquet("records"), desk.parquet("damaged")
    good_schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
    bad_schema = pa.schema(
        [("source", pa.int32()), ("row", pa.int64())]
        + [(name, pa.string()) for name in ("column", "reason", "hint", "raw")]
    )
    with pq.ParquetWriter(good, good_schema, compression="none") as kept, pq.ParquetWriter(bad, bad_schema) as damaged:
        good_rows: list[tuple[object, ...]] = []
        bad_rows: list[tuple[object, ...]] = []
        written = 0
        for number, (record, end) in enumerate(careful_records(source.readable, names, delimiter), start=2):
            if isinstance(record, Damage):
                raw = record.raw.decode("utf-8", "backslashreplace")
                bad_rows.append((index, number, record.column, record.of_column, record.hint, raw))
            else:
                good_rows.append((number, *record))
            if len(good_rows) + len(bad_rows) >= _FLUSH_ROWS or end - written >= _FLUSH_BYTES:
                _flush(kept, good_schema, good_rows)
                _flush(damaged, bad_schema, bad_rows)
                written = end
                desk.progress(f"reading {source.path.name} with care", end, source.bytes)
        _flush(kept, good_schema, good_rows)
        _flush(damaged, bad_schema, bad_rows)
    return good, parquet_scan([bad])


def _flush(writer: pq.ParquetWriter, schema: pa.Schema, rows: list[tuple[object, ...]]) -> None:
    if rows:
        columns = [pa.array(values, kind) for values, kind in zip(zip(*rows, strict=True), schema.types, strict=True)]
        writer.write_table(pa.Table.from_arrays(columns, schema=schema))
        rows.clear()


def careful_records(
    path: Path, names: Sequence[str], delimiter: str = ","
) -> Iterator[tuple[Values | Damage, int]]:
    """(values or damage, end position) of the data records in order, without the header; blank lines are none."""
    count, grammar = len(names), Grammar.of(delimiter)
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        _, position = _record(data, len(_BOM) if data[:3] == _BOM else 0, names, grammar)
        size = len(data)
        newline = lone_return = -1
        while position < size:
            # each is looked for once: a file without the one or the other is not searched to its end for every line
            if newline < position:
                newline = _find(data, b"\n", position)
            if lone_return < position:
                lone_return = _find(data, b"\r", position)
            end = min(newline, lone_return)
            line = data[position:end] if end - position <= MAX_RECORD_BYTES else b""
            if line and b'"' not in line and line.isascii():  # the plain case: nothing to unquote, nothing to doubt
                values = line.decode("ascii").split(delimiter)
                if len(values) == count:
                    position = _line_end(data, end) or size
                    yield tuple([value or None for value in values]), position
                    continue
            if count > 1 and (skipped := _line_end(data, position)) is not None:
                position = skipped
                continue
            record, position = _record(data, position, names, grammar)
            yield record, position


def _find(data: mmap.mmap, mark: bytes, position: int) -> int:
    found = data.find(mark, position)
    return len(data) if found < 0 else found


def _record(
    data: mmap.mmap, start: int, names: Sequence[str], grammar: Grammar
) -> tuple[Values | Damage, int]:
    """The record that starts here and the position after its line end."""
    fields: list[bytes] = []
    position, count = start, 0
    while True:
        count += 1
        if _OPENS.match(data, position):
            found = grammar.quoted.match(data, position, min(len(data), position + _QUOTE_WINDOW))
            if found is None:
                return _line(data, start, names, count - 1, "opens a quote that does not close")
            place = found.span(1)
        else:
            found = grammar.plain.match(data, position)
            assert found is not None  # it matches the empty text too
            place = found.span()
        position = found.end()
        if count <= len(names) and position - start <= MAX_RECORD_BYTES:  # of others nothing is taken out: a reject
            text = data[place[0] : place[1]]
            fields.append(text.replace(b'""', b'"') if place[0] != found.start() else text)
        if data[position : position + 1] == grammar.delimiter:
            position += 1
            if count >= len(names) or position - start > MAX_RECORD_BYTES:
                # a reject anyway: on to the field of the next quote, or to the end
                stop = _STOP.search(data, position)
                end = stop.start() if stop else len(data)
                quoted = stop is not None and stop[0] == b'"'
                begin = max(position, data.rfind(grammar.delimiter, position, end) + 1) if quoted else end
                if begin - start <= MAX_RECORD_BYTES:
                    count += data[position:begin].count(grammar.delimiter)
                position = begin
            continue
        after = len(data) if position == len(data) else _line_end(data, position)
        if after is None:
            return _line(data, start, names, count - 1, "has text after its closing quote")
        if position - start > MAX_RECORD_BYTES:
            hint = "a quote may be missing, or the value does not belong here"
            return _damage("", f"is longer than {MAX_RECORD_BYTES:,} bytes", hint, data, start, position), after
        return _checked(fields, count, data[start:position], names), after


def _line_end(data: mmap.mmap, position: int) -> int | None:
    """Where the next line starts if a line ends here."""
    ending = data[position : position + 2]
    if ending == b"\r\n":
        return position + 2
    return position + 1 if ending[:1] in (b"\n", b"\r") else None


def _line(data: mmap.mmap, start: int, names: Sequence[str], field: int, reason: str) -> tuple[Damage, int]:
    """A record cut at the end of its first line because its quotes do not match."""
    found = _END.search(data, start)
    end = found.start() if found else len(data)
    after = len(data) if end == len(data) else _line_end(data, end)
    column = names[field] if field < len(names) else ""
    hint = "quote the whole value and double the quotes in it"
    return _damage(column, reason, hint, data, start, end), len(data) if after is None else after


def _damage(column: str, reason: str, hint: str, data: mmap.mmap, start: int, end: int) -> Damage:
    if end - start > MOST_KEPT:
        reason += f" (of {end - start:,} bytes the first {MOST_KEPT:,} are kept)"
    return Damage(column, reason, hint, data[start : min(end, start + MOST_KEPT)])


def _checked(fields: Sequence[bytes], count: int, raw: bytes, names: Sequence[str]) -> Values | Damage:
    if count != len(names):
        column = names[count] if count < len(names) else ""
        reason = f"has {count} columns, the header {len(names)}"
        return Damage(column, reason, "quote values that hold the delimiter", raw, ends_before=bool(column))
    texts: list[str | None] = []
    for name, value in zip(names, fields, strict=True):
        try:
            texts.append(value.decode() or None)
        except UnicodeDecodeError:
            return Damage(name, "is not UTF-8", "convert the file to UTF-8", raw)
    return tuple(texts)
