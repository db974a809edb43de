"""What does a page's address hold?  The case and what is open in it: reload, back, a bookmark and a second tab agree.

Widgets that filter keep themselves in the address (``bind="query-params"``); what is opened otherwise (a lead, an
account, a room, a moment) is named here.  Values from an address are untrusted texts: whoever reads one looks it up.
"""

from collections.abc import Mapping

import streamlit as st

CASE, LANGUAGE = "case", "language"
KEPT = (CASE, LANGUAGE)
"""What every screen's address carries on."""


def given(name: str) -> str | None:
    """The value that the page's address gives; None where it gives none."""
    found = st.query_params.get(name)
    return found or None


def put(**values: str | None) -> None:
    """Write values into the page's address; None takes one out.  Nothing happens where they stand there already."""
    for name, value in values.items():
        if value is None:
            if name in st.query_params:
                del st.query_params[name]
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def to(page: str, values: Mapping[str, str | None] | None = None) -> None:
    """Open another screen, with these values in its address beside what every screen carries on; does not return."""
    kept = {name: found for name in KEPT if (found := given(name))}
    wanted = {**kept, **{name: value for name, value in (values or {}).items() if value is not None}}
    st.switch_page(st.session_state["pages"][page], query_params=wanted)
