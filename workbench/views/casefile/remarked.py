"""What was added to the leads, accounts, rooms and companies of the case?  All of it, the latest first."""

from dataclasses import replace

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.views import kept, show
from workbench.views.access.unmask import names_here
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import casefile as model
from workbench.views.models.names import held_in
from workbench.views.navigation import address
from workbench.views.session import server
from workbench.views.widgets.pages import page_of
from workbench.views.widgets.remarks import shown_remarks

_PAGE = 50
_SCREENS = {
    "finding": ("Leads", "lead"), "account": ("Account", "account"), "room": ("Room", "room"),
    "company": ("Company", "company"), "person": ("Company", "company"), "identifier": ("Account", "identifier"),
}


def remarked(case: CaseFolder) -> None:
    """Notes, tags and who works on what, a page after the other, each with what it is about."""
    added = [
        one for one in reversed(server().workbench.casebook.remarks.of(case.name))
        if not one.subject.startswith("case:")
    ]
    show.bold(_("On leads, accounts, rooms and companies"))
    if not added:
        st.caption(_("Nobody has added anything to them yet."))
        return
    st.caption(ngettext("{number} addition, the latest first", "{number} additions, the latest first", len(added)))
    first, words = page_of(len(added), size=_PAGE, key="remarked_page"), words_here()
    listed = added[first : first + _PAGE]
    document = server().workbench.findings(case)
    findings = {one.finding_id: one for one in (document.findings if document else ())}
    leads = kept.leads(case, tuple(findings.values())).names
    with Lake(case) as lake:
        ids = {model.about(one)[1] for one in listed}
        others = replace(names_here(lake, ids), held=held_in(case, ids))
    titles = model.remarked_titles(listed, findings, leads, others, words)
    with st.container(key="case_remarked"):
        for place, (one, title) in enumerate(zip(listed, titles, strict=True)):
            kind, identity = model.about(one)
            with st.container(horizontal=True, vertical_alignment="center"):
                gone = kind not in _SCREENS or (kind == "finding" and identity not in findings)
                if st.button(_("Open"), key=f"remarked_{first + place}", disabled=gone):
                    screen, name = _SCREENS[kind]
                    address.to(screen, {name: identity})
                st.text(title)
            shown_remarks(case, [one])
