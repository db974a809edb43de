"""The form that keeps a statement as a query of one's own, or as the next revision of one."""

import streamlit as st

from queries.saved_query import SavedQuery
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.language import _
from workbench.views.models import queries as model
from workbench.views.session import person, server


def save_form(cypher: str) -> None:
    """Title, description, and whether the team sees it; ``$names`` in the statement become parameters."""
    with st.form("save_query", border=False):
        title = st.text_input(_("Title"), key="save_title", max_chars=120)
        description = st.text_area(_("What it answers"), key="save_description", height=80, max_chars=2_000)
        shared = st.checkbox(_("Share with the team"), key="save_shared")
        sent = st.form_submit_button(_("Save"), type="primary", key="save_query")
    if not sent:
        return
    if not title.strip():
        st.error(_("A query needs a title."))
        return
    with show.errors():
        query = SavedQuery(
            id=model.identifier(title),
            title=title.strip(),
            description=description.strip() or title.strip(),
            cypher=cypher.strip(),
            parameters=model.parameters_in(cypher),
        )
        saved = server().workbench.casebook.save_query(query, user=person().name, shared=shared)
        st.success(escape_markdown(_("Saved as {name}, revision {revision}.", name=saved.id, revision=saved.revision)))
