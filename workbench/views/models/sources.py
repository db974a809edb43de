"""What is in a source before it is read, and what came of it afterwards?"""

import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from ingest.case_folder import CaseFolder
from ingest.errors import SourceUnreadable
from ingest.rejects import Reject
from ingest.source_files import regular_file
from ingest.sources.registry import reader_for
from workbench.language import Words
from workbench.plain_text import plain_text

PREVIEW_ROWS = 12
PREVIEW_FILES = 20
_PREVIEW_BYTES = 64_000
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Preview:
    """The reader that would read the source, its files, and the first rows of the first file."""

    format: str
    files: tuple[str, ...]
    more_files: int
    rows: pd.DataFrame


def preview(path: Path, words: Words, *, format: str, mapping: Path | None) -> Preview:
    """Look at a source without reading it as a whole; raises SourceUnreadable as an ingest would."""
    if not path.is_absolute():
        raise SourceUnreadable("is not a full path", where=plain_text(str(path)), fix="write it from the root on")
    if not path.is_dir():
        regular_file(path)
    reader = reader_for(path, format=format)
    survey = reader.survey(path, mapping=mapping)
    names = tuple(plain_text(source.path.name, limit=120) for source in survey.files[:PREVIEW_FILES])
    first = survey.files[0].path
    return Preview(reader.NAME, names, max(0, len(survey.files) - PREVIEW_FILES), first_rows(first, words))


def first_rows(path: Path, words: Words) -> pd.DataFrame:
    """The first rows as text: Parquet by column, everything else line by line with its number."""
    if path.suffix == ".parquet":
        try:
            batch = next(pq.ParquetFile(path).iter_batches(batch_size=PREVIEW_ROWS), None)
        except (OSError, ValueError) as error:
            raise SourceUnreadable(
                "is no whole Parquet file", where=plain_text(path.name), fix="fetch it again"
            ) from error
        rows = batch.to_pylist() if batch is not None else []
        return pd.DataFrame([{name: plain_text(str(value)) for name, value in row.items()} for row in rows])
    with path.open("rb") as stream:
        head = stream.read(_PREVIEW_BYTES)
    lines = head.decode("utf-8", errors="backslashreplace").splitlines()[:PREVIEW_ROWS]
    return pd.DataFrame(
        [(number, plain_text(line, limit=400)) for number, line in enumerate(lines, start=1)],
        columns=[words.gettext("Line"), words.gettext("Text")],
    )


def keep_uploads(case: CaseFolder, uploads: Sequence[tuple[str, BytesIO]]) -> Path:
    """Write uploaded files to ``sources/HASH/NAME`` and return the folder; equal uploads share it.

    HASH covers names and contents; only letters, digits, dots, dashes and underscores of a name are kept.
    """
    digest = hashlib.sha256()
    named = sorted((_file_name(name), stream) for name, stream in uploads)
    for name, stream in named:
        digest.update(f"{name}\0".encode())
        stream.seek(0)
        digest.update(hashlib.file_digest(stream, "sha256").digest())
    folder = case.sources / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    for name, stream in named:
        stream.seek(0)
        staged = folder / f".{name}.partial"
        with staged.open("wb") as target:
            while block := stream.read(1 << 20):
                target.write(block)
        staged.replace(folder / name)
    return folder


def _file_name(name: str) -> str:
    plain = _UNSAFE.sub("_", Path(name).name).lstrip(".")[:120]
    return plain or "upload"


def report_rows(tables: Mapping[str, Mapping[str, int]], words: Words) -> pd.DataFrame:
    """read = accepted + rejected + duplicate, one row a table."""
    _ = words.gettext
    parts = ("read", "accepted", "rejected", "duplicate")
    rows = [(table, *(counts[part] for part in parts)) for table, counts in tables.items()]
    return pd.DataFrame(rows, columns=[_("Table"), _("Read"), _("Accepted"), _("Rejected"), _("Duplicate")])


def rejects_page(
    rejects: Iterable[Reject], words: Words, *, text: str, limit: int = 500
) -> tuple[pd.DataFrame, int]:
    """The first ``limit`` rejects that hold ``text`` in file, column, reason or hint, and how many there are."""
    wanted = text.casefold()
    matching = (
        reject
        for reject in rejects
        if not wanted or wanted in f"{reject.file}\n{reject.column}\n{reject.reason}\n{reject.hint}".casefold()
    )
    _ = words.gettext
    rows = [
        (
            plain_text(Path(reject.file).name), reject.row, plain_text(reject.column or "-"),
            plain_text(reject.reason, limit=200), plain_text(reject.hint or "-", limit=200),
            plain_text(reject.raw, limit=300),
        )
        for reject in itertools.islice(matching, limit)
    ]
    more = sum(1 for _reject in matching)
    heads = [_("File"), _("Row"), _("Column"), _("Reason"), _("How to fix it"), _("Original text")]
    return pd.DataFrame(rows, columns=heads), len(rows) + more
