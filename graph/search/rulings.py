"""What tells the ages of these accounts, from when until when?  Read once from every text, then kept in the index."""

from collections.abc import Iterable

import pyarrow as pa

from graph.detect.minors import INTERVALS
from graph.search.index import SearchIndex
from graph.search.minors import looked_up
from graph.search.tables import RULING


def rulings(index: SearchIndex, accounts: Iterable[str]) -> pa.Table:
    """Rows of ``graph.detect.minors.minority`` on these accounts."""
    found = looked_up(index, f"SELECT {', '.join(RULING.names)} FROM ruling WHERE account", accounts)
    columns = zip(*found, strict=True) if found else [() for _ in RULING]
    arrays = [pa.array(values, item.type) for values, item in zip(columns, RULING, strict=True)]
    return pa.Table.from_arrays(arrays, schema=RULING).cast(INTERVALS)
