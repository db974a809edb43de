"""Where does a node of the canvas lead?  Its screen, leads that name it, a query about it: asked for on the canvas."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views import address
from workbench.views.language import _
from workbench.views.leads_about import findings_about
from workbench.views.saved_queries import ACCOUNT, QUERY

ASKED = "explore_open"
_SCREENS = {"Account": ("Account", "account"), "Room": ("Room", "room"), "Company": ("Company", "company")}


def asked() -> bool:
    """Whether another screen is asked for."""
    return ASKED in st.session_state


def follow(case: CaseFolder) -> None:
    """Go where was asked for on the canvas; does not return where that is another screen."""
    where, what, key, query = st.session_state.pop(ASKED, ("", "", "", ""))
    if where != case.name or "/" not in key:
        return
    label, _slash, identity = key.partition("/")
    if what == "screen" and label in _SCREENS:
        screen, name = _SCREENS[label]
        address.to(screen, {name: identity})
    elif what == "query" and label == "Account":
        address.to("Queries", {QUERY: query, ACCOUNT: identity})
    elif what == "leads":
        if found := findings_about(case, identity):
            address.to("Leads", {"lead": found[0].finding_id})
    elif what == "path" and label == "Account":
        st.session_state[f"path_ends_{case.name}"] = {"path_from": key}
        st.toast(_("Choose the other end under Path between two."))
