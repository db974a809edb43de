"""The saved-query half of the screen: the list, what the chosen query asks for, its answer."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from graph.opaque import fleeting
from ingest.case_folder import CaseFolder
from queries.catalog import merge
from queries.finding import matching
from queries.naming import NotNamed
from queries.saved_query import CATEGORIES, SavedQuery
from workbench.plain_text import escape_markdown, plain_text
from workbench.querying.values import asked
from workbench.views import show
from workbench.views.console.answer import is_answer, is_asked, run_query, show_answer
from workbench.views.console.draft import TAKEN
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import queries as model
from workbench.views.models.queries.statement import written
from workbench.views.navigation import address, choices
from workbench.views.queries.fields import (
    DEFAULTED,
    RUN,
    TYPED,
    address_name,
    as_run,
    ask_anew,
    begun,
    emptied,
    follow,
    hinders,
    typed_of,
    values_asked,
)
from workbench.views.queries.withdrawn import keep_seen, seen_before, withdrawn_part
from workbench.views.session import person, reading, server
from workbench.views.team.query_part import query_part

QUERY = "query"
"""In the address: which query is open."""
ACCOUNT = "account"
"""In the address: whom a query is about that takes one account, whatever its parameter is called."""
_ANYWHERE, _ARCHIVED = "", "archived"
_FAULT, _FILTERED = "query_fault", "query_filtered"
_LIST, _LIST_ABOVE = 560, 310
"""Pixels of the list alone, and above an answer, which has the page's whole width."""


def saved_queries(case: CaseFolder) -> None:
    known = merge(server().workbench.casebook.queries(person().name, archived=True))
    left, right = st.columns(2, gap="medium")  # the longest titles stand whole
    with left:
        shown, key = _filtered(known, server().workbench.casebook.saved.archived(person().name))
    _follow_filter(shown, key)
    wanted = address.given(QUERY)
    everything = model.in_words(known, words_here())
    query = next((one for one in everything if model.handle(one) == wanted), None)
    if wanted is None and shown:
        query = shown[0]
    with right:
        if query is not None:
            keep_seen(query)
            _form(case, query)
        elif wanted is None:
            show.nothing(_("No query has these words."), key="no_query")
        elif (before := seen_before(wanted)) is not None:
            withdrawn_part(before)
        else:  # no other one takes its place: whoever runs one knows which
            st.warning(_("The query of this address is not in the library, nor one of yours or shared."))
    asked_here = query is not None and is_asked(case, model.handle(query))
    with left:
        _list(shown, key, query, most=_LIST_ABOVE if asked_here else _LIST)
    # the answer of one that was withdrawn stays, as it was given while it was shared
    answered = wanted if query is None else model.handle(query)
    if answered is not None:
        show_answer(case, answered)


def _filtered(
    known: Sequence[SavedQuery], archived: Collection[tuple[str, str]]
) -> tuple[tuple[SavedQuery, ...], str]:
    """The queries that the words and the category leave, in the words of the screen, and the key of their list.

    ``archived``: id and owner of those that stand only where they are asked for.
    """
    put_away = [one for one in known if (one.id, one.owner) in archived]
    listed = [one for one in known if (one.id, one.owner) not in archived]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("Find a query"), key="query_filter", placeholder=_("Title or words"), bind="query-params"
        )
        here = [name for name in CATEGORIES if any(query.category == name for query in listed)]
        category = choices.one(
            _("Category"),
            lambda words: {
                _ANYWHERE: words.gettext("All categories"), **{name: model.category(name, words) for name in here},
                **({_ARCHIVED: words.gettext("Archived")} if put_away else {}),
            },
            key="query_category", otherwise=_ANYWHERE, width=190,
        )
    among = put_away if category == _ARCHIVED else listed
    found = matching(among, text or "")
    shown = model.in_words((one for one in found if category in (_ANYWHERE, _ARCHIVED, one.category)), words_here())
    shown = shown if text else model.by_category(shown)
    st.caption(ngettext(
        "Showing {shown} of {total} queries", "Showing {shown} of {total} queries", len(shown), shown=len(shown),
        total=len(among),
    ))
    return shown, f"query_list_{fleeting(f'{category} {text}')}" if text or category else "query_list"


def _follow_filter(shown: Sequence[SavedQuery], key: str) -> None:
    """A filter that leaves out the query that is open opens the first that it leaves; an address opens what it names.

    ``key``: of the list, which another filter changes.
    """
    before, st.session_state[_FILTERED] = st.session_state.get(_FILTERED, key), key
    wanted = address.given(QUERY)
    if before != key and shown and wanted is not None and all(model.handle(one) != wanted for one in shown):
        _open(shown[0])


def _list(shown: tuple[SavedQuery, ...], key: str, query: SavedQuery | None, *, most: int) -> None:
    """A click opens one, and the open one is marked; another list has another ``key``, and so no clicks."""
    if not shown:
        return
    handles = [model.handle(one) for one in shown]
    opened = handles.index(model.handle(query)) if query and model.handle(query) in handles else None
    show.begin_at(key, opened, _("Title"), alone=True)
    st.dataframe(
        show.marked(model.table(shown, person().name, words_here())[[_("Title")]], opened),
        hide_index=True,
        key=key,
        on_select=lambda: _clicked(key, shown),
        selection_mode=["single-row", "single-cell"],
        height=show.height_of(len(shown), most=most),
    )


def _clicked(key: str, shown: Sequence[SavedQuery]) -> None:
    """A row of the list was chosen: its query is open, and nothing is filled in."""
    selection = st.session_state[key].selection
    rows = [*selection.rows, *(row for row, _column in selection.cells)]
    if rows and rows[0] < len(shown):
        _open(shown[rows[0]])


def _open(query: SavedQuery) -> None:
    filled = [name for name in st.query_params if name.startswith(address.PARAMETER)]
    address.put(**dict.fromkeys(filled), **{QUERY: model.handle(query), RUN: None})


def _form(case: CaseFolder, query: SavedQuery) -> None:
    """What the query asks for; an address that has been run is run again."""
    if address.given(QUERY) != model.handle(query):
        _open(query)
    _about_account(query)
    _about(query)
    together = st.container()  # above the fields: its panels need the room below them
    for sentence in _faults(query):
        st.error(escape_markdown(sentence))
    given, start = values_asked(case, query)
    filled = as_run(query, given)
    with st.expander(_("Statement"), expanded=not query.reviewed):
        st.code(query.cypher, language="cypher", wrap_lines=True)
        st.button(_("Open in the console"), key="to_console", on_click=_to_console, args=(query, filled))
    if not query.reviewed:
        _unread(query)
        return
    with together:
        query_part(case, query, filled)
        handle, left_empty = st.session_state.pop(DEFAULTED, ("", []))
        if handle == model.handle(query):
            st.info(escape_markdown(_(
                "Left empty, so the usual value was used and stands in the field: {fields}.",
                fields=", ".join(left_empty),
            )))
    unfit = model.unfit(query, given, words_here()) if address.given(RUN) else ()
    with together:  # above the fields, so that it is seen what hinders it
        if hindering := hinders(query, given, words_here()) if start else unfit:
            for sentence in hindering:
                st.error(escape_markdown(sentence))
        elif start or (address.given(RUN) and not is_answer(case, model.handle(query), given)):
            _run(case, query, given)


def _unread(query: SavedQuery) -> None:
    """A query of a pack runs once somebody said that they have read its statement; no address says so."""
    st.warning(_("This query came in a pack and nobody here has reviewed it. Read its statement before you run it."))
    with show.errors():
        if st.button(_("I have read the statement"), key="query_read"):
            server().workbench.casebook.reviews.add(query, user=person().name)
            st.rerun()


def _faults(query: SavedQuery) -> list[str]:
    """What the last run could not read; the pickers' boxes are filled with it."""
    handle, sentences, boxes = st.session_state.pop(_FAULT, ("", [], {}))
    if handle != model.handle(query):
        return []
    st.session_state.update(boxes)
    return list(sentences)


def _about_account(query: SavedQuery) -> None:
    """An address that gives an account alone gives it to the parameter that takes one, and the query runs."""
    account, name = address.given(ACCOUNT), query.takes_one("account")
    if account and name is not None and address.given(f"{address.PARAMETER}{name}") is None:
        address.put(**{ACCOUNT: None, f"{address.PARAMETER}{name}": account, RUN: "1"})


def _about(query: SavedQuery) -> None:
    words = words_here()
    with st.container(key="query_title"):
        st.text(query.title)
    with st.container(key="about", gap="xsmall"):
        st.text(query.description)
        if query.not_shown:
            st.text(_("Not shown: {what}", what=plain_text(query.not_shown, limit=600)))
        st.text(" · ".join(filter(None, (
            model.category(query.category, words) if query.category else "",
            model.origin(query, person().name, words), _("revision {number}", number=query.revision),
            model.risk(query, words), plain_text(query.id, limit=60),
        ))))
        put_away = server().workbench.casebook.saved.archived(person().name).get((query.id, query.owner))
        if put_away is not None:
            who, when = plain_text(put_away.person, limit=60), words.instant(put_away.at)
            st.text(_("Archived by {who}, {when}: no list holds it.", who=who, when=when))
        review = server().workbench.casebook.reviews.of(query) if query.owner else None
        if review is not None:
            who, when = plain_text(review.user, limit=60), words.instant(review.at)
            st.text(_("It came in a pack; {who} read its statement, {when}.", who=who, when=when))


def _run(case: CaseFolder, query: SavedQuery, given: dict[str, str]) -> None:
    """Names become ids first; where one names nothing, or several, the choices take the place of the answer."""
    with show.errors():
        try:
            with st.spinner(_("Asking the graph")), reading(case) as store:
                read = asked(server().workbench, case, query, given, store=store)
        except NotNamed as error:
            sentences = [model.fault_text(fault, words_here()) for fault in error.faults]
            st.session_state[_FAULT] = (model.handle(query), sentences, ask_anew(query, error.faults, given))
            address.put(**{RUN: None})
            begun()
            st.rerun()
        meant = written(read.values)
        filled = {address_name(one): meant.get(one.name) for one in query.parameters}
        typed, left_empty = typed_of(query), emptied(query)
        address.put(**filled, **{RUN: "1"})
        follow(query)
        run_query(case, model.handle(query), query, meant)
        begun()
        if typed:  # what was typed is chosen now, and stands under its name
            st.session_state[TYPED] = typed
        if left_empty:
            st.session_state[DEFAULTED] = (model.handle(query), left_empty)
        if typed or left_empty:
            st.rerun()


def _to_console(query: SavedQuery, given: Mapping[str, str]) -> None:
    """The whole query is handed over: the console asks for its values, and saves it with everything it had."""
    st.session_state.update({"query_mode": "console", TAKEN: (query, given)})
