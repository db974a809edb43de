"""How is a picture drawn?  By matplotlib, in grey and Okabe-Ito's colours with a shape each; the same bytes each time.

Labels are text, never mathematics or markup.
"""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import cycle, islice
from typing import Any

import matplotlib as mpl
from matplotlib import dates
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from workbench.report.pictures.shapes import SERIES_COLOURS, Bars, Chart, Lanes, Matrix, Picture, Printed
from workbench.report.rendering.glyphs import drawable

WIDTH_IN = 7.0
DOTS_PER_INCH = 160
LABEL, AXIS = 30, 90
"""Characters of a name, and of an axis."""
_COLOURS = ("#D55E00", "#0072B2", "#999999", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_MARKERS = ("o", "s", "^", "D", "P", "v", ">", "<")  # as the screens have them
_HATCHES = ("", "///", "...", "xx", "++", "--", "oo", "**")
STYLE: Any = {
    "font.family": "DejaVu Sans", "font.size": 8.0, "svg.hashsalt": "filature", "svg.fonttype": "path",
    "text.parse_math": False, "axes.spines.top": False, "axes.spines.right": False, "axes.unicode_minus": True,
    "axes.edgecolor": "#444444", "hatch.linewidth": 0.5, "axes.formatter.use_mathtext": False,
}
_STEPS = (
    (0.0, "0"), (1.0, "1 min"), (5.0, "5 min"), (20.0, "20 min"), (60.0, "1 h"), (360.0, "6 h"), (1_440.0, "24 h"),
    (10_080.0, "7 × 24 h"), (43_200.0, "30 × 24 h"),
)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - instants of evidence are naive UTC
DRAWING = threading.Lock()
"""Held while matplotlib draws: its settings are the process's."""


def svg(picture: Picture) -> bytes:
    """One SVG file without date; text is drawn as outlines, so that it looks alike everywhere."""
    if isinstance(picture, Printed):
        return picture.draw("svg")
    return _saved(picture, format="svg", metadata={"Date": None, "Creator": "Filature"})


def png(picture: Picture) -> tuple[bytes, float, float]:
    """One PNG file, its width and height in inches."""
    if isinstance(picture, Printed):
        return picture.draw("png"), picture.width, picture.height
    return _saved(picture, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None}), *_size(picture)


def _saved(picture: Chart, **options: Any) -> bytes:
    stream = io.BytesIO()
    with _drawn(picture) as figure:
        figure.savefig(stream, **options)
    return stream.getvalue()


@contextmanager
def _drawn(picture: Chart) -> Iterator[Figure]:
    with DRAWING, mpl.rc_context(STYLE):
        figure = Figure(figsize=_size(picture), layout="constrained")
        axes = figure.subplots()
        if isinstance(picture, Bars):
            _bars(axes, picture)
        elif isinstance(picture, Lanes):
            _lanes(axes, picture)
        else:
            _matrix(axes, picture)
        yield figure


def _size(picture: Chart) -> tuple[float, float]:
    """Width and height in inches."""
    if isinstance(picture, Bars):
        return WIDTH_IN, 2.4
    if isinstance(picture, Lanes):
        return WIDTH_IN, 1.1 + 0.21 * len(picture.lanes) + 0.2 * ((len(picture.series) + 2) // 3)
    return WIDTH_IN, 1.5 + 0.24 * len(picture.rows)


def _bars(axes: Any, picture: Bars) -> None:
    starts = [_days(start) for start in picture.starts]
    below = [0] * len(starts)
    for (name, counts), colour, hatch in zip(picture.series, cycle(_COLOURS), cycle(_HATCHES), strict=False):
        axes.bar(
            starts, counts, width=picture.days * 0.9, bottom=below, align="edge", color=colour, hatch=hatch,
            edgecolor="white", linewidth=0.3, label=f"{_label(name)} ({sum(counts):,})".replace(",", "\u202f"),
        )
        below = [low + count for low, count in zip(below, counts, strict=True)]
    _over_time(axes)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.set_xlabel(_label(picture.x, limit=AXIS))
    axes.set_ylabel(_label(picture.y, limit=AXIS))
    _legend(axes)


def _lanes(axes: Any, picture: Lanes) -> None:
    for number, name in enumerate(picture.series):
        own = [point for point in picture.points if point.series == number]
        if not own:
            continue
        at = [point.at if isinstance(point.at, float) else _days(point.at) for point in own]
        axes.plot(
            at, [point.lane for point in own], linestyle="none", markersize=4.5, alpha=0.85, label=_label(name),
            marker=_MARKERS[number % len(_MARKERS)], color=SERIES_COLOURS[number % len(SERIES_COLOURS)],
        )
    axes.set_yticks(range(len(picture.lanes)), [_label(lane) for lane in picture.lanes])
    axes.set_ylim(len(picture.lanes) - 0.5, -0.5)
    axes.grid(axis="y", color="#dddddd", linewidth=0.5)
    axes.set_axisbelow(True)
    if isinstance(picture.points[0].at, float):
        _after_the_first(axes, max(point.at for point in picture.points if isinstance(point.at, float)))
    else:
        _over_time(axes)
    axes.set_xlabel(_label(picture.x, limit=AXIS))
    _legend(axes)


def _matrix(axes: Any, picture: Matrix) -> None:
    axes.plot(
        [column for _, column in picture.cells], [row for row, _ in picture.cells], linestyle="none", marker="s",
        markersize=7, color=_COLOURS[1],
    )
    axes.set_xticks(range(len(picture.columns)), [_label(name) for name in picture.columns], rotation=30, ha="right")
    axes.set_yticks(range(len(picture.rows)), [_label(name, limit=44) for name in picture.rows])
    axes.set_xlim(-0.5, len(picture.columns) - 0.5)
    axes.set_ylim(len(picture.rows) - 0.5, -0.5)
    axes.grid(color="#dddddd", linewidth=0.5)
    axes.set_axisbelow(True)


def _over_time(axes: Any) -> None:
    """Days in figures, which every language reads alike; days, months or years on one axis in one form, whole."""
    time: Any = dates  # the library does not type it
    locator = time.AutoDateLocator(maxticks=8)
    formats = ["%Y", "%Y-%m", "%Y-%m-%d", "%H:%M", "%H:%M", "%H:%M:%S"]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(time.ConciseDateFormatter(
        locator, formats=formats, zero_formats=[*formats[:3], "%m-%d", "%H:%M", "%H:%M"],
        offset_formats=["", "", "", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d %H:%M"],
    ))


def _after_the_first(axes: Any, longest: float) -> None:
    """Minutes to months on one scale: even below a minute, by powers above."""
    axes.set_xscale("symlog", linthresh=1.0)
    shown = [step for step in _STEPS if step[0] <= longest] or [_STEPS[0]]
    axes.set_xticks([minutes for minutes, _ in shown], [label for _, label in shown])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlim(-0.2, max(longest * 1.3, 1.5))


def _days(at: datetime) -> float:
    """Days since 1970, as the library counts time."""
    return (at - _EPOCH).total_seconds() / 86_400


def _legend(axes: Any) -> None:
    if len(axes.get_legend_handles_labels()[1]) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False, borderaxespad=0.2)


def _label(text: str, *, limit: int = LABEL) -> str:
    """What the font can draw, cut; a name that begins with ``_`` would be left out of a legend."""
    shown = "".join(islice(drawable(text), limit + 1))
    shown = shown if len(shown) <= limit else shown[: limit - 1] + "…"
    return "\u200a" + shown if shown.startswith("_") else shown
