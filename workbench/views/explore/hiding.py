"""What does the picture hide?  How many nodes and links by what, and whether whom a lead is about is among them."""

from ingest.case_folder import CaseFolder
from workbench.views.explore.leads import members_hidden
from workbench.views.language import words_here
from workbench.views.models.explore import View
from workbench.views.models.explore import words as explore_words
from workbench.views.models.names import Names


def hidden_summary(case: CaseFolder, view: View, names: Names | None) -> str:
    """In sentences; empty where all is seen.  Without whom a lead is about its picture tells another story."""
    words = words_here()
    told = explore_words.hidden(view.shown, words)
    if not told:
        return ""
    members = members_hidden(case, view.board.leads, view.subgraph, view.shown.subgraph)
    return f"{told} {explore_words.members_hidden(members, names, words)}".strip()
