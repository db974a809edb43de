"""Where a statement of one's own is written: the editor, what it asks for, and the buttons."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.views.console.answer import run_query, show_answer
from workbench.views.console.save import save_form
from workbench.views.language import _
from workbench.views.session import person, server


def console(case: CaseFolder) -> None:
    """The statement is no part of the address, which may not name anybody; it is remembered for the person."""
    places, who = server().workbench.casebook.places, person().name
    if "console" not in st.session_state:
        st.session_state["console"] = places.remembered(who, case.name, "console").get("statement", "")
    text = st.text_area(
        _("Cypher, one read-only statement"),
        key="console",
        height=150,
        placeholder="MATCH (a:Account)-[c:CONTACTED]->(b:Account) RETURN a, c, b LIMIT 50",
    )
    with st.container(horizontal=True):
        start = st.button(_("Run"), type="primary", key="run_console", disabled=not text.strip())
        with st.popover(_("Save as a query"), key="save_popover", disabled=not text.strip()):
            save_form(text)
    if start:
        places.remember(who, case.name, "console", {"statement": text})
        run_query(case, "console", text, {})
    show_answer(case, "console")
