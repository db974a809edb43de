"""How is a row cited?  By its own id; where ids do not tell rows apart, by platform, or by source and row as well."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.case_folder.manifest import Manifest
from ingest.lake.columns import LOCATED, STORED, StoredTable
from ingest.lake.engine import Engine, parquet_scan, quoted


@dataclass(frozen=True)
class Naming:
    """What a case's record ids need beside the ids of messages and reports as written, so that each names one row.

    ``across``: one id stands for rows of several platforms, all take ``PLATFORM:`` before them.  ``repeated``: tables
    where one id of one platform stands for several rows, all ids of these take ``@SOURCE-ROW`` after them.
    """

    across: bool = False
    repeated: frozenset[str] = frozenset()

    @classmethod
    def of(cls, batches: Iterable[Manifest]) -> "Naming":
        """The naming of a case with these batches."""
        listed = tuple(batches)
        return cls(
            any(batch.ids_across for batch in listed),
            frozenset(name for batch in listed for name in batch.ids_repeated),
        )


def record_sql(stored: StoredTable, naming: Naming) -> str:
    """SQL of the record id over the stored columns: the native column where that is filled, else source and row."""
    if stored.native is None:
        return LOCATED
    told = quoted(stored.native)
    if naming.across and stored.bare:
        told = f"platform || ':' || {told}"
    if stored.name in naming.repeated:
        told = f"{told} || '@' || {LOCATED}"
    return f"coalesce({told}, {LOCATED})"


def naming_of(files: Mapping[str, Sequence[Path]], before: Naming, *, platforms: int, engine: Engine) -> Naming:
    """The naming that the rows in ``files`` (by table) need, if ``before`` is that of the case without the new ones.

    Ids are looked at by their 64-bit hashes first; only where some come twice they are compared themselves.
    """
    across, repeated = before.across, set(before.repeated)
    for stored in (STORED[name] for name in files if STORED[name].bare):
        native = quoted(str(stored.native))
        filled = f"SELECT 1 FROM {parquet_scan(files[stored.name])} WHERE {native} IS NOT NULL GROUP BY"
        if not engine.run(f"{filled} hash({native}) HAVING count(*) > 1 LIMIT 1"):
            continue
        if platforms > 1 and not across:
            across = bool(engine.run(f"{filled} {native} HAVING min(platform) <> max(platform) LIMIT 1"))
        if stored.name not in repeated and engine.run(f"{filled} {native}, platform HAVING count(*) > 1 LIMIT 1"):
            repeated.add(stored.name)
    return Naming(across, frozenset(repeated))
