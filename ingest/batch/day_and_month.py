"""Would the times of a table also read with day and month exchanged?  Asked of every value, not of the first rows."""

from collections.abc import Sequence

from ingest.lake.engine import Engine, literal, quoted
from ingest.mapping import Mapping
from ingest.mapping.column_values import with_day_and_month_exchanged
from ingest.sources.reader import StagedTable


def read_both_ways(mapping: Mapping, staged: Sequence[StagedTable], engine: Engine) -> dict[tuple[str, str], int]:
    """By table and column, how many values there are where each that is a time is one both ways.

    ``staged``: one table for each of the mapping's, in their order; nothing is told of others.
    """
    found: dict[tuple[str, str], int] = {}
    if len(staged) != len(mapping.tables):
        return found
    for table, rows in zip(mapping.tables, staged, strict=True):
        for target, value in table.values.items():
            raw = f"{target}_raw"
            other = with_day_and_month_exchanged(value.time) if value.time and len(value.parts) == 1 else None
            if value.time is None or other is None or raw not in rows.columns:
                continue
            one, two = (f"try_strptime({quoted(raw)}, {literal(form)}) IS NOT NULL" for form in (value.time, other))
            both, either = engine.run(
                f"SELECT count(*) FILTER ({one} AND {two}), count(*) FILTER ({one} OR {two}) FROM {rows.relation}"
            )[0]
            if both and both == either:
                found[table.table, target] = int(both)
    return found
