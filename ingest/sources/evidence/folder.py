"""How is the native evidence folder read?  One file a table: CSV or JSONL (gzip too) or Parquet, contract columns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.source_files import printable, regular_file
from ingest.sources.evidence.csv_files import stage_csv
from ingest.sources.evidence.jsonl_files import stage_jsonl
from ingest.sources.evidence.parquet_files import stage_parquet
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey
from ingest.tables import TABLES

_STAGES = {"csv": stage_csv, "jsonl": stage_jsonl, "parquet": stage_parquet}
_PACKED = frozenset({"csv", "jsonl"})
_FORMATS = ", ".join(f"NAME.{ending}" for ending in _STAGES)


class EvidenceFolder:
    """Reader of a folder of contract tables, or of one such file."""

    NAME = "evidence"
    VERSION = "1"

    def recognises(self, path: Path) -> bool:
        try:
            names = [entry.name for entry in path.iterdir()] if path.is_dir() else [path.name]
        except OSError:
            return False
        return any(table_of(name) is not None for name in names)

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable(
                "an evidence file takes no mapping", where=printable(path), fix="leave --mapping out"
            )
        entries = sorted(path.iterdir()) if path.is_dir() else [path]
        files, ignored = [], []
        for entry in entries:
            known = table_of(entry.name)
            if known is None:
                ignored.append(printable(entry))
            else:
                files.append(SourceFile(regular_file(entry), self.NAME, context=f"{known[0]}.{known[1]}"))
        if not files:
            raise SourceUnreadable(
                "holds no table of the contract", where=printable(path),
                fix=f"name its files {_FORMATS} with NAME one of {', '.join(TABLES)}",
            )
        return Survey(tuple(files), tuple(ignored))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        for index, source in enumerate(sources):
            table, ending = source.context.split(".")
            plain = desk.unpacked(source) if ending in _PACKED else source
            yield replace(_STAGES[ending](TABLES[table], index, plain, desk), native=True)


def table_of(name: str) -> tuple[str, str] | None:
    """(table, format) that a file's name tells; None if it names no table of the contract."""
    plain = name.lower().removesuffix(".gz")
    stem, _, ending = plain.rpartition(".")
    known = stem in TABLES and ending in (_STAGES if plain == name.lower() else _PACKED)
    return (stem, ending) if known else None
