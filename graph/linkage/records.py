"""Which values do the records hold, and how often does each occur?  Values as numbers, by column."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Codes = NDArray[np.int64]
MISSING = -1


@dataclass(frozen=True)
class Column:
    """One field of all records: ``codes`` by record (-1: missing) into ``values``; ``counts``: records by value."""

    codes: Codes
    values: tuple[str, ...]
    counts: Codes

    @property
    def shares(self) -> NDArray[np.float64]:
        """By value, its share of the records that have one."""
        return np.asarray(self.counts / max(1, int(self.counts.sum())), dtype=np.float64)

    @property
    def among_others(self) -> NDArray[np.float64]:
        """By value, how many of the other records have what one record has: the chance of agreeing on it."""
        return np.asarray((self.counts - 1) / max(1, int(self.counts.sum()) - 1), dtype=np.float64)


@dataclass(frozen=True)
class Records:
    """``ids`` sorted; a record's number is its place in them."""

    ids: tuple[str, ...]
    columns: dict[str, Column]

    def __len__(self) -> int:
        return len(self.ids)


def read_records(table: Any, names: Sequence[str]) -> Records:
    """All rows of an ibis table with the text column ``id`` and the named ones; null and empty text are missing.

    Raises ValueError where an id occurs twice.
    """
    rows = table.select("id", *(table[name].cast("string").name(name) for name in names)).to_pyarrow()
    rows = rows.sort_by("id")
    ids = tuple(rows.column("id").to_pylist())
    if len(set(ids)) < len(ids) or None in ids:
        raise ValueError("every record has an id of its own")
    return Records(ids, {name: _column(rows.column(name)) for name in names})


def _column(values: pa.ChunkedArray) -> Column:
    written = values.combine_chunks()
    written = pc.if_else(pc.equal(written, ""), pa.scalar(None, pa.string()), written)
    known = tuple(sorted(value for value in pc.unique(written).to_pylist() if value is not None))
    place = {value: i for i, value in enumerate(known)}
    codes = np.array([MISSING if value is None else place[value] for value in written.to_pylist()], np.int64)
    return Column(codes, known, np.bincount(codes[codes >= 0], minlength=len(known)).astype(np.int64))
