"""What is a convergence before it is judged?  Its contacts, and its instants as a table to join the evidence with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import pyarrow as pa


@dataclass(frozen=True)
class Burst:
    """First contacts of different accounts to one target within a window, in time.

    ``another``: the largest number within the window's length on another day; ``seen_for_s``: how long the target had
    been seen when the first came; ``expected`` and ``q_value`` under ``ArrivalNull``.
    """

    target: str
    members: tuple[str, ...]
    records: tuple[str, ...]
    at: tuple[datetime, ...]
    answered: int
    another: int
    seen_for_s: float
    seconds: float
    expected: float
    q_value: float


def moments(rows: Sequence[tuple[str, str, datetime]], *names: str) -> Any:
    """A table of target, account and instant of the bursts, under those names."""
    columns = (pa.array([row[0] for row in rows], pa.string()), pa.array([row[1] for row in rows], pa.string()),
               pa.array([row[2] for row in rows], pa.timestamp("us")))
    return ibis.memtable(pa.table(dict(zip(names, columns, strict=True))))
