"""Which rejected rows are still out of evidence?  Those that no later reading of the same file has taken in.

A file may be read again with another zone, mapping or format.  A row that was rejected before is *mended* if a later
reading put it into evidence, or read the file by the same format and mapping without rejecting it (it was a duplicate
then).  Rejected again, it counts once, as the last reading has it.  Nothing is written: the rejects stay as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Manifest, ManifestSource, manifests
from ingest.lake.columns import STORED
from ingest.lake.engine import Engine, literal, parquet_scan
from ingest.rejects import Reject


@dataclass(frozen=True)
class RejectGroup:
    """Open rejects that are alike: of one table, fault and way of reading.

    ``sources``: the files they stand in, as their manifests name them; ``first`` is one of the rows.
    """

    table: str
    column: str
    reason: str
    hint: str
    format: str
    mapping_sha256: str | None
    timezone: str | None
    rows: int
    sources: tuple[ManifestSource, ...]
    first: Reject


@dataclass(frozen=True)
class OpenRejects:
    """``rows`` still open, ``mended`` since; ``groups``, the most frequent first."""

    rows: int
    mended: int
    groups: tuple[RejectGroup, ...]


def open_rejects(case: CaseFolder) -> OpenRejects:
    """The open rejects of a case by fault, and how many were mended."""
    batches = {batch.batch_id: batch for batch in manifests(case)}
    if not any(batch.rejects for batch in batches.values()):
        return OpenRejects(0, 0, ())
    with Engine(case.path / "scratch", memory_limit="256MB") as engine:
        _judge(case, list(batches.values()), engine)
        mended = engine.run("SELECT count(*) FROM judged WHERE state = 'mended'")[0][0]
        rows = engine.run(
            """SELECT "table", "column", reason, hint, batch_id, source_sha256, count(*),
                min({'row': "row", 'file': file, 'raw': raw})
            FROM judged WHERE state = 'open' GROUP BY ALL ORDER BY ALL"""
        )
    found: dict[tuple[str, str, str, str, str, str | None, str | None], list[tuple[ManifestSource, int, Reject]]] = {}
    for table, column, reason, hint, batch_id, sha, count, first in rows:
        batch = batches[batch_id]
        source = next(source for source in batch.sources if source.sha256 == sha)
        key = (table, column, reason, hint, source.format, batch.mapping_sha256, batch.timezone)
        told = Reject(first["file"], first["row"], column, reason, hint, first["raw"])
        found.setdefault(key, []).append((source, count, told))
    groups = [
        RejectGroup(
            *key, sum(count for _, count, _ in parts), tuple(source for source, _, _ in parts), parts[0][2],
        )
        for key, parts in found.items()
    ]
    groups.sort(key=lambda group: (-group.rows, group.table, group.column, group.reason, str(group.mapping_sha256)))
    return OpenRejects(sum(group.rows for group in groups), int(mended), tuple(groups))


def open_rows(
    case: CaseFolder, group: RejectGroup | None = None, *, text: str = "", start: int = 0, most: int | None = None
) -> tuple[list[Reject], int]:
    """Open rejects, of a group if one is given and with ``text`` in file, column, reason, hint or row; how many."""
    batches = manifests(case)
    if not any(batch.rejects for batch in batches):
        return [], 0
    test = "state = 'open'"
    values: list[str | None] = []
    if group is not None:
        test += (
            ' AND "table" = ? AND "column" = ? AND reason = ? AND hint = ? AND format = ? '
            "AND mapping IS NOT DISTINCT FROM ? AND zone IS NOT DISTINCT FROM ?"
        )
        values = [
            group.table, group.column, group.reason, group.hint, group.format, group.mapping_sha256, group.timezone
        ]
    if text:
        test += " AND contains(lower(concat_ws(chr(10), file, \"column\", reason, hint, raw)), lower(?))"
        values.append(text)
    with Engine(case.path / "scratch", memory_limit="256MB") as engine:
        _judge(case, batches, engine)
        total = engine.run(f"SELECT count(*) FROM judged WHERE {test}", values)[0][0]
        limit = "" if most is None else f"LIMIT {int(most)}"
        rows = engine.run(
            f'SELECT file, "row", "column", reason, hint, raw FROM judged WHERE {test} '
            f'ORDER BY turn, place {limit} OFFSET {int(start)}', values,
        )
    return [Reject(*row) for row in rows], int(total)


def _judge(case: CaseFolder, batches: Sequence[Manifest], engine: Engine) -> None:
    """Fills the temporary table ``judged``: every reject with its ``state``: open, mended or again."""
    ordered = sorted(batches, key=lambda batch: (batch.created_at, _written(case, batch), batch.batch_id))
    engine.run(
        "CREATE TEMP TABLE reading (turn INTEGER, batch_id VARCHAR, source_sha256 VARCHAR, path VARCHAR, "
        "format VARCHAR, context VARCHAR, mapping VARCHAR, zone VARCHAR)"
    )
    values = [
        (turn, batch.batch_id, source.sha256, source.path, source.format, source.context, batch.mapping_sha256,
         batch.timezone)
        for turn, batch in enumerate(ordered) for source in batch.sources
    ]
    for start in range(0, len(values), 1000):
        rows = values[start : start + 1000]
        engine.run(
            f"INSERT INTO reading VALUES {', '.join(['(?, ?, ?, ?, ?, ?, ?, ?)'] * len(rows))}",
            [value for row in rows for value in row],
        )
    parts = [_rejects_of(case, batch, engine) for batch in ordered if batch.rejects is not None]
    engine.run(f"CREATE TEMP TABLE rejected AS {' UNION ALL BY NAME '.join(parts)}")
    engine.run(
        """CREATE TEMP TABLE told AS SELECT rejected.*, way.turn, way.format, way.mapping, way.zone
        FROM rejected JOIN (SELECT DISTINCT ON (batch_id, source_sha256) * FROM reading
            ORDER BY batch_id, source_sha256, context) AS way USING (batch_id, source_sha256)"""
    )
    engine.run(
        """CREATE TEMP TABLE later AS SELECT DISTINCT next.source_sha256, next.batch_id, next.turn, next.format,
            next.mapping FROM reading AS next SEMI JOIN told
            ON next.source_sha256 = told.source_sha256 AND next.turn > told.turn"""
    )
    engine.run(f"CREATE TEMP TABLE taken AS {_taken(case, engine)}")
    engine.run(
        """CREATE TEMP TABLE judged AS SELECT told.*, CASE
            WHEN EXISTS (FROM told AS other WHERE other.source_sha256 = told.source_sha256 AND other."row" = told."row"
                AND other.turn > told.turn) THEN 'again'
            WHEN EXISTS (FROM taken WHERE taken.source_sha256 = told.source_sha256 AND taken."row" = told."row"
                AND taken.turn > told.turn) THEN 'mended'
            WHEN EXISTS (FROM later WHERE later.source_sha256 = told.source_sha256 AND later.turn > told.turn
                AND later.format = told.format AND later.mapping IS NOT DISTINCT FROM told.mapping) THEN 'mended'
            ELSE 'open' END AS state
        FROM told"""
    )


def _rejects_of(case: CaseFolder, batch: Manifest, engine: Engine) -> str:
    """SQL of one batch's rejects with the hash of their source, which older files tell by its path alone."""
    assert batch.rejects is not None
    scan = parquet_scan([case.path / batch.rejects.path], options=", file_row_number = true")
    names = {name for name, _ in engine.columns(scan)}
    sha = "source_sha256"
    if sha not in names:
        # the path as it was given ends the absolute one
        sha = (
            "(SELECT arg_min(reading.source_sha256, length(path)) FROM reading "
            f"WHERE batch_id = {literal(batch.batch_id)} AND (path = file OR ends_with(path, '/' || file))) AS {sha}"
        )
    return (
        f'SELECT "table", file, "row", coalesce("column", \'\') AS "column", reason, coalesce(hint, \'\') AS hint, '
        f"coalesce(raw, '') AS raw, {sha}, file_row_number AS place, {literal(batch.batch_id)} AS batch_id FROM {scan}"
    )


def _taken(case: CaseFolder, engine: Engine) -> str:
    """SQL of the rows that later readings put into evidence: source, row and the turn of the reading."""
    turns: Mapping[str, int] = MappingProxyType(dict(engine.run("SELECT DISTINCT batch_id, turn FROM later")))
    parts = [
        f"SELECT source_sha256, \"row\", {turn} AS turn FROM {parquet_scan([path])} "
        "SEMI JOIN told USING (source_sha256, \"row\")"
        for batch_id, turn in sorted(turns.items())
        for table in STORED
        for path in case.table_files(table, (batch_id,))
    ]
    return " UNION ALL ".join(parts) or "SELECT '' AS source_sha256, 0::BIGINT AS \"row\", 0 AS turn WHERE false"


def _written(case: CaseFolder, batch: Manifest) -> int:
    """When the manifest arrived: it tells readings of one second apart."""
    return Path(case.batches, f"{batch.batch_id}.json").stat().st_mtime_ns
