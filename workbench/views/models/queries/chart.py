"""Which columns of an answer can a chart measure, and what is drawn of them?  Values as in the table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from queries.runner import QueryResult
from queries.saved_query import Chart

Frame = pd.DataFrame
Column = pd.Series
Along = Literal["nominal", "quantitative", "temporal"]
KINDS = ("bars", "line", "points")
MOST_COLOURS = 7
"""More names than there are colours are not told apart."""
_COUNTS = ("n", "count", "count(*)", "number", "total")
"""What people call a column that counts."""
MOST = {"bars": 60, "line": 5_000, "points": 5_000}


@dataclass(frozen=True)
class Columns:
    """Places of the columns that hold numbers; what is drawn at first: which of them, along which, in which way."""

    measures: tuple[int, ...]
    along: int
    measure: int = 0
    kind: str = KINDS[0]


@dataclass(frozen=True)
class Charted:
    """Columns ``x`` and ``y``; ``shown`` of ``total`` rows that have both.

    ``repeats``: several rows have the same ``x``; ``by`` is the place of the column that tells them apart, whose names
    stand in the column ``by``, None where none does or too many names would.
    """

    frame: pd.DataFrame
    along: Along
    shown: int
    total: int
    repeats: bool = False
    by: int | None = None


def columns(result: QueryResult, rows: pd.DataFrame, declared: Chart | None = None) -> Columns:
    """Booleans are no measure.  Unless a query says it, the measure is the last column that is called a count, else the
    last of numbers; along it the first that is none of numbers, else the first other one.
    """
    measures = tuple(place for place in range(rows.shape[1]) if _is_number(rows.iloc[:, place]))
    if declared is not None and {declared.x, declared.y} <= set(result.columns):
        place = result.columns.index(declared.y)
        if place in measures:
            return Columns(measures, result.columns.index(declared.x), place, declared.kind)
    counts = [place for place in measures if result.columns[place].casefold() in _COUNTS]
    measure = (counts or measures or (0,))[-1]
    others = [place for place in range(rows.shape[1]) if place != measure]
    along = next((place for place in others if place not in measures), others[0] if others else 0)
    return Columns(measures, along, measure)


def charted(
    result: QueryResult, rows: pd.DataFrame, kind: str, along: int, measure: int,
    number: Callable[[float], str] = str,
) -> Charted:
    """The rows that are drawn: all, or the largest where there are more than can be told apart.

    ``number`` writes a number that names something.  Rows of one name are told apart by the first other column.
    """
    values = [row[along] for row in result.rows[: len(rows)]]
    moments = bool(values) and all(isinstance(value, datetime) for value in values if value is not None)
    numbers = not moments and _is_number(rows.iloc[:, along])
    x = pd.to_datetime(pd.Series(values), utc=True) if moments else rows.iloc[:, along]
    frame = pd.DataFrame({"x": x.array, "y": pd.to_numeric(rows.iloc[:, measure]).array}).dropna()
    total, most = len(frame), MOST[kind]
    if total > most:
        frame = frame.loc[frame["y"].nlargest(most).index]
    if numbers or (moments and kind != "bars"):
        frame = frame.sort_values("x", kind="stable")
    repeats = bool(frame["x"].duplicated().any())
    by = next((place for place in range(rows.shape[1]) if place not in (along, measure)), None) if repeats else None
    if by is not None:
        names = _named(rows.iloc[:, by], number).loc[frame.index]
        by = by if names.nunique() <= MOST_COLOURS else None
        frame = frame.assign(by=names)
    if kind == "bars" and not moments:
        frame = frame.assign(x=_named(frame["x"], number))
        return Charted(frame, "nominal", len(frame), total, repeats, by)
    shape: Along = "temporal" if moments else "quantitative" if numbers else "nominal"
    return Charted(frame, shape, len(frame), total, repeats, by)


def is_whole(column: "pd.Series[Any]") -> bool:
    """Are all its numbers whole?"""
    return _is_number(column) and bool((column.dropna() % 1 == 0).all())


def of_several(rows: pd.DataFrame, along: int, shared: str) -> bool:
    """Do rows of the chart stand under one name for people who are told apart nowhere?"""
    return bool((rows.iloc[:, along] == shared).sum() > 1)


def _named(column: "pd.Series[Any]", number: Callable[[float], str]) -> "pd.Series[Any]":
    """Each value as a name: a whole number among others that are none is a float in a table."""
    return column.map(lambda value: "–" if pd.isna(value) else number(value)) if _is_number(column) else column.map(str)


def _is_number(column: "pd.Series[Any]") -> bool:
    return bool(pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column))
