"""What was judged in the case, by whom, when and why?  Every judgement, the latest first, with its reasons whole."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.plain_text import escape_markdown
from workbench.views import kept
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import casefile as model
from workbench.views.models.records import judgements
from workbench.views.navigation import address
from workbench.views.session import server
from workbench.views.widgets.pages import page_of

_PAGE = 50


def judged(case: CaseFolder) -> None:
    """The judgements, a page after the other, and the counts by status as it is now."""
    casebook, words = server().workbench.casebook, words_here()
    document = server().workbench.findings(case)
    listed = document.findings if document else ()
    findings = {one.finding_id: one for one in listed}
    history = tuple(reversed(casebook.judgements(case.name)))
    st.caption(" · ".join([
        ngettext("{number} judgement", "{number} judgements", len(history)),
        *(words.pair(_(status), words.number(count)) for status, count in model.by_status(casebook.status(case.name))),
    ]))
    if not history:
        st.caption(_("Nobody has judged a lead of this case yet."))
        return
    first = page_of(len(history), size=_PAGE, key="judged_page")
    shown = history[first : first + _PAGE]
    titles = model.judged_titles(shown, findings, kept.leads(case, listed).names, words)
    read = reversed(judgements(tuple(shown), words))
    with st.container(key="case_judged"):
        for place, (one, title, told) in enumerate(zip(shown, titles, read, strict=True)):
            with st.container(border=True, gap="xsmall"):
                with st.container(horizontal=True, vertical_alignment="center"):
                    gone = one.finding_id not in findings
                    if st.button(_("Open"), key=f"judged_{first + place}", disabled=gone):
                        address.to("Leads", {"lead": one.finding_id})
                    st.text(title)
                    st.caption(escape_markdown(told.about), width="content")
                st.text(told.reasons)
