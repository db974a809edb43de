"""How is a batch written?  Staged tables through the checks to Parquet: evidence, rejects and reconciled counts."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.batch.check import TableCheck
from ingest.batch.duplicates import all_unlike, find_duplicates, write_kept
from ingest.batch.platforms import NAMING, Platforms
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Counts, manifests, platforms_of
from ingest.lake.columns import STORED
from ingest.lake.engine import literal, parquet_scan, quoted
from ingest.lake.record_ids import Naming, naming_of
from ingest.sources.reader import Desk, SourceFile, StagedTable
from ingest.tables import TABLES

# no dictionaries for texts: most are unique here, and trying costs an eighth of the time
_OPTIONS = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 1, ROW_GROUP_SIZE 61440"


@dataclass(frozen=True)
class Written:
    """``files``: staged files by their place in the case folder, with ``rows``.

    ``read`` and ``rejected``: rows by source and table.  ``assumed``: the platform of rows that name none.
    """

    files: Mapping[str, Path]
    rows: Mapping[str, int]
    counts: Mapping[str, Counts]
    read: Sequence[Mapping[str, int]]
    rejected: Sequence[Mapping[str, int]]
    platforms: tuple[str, ...]
    naming: Naming
    bases: Mapping[str, Mapping[str, int]]
    assumed: str = ""


def write_batch(
    staged: Sequence[StagedTable],
    sources: Sequence[SourceFile],
    *,
    case: CaseFolder,
    batch_id: str,
    timezone: str | None,
    desk: Desk,
) -> Written:
    """Checks, de-duplicates and writes all staged tables below ``desk.folder``; nothing outside of it is touched."""
    return _Writer(sources, case, batch_id, timezone, desk).write(staged)


class _Writer:
    def __init__(
        self, sources: Sequence[SourceFile], case: CaseFolder, batch_id: str, timezone: str | None, desk: Desk
    ) -> None:
        self.sources, self.case, self.batch_id, self.timezone, self.desk = sources, case, batch_id, timezone, desk
        self.run = desk.engine.run
        self.batches = manifests(case)
        self.batch_ids = tuple(batch.batch_id for batch in self.batches)
        self.shas = tuple(source.sha256 for source in sources)
        self.names = tuple(source.name for source in sources)
        self.files: dict[str, Path] = {}
        self.rows: dict[str, int] = {}
        self.reject_parts: list[Path] = []
        self.unlike: set[str] = set()  # tables whose rows, all of this batch, are told apart by their ids

    def write(self, staged: Sequence[StagedTable]) -> Written:
        stored = {
            name: parquet_scan(files)
            for name in ("accounts", "rooms")
            if (files := self.case.table_files(name, self.batch_ids))
        }
        known = platforms_of(self.batches)
        named = platforms_of(
            batch for batch in self.batches if all(source.format in NAMING for source in batch.sources)
        )
        platforms = Platforms(
            staged, engine=self.desk.engine, known=known, named=named, stored=stored, case=self.case.name
        )
        grouped: dict[str, list[StagedTable]] = defaultdict(list)
        for table in staged:
            grouped[table.table].append(table)
        read: list[Counter[str]] = [Counter() for _ in self.sources]
        counts, bases = {}, {}
        for name in (name for name in TABLES if name in grouped):
            checks = [
                TableCheck(table, timezone=self.timezone, case=self.case.name, platform=platforms.rule(table))
                for table in grouped[name]
            ]
            for table in grouped[name]:
                for source, rows in self._read_rows(table).items():
                    read[source][name] += rows
            counts[name] = self._table(name, checks, sum(rows[name] for rows in read))
            place = f"evidence/{name}/{self.batch_id}.parquet"
            if place in self.files:
                bases.update(self._bases(name, self.files[place]))
        self._write_rejects()
        found, by_source = self._platforms(), [dict(rows) for rows in read]
        naming = self._naming({*known, *found})
        return Written(
            self.files, self.rows, counts, by_source, self._rejected(), found, naming, bases, platforms.assumed
        )

    def _read_rows(self, table: StagedTable) -> Counter[int]:
        rows: Counter[int] = Counter()
        for relation in (table.relation, table.rejects):
            if relation is not None:
                rows.update(dict(self.run(f"SELECT source, count(*) FROM {relation} GROUP BY source")))
        return rows

    def _table(self, name: str, checks: Sequence[TableCheck], read: int) -> Counts:
        engine, desk = self.desk.engine, self.desk
        stage = f"checking {name}"
        parts = [desk.parquet("part") for _ in checks]
        for check, part in zip(checks, parts, strict=True):
            sql = check.stored(batch_id=self.batch_id, shas=self.shas)
            self.run(f"COPY ({sql}) TO {literal(str(part))} ({_OPTIONS})", stage=stage, progress=desk.progress)
        whole = parts[0]
        if len(parts) > 1:
            whole = desk.parquet("whole")
            self.run(f"COPY (SELECT * FROM {parquet_scan(parts)}) TO {literal(str(whole))} ({_OPTIONS})")
        faulty = self._count(f"{parquet_scan([whole])} WHERE row IS NULL")
        total = self._count(parquet_scan([whole]))
        evidence = self.case.table_files(name, self.batch_ids)
        if not evidence and all_unlike(name, whole, engine):
            self.unlike.add(name)
        duplicate = find_duplicates(name, whole, evidence, engine, unlike=name in self.unlike)
        if faulty or read > total:
            for check in checks:
                part = desk.parquet("rejects")
                self.run(f"COPY ({check.rejects(files=self.names)}) TO {literal(str(part))} (FORMAT parquet)")
                self.reject_parts.append(part)
        accepted = total - faulty - duplicate
        if accepted:
            kept = whole
            if faulty or duplicate:
                kept = desk.parquet("kept")
                write_kept(whole, kept, engine, options=_OPTIONS)
            place = f"evidence/{name}/{self.batch_id}.parquet"
            self.files[place], self.rows[place] = kept, accepted
        return Counts(read, accepted, read - accepted - duplicate, duplicate)

    def _count(self, relation: str) -> int:
        return int(self.run(f"SELECT count(*) FROM {relation}")[0][0])

    def _write_rejects(self) -> None:
        if self.reject_parts:
            path = self.desk.parquet("all-rejects")
            order = " ".join(f"WHEN {literal(name)} THEN {place}" for place, name in enumerate(TABLES))
            self.run(
                "COPY (SELECT * EXCLUDE (source), "
                f"([{', '.join(map(literal, self.shas))}])[source + 1] AS source_sha256 "
                f'FROM {parquet_scan(self.reject_parts)} ORDER BY source, '
                f'CASE "table" {order} END, "row") TO {literal(str(path))} ({_OPTIONS})'
            )
            place = f"rejects/{self.batch_id}.parquet"
            self.files[place], self.rows[place] = path, self._count(parquet_scan([path]))

    def _rejected(self) -> list[dict[str, int]]:
        found: list[dict[str, int]] = [{} for _ in self.sources]
        if self.reject_parts:
            for source, table, count in self.run(
                f'SELECT source, "table", count(*) FROM {parquet_scan(self.reject_parts)} GROUP BY ALL ORDER BY ALL'
            ):
                found[source][table] = int(count)
        return found

    def _bases(self, name: str, path: Path) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for column, _ in STORED[name].stored:
            if column.endswith("_basis"):
                rows = self.run(
                    f"SELECT {quoted(column)}, count(*) FROM {parquet_scan([path])} "
                    f"WHERE {quoted(column)} IS NOT NULL GROUP BY 1 ORDER BY 1"
                )
                found[f"{name}.{column.removesuffix('_basis')}"] = {str(basis): int(count) for basis, count in rows}
        return found

    def _platforms(self) -> tuple[str, ...]:
        found: set[str] = set()
        for place, path in self.files.items():
            table = Path(place).parent.name
            if place.startswith("evidence/") and any(name == "platform" for name, _ in STORED[table].stored):
                if table == "operators":
                    continue
                found |= {str(row[0]) for row in self.run(f"SELECT DISTINCT platform FROM {parquet_scan([path])}")}
        return tuple(sorted(found))

    def _naming(self, platforms: set[str]) -> Naming:
        """How records are cited once this batch is there: tables it adds to are looked at with all their rows."""
        files = {
            name: [*self.case.table_files(name, self.batch_ids), self.files[place]]
            for name in STORED
            if (place := f"evidence/{name}/{self.batch_id}.parquet") in self.files and name not in self.unlike
        }
        return naming_of(files, Naming.of(self.batches), platforms=len(platforms), engine=self.desk.engine)
