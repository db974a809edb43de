"""One search on every screen: what a hit opens.  The box and the first hits stand in the sidebar."""

from graph.search import Hit
from ingest.case_folder import CaseFolder
from workbench.views import address
from workbench.views.entity_picker import hits, search_box

FIRST = 5
_OPENS = {
    "Account": ("Account", "account"),
    "Room": ("Room", "room"),
    "Company": ("Company", "company"),
    "Person": ("Company", "owner"),  # what the person owns
    "Identifier": ("Account", "identifier"),  # who used it
}


def search_everywhere(case: CaseFolder) -> None:
    """The box, and below it what its text may mean."""
    text = search_box("search", width="stretch")
    if text:
        hits(case, text, key="search", pick=open_hit, first=FIRST, beside=False)


def open_hit(hit: Hit) -> None:
    """Go to the screen of what was found."""
    page, name = _OPENS[hit.label]
    address.to(page, {name: hit.id})
