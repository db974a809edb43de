"""Screen: the case: description, authority and scope, people, notes and tags, everything judged, the report."""

import streamlit as st

from workbench.views import show
from workbench.views.casefile.about import about
from workbench.views.casefile.judged import judged
from workbench.views.casefile.report_part import report_part
from workbench.views.language import _
from workbench.views.remarks_part import remarks_part
from workbench.views.session import current_case


def page() -> None:
    show.heading(_("Case"), _("What the case is about, who works on it, what was judged, and the report."))
    case = current_case()
    if case is None:
        show.nothing(_("There is no case yet. Open **Sources** to make one and add files to it."), key="no_case")
        return
    tabs = st.tabs(
        [_("About the case"), _("Notes and tags"), _("Everything judged"), _("Case report")],
        key="case_tab", bind="query-params", on_change="rerun",
    )
    with tabs[0]:
        about(case)
    with tabs[1]:
        remarks_part(case, f"case:{case.name}", key="case_remarks")
    with tabs[2]:
        judged(case)
    with tabs[3]:
        report_part(case)
