"""Which page of a long table is open?  Nothing is cut: the number of rows and the way to all of them stand above it."""

import streamlit as st

from workbench.views.language import _


def page_of(total: int, *, size: int, key: str, page: int | None = None) -> int:
    """The number (from 0) of the first row of the chosen page; says how many rows there are where one page holds less.

    ``page``: (from 1) opened in place of the one that is open, which stays open while other screens are looked at.
    """
    pages, left = -(-total // size), f"{key}_left"
    if pages <= 1:
        return 0
    if key not in st.session_state:  # a screen that is left takes its fields with it
        page = page or st.session_state.get(left)
    if page is not None or st.session_state.get(key, 1) > pages:
        st.session_state[key] = min(max(page or 1, 1), pages)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = int(st.number_input(_("Page"), 1, pages, key=key, width=150))
        st.text(_("{first} to {last} of {total}", first=(number - 1) * size + 1, last=min(number * size, total),
                  total=total))
    st.session_state[left] = number
    return (number - 1) * size
