"""Screen: the case: what it is about, people, notes and tags, everything judged, the report, the audit log."""

from ingest.case_folder import CaseFolder
from workbench.language import Words
from workbench.views.casefile.about import about
from workbench.views.casefile.judged import judged
from workbench.views.casefile.logged import logged
from workbench.views.casefile.remarked import remarked
from workbench.views.casefile.report_part import report_part
from workbench.views.language import _
from workbench.views.navigation import choices
from workbench.views.widgets.on_case import on_case
from workbench.views.widgets.remarks import remarks_part


@on_case(lambda: (_("Case"), _("What the case is about, who works on it, what was judged, and the report.")))
def page(case: CaseFolder) -> None:
    tabs = choices.tabs(_tabs, key="case_tab")
    with tabs[0]:
        about(case)
    with tabs[1]:
        remarks_part(case, f"case:{case.name}", key="case_remarks")
        remarked(case)
    with tabs[2]:
        judged(case)
    with tabs[3]:
        report_part(case)
    if tabs[4].open:
        with tabs[4]:
            logged(case)


def _tabs(words: Words) -> dict[str, str]:
    _ = words.gettext
    return {
        "about": _("About the case"), "notes": _("Notes and tags"), "judged": _("Everything judged"),
        "report": _("Case report"), "log": _("Audit log"),
    }
