"""Which rows did not become evidence, and why?  Reads the kept rejects and writes them out."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.lake.engine import Engine, parquet_scan

_PAGE = 10_000


@dataclass(frozen=True)
class Reject:
    """One rejected row: ``row`` counts as docs/ingest.md says; ``column`` is empty where the whole row is at fault.

    ``raw`` is the row's original text; bytes that are no UTF-8 stand in it as ``\\xNN``.
    """

    file: str
    row: int
    column: str
    reason: str
    hint: str
    raw: str


def read_rejects(case: CaseFolder) -> Iterator[Reject]:
    """Every reject of the committed batches, by batch, source, table and row, a page in memory at a time."""
    paths = [case.path / batch.rejects.path for batch in manifests(case) if batch.rejects is not None]
    if not paths:
        return
    with Engine(case.path / "scratch", memory_limit="256MB") as engine:
        for path in paths:
            scan = parquet_scan([path], options=", file_row_number = true")
            start = 0
            while page := engine.run(
                f'SELECT file, "row", "column", reason, hint, raw FROM {scan} '
                f"WHERE file_row_number >= {start} AND file_row_number < {start + _PAGE} ORDER BY file_row_number"
            ):
                start += _PAGE
                for file, row, column, reason, hint, raw in page:
                    yield Reject(file, row, column or "", reason, hint or "", raw or "")


def write_csv(rejects: Iterable[Reject], path: Path) -> int:
    """Writes ``file,row,column,reason,hint,raw`` (RFC 4180, UTF-8) and returns the number of rejects."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([field.name for field in fields(Reject)])
        for reject in rejects:
            writer.writerow(astuple(reject))
            count += 1
    return count
