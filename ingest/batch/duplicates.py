"""Which rows are already there?  Equal content is kept once; equal ids with different content are both kept.

Candidates are found by a 64-bit hash and settled by comparing the content itself: a hash that collides, by chance or by
design, loses no row.
"""

from collections.abc import Sequence
from pathlib import Path

from ingest.lake.columns import PROVENANCE, STORED
from ingest.lake.engine import Engine, literal, parquet_scan, quoted

# in the large tables these columns alone tell nearly all rows apart, and hashing them costs half
_TELLING = {"messages": ("message_id", "sent_at", "sender"), "sessions": ("account", "started_at")}
_NO_CONTENT = {name for name, _ in PROVENANCE} - {"attributes"}


def content_columns(table: str) -> tuple[str, ...]:
    """Stored columns that make a row what it is: all but provenance and the original texts of times."""
    return tuple(name for name, _ in STORED[table].canonical if name not in _NO_CONTENT)


def all_unlike(table: str, new: Path, engine: Engine) -> bool:
    """Has every row of ``new`` an id of its own, or where it has none other telling columns?  One pass over hashes.

    Where that holds, nothing in ``new`` is a duplicate and no id in it repeats; where not, either may be so.
    """
    stored = STORED[table]
    telling = f"hash({', '.join(quoted(name) for name in _TELLING.get(table, content_columns(table)))})"
    if stored.bare:
        native = quoted(str(stored.native))
        telling = f"CASE WHEN {native} IS NULL THEN {telling} ELSE hash({native}) END"
    rows = f"{parquet_scan([new])} WHERE row IS NOT NULL"
    return not engine.run(f"SELECT 1 FROM {rows} GROUP BY {telling} HAVING count(*) > 1 LIMIT 1")


def find_duplicates(
    table: str, new: Path, evidence: Sequence[Path], engine: Engine, *, unlike: bool = False
) -> int:
    """Fills the temporary table ``duplicate`` with ``position`` (file_row_number in ``new``) of rows to leave out.

    Among equal rows the first of the batch is kept, unless evidence has it.  Messages without an id that repeat within
    one source are different messages: there the n-th counts as the n-th, and is left out only if evidence or an earlier
    source has n of them.  ``unlike``: there is no evidence and ``all_unlike`` holds.  Returns how many were found.
    """
    names = content_columns(table)
    content = ", ".join(quoted(name) for name in names)
    key = ", ".join(quoted(name) for name in _TELLING.get(table, names))
    fresh = f"(SELECT * FROM {parquet_scan([new], options=', file_row_number = true')} WHERE row IS NOT NULL)"
    engine.run("CREATE OR REPLACE TEMP TABLE duplicate (position BIGINT)")
    if unlike:
        return 0
    engine.run(
        f"CREATE OR REPLACE TEMP TABLE suspect AS SELECT h FROM (SELECT hash({key}) AS h FROM {fresh}) "
        "GROUP BY h HAVING count(*) > 1"
    )
    if evidence:
        engine.run(
            f"INSERT INTO suspect SELECT DISTINCT old.h "
            f"FROM (SELECT hash({key}) AS h FROM {parquet_scan(evidence)}) AS old "
            f"SEMI JOIN (SELECT hash({key}) AS h FROM {fresh}) AS new ON old.h = new.h"
        )
    if not engine.run("SELECT 1 FROM suspect LIMIT 1"):
        return 0
    engine.run(
        f"CREATE OR REPLACE TEMP TABLE twin AS SELECT file_row_number AS position, source_sha256, {content} "
        f"FROM {fresh} WHERE hash({key}) IN (SELECT h FROM suspect)"
    )
    repeats = "message_id IS NULL" if table == "messages" else "false"
    engine.run(
        f"CREATE OR REPLACE TEMP TABLE numbered AS SELECT *, CASE WHEN {repeats} THEN "
        f"row_number() OVER (PARTITION BY source_sha256, {content} ORDER BY position) ELSE 1 END AS nth FROM twin"
    )
    there = "SELECT NULL::BIGINT AS times WHERE false"
    same = "true"
    if evidence:
        there = (
            f"SELECT {content}, count(*) AS times FROM {parquet_scan(evidence)} "
            f"WHERE hash({key}) IN (SELECT h FROM suspect) GROUP BY {content}"
        )
        same = " AND ".join(f"n.{quoted(name)} IS NOT DISTINCT FROM t.{quoted(name)}" for name in names)
    engine.run(
        f"""INSERT INTO duplicate
        SELECT position FROM (
            SELECT position, coalesce(nth <= times, false) AS stored,
                row_number() OVER (PARTITION BY nth, {', '.join('n.' + quoted(name) for name in names)}
                    ORDER BY position) AS occurrence
            FROM numbered AS n LEFT JOIN ({there}) AS t ON {same}
        ) WHERE stored OR occurrence > 1"""
    )
    return int(engine.run("SELECT count(*) FROM duplicate")[0][0])


def write_kept(new: Path, kept: Path, engine: Engine, *, options: str) -> None:
    """Writes the rows of ``new`` that are neither at fault nor in ``duplicate``, in their order."""
    scan = parquet_scan([new], options=", file_row_number = true")
    engine.run(
        f"COPY (SELECT n.* EXCLUDE (file_row_number) FROM {scan} AS n ANTI JOIN duplicate AS d "
        f"ON n.file_row_number = d.position WHERE n.row IS NOT NULL) TO {literal(str(kept))} ({options})"
    )
