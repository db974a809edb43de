"""How does an instant arrive quickly?  The driver makes a calendar of its own of each, which takes half of a read.

What is set on here is not the driver's public interface; where it is not there, instants arrive as the driver makes
them, and ``plain`` makes them plain.  A test on both engines holds that it is there.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import neo4j

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCAL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a local moment has no zone
_ZONED, _LOCAL = (b"I", b"i"), b"d"  # Bolt's tags of instants in UTC with an offset or a zone's name, and of local ones


def plain_moments(transaction: neo4j.Transaction) -> None:
    """Have the transaction's connection read instants as datetimes from now on: aware ones in UTC, local ones naive."""
    handler: Any = getattr(getattr(transaction, "_connection", None), "hydration_handler", None)
    functions = getattr(handler, "struct_hydration_functions", {})
    if not all(tag in functions for tag in _ZONED):  # before Bolt 5 an instant came in local time
        return
    functions.update(dict.fromkeys(_ZONED, _instant))
    functions[_LOCAL] = _local


def _instant(seconds: int, nanoseconds: int, _zone: int | str) -> datetime:
    """The instant in UTC, to the microsecond."""
    return _EPOCH + timedelta(0, seconds, _microseconds(nanoseconds))


def _local(seconds: int, nanoseconds: int) -> datetime:
    return _LOCAL_EPOCH + timedelta(0, seconds, _microseconds(nanoseconds))


def _microseconds(nanoseconds: int) -> int:
    return nanoseconds // 1_000 if nanoseconds % 1_000 == 0 else round(nanoseconds / 1_000)  # half to even
