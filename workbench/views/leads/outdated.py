"""Do the leads know all the evidence? Where it changed since the detections ran, lists of them and Sources say so."""

import streamlit as st

from graph.detect.finding import FindingsDocument
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.lake.digest import case_digest
from workbench.views import show
from workbench.views.language import _
from workbench.views.leads.run_detections import run_all
from workbench.views.navigation import address
from workbench.views.session import server
from workbench.views.widgets.job_board import jobs_of


def warn_if_outdated(case: CaseFolder, document: FindingsDocument) -> None:
    """A warning where the leads were found in other evidence than the case holds now; else nothing."""
    if _outdated(case, document):
        st.warning(
            _("The evidence has changed since the detections ran: these leads do not know all of it. Run them again."),
            icon=":material/update:",
        )


def run_over_what_was_read(case: CaseFolder) -> None:
    """The step after reading files: a button that runs the detections and leads to Leads, where they are due."""
    if not manifests(case) or any(not job.finished for job in jobs_of("ingest", case.name)):
        return
    document = server().workbench.run_findings(case)
    if document is not None and not _outdated(case, document):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="detections_due"), show.errors():
        if run_all(case, document, key="detect_read"):
            address.to("Leads")
        st.text(
            _("No detection has run on this case yet.") if document is None
            else _("The evidence has changed since the detections ran.")
        )


def _outdated(case: CaseFolder, document: FindingsDocument) -> bool:
    """Leads that people wrote are of no run, and of no evidence."""
    return bool(document.evidence_digest) and document.evidence_digest != case_digest(case)
