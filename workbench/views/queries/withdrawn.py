"""What stands in the place of an open query that its owner shares no longer?  That it is so, and its text."""

from dataclasses import replace

import streamlit as st

from queries.saved_query import SavedQuery
from workbench.plain_text import escape_markdown
from workbench.views.console.draft import TAKEN
from workbench.views.language import _
from workbench.views.models import queries as model
from workbench.views.navigation import address
from workbench.views.queries.fields import address_name
from workbench.views.session import person

_SEEN = "query_seen"


def keep_seen(query: SavedQuery) -> None:
    """It is open now, as this person may see it."""
    st.session_state[_SEEN] = (person().name, query)


def seen_before(handle: str) -> SavedQuery | None:
    """The query of that handle as this person had it open, where it was the last one that was."""
    who, query = st.session_state.get(_SEEN, ("", None))
    return query if query is not None and who == person().name and model.handle(query) == handle else None


def withdrawn_part(query: SavedQuery) -> None:
    """That its owner withdrew it, and the text that was on this screen, to go on with as one's own."""
    st.warning(escape_markdown(_(
        "{owner} no longer shares “{title}” with you. What you had open of it stands below; the console runs it, and "
        "saves it as a query of your own.", owner=query.owner, title=query.title,
    )))
    with st.container(key="query_title"):
        st.text(query.title)
    st.code(query.cypher, language="cypher", wrap_lines=True)
    st.button(_("Open in the console"), key="withdrawn_to_console", on_click=_to_console, args=(query,))


def _to_console(query: SavedQuery) -> None:
    """As a text of one's own, with the values that were filled in; the address has them."""
    own = replace(query, id="", owner="", revision=1, shared=False)
    given = {one.name: address.given(address_name(one)) or "" for one in query.parameters}
    st.session_state.update({"query_mode": "console", TAKEN: (own, model.given(given))})
