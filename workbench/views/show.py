"""How do data come onto a screen?  As plain text, always: these few functions are the only way."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st
from pandas.api.types import is_bool_dtype, is_datetime64_any_dtype, is_integer_dtype, is_numeric_dtype
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator

from ingest.errors import FilatureError
from workbench.plain_text import escape_markdown, plain_text
from workbench.views.language import _, words_here
from workbench.views.models.faults.errors import error_sentence

_ROW, _HEAD = 31, 34  # pixels of a table's row and head in this theme
LINES = 58
"""Pixels of a row whose cells are written over up to three lines; in lower ones they are cut."""
SIX_LINES = 112
DAY = "%-d %b %Y"
"""How a chart writes a day, as sentences do; its names of months are those of the screen's language."""
_OPEN = "rgba(0, 114, 178, 0.28)"  # the ground of an open row, on a light page and on a dark one
_NAMES, _LETTER, _BESIDE = 140, 6.2, 16  # pixels of a column of properties' names at most, of a letter, beside a text
_FIGURE = 7.1  # of a digit, of which moments are made
_MOMENT = 28  # characters: as long as a moment, longer than most values
_MOST_WRITTEN = 100_000  # cells of a table whose numbers are written by the language; a larger one shows them bare


def heading(title: str, about: str) -> None:
    """The page's title and the one sentence below it; both are ours, never data."""
    st.title(title, anchor=False)
    st.caption(about)


def error(problem: FilatureError) -> None:
    """What went wrong, in one line of the person's language: where, what and how to mend it."""
    st.error(escape_markdown(error_sentence(problem, words_here())))


@contextmanager
def errors() -> Iterator[None]:
    """Show what a user can cause and mend instead of breaking the page."""
    try:
        yield
    except FilatureError as problem:
        error(problem)


def written(frame: pd.DataFrame) -> pd.DataFrame | Styler:
    """The table with numbers and moments written by the screen's language; they sort as what they are.

    Streamlit itself would write them by the browser's language, whatever that of the screen is.
    """
    words = words_here()
    columns = [(name, column) for name, column in frame.items() if not is_bool_dtype(column)]
    writers: dict[Any, str | Callable[[Any], str] | None] = {}
    writers |= {name: words.figure for name, column in columns if is_numeric_dtype(column) and not _plain(column)}
    writers |= {name: words.instant for name, column in columns if is_datetime64_any_dtype(column)}
    if not writers or frame.size > _MOST_WRITTEN or not frame.columns.is_unique:
        return frame
    return frame.style.format(writers, na_rep="")


def marked(frame: pd.DataFrame, place: int | None) -> pd.DataFrame | Styler:
    """The table with the row at that place, which is open beside it, on a ground of its own."""
    if place is None or frame.size > _MOST_WRITTEN:
        return frame
    row = pd.IndexSlice[[place], :]
    return frame.style.apply(lambda cells: [f"background-color: {_OPEN}"] * len(cells), axis=1, subset=row)


def begin_at(key: str, place: int | None, column: object, *, alone: bool = False) -> None:
    """Have keys move in the table of that key, yet to be drawn, from the row at that place, which is open beside it;
    None: no row is.

    Where rows are ticked nothing is done: a cell that is chosen by a key takes their ticks off.  ``alone``: the open
    row alone may be ticked; where the list has changed a tick stays at its place, and goes.
    """
    chosen = st.session_state[key]["selection"] if key in st.session_state else {"rows": [], "cells": []}
    begin = [] if place is None else [(place, str(column))]
    stale = alone and list(chosen["rows"]) not in ([], [place])
    if not stale and (chosen["rows"] or [row for row, _name in chosen["cells"]] == [row for row, _name in begin]):
        return
    st.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": begin}}


def _plain(column: pd.Series) -> bool:
    """Whole numbers that every language writes alike: writing 5,000 rows would be most of a click's time."""
    return is_integer_dtype(column) and bool(column.between(-999, 999).all())


def height_of(rows: int, *, most: int, row: int = _ROW) -> int | Literal["content"]:
    """As high as its rows of ``row`` pixels, up to ``most`` pixels."""
    return "content" if _HEAD + row * rows <= most else most


def fields(
    values: Mapping[str, object],
    *,
    key: str,
    names: tuple[str, str] = ("Property", "Value"),
    height: int | str = "content",
) -> None:
    """A two-column table of names and values; names take no more room than they need, so that moments stand whole."""
    rows = [(name, plain_text(str(value), limit=400)) for name, value in values.items()]
    longest, value = (max(map(len, texts)) for texts in zip(names, *rows, strict=True))
    widths = {names[0]: min(_NAMES, _pixels(longest))}
    if value <= _MOMENT:  # Streamlit would take the width of the first few
        widths[names[1]] = _pixels(value, each=_FIGURE)
    st.dataframe(
        pd.DataFrame(rows, columns=list(names)),
        hide_index=True,
        key=key,
        height=height,  # type: ignore[arg-type]
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
    )


def _pixels(letters: int, *, each: float = _LETTER) -> int:
    return round(each * letters + _BESIDE)


def figures(values: Sequence[tuple[str, int | str | None]]) -> tuple[Callable[[int | str], None], ...]:
    """A row of bordered figures; the labels are ours.  For each None a function that fills it in once it is known."""
    later = []
    for column, (label, value) in zip(st.columns(len(values)), values, strict=True):
        place = column.empty()
        filled = partial(_figure, place, label)
        if value is None:
            place.metric(label, "…", border=True)
            later.append(filled)
        else:
            filled(value)
    return tuple(later)


def _figure(place: DeltaGenerator, label: str, value: int | str) -> None:
    text = words_here().number(value) if isinstance(value, int) else escape_markdown(value)
    place.metric(label, text, border=True)


def moment(seconds: float) -> alt.DateTime:
    """A place on a chart's axis; of the epoch, in UTC, to the minute."""
    at = datetime.fromtimestamp(seconds, UTC)
    return alt.DateTime(year=at.year, month=at.month, date=at.day, hours=at.hour, minutes=at.minute, utc=True)


def chart(drawn: alt.Chart, *, key: str, about: str, as_image: bool = False) -> None:
    """A chart whose dates and numbers are written by the screen's language; ``about`` is told in its place.

    ``as_image``: it is told as one image, whose marks say nothing of themselves (each is drawn with ``aria=False``).
    """
    spoken = drawn.configure(locale=words_here().chart_locale, aria=not as_image)
    st.altair_chart(spoken, key=key, alt=about)


def nothing(sentence: str, *, key: str) -> None:
    """An empty state: what is missing and what to do, in our words."""
    with st.container(border=True, key=key):
        st.markdown(sentence)


def bold(title: str) -> None:
    """A small heading inside a panel; ours, or data, as plain text."""
    st.markdown(f"**{escape_markdown(title)}**")


def table(
    frame: pd.DataFrame, *, key: str, empty: str, height: int = 420, pixels: Sequence[int | None] = (),
    row: int = _ROW,
) -> None:
    """A table of cells that are plain text already, as high as its rows up to ``height``; else the sentence.

    ``pixels``: the least width of each column, where those that its cells ask for do not fit beside each other;
    ``row``: those of a row, in a higher one cells are written over lines where one is longer than its column.
    """
    if frame.empty:
        st.caption(empty)
        return
    row = as_high_as_needed(frame, pixels, row)
    st.dataframe(
        written(frame), hide_index=True, key=key, height=height_of(len(frame), most=height, row=row), placeholder="",
        row_height=row if row != _ROW else None, column_config=widths(frame, pixels) if pixels else None,
    )


def as_high_as_needed(frame: pd.DataFrame, pixels: Sequence[int | None], row: int) -> int:
    """``row``, or the pixels of a row of one line where every text stands in one within its column."""
    if row == _ROW or not pixels:
        return row
    for (_name, column), width in zip(frame.items(), pixels, strict=True):
        if is_numeric_dtype(column) or is_datetime64_any_dtype(column) or width is None:
            continue
        texts = column.astype(str)
        if texts.str.contains("\n").any() or _pixels(int(texts.str.len().max()), each=_FIGURE) > width:
            return row
    return _ROW


def widths(frame: pd.DataFrame, pixels: Sequence[int | None]) -> dict[Any, Any]:
    """Columns as wide as said, in the order of the frame; None: as its cells ask for."""
    return {str(name): st.column_config.Column(width=width) for name, width in zip(frame, pixels, strict=True)}


def chosen_row(
    frame: pd.DataFrame, *, key: str, empty: str, height: int = 420, pixels: Sequence[int] = (), row: int = _ROW
) -> int | None:
    """A table of which a row is chosen by a click on any of its cells; the row's place, None before that.

    ``row``: pixels of a row; in a higher one cells are written over lines where one is longer than its column.
    """
    if frame.empty:
        st.caption(empty)
        return None
    row = as_high_as_needed(frame, pixels, row)
    with st.container(key=key):
        # a place is that of a row in this very list: where the list changes, nothing is chosen in it yet
        event = st.dataframe(
            written(frame), hide_index=True, key=f"{key}_{_digest(frame)}", on_select="rerun",
            selection_mode="single-cell", height=height_of(len(frame), most=height, row=row), placeholder="",
            row_height=row if row != _ROW else None, column_config=widths(frame, pixels) if pixels else None,
        )
    cells = event.selection.cells
    return cells[0][0] if cells and cells[0][0] < len(frame) else None


def opened_row(
    frame: pd.DataFrame, *, key: str, empty: str, height: int = 420, pixels: Sequence[int] = (),
    opens: Callable[[int], bool] = lambda _place: True,
) -> int | None:
    """A table of which a row is opened: its place once it is to be, None before that.

    A click opens at once.  The cell that a key reaches is not yet what somebody wants to open: a button below opens
    it.  ``opens``: does the row of that place lead anywhere?
    """
    place = chosen_row(frame, key=key, empty=empty, height=height, pixels=pixels)
    if place is None or not opens(place):
        return None
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_chosen"):
        pressed = st.button(_("Open"), key=f"{key}_open", type="primary")
        st.text(" · ".join(str(cell) for cell in frame.iloc[place, :2] if str(cell)))
        st.html(
            f"<script>/* {_digest(frame)} {place} */ if (window.filatureByPointer?.()) requestAnimationFrame(() => "
            f"document.querySelector('.st-key-{key}_open button')?.click());</script>",
            unsafe_allow_javascript=True,
        )
    return place if pressed else None


def chosen_rows(frame: pd.DataFrame, *, key: str, empty: str, height: int = 420) -> list[int]:
    """A table of which rows are chosen by their boxes; their places in this very list."""
    if frame.empty:
        st.caption(empty)
        return []
    event = st.dataframe(
        written(frame), hide_index=True, key=f"{key}_{_digest(frame)}", on_select="rerun", selection_mode="multi-row",
        height=height_of(len(frame), most=height), placeholder="",
    )
    return [row for row in event.selection.rows if row < len(frame)]


def bring_into_view(selector: str, *, once: object, below: int | None = None, above: bool = False) -> None:
    """Have the browser scroll to the first such thing of the page; again only for another ``once``, which is ours.

    ``below``: only where it begins so many pixels above the window's lower edge, or farther down.  ``above``: only
    where it begins above the window, which then begins with it.
    """
    top = "thing.getBoundingClientRect().top"
    away = f"{top} < 0" if above else "true" if below is None else f"{top} > window.innerHeight - {below}"
    block = "start" if above else "center"
    st.html(
        f"<script>/* {once} */ requestAnimationFrame(() => {{ const thing = document.querySelector('{selector}'); "
        f"if (thing && {away}) thing.scrollIntoView({{block: '{block}'}}); }});</script>",
        unsafe_allow_javascript=True,
    )


def begin_in(selector: str) -> None:
    """Have whoever opens a panel over the page begin in its first field: the panel lies at the page's end, and by
    keyboard all that stands behind it would come first.  To be drawn within the panel, and so read as it opens."""
    fields = f"{selector} :is([role=radio], input, textarea)"
    st.html(
        f"<script>requestAnimationFrame(() => document.querySelector('{fields}')?.focus());</script>",
        unsafe_allow_javascript=True,
    )


def go_on_at(selectors: Sequence[str], *, once: object) -> None:
    """Have keys go on from the first of these, in their order, that is on the page, where what had the focus has left
    it; again only for another ``once``, which is ours.  It is awaited for a while: what goes may go later than this is
    read, and what comes, come later.  Whoever went elsewhere by then stays there.
    """
    st.html(
        f"<script>/* {once} */ (() => {{ const places = {json.dumps(list(selectors))}; let lost = 0;"
        "const reach = (left) => { lost = document.activeElement === document.body ? lost + 1 : 0;"
        "const place = places.map((one) => document.querySelector(one)).find(Boolean);"
        "if (lost > 1 && place) place.focus(); else if (left) setTimeout(reach, 50, left - 1); }; reach(40); })();"
        "</script>",
        unsafe_allow_javascript=True,
    )


def bring_row_into_view(selector: str, row: int, *, once: object) -> None:
    """Have the first table within such a thing scroll to its row of that number where it does not show it; again only
    for another ``once``, which is ours.  The table may be drawn later than this is read: it is awaited for a while.
    """
    st.html(
        f"<script>/* {once} */ (() => {{ const reach = (left) => {{"
        f"const box = document.querySelector('{selector} .dvn-scroller'), top = {row * _ROW};"
        "if (!box || !box.clientHeight) { if (left) setTimeout(reach, 100, left - 1); return; }"
        f"const room = box.clientHeight - {_HEAD};"
        f"if (top < box.scrollTop || top + {_ROW} > box.scrollTop + room) box.scrollTop = Math.max(0, top - room / 2);"
        "}; reach(50); })();</script>",
        unsafe_allow_javascript=True,
    )


def _digest(frame: pd.DataFrame) -> str:
    hashed = sha256(repr(list(frame.columns)).encode())
    hashed.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return hashed.hexdigest()[:12]
