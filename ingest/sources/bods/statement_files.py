"""How are BODS files read?  Beneficial ownership statements (0.4, 0.3, 0.2) as companies, persons and ownerships.

Entity records are companies, person records are persons, every interest of a relationship record is an ownership.  The
statements of one record are folded: the latest tells the record, an interest that a later statement no longer states
ends there.  Source of the format: Open Ownership, Beneficial Ownership Data Standard 0.4 (2024), 0.2 and 0.3.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.lake.engine import literal, parquet_scan
from ingest.source_files import files_below, printable, regular_file
from ingest.sources.bods.interests import ownerships_sql, versions_sql
from ingest.sources.bods.records import companies_sql, persons_sql
from ingest.sources.bods.statements import write_statements
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey
from ingest.sources.text_lines import head_of

_LOOKED_AT = 40
_ENDINGS = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
_MARKS = (
    (re.compile(r'"statementId"\s*:'), re.compile(r'"record(?:Type|Id)"\s*:')),
    (re.compile(r'"statementID"\s*:'), re.compile(r'"statementType"\s*:')),
)


class Bods:
    """Reader of BODS statements: a JSON array of them or one a line, plain or gzip, a file or a folder of them."""

    NAME = "bods"
    VERSION = "1"

    def recognises(self, path: Path) -> bool:
        try:
            if path.is_dir():
                return any(_form(entry) is not None for entry in files_below(path, limit=_LOOKED_AT))
        except OSError:
            return False
        return _form(path) is not None

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable("a BODS file takes no mapping", where=printable(path), fix="leave --mapping out")
        files, ignored = [], []
        for entry in files_below(path) if path.is_dir() else [regular_file(path)]:
            form = _form(entry)
            if form is None:
                ignored.append(printable(entry))
            else:
                files.append(SourceFile(regular_file(entry), self.NAME, context=form))
        if not files:
            raise SourceUnreadable(
                "holds no BODS statements", where=printable(path),
                fix="give a JSON array of statements or one statement a line; see docs/formats.md",
            )
        return Survey(tuple(files), tuple(ignored))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        statements = write_statements(sources, desk)
        versions = _written("versions", versions_sql(statements), desk)
        for table, kind, sql in (
            ("companies", "entity", companies_sql(statements)),
            ("persons", "person", persons_sql(statements)),
            ("ownerships", "relationship", ownerships_sql(versions)),
        ):
            scan = _written(table, sql, desk)
            columns = {name for name, _ in desk.engine.columns(scan)} - {"source", "row"}
            yield StagedTable(table, scan, frozenset(columns), _rejects(statements, kind))


def _written(name: str, sql: str, desk: Desk) -> str:
    path = desk.parquet(name)
    desk.engine.run(
        f"COPY ({sql}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION lz4)",
        stage=f"reading BODS {name}", progress=desk.progress,
    )
    return parquet_scan([path])


def _rejects(statements: str, kind: str) -> str:
    """Statements at fault; what is of no known type stands with the ownerships."""
    return (
        'SELECT source, "row", fault.column AS "column", fault.reason AS reason, fault.hint AS hint, raw '
        f"FROM {statements} WHERE fault IS NOT NULL AND coalesce(kind, 'relationship') = {literal(kind)}"
    ).join(("(", ")"))


def _form(path: Path) -> str | None:
    """"array" or "lines", if the file begins like BODS statements; None otherwise."""
    if not path.name.lower().endswith(_ENDINGS) or not path.is_file():
        return None
    head = "\n".join(head_of(path)).lstrip()
    if not any(all(mark.search(head) for mark in marks) for marks in _MARKS):
        return None
    return "array" if head.startswith("[") else "lines"
