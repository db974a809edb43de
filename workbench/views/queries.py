"""Screen: pick a saved query or write one, fill its parameters, run it, see table and graph, save it."""

import streamlit as st

from workbench.views import show
from workbench.views.console.part import console
from workbench.views.language import _
from workbench.views.saved_queries import saved_queries
from workbench.views.session import current_case


def page() -> None:
    show.heading(_("Queries"), _("The library and the team's own: pick, fill in, run; what you write runs read-only."))
    case = current_case()
    if case is None:
        show.nothing(_("There is no case yet. Open **Sources** to make one and add files to it."), key="no_case")
        return
    tab = st.segmented_control(
        _("What to run"),
        ["saved", "console"],
        default="saved",
        format_func={"saved": _("Saved queries"), "console": _("Cypher console")}.__getitem__,
        key="query_mode",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    if tab == "saved":
        saved_queries(case)
    else:
        console(case)
