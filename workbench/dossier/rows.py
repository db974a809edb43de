"""Rows of an ibis expression as plain tuples."""

from datetime import datetime
from typing import Any

Row = tuple[Any, ...]
NEVER = datetime(1, 1, 1)  # noqa: DTZ001 - instants of evidence are naive UTC
ALWAYS = datetime(9999, 1, 1)  # noqa: DTZ001


def rows(expression: Any) -> list[Row]:
    """In the order of the expression; instants come back as naive UTC datetimes."""
    columns = expression.to_pyarrow()
    return list(zip(*(column.to_pylist() for column in columns.columns), strict=True))


def one(expression: Any) -> Row:
    """The only row of an aggregate."""
    (found,) = rows(expression)
    return found
