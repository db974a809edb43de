"""Which lines do text files have?  Any encoding trouble is confined to its line; gzip is unpacked while reading.

Lines become Parquet rows ``source``, ``row`` (line number from 1), ``line`` (text without its line end; NULL where it
is blank) and ``bytes`` (NULL, or the line with its odd bytes as ``\\xNN`` where it was not UTF-8 and was read as
Windows-1252).  A block that is UTF-8 throughout never meets a Python loop.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from ingest.errors import SourceUnreadable
from ingest.source_files import printable
from ingest.sources.gzip_files import TORN, check_growth, is_packed, opened, torn
from ingest.sources.reader import Desk, SourceFile

_BLOCK = 8 << 20
LONGEST_LINE = 4 << 20
_ODD_BYTE = re.compile(rb"\\x([89a-f][0-9a-f])")
_SCHEMA = pa.schema(
    [("source", pa.int32()), ("row", pa.int64()), ("line", pa.string()), ("bytes", pa.string())]
)


def write_lines(sources: Sequence[SourceFile], desk: Desk) -> Path:
    """All lines of all sources as one Parquet file; SourceUnreadable if one is torn or no text."""
    path = desk.parquet("lines")
    before, total = 0, sum(source.bytes for source in sources)
    with pq.ParquetWriter(path, _SCHEMA, compression="none") as writer:
        for index, source in enumerate(sources):
            row = done = 0
            for block in _blocks(source.readable):
                desk.progress("reading lines", before + min(done, source.bytes), total)
                table, count = _table(block, index, row)
                row, done = row + count, done + len(block)
                writer.write_table(table)
            before += source.bytes
            desk.progress("reading lines", before, total)
    return path


def head_of(path: Path, *, size: int = 64 << 10) -> list[str]:
    """The first lines of a regular file, the last of them perhaps cut; nothing if it cannot be read."""
    return [line for line, _ in head_lines(path, size=size)]


def head_lines(path: Path, *, size: int) -> list[tuple[str, bool]]:
    """The first lines as ``write_lines`` reads them, and of each whether it is UTF-8."""
    try:
        with opened(path) as stream:
            data = stream.read(size)
    except (OSError, *TORN):
        return []
    whole = len(data) < size
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    *lines, last = data.split(b"\n")
    found = [*map(_read, lines), _read(last) if whole else _read_begun(last)]
    return [(text, plain) for text, plain in found if text.strip()]


def _blocks(path: Path) -> Iterator[bytes]:
    """Whole lines, some megabytes at a time, all line ends as ``\\n``."""
    rest, first = b"", True
    packed, unpacked = (path.stat().st_size if is_packed(path) else 0), 0
    try:
        with opened(path) as stream:
            while chunk := stream.read(_BLOCK):
                unpacked += len(chunk)
                if packed:
                    check_growth(path, packed, unpacked)
                if first and chunk.startswith(b"\xef\xbb\xbf"):
                    chunk = chunk[3:]
                if first and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    raise SourceUnreadable("is UTF-16", where=printable(path), fix="convert it to UTF-8")
                first = False
                data = rest + chunk
                cut = data.rfind(b"\n") + 1
                if not cut and len(data) > LONGEST_LINE and b"\r" in data:
                    cut = data.rfind(b"\r") + 1  # old line ends
                rest = data[cut:]
                if len(rest) > 16 * LONGEST_LINE:
                    raise SourceUnreadable(
                        "has a line of more than 64 MB", where=printable(path), fix="check that it is a text file"
                    )
                if cut:
                    yield data[:cut]
    except (*TORN, OSError) as error:
        raise torn(path, error) from error
    if rest:
        yield rest


def _table(block: bytes, source: int, before: int) -> tuple[pa.Table, int]:
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = (block[:-1] if block.endswith(b"\n") else block).split(b"\n")
    count = len(lines)
    binary = pa.array(lines, pa.binary())
    odd = pa.nulls(count, pa.string())
    try:
        text = binary.cast(pa.string())
    except pa.ArrowInvalid:  # some line here is not UTF-8: judge line by line
        text, odd = _mixed(lines)
    text = pa.compute.if_else(pa.compute.equal(pa.compute.utf8_trim_whitespace(text), ""), None, text)
    rows = pa.array(np.arange(before + 1, before + count + 1, dtype=np.int64))
    origin = pa.array(np.full(count, source, dtype=np.int32))
    return pa.Table.from_arrays([origin, rows, text, odd], schema=_SCHEMA), count


def _mixed(lines: Sequence[bytes]) -> tuple[pa.Array, pa.Array]:
    texts: list[str] = []
    odd: list[str | None] = []
    for line in lines:
        text, plain = _read(line)
        texts.append(text)
        odd.append(None if plain else line.decode("utf-8", "backslashreplace"))
    return pa.array(texts, pa.string()), pa.array(odd, pa.string())


def _read(line: bytes) -> tuple[str, bool]:
    """A line's text, and whether it is UTF-8; else it is read as Windows-1252."""
    try:
        return line.decode(), True
    except UnicodeDecodeError:
        # the five bytes that Windows-1252 leaves undefined stand for themselves, as browsers do
        return "".join(bytes([b]).decode("cp1252") if b not in _UNDEFINED else chr(b) for b in line), False


def as_read(odd: str) -> str:
    """The text as which a line was read that is kept with its odd bytes as ``\\xNN``; such of it as are no letter stay.

    A text without such bytes is itself.
    """
    if not _ODD_BYTE.search(odd.encode("utf-8", "surrogatepass")):
        return odd
    line = _ODD_BYTE.sub(lambda byte: bytes([int(byte[1], 16)]), odd.encode("utf-8", "surrogatepass"))
    return "".join(f"\\x{b:02x}" if b in _UNDEFINED else bytes([b]).decode("cp1252") for b in line)


def _read_begun(line: bytes) -> tuple[str, bool]:
    """The same of a line that is cut, perhaps within a letter."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(line), True
    except UnicodeDecodeError:
        return _read(line)


_UNDEFINED = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
