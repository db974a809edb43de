"""How do columns of the engine become arrays, and arrays a table that the engine joins with?"""

from collections.abc import Iterable
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def arrays(expression: Any) -> dict[str, Ints]:
    """The columns of a table as ``numbers_of`` gives them, in no particular order of rows."""
    table = expression.to_pyarrow()
    return {name: numbers_of(table[name]) for name in table.column_names}


def numbers_of(column: pa.ChunkedArray) -> Ints:
    """Whole numbers; booleans as 0 and 1, instants as microseconds since 1970, nulls as 0."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us"), safe=False)
    return np.asarray(column.cast(pa.int64()).fill_null(0).to_numpy(), dtype=np.int64)


def listed(**columns: Iterable[str] | NDArray[Any]) -> Any:
    """A small table of these columns, to join with: whatever an array holds, else texts."""
    return ibis.memtable(pa.table({
        name: pa.array(column) if isinstance(column, np.ndarray) else pa.array(list(column), pa.string())
        for name, column in columns.items()
    }))
