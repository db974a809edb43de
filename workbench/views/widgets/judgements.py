"""Judgements as they are read: when, status and by whom in a line, below it the reasons, whole."""

from collections.abc import Sequence

import streamlit as st

from workbench.casebook import Judgement
from workbench.plain_text import escape_markdown
from workbench.views.language import words_here
from workbench.views.models.records import judgements


def shown_judgements(history: Sequence[Judgement], *, key: str) -> None:
    """The newest first."""
    with st.container(key=key):
        for one in judgements(history, words_here()):
            with st.container(border=True, gap=None):
                st.caption(escape_markdown(one.about))
                st.text(one.reasons)
