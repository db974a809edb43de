"""Selecting by a saved query: it runs on the whole case, and what it answers is selected as far as it is drawn."""

from dataclasses import replace

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from queries.catalog import merge
from queries.runner import QueryResult, run
from queries.saved_query import SavedQuery
from workbench.explore.written import read
from workbench.views.explore import state
from workbench.views.explore.tabs import reopening
from workbench.views.language import _, words_here
from workbench.views.models import explore as model
from workbench.views.models import queries as query_model
from workbench.views.models.explore import View
from workbench.views.session import person, server


def select_by_query(case: CaseFolder, view: View) -> None:
    """The queries that need no value, and with one account selected those that need an account."""
    known = query_model.in_words(merge(server().workbench.casebook.queries(person().name)), words_here())
    offered = {query_model.handle(query): query for query in known if values_for(query, view) is not None}
    which = st.selectbox(
        _("What a saved query finds"), list(offered), index=None, key="select_query",
        format_func=lambda handle: offered[handle].title, placeholder=_("Choose a query"),
    )
    st.button(_("Select what it finds"), key="select_query_run", disabled=which is None, on_click=_select,
              args=(case, offered.get(which or "")))


def values_for(query: SavedQuery, view: View) -> dict[str, str] | None:
    """What the query is asked with; None where it needs more than the selection gives."""
    if not query.reviewed:
        return None
    if all(parameter.default is not None for parameter in query.parameters):
        return {}
    name, key = query.takes_one("account"), view.selection.node or ""
    return {name: key.partition("/")[2]} if name and key.startswith("Account/") else None


def answered(view: View, result: QueryResult) -> list[str]:
    """Keys of the drawn nodes that stand in an answer: drawn by it, or named in its rows by their id."""
    keys = {node.key for node in result.subgraph.nodes}
    ids = {text for row in result.rows for value in row for text in query_model.texts_in(value)}
    return [node.key for node in view.drawn.nodes if node.key in keys or node.id in ids]


def _select(case: CaseFolder, query: SavedQuery | None) -> None:
    view, words = state.view_of(case), words_here()
    values = values_for(query, view) if query is not None else None
    if query is None or values is None:
        return
    result = state.asked(case, lambda store: run(store, query, values))
    runs, user = server().workbench.casebook.runs, person().name
    try:
        runs.add(case.name, query, values, result.outcome if result else "failed", user=user)
    except FilatureError as error:
        state.fail(error)
    if result is None:
        return
    keys = answered(view, result)
    note = words.gettext(
        "“{query}”: {rows} rows; {number} of the drawn nodes stand in them and are selected.", query=query.title,
        rows=len(result.rows), number=len(keys),
    )
    state.keep(case, replace(model.chosen(view, nodes=keys), note=note))


def select_picture(case: CaseFolder, picture: str) -> None:
    """Select what of an answer's picture, by its name, is drawn here; nothing is added."""
    reopening.forget_wanted()
    text = server().workbench.casebook.places.picture(case.name, picture)
    if text is None:
        return
    view, wanted = state.view_of(case), read(text).nodes
    keys = [node.key for node in view.drawn.nodes if node.key in wanted]
    note = _("{number} of the answer's {total} nodes are drawn and selected.", number=len(keys), total=len(wanted))
    state.keep(case, replace(model.chosen(view, nodes=keys), note=note))
