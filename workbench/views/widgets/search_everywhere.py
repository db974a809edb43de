"""One search on every screen: what a hit opens.  The box and the first hits stand in the sidebar."""

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from workbench.views.navigation import address
from workbench.views.widgets.entity_picker import hits, search_box

FIRST = 5
_PICKED = "search_picked"
OPENS = {
    "Account": ("Account", "account"),
    "Room": ("Room", "room"),
    "Company": ("Company", "company"),
    "Person": ("Company", "owner"),  # what the person owns
    "Identifier": ("Account", "identifier"),  # who used it
}
"""Which screen shows a thing of that label, under which name its address holds the id."""


def search_everywhere(case: CaseFolder) -> None:
    """The box, and below it what its text may mean."""
    text = search_box("search", width="stretch")
    if text:
        hits(case, text, key="search", pick=_pick, first=FIRST, beside=False)
    if (hit := st.session_state.pop(_PICKED, None)) is not None:
        page, name = OPENS[hit.label]
        address.to(page, {name: hit.id})


def _pick(hit: Hit) -> None:
    """Remembered until the page runs: a callback cannot go to another page."""
    st.session_state[_PICKED] = hit
