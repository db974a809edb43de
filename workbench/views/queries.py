"""Screen: pick a saved query or write one, fill its parameters, run it, see table and graph, save it."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views.console.part import console
from workbench.views.language import _
from workbench.views.on_case import on_case
from workbench.views.saved_queries import saved_queries


@on_case(lambda: (
    _("Queries"), _("The library and the team's own: pick, fill in, run; what you write runs read-only."),
))
def page(case: CaseFolder) -> None:
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
