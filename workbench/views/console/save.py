"""The form that keeps a statement as a query of one's own, or as the next revision of one."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from queries.saved_query import Parameter, SavedQuery
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.console.draft import Written, saved_as
from workbench.views.language import _
from workbench.views.models import queries as model
from workbench.views.models.queries import statement as console_model
from workbench.views.navigation import address
from workbench.views.session import person, server
from workbench.views.widgets.fields import too_long

MOST_TITLE, MOST_DESCRIPTION = 120, 2_000  # characters


def save_form(now: Written, parameters: Sequence[Parameter]) -> None:
    """Title, description, and whether the team sees it; what was taken over keeps all else that it had."""
    taken = console_model.to_save(now.query, now.draft.text, parameters, revises=_revises(now.query))
    title_key, about_key, shared_key = (f"save_{part}_{now.revision}" for part in ("title", "description", "shared"))
    st.session_state.setdefault(title_key, taken.title if taken else "")
    st.session_state.setdefault(about_key, taken.description if taken else "")
    stands = bool(taken and taken.id and taken.shared)
    st.session_state.setdefault(shared_key, stands)
    told = st.empty()  # above the form, whose foot may lie below what a panel over the page shows
    with st.container(key="save_form"), st.form("save_query", border=False):
        title = st.text_input(_("Title"), key=title_key)
        description = st.text_area(_("What it answers"), key=about_key, height=80)
        shared = st.checkbox(_("Share with the team"), key=shared_key)
        sent = st.form_submit_button(_("Save"), type="primary", key="save_query")
    if taken is not None and taken.id:
        st.caption(escape_markdown(_("Saving makes the next revision of {name}.", name=taken.id)))
    if not sent:
        return
    if not now.draft.text.strip():
        told.error(_("There is no statement to save."))
        return
    if not title.strip():
        told.error(_("A query needs a title."))
        return
    with told.container():
        over = too_long((_("Title"), title, MOST_TITLE), (_("What it answers"), description, MOST_DESCRIPTION))
    if over:
        return
    with show.errors():
        saved = server().workbench.casebook.save_query(
            _query(taken, now.draft.text, parameters, title.strip(), description.strip()), user=person().name,
            shared=None if shared == stands else shared,  # whom it is shared with by name stays so
            owner=taken.owner if taken and taken.id else None,
            based_on=taken.revision if taken and taken.id else None,
        )
        saved_as(saved)
        address.put(query=model.handle(saved), run=None)  # the one that stands open under the saved queries
        told.success(
            escape_markdown(_("Saved as {name}, revision {revision}.", name=saved.id, revision=saved.revision))
        )


def _revises(query: SavedQuery | None) -> bool:
    """May this person add a revision to what the console took over?"""
    if query is None or not query.owner:
        return False
    return server().workbench.casebook.saved.may_edit(model.handle(query), person().name)


def _query(
    taken: SavedQuery | None, text: str, parameters: Sequence[Parameter], title: str, description: str
) -> SavedQuery:
    query = taken or SavedQuery("", title, "", text.strip(), tuple(parameters))
    return replace(query, id=query.id or model.identifier(title), title=title, description=description or title)
