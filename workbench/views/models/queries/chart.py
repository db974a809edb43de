"""Which columns of an answer can a chart measure, and what is drawn of them?  Values as in the table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from queries.runner import QueryResult
from queries.saved_query import Chart

Frame = pd.DataFrame
Along = Literal["nominal", "quantitative", "temporal"]
KINDS = ("bars", "line", "points")
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
    """Columns ``x`` and ``y``; ``shown`` of ``total`` rows that have both."""

    frame: pd.DataFrame
    along: Along
    shown: int
    total: int


def columns(result: QueryResult, rows: pd.DataFrame, declared: Chart | None = None) -> Columns:
    """Booleans are no measure; along the first column that is none, else along the first, unless a query says it."""
    measures = tuple(place for place in range(rows.shape[1]) if _is_number(rows.iloc[:, place]))
    others = [place for place in range(rows.shape[1]) if place not in measures]
    along, measure = others[0] if others else 0, measures[0] if measures else 0
    if declared is not None and {declared.x, declared.y} <= set(result.columns):
        place = result.columns.index(declared.y)
        if place in measures:
            return Columns(measures, result.columns.index(declared.x), place, declared.kind)
    return Columns(measures, along, measure)


def charted(result: QueryResult, rows: pd.DataFrame, kind: str, along: int, measure: int) -> Charted:
    """The rows that are drawn: all, or the largest where there are more than can be told apart."""
    values = [row[along] for row in result.rows[: len(rows)]]
    moments = bool(values) and all(isinstance(value, datetime) for value in values if value is not None)
    x = pd.to_datetime(pd.Series(values), utc=True) if moments else rows.iloc[:, along]
    number = not moments and _is_number(rows.iloc[:, along])
    frame = pd.DataFrame({"x": x.array, "y": pd.to_numeric(rows.iloc[:, measure]).array}).dropna()
    total, most = len(frame), MOST[kind]
    if total > most:
        frame = frame.loc[frame["y"].nlargest(most).index]
    if kind != "bars" and (moments or number):
        frame = frame.sort_values("x", kind="stable")
    if kind == "bars" and not moments:
        frame = frame.assign(x=frame["x"].map(str))
        return Charted(frame, "nominal", len(frame), total)
    return Charted(frame, "temporal" if moments else "quantitative" if number else "nominal", len(frame), total)


def of_several(rows: pd.DataFrame, along: int, shared: str) -> bool:
    """Do rows of the chart stand under one name for people who are told apart nowhere?"""
    return bool((rows.iloc[:, along] == shared).sum() > 1)


def _is_number(column: "pd.Series[Any]") -> bool:
    return bool(pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column))
