"""Which leads name an account, a room or a company?  A line each, one click to open it."""

import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from workbench.plain_text import escape_markdown
from workbench.related import part_in
from workbench.views import kept
from workbench.views.language import _, words_here
from workbench.views.models.leads import listing as model
from workbench.views.navigation import address
from workbench.views.session import server


def findings_about(case: CaseFolder, identity: str) -> tuple[Finding, ...]:
    """Leads that name the id, best first."""
    document = server().workbench.findings(case)
    found = document.findings if document else ()
    return tuple(finding for finding in found if identity in finding.members or identity in finding.targets)


def findings_citing(case: CaseFolder, account: str) -> tuple[Finding, ...]:
    """Leads that do not name the account, but of which a record cites it: a likely minor whom it wrote to, say."""
    document = server().workbench.findings(case)
    found = document.findings if document else ()
    cited = kept.citing(case, account, found)
    return tuple(
        finding for finding in found if finding.finding_id in cited and not part_in(finding, account)
    )


def leads_about(case: CaseFolder, findings: tuple[Finding, ...], *, identity: str = "") -> None:
    """The leads, or that there are none; each with what the account is in it: whom it is about, or whom they met."""
    words = words_here()
    if not findings:
        st.caption(_("No lead names it."))
        return
    document = server().workbench.findings(case)
    names = kept.leads(case, document.findings if document else findings).names
    for finding in findings:
        title = model.title(finding, names, words, tier=True)
        if part := part_in(finding, identity):
            title = " · ".join((title, _("as a member") if part == "member" else _("as a target")))
        elif identity:
            title = " · ".join((title, _("a record of this lead cites it")))
        if st.button(escape_markdown(title), key=f"open_lead_{finding.finding_id}"):
            address.to("Leads", {"lead": finding.finding_id})
