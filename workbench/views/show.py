"""How do data come onto a screen?  As plain text, always: these few functions are the only way."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
import streamlit as st

from ingest.errors import FilatureError
from workbench.plain_text import escape_markdown, plain_text
from workbench.views.language import words_here
from workbench.views.models.source_words import problem_text


def heading(title: str, about: str) -> None:
    """The page's title and the one sentence below it; both are ours, never data."""
    st.title(title, anchor=False)
    st.caption(about)


def error(problem: FilatureError) -> None:
    """What went wrong, in its one line: what, where and how to fix it."""
    st.error(escape_markdown(str(problem)))


def problem(found: FilatureError) -> None:
    """What is wrong with a source, in the words of the screen and the person's language."""
    st.error(escape_markdown(problem_text(found, words_here())))


@contextmanager
def errors() -> Iterator[None]:
    """Show what a user can cause and mend instead of breaking the page."""
    try:
        yield
    except FilatureError as problem:
        error(problem)


def fields(
    values: Mapping[str, object],
    *,
    key: str,
    names: tuple[str, str] = ("Property", "Value"),
    height: int | str = "content",
) -> None:
    """A two-column table of names and values."""
    rows = [(name, plain_text(str(value), limit=400)) for name, value in values.items()]
    st.dataframe(
        pd.DataFrame(rows, columns=list(names)),
        hide_index=True,
        key=key,
        height=height,  # type: ignore[arg-type]
        column_config={names[0]: st.column_config.TextColumn(width="small")},
    )


def figures(values: Sequence[tuple[str, int | str]]) -> None:
    """A row of bordered figures; the labels are ours."""
    for column, (label, value) in zip(st.columns(len(values)), values, strict=True):
        text = f"{value:,}" if isinstance(value, int) else escape_markdown(value)
        column.metric(label, text, border=True)


def nothing(sentence: str, *, key: str) -> None:
    """An empty state: what is missing and what to do, in our words."""
    with st.container(border=True, key=key):
        st.markdown(sentence)


def bold(title: str) -> None:
    """A small heading inside a panel; ours, or data, as plain text."""
    st.markdown(f"**{escape_markdown(title)}**")


def table(frame: pd.DataFrame, *, key: str, empty: str, height: int = 420) -> None:
    """A table of cells that are plain text already, as high as its rows up to ``height``; else the sentence."""
    if frame.empty:
        st.caption(empty)
        return
    st.dataframe(frame, hide_index=True, key=key, height=min(height, 38 + 35 * len(frame)))


def widths(frame: pd.DataFrame, pixels: Sequence[int]) -> dict[Any, Any]:
    """Columns as wide as said, in the order of the frame."""
    return {str(name): st.column_config.Column(width=width) for name, width in zip(frame, pixels, strict=True)}


def chosen_row(frame: pd.DataFrame, *, key: str, empty: str, height: int = 420) -> int | None:
    """A table of which a row is chosen by a click on any of its cells; the row's place, None before that."""
    if frame.empty:
        st.caption(empty)
        return None
    event = st.dataframe(
        frame, hide_index=True, key=key, on_select="rerun", selection_mode="single-cell",
        height=min(height, 38 + 35 * len(frame)),
    )
    cells = event.selection.cells
    return cells[0][0] if cells and cells[0][0] < len(frame) else None
