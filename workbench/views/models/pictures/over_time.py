"""What came when?  Lanes of events and bars of counts, shaped as the report draws them, as rows with their labels."""

from datetime import datetime, timedelta

import pandas as pd

from workbench.language import Words
from workbench.report.pictures.shapes import Bars, Lanes
from workbench.views.models.leads.replay import after
from workbench.views.models.names import Names
from workbench.views.models.pictures.picture import Picture, told_apart


def lanes(given: Lanes, names: Names, words: Words, *, heads: tuple[str, str], caption: str) -> Picture:
    """A row an event; ``at`` is a moment, or minutes since the first of its lane; series have their ``turn``.
    ``heads``: of lanes and series.

    Labels that are ids become names; a name that two lanes have is told apart by its id.
    """
    called = told_apart(given.lanes, names)
    series = told_apart(given.series, names)
    rows = [
        (point.lane, called[point.lane], point.series, series[point.series], point.at,
         _moment(point.at) if isinstance(point.at, datetime) else after(timedelta(minutes=point.at)))
        for point in given.points
    ]
    frame = pd.DataFrame(rows, columns=["place", "lane", "turn", "series", "at", "told"])
    frame["number"] = frame.groupby("place")["at"].rank(method="first").astype(int)
    when = words.gettext("When (UTC)") if isinstance(given.points[0].at, datetime) else words.gettext("After the first")
    table = frame.sort_values(["place", "at"])[["lane", "number", "series", "told"]]
    table.columns = pd.Index([heads[0], words.gettext("Order"), heads[1], when])
    return Picture("lanes", frame, table.reset_index(drop=True), caption)


def bars(given: Bars, words: Words, *, caption: str) -> Picture:
    """A row a bar's part."""
    rows = [
        (start, f"{start:%Y-%m-%d}", name, count)
        for name, counts in given.series
        for start, count in zip(given.starts, counts, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["at", "told", "series", "count"])
    table = pd.DataFrame(
        [(f"{start:%Y-%m-%d}", *(counts[place] for _, counts in given.series))
         for place, start in enumerate(given.starts)],
        columns=[words.gettext("From (UTC)"), *(name for name, _ in given.series)],
    )
    return Picture("bars", frame, table, caption)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
