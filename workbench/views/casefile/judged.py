"""What was judged in the case, by whom, when and why?  Every judgement, the latest first; a click opens the lead."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views import kept, show
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import casefile as model
from workbench.views.navigation import address
from workbench.views.session import server


def judged(case: CaseFolder) -> None:
    """The table, and the counts by status as it is now."""
    casebook, words = server().workbench.casebook, words_here()
    document = server().workbench.findings(case)
    listed = document.findings if document else ()
    findings = {one.finding_id: one for one in listed}
    history = tuple(reversed(casebook.judgements(case.name)))
    st.caption(" · ".join([
        ngettext("{number} judgement", "{number} judgements", len(history)),
        *(words.pair(_(status), words.number(count)) for status, count in model.by_status(casebook.status(case.name))),
    ]))
    frame = model.judged_rows(history, findings, kept.leads(case, listed).names, words)
    place = show.chosen_row(frame, key="case_judged", empty=_("Nobody has judged a lead of this case yet."), height=600)
    if place is not None and history[place].finding_id in findings:
        address.to("Leads", {"lead": history[place].finding_id})
