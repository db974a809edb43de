"""How is a picture of a lead drawn?  By Vega-Lite, which Streamlit brings along: shapes plus colours, names as text.

Nothing is fetched: rows travel inside the chart, no mark shows an image and no text is a link.
"""

import math
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from workbench.report.pictures.shapes import SERIES_COLOURS
from workbench.views import show
from workbench.views.language import _
from workbench.views.models.pictures.picture import Picture, Shape

_MINORS, _ADULTS, _UNKNOWN = "#D55E00", "#1F86C8", "#7A8594"  # each seen on a light and on a dark page
_CELL = "#0072B2"  # under white figures
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
_ADULT_AGE = 18
_AGES = (10, 14, 18, 25, 35, 45, 55, 65, 75)
_MINUTES = (0, 1, 5, 20, 60, 360, 1_440, 10_080, 43_200)
_IN_WORDS = (
    "datum.value < 60 ? datum.value + ' min' : datum.value < 1440 ? datum.value / 60 + ' h'"
    " : datum.value / 1440 + ' × 24 h'"
)
_SECONDS_A_DAY = 86_400
_SECONDS = (  # between two moments on an axis
    *(60 * minutes for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 720)),
    *(_SECONDS_A_DAY * days for days in (1, 2, 7, 14, 28, 91, 182, 365, 730, 3_650)),
)
_MOST_TICKS = 4
_FLUSH = 40  # pixels from an end of the axis within which a moment stands inside it, whole
_APART = 0.13  # of the axis, between two of its words
_SHORT = 20  # letters of a name of which three stand beside each other in a legend
_ROW, _AROUND = 22, 96  # pixels of a lane; of legend and axis, which the height holds as well
_HEAD_LETTER, _BESIDE_ROWS = 5.6, 36  # pixels of a letter of a head that stands upright, and around heads and rows
_LEAST_ROW, _LANES_HIGH = 13, 330  # many lanes stand closer, so that a picture is seen without scrolling


def chart(picture: Picture) -> Any:
    """The chart of a picture, as wide as its place, to be told as one image: its table stands below."""
    draw = {"ages": _ages, "lanes": _lanes, "bars": _bars, "pairs": _pairs, "tree": _tree}[picture.shape]
    return draw(picture.frame)


def in_words(shape: Shape) -> str:
    """What a picture of that shape is, for those who do not see it; its table stands below it."""
    told: Mapping[Shape, str] = {
        "ages": _("Dots over time, one a person, as high as the age"),
        "lanes": _("Events over time, one line each"),
        "bars": _("Counts over time, by age"),
        "pairs": _("Pairs of accounts against kinds of evidence"),
        "tree": _("Holdings as a tree"),
    }
    return told[shape]


def _ages(frame: pd.DataFrame) -> Any:
    below = int(frame["height"].min())
    unknown = bool(frame["unknown"].any())
    groups = [_("minors"), _("adults"), _("age unknown")]
    ticks = [below] * unknown + [age for age in _AGES if below < age <= frame["height"].max() + 3]
    word = _quoted(_("unknown"))
    label = f"datum.value === {below} ? '{word}' : datum.value" if unknown else "datum.value"
    base = alt.Chart(_utc(frame))
    dots = base.mark_point(aria=False, size=46, strokeWidth=1.8, opacity=0.9).encode(
        x=alt.X("at:T", title=None, scale=alt.Scale(type="utc"), axis=_days(frame)),
        y=alt.Y(
            "height:Q", title=_("Age then"), scale=alt.Scale(zero=False, nice=False, padding=8),
            axis=alt.Axis(values=ticks, labelExpr=label, labelOverlap=False, grid=False),
        ),
        color=alt.Color(
            "group:N", title=None, sort=groups, scale=alt.Scale(domain=groups, range=[_MINORS, _ADULTS, _UNKNOWN]),
            legend=alt.Legend(orient="top"),
        ),
        shape=alt.Shape(
            "group:N", title=None, sort=groups, scale=alt.Scale(domain=groups, range=list(_SHAPES[:3])), legend=None
        ),
        fill=alt.condition(
            alt.FieldOneOfPredicate(field="cited", oneOf=[_("cited by the lead")]),
            alt.Fill("group:N", scale=alt.Scale(domain=groups, range=[_MINORS, _ADULTS, _UNKNOWN]), legend=None),
            alt.value("transparent"),
        ),
        tooltip=[alt.Tooltip("told:N", title=_("When (UTC)")), alt.Tooltip("who:N", title=_("Who")),
                 alt.Tooltip("age:N", title=_("Age then")),
                 alt.Tooltip("cited:N", title=_("Cited"))],
    )
    line = alt.Chart(pd.DataFrame({"of_age": [_ADULT_AGE]})).mark_rule(
        aria=False, strokeDash=[4, 3], color=_UNKNOWN,
    ).encode(y="of_age:Q")
    return (line + dots).properties(height=300)


def _lanes(frame: pd.DataFrame) -> Any:
    moments = pd.api.types.is_datetime64_any_dtype(frame["at"])
    order = list(dict.fromkeys(frame.sort_values("place")["lane"]))
    series = list(dict.fromkeys(frame.sort_values("turn", kind="stable")["series"]))
    if moments:
        x = alt.X("at:T", title=None, scale=alt.Scale(type="utc"), axis=_days(frame))
    else:
        longest = float(frame["at"].max())
        x = alt.X(
            "at:Q", title=_("after the first, in ever wider steps"),
            scale=alt.Scale(type="symlog", constant=1, domainMin=0, nice=False),
            axis=alt.Axis(values=_steps(longest), labelExpr=_IN_WORDS, labelOverlap=False),
        )
    row = max(_LEAST_ROW, min(_ROW, _LANES_HIGH // len(order)))
    # not flush: the first and the last name would leave the line of their marks
    labels = alt.Axis(labelLimit=170, labelOverlap=False, labelFontSize=min(11, row - 3), labelFlush=False)
    y = alt.Y("lane:N", title=None, sort=order, axis=labels)
    base = alt.Chart(_utc(frame) if moments else frame)
    legend = _legend(series)
    gaps = base.mark_rule(aria=False, color=_UNKNOWN, opacity=0.5).encode(
        y=y, x=alt.X(f"min(at):{'T' if moments else 'Q'}"), x2="max(at)",
    )
    dots = base.mark_point(aria=False, size=58 if row == _ROW else 36, filled=True, opacity=0.9).encode(
        x=x, y=y,
        color=alt.Color("series:N", title=None, sort=series, scale=_cycled(SERIES_COLOURS, series), legend=legend),
        shape=alt.Shape("series:N", title=None, sort=series, scale=_cycled(_SHAPES, series), legend=legend),
        tooltip=[alt.Tooltip("lane:N", title=_("Line")), alt.Tooltip("series:N", title=_("Who or what")),
                 alt.Tooltip("number:Q", title=_("Order")), alt.Tooltip("told:N", title=_("When"))],
    )
    return (gaps + dots).properties(height=row * len(order) + _AROUND)


def _bars(frame: pd.DataFrame) -> Any:
    series = list(dict.fromkeys(frame["series"]))
    return alt.Chart(_utc(frame)).mark_bar(aria=False).encode(
        x=alt.X("yearmonth(at):T", title=None, scale=alt.Scale(type="utc"), axis=_days(frame)),
        y=alt.Y("count:Q", title=_("People"), axis=alt.Axis(tickMinStep=1)),
        color=alt.Color(
            "series:N", title=None, sort=series, legend=_legend(series),
            scale=alt.Scale(domain=series, range=[_MINORS, _ADULTS, _UNKNOWN][: len(series)]),
        ),
        tooltip=[alt.Tooltip("told:N", title=_("From (UTC)")), alt.Tooltip("series:N", title=_("Group")),
                 alt.Tooltip("count:Q", title=_("People"))],
    ).properties(height=220)


def _pairs(frame: pd.DataFrame) -> Any:
    pairs = list(dict.fromkeys(frame.sort_values("row")["pair"]))
    families = list(dict.fromkeys(frame.sort_values("column")["family"]))
    # upright and whole: aslant they lay over each other, and long ones were cut
    heads = alt.Axis(orient="top", labelAngle=-90, labelLimit=0, labelOverlap=False, labelFlush=False)
    high = round(_HEAD_LETTER * max(map(len, families))) + _BESIDE_ROWS
    base = alt.Chart(frame).encode(
        x=alt.X("family:N", title=None, sort=families, axis=heads),
        y=alt.Y("pair:N", title=None, sort=pairs, axis=alt.Axis(labelLimit=285, labelOverlap=False, labelFlush=False)),
        tooltip=[alt.Tooltip("pair:N", title=_("Pair")), alt.Tooltip("family:N", title=_("Evidence")),
                 alt.Tooltip("number:Q", title=_("In common"))],
    )
    cells = base.mark_rect(aria=False, stroke="white", strokeWidth=1, color=_CELL)
    figures = base.mark_text(aria=False, color="white", fontWeight=600).encode(text=alt.Text("number:Q", format=","))
    return (cells + figures).properties(height=_ROW * len(pairs) + high)


def _tree(frame: pd.DataFrame) -> Any:
    deep = max(int(frame["depth"].max()), 1)
    x_scale, y_scale = alt.Scale(domain=[-0.3, deep + 4.5]), alt.Scale(domain=[-0.6, len(frame) - 0.4], reverse=True)
    x = alt.X("depth:Q", scale=x_scale, axis=None)
    y = alt.Y("row:Q", scale=y_scale, axis=None)
    held = alt.Chart(frame[frame["row"] > 0])
    whose = [_("the owner of the lead"), _("others")]
    down = held.mark_rule(aria=False, color=_UNKNOWN).encode(
        x=alt.X("from_depth:Q", scale=x_scale, axis=None), y=alt.Y("below:Q", scale=y_scale, axis=None), y2="row"
    )
    across = held.mark_rule(aria=False, color=_UNKNOWN).encode(
        x=alt.X("from_depth:Q", scale=x_scale, axis=None), x2="depth", y=y
    )
    base = alt.Chart(frame).encode(x=x, y=y, tooltip=[alt.Tooltip("label:N", title=_("Holding"))])
    colour = alt.Color("who:N", title=None, sort=whose, scale=alt.Scale(domain=whose, range=[_MINORS, _ADULTS]),
                       legend=alt.Legend(orient="top"))
    shape = alt.Shape("who:N", title=None, sort=whose, scale=alt.Scale(domain=whose, range=["diamond", "circle"]),
                      legend=alt.Legend(orient="top"))
    dots = base.mark_point(aria=False, size=70, filled=True, opacity=1).encode(color=colour, shape=shape)
    # a neutral grey that stands on both themes
    names = base.mark_text(aria=False, align="left", dx=9, limit=420, color=_UNKNOWN).encode(text="label:N")
    return (down + across + dots + names).properties(height=(_ROW + 4) * len(frame) + _AROUND // 2)


def _utc(frame: pd.DataFrame) -> pd.DataFrame:
    """Moments as UTC, or a browser elsewhere would shift them."""
    return frame.assign(at=pd.to_datetime(frame["at"], utc=True))


def _steps(longest: float) -> list[int]:
    """Those of the steps that have room for their words beside each other: every line that is drawn is named."""
    found: list[int] = []
    for step in _MINUTES:
        apart = math.log1p(step) - math.log1p(found[-1]) if found else math.inf
        if step <= longest and apart >= _APART * math.log1p(longest):
            found.append(step)
    return found or [0]


def _days(frame: pd.DataFrame) -> alt.Axis:
    """Few round moments, all of them named."""
    first, last = (pd.Timestamp(at).timestamp() for at in (frame["at"].min(), frame["at"].max()))
    step = next((step for step in _SECONDS if (last - first) / step <= _MOST_TICKS), _SECONDS[-1])
    ticks = range(math.ceil(first / step) * step, math.floor(last) + 1, step)
    form = show.DAY if last - first >= 3 * _SECONDS_A_DAY else "%-d %b, %H:%M"
    moments = [show.moment(tick) for tick in ticks] or [show.moment(first)]
    return alt.Axis(format=form, labelOverlap=False, labelFlush=_FLUSH, values=moments)


def _legend(series: list[str]) -> alt.Legend | None:
    """Names are whole: fewer stand beside each other where they are long."""
    columns = 3 if max(map(len, series), default=0) <= _SHORT else 2
    return alt.Legend(orient="top", columns=columns, labelLimit=260) if len(series) > 1 else None


def _cycled(values: tuple[str, ...], series: list[str]) -> alt.Scale:
    return alt.Scale(domain=series, range=[values[place % len(values)] for place in range(len(series))])


def _quoted(word: str) -> str:
    """A word of ours inside an expression."""
    return word.replace("\\", "").replace("'", "’")
