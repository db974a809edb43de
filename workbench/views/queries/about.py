"""Which saved queries can be asked about one account?  A menu of them; a click runs one with the account filled in."""

import streamlit as st

from queries.catalog import merge
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.language import _, words_here
from workbench.views.models import queries as model
from workbench.views.navigation import address
from workbench.views.queries.saved import ACCOUNT, QUERY
from workbench.views.session import person, server


def queries_about(account: str, *, key: str, when_opened: bool = False) -> None:
    """A button that opens the list, by category; ``when_opened``: it is made only then, which spares other clicks."""
    menu = st.popover(
        _("Queries about it"), key=key, icon=":material/manage_search:", on_change="rerun" if when_opened else "ignore"
    )
    if when_opened and not menu.open:
        return
    with menu, st.container(gap="xxsmall"):
        st.caption(_("A click opens the query with this account filled in, and runs it."))
        known = model.in_words(merge(server().workbench.casebook.queries(person().name)), words_here())
        offered = model.by_category(query for query in known if query.takes_one("account"))
        before = None
        for number, query in enumerate(offered):
            if query.category != before:
                show.bold(model.category(query.category, words_here()))
                before = query.category
            if st.button(escape_markdown(query.title, limit=90), key=f"{key}_{number}", type="tertiary"):
                address.to("Queries", {QUERY: model.handle(query), ACCOUNT: account})
