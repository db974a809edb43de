"""Which records stand behind a link that no relationship of the graph tells?  Those that a drawn lead cites for it."""

import streamlit as st

from graph.subgraph import Edge
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from workbench.lead_graphs import Link
from workbench.views import show
from workbench.views.conversation import page as conversation
from workbench.views.explore import leads as explore_leads
from workbench.views.language import _, words_here
from workbench.views.models import records as model
from workbench.views.models.explore import View
from workbench.views.models.names import Names
from workbench.views.session import server

_WIDTHS = (108, 108, 96)  # pixels


def behind(case: CaseFolder, edge: Edge, names: Names, view: View) -> None:
    """When, who, file and row of each, and the way to the first of them that is a message."""
    lead, references = _cited(case, (edge.source, edge.target, edge.type), view)
    if not references:
        return
    words = words_here()
    with show.errors(), server().workbench.lake(case) as lake:
        records = model.open_records(lake, references)
        called = model.called(lake, records, names)
        st.caption(_("Records that leads of this picture cite for it"))
        st.text(model.counted(records, references, called, words))
        told = model.table(records, called, words, texts=False)
        show.table(
            told[[_("When (UTC)"), _("Who"), _("File and row")]], key="edge_records", empty="", pixels=_WIDTHS,
            row=show.LINES,
        )
        pairs = [(record, record.columns.get("sender"), record.columns.get("recipient")) for record in records]
    for record, sender, recipient in pairs:
        if sender and recipient:
            if st.button(_("Read it in its conversation"), key="read_record", icon=":material/forum:"):
                conversation.open_pair(sender, recipient, lead=lead, at=record.ref.partition(":")[2])
            return


def _cited(case: CaseFolder, link: Link, view: View) -> tuple[str, tuple[str, ...]]:
    """The references that leads of the picture have for the link, and the first of these leads."""
    first, references = "", dict[str, None]()
    for lead in view.board.leads:
        try:
            drawing = explore_leads.drawing(case, lead)
        except FilatureError:  # what cannot be read is told where the graph is asked for the nodes
            drawing = None
        if drawing is not None and drawing.shows.get(link):
            first = first or lead
            references |= dict.fromkeys(drawing.shows[link])
    return first, tuple(references)
