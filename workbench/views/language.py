"""The language of this session's screens: chosen in the sidebar, kept in the page's address."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from graph.detect.wordings import LANGUAGES, Language
from workbench.language import Words, words
from workbench.views.models.names import Said

KEY = "language"


def language() -> Language:
    """The language chosen in this session, before any choice that of the page's address, else the first."""
    chosen = st.session_state.get(KEY) or st.query_params.get(KEY)
    return next((known for known in LANGUAGES if known == chosen), LANGUAGES[0])


def words_here() -> Words:
    """The messages of this session's language."""
    return words(language())


def _(message: str, **values: object) -> str:
    """A message in this session's language; see ``workbench.language.Words.gettext``."""
    return words_here().gettext(message, **values)


def minor_here() -> Said:
    """What masks say of a minor; English where no session asks."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return Said()
    return Said.of(words_here())


def ngettext(one: str, other: str, number: int, **values: object) -> str:
    """A message whose form follows a number; see ``workbench.language.Words.ngettext``."""
    return words_here().ngettext(one, other, number, **values)
