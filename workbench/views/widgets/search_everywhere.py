"""One search on every screen: what a hit opens.  The box and the first hits stand in the sidebar, with the way to the
screen that searches message texts as well."""

from collections.abc import Sequence

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from workbench.views import show
from workbench.views.language import _
from workbench.views.navigation import address
from workbench.views.widgets.entity_picker import hits, search_box

FIRST = 5
SOUGHT = "sought"
"""Under which name the address of the search screen holds what is searched for."""
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
        label = _("Search in message texts")
        if st.button(label, key="search_in_texts", type="tertiary", icon=":material/manage_search:"):
            address.to("Search", {SOUGHT: text})
    if (hit := st.session_state.pop(_PICKED, None)) is not None:
        open_hit(hit)


def open_hit(hit: Hit) -> None:
    """Go to its screen; does not return."""
    page, name = OPENS[hit.label]
    address.to(page, {name: hit.id})


def search_here(case: CaseFolder, *, key: str, title: str, labels: Sequence[str]) -> None:
    """Where a screen waits for something to be chosen: a box for things of these labels, and what its text may mean."""
    if text := search_box(key, title=title):
        hits(case, text, key=key, pick=_pick, labels=labels, first=FIRST)


def not_here(case: CaseFolder, given: str, sentence: str, *, label: str) -> None:
    """An address names what the case lacks: that it does (``sentence``), and what of that label is called so."""
    key = f"unknown_{label.lower()}"
    show.nothing(sentence, key=key)
    own = given.partition(":")[2] or given  # an id of this case begins with a platform's name, of another with its
    hits(case, own, key=key, pick=_pick, labels=(label,), first=FIRST,
         nothing=_("The search at the left finds by names, e-mail addresses, phones and ids."))


def _pick(hit: Hit) -> None:
    """Remembered until the page runs: a callback cannot go to another page."""
    st.session_state[_PICKED] = hit
