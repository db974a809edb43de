"""Where do nodes of the canvas lead?  A screen, a conversation, leads, a query: asked for on the canvas."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views.conversation import page as conversation
from workbench.views.leads.about import findings_about
from workbench.views.navigation import address
from workbench.views.queries.fields import RUN
from workbench.views.queries.saved import QUERY
from workbench.views.widgets.search_everywhere import OPENS

ASKED = "explore_open"


def asked() -> bool:
    """Whether another screen is asked for."""
    return ASKED in st.session_state


def follow(case: CaseFolder) -> None:
    """Go where was asked for on the canvas; does not return where that is another screen."""
    where, what, keys, query, parameter = st.session_state.pop(ASKED, ("", "", (), "", ""))
    if where != case.name or not keys:
        return
    label, _slash, identity = keys[0].partition("/")
    if what == "conversation" and len(keys) == 2:
        conversation.open_pair(identity, keys[1].partition("/")[2])
    if len(keys) > 1:
        return
    if what == "screen" and label in OPENS:
        screen, name = OPENS[label]
        address.to(screen, {name: identity})
    elif what == "room" and label == "Room":
        conversation.open_room(identity)
    elif what == "lead" and label == "Finding":
        address.to("Leads", {"lead": identity})
    elif what == "query" and parameter:
        address.to("Queries", {QUERY: query, f"{address.PARAMETER}{parameter}": identity, RUN: "1"})
    elif what == "leads" and (found := findings_about(case, identity)):
        address.to("Leads", {"lead": found[0].finding_id})
