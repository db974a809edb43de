"""A lead that stands on the canvas as a node: what it says, how strong it is, and the way to it."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.language.vocabulary import status_told
from workbench.views import kept
from workbench.views.language import _, words_here
from workbench.views.models.leads import lead as told
from workbench.views.models.leads import listing
from workbench.views.navigation import address
from workbench.views.session import server


def lead_node(case: CaseFolder, finding_id: str) -> None:
    """Title, tier and status, the sentence to read out, and a button that opens it."""
    document, words = server().workbench.findings(case), words_here()
    finding = document.of(finding_id) if document else None
    if document is None or finding is None:
        st.caption(_("This lead is not among those of the case any more."))
        return
    names = kept.leads(case, document.findings).names
    with st.container(key="node_lead", gap="xsmall"):
        with st.container(key="about_node_lead"):
            st.text(listing.title(finding, names, words))
        judged = server().workbench.casebook.status(case.name).get(finding.finding_id)
        status = status_told(judged.status, words, opposed=judged.opposed) if judged else _(listing.OPEN)
        st.caption(" · ".join((_("{tier} evidence", tier=_(finding.tier)), status)))
        with st.container(key="told_node_lead"):
            st.text(told.sentence(finding, names, words.language))
        if st.button(_("Open the lead"), key="open_node_lead", type="primary", icon=":material/fact_check:"):
            address.to("Leads", {"lead": finding.finding_id})
