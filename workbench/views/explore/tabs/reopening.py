"""What is drawn again?  What an address names, a saved view, another tab, what somebody drew last in the case."""

from dataclasses import replace

import streamlit as st

from graph.opaque import token
from ingest.case_folder import CaseFolder, label_key
from ingest.errors import FilatureError
from workbench.casebook.saved.boards import BoardView
from workbench.errors import WorkbenchError
from workbench.explore.written import read
from workbench.plain_text import escape_markdown
from workbench.views.explore import leads as explore_leads
from workbench.views.explore import state
from workbench.views.explore.hiding import hidden_summary
from workbench.views.explore.saving import begin_from
from workbench.views.explore.tabs.steps import open_tab, steps_to, tab_with, turn_to
from workbench.views.explore.time_strip import timed
from workbench.views.language import _
from workbench.views.models import explore as model
from workbench.views.navigation import address
from workbench.views.session import opaque, person, server

_WANTED = "explore_wanted"
_NAMED = {
    "finding": "Finding", "account": "Account", "identifier": "Identifier", "company": "Company", "person": "Person",
    "answer": "Picture",
}
"""What an address may name to be drawn, and the label of it."""


def follow_address(case: CaseFolder) -> None:
    """Draw what the address asks for: a lead, somebody, a view that was drawn before; else it names what is open.

    Where something is drawn already, a lead or somebody waits until it is said how it is to be drawn (``wanted``); a
    lead that a tab shows is gone to.
    """
    if state.view_of(case).playing is not None:  # what is played is left with the page
        state.hold(case, timed(case, replace(state.view_of(case), playing=None)))
    for name, label in _NAMED.items():
        if identity := address.given(name):
            address.put(**{name: None})
            if label == "Finding" and (tab := _tab_with_lead(case, identity)) is not None:
                forget_wanted()
                show_tab(case, tab)
                _tell_hidden(case)
            elif not state.view_of(case).empty and state.named(case) is not None:
                st.session_state[_WANTED] = (case.name, label, identity)
                state.keep(case, state.view_of(case))
            else:
                draw_wanted(case, label, identity, anew=True)
            return
    if (picture := address.given("view")) is None:
        if not state.view_of(case).empty:
            state.keep(case, state.view_of(case))
    elif picture != state.named(case):
        _draw_again(case, picture)


def _tell_hidden(case: CaseFolder) -> None:
    """That a lead's picture is as it was left, where filters or a hand hide some of it: it would pass for the whole."""
    if told := hidden_summary(case, state.view_of(case), None):
        st.toast(escape_markdown(_("The lead is drawn as you left it. {hidden}", hidden=told)),
                 icon=":material/filter_alt:", duration="long")


def _tab_with_lead(case: CaseFolder, finding_id: str) -> int | None:
    """The number of the tab that shows the lead, and no other: the open one, else the one drawn on last; None where
    none does.

    Who opens a lead again looks for it and for their work on it: what was moved, added, noted or filtered is found
    again.  A picture from which something of the lead was taken or hidden by hand, or that lacks what the last run
    draws, shows it no more: the lead is drawn as if for the first time, and that tab is left as it is.
    """
    book = server().workbench.casebook
    titled = [tab for tab in book.boards.tabs(person().name, case.name) if tab.picture and tab.title == finding_id]
    try:
        drawn = explore_leads.drawing(case, finding_id) if titled else None
    except FilatureError:  # said where it is drawn
        return None
    if drawn is None:
        return None
    wanted = {node.key for node in drawn.subgraph.nodes}
    here = open_tab(case)
    for tab in sorted(titled, key=lambda tab: (tab.number == here, tab.turn), reverse=True):
        text = book.places.picture(case.name, tab.picture)
        board = read(text) if text is not None else None
        if board is not None and wanted <= board.nodes - board.hidden:
            return tab.number
    return None


def wanted(case: CaseFolder) -> tuple[str, str] | None:
    """The label and id of what an address asked to be drawn beside what is drawn already."""
    where, label, identity = st.session_state.get(_WANTED, ("", "", ""))
    return (label, identity) if where == case.name else None


def draw_wanted(case: CaseFolder, label: str, identity: str, *, anew: bool, tab: bool = False) -> None:
    """Draw a lead, or somebody with their neighbours, by itself, in a ``tab`` of its own, or beside what is drawn."""
    st.session_state.pop(_WANTED, None)
    if tab:
        new_tab(case)
    if label == "Finding":
        state.show_finding(case, identity, anew=anew)
    elif label == "View":
        _draw_view(case, identity, anew=anew)
    elif label == "Picture":
        _draw_answer(case, identity, anew=anew)
    else:
        state.add(case, identity, label=label, anew=anew)


def _draw_answer(case: CaseFolder, picture: str, *, anew: bool) -> None:
    """The picture of a query's answer, by its name."""
    text = server().workbench.casebook.places.picture(case.name, picture)
    if text is None:
        return
    board, view = read(text), state.view_of(case)
    if anew or view.empty:
        state.keep(case, replace(view, history=view.history.then(board, "query")))
    else:
        state.bring(case, sorted(board.nodes), step="query")


def open_view(case: CaseFolder, saved: BoardView) -> None:
    """Draw a saved view; where another picture is drawn it waits until it is said how (``wanted``)."""
    identity, view = f"{saved.name}\n{saved.revision}", state.view_of(case)
    if view.empty or view.board == read(saved.body):
        draw_wanted(case, "View", identity, anew=True)
    else:
        st.session_state[_WANTED] = (case.name, "View", identity)


def _draw_view(case: CaseFolder, identity: str, *, anew: bool) -> None:
    """A saved view by its name and revision, a step like any other: what was drawn comes back by undo."""
    name, _line, revision = identity.rpartition("\n")
    saved = server().workbench.casebook.boards.view(case.name, name, int(revision))
    if saved is None:
        return
    board = read(saved.body)
    if anew:
        view = state.view_of(case)
        view = replace(view, history=view.history.then(board, "open view"))
    else:
        state.bring(case, sorted(board.nodes), step="open view", leads=board.leads)
        view = state.view_of(case)
    state.keep(case, model.chosen(view, nodes=saved.selection))
    if anew:
        begin_from(case, saved)


def forget_wanted() -> None:
    st.session_state.pop(_WANTED, None)


def _draw_again(case: CaseFolder, picture: str) -> None:
    text = server().workbench.casebook.places.picture(case.name, picture)
    if text is None:
        state.fail(WorkbenchError(
            "the picture of this address is not in this case", fix="begin with a search or with the leads"
        ))
        address.put(view=None, node=None)
        return
    if (tab := tab_with(case, picture)) is not None:
        turn_to(case, tab)
    board = read(text)
    before = state.view_of(case)
    history = steps_to(case, picture, board) if before.empty else before.history.then(board, "open view")
    state.draw_board(case, replace(before, history=history), note=True)
    view = state.view_of(case)
    asked, key = address.given("node"), label_key(case)
    chosen = next((node.key for node in view.drawn.nodes if token(node.key, key) == asked), None)
    state.hold(case, model.chosen(view, nodes=[chosen] if chosen else []))
    state.name_as(case, picture)


def draw_last(case: CaseFolder) -> None:
    """What this person drew last in the case, in its tab, with its steps."""
    picture = last_drawn(case)
    if picture and (tab := tab_with(case, picture)) is not None:
        show_tab(case, tab)


def last_drawn(case: CaseFolder) -> str | None:
    """The name of the picture that this person drew last in the case, in whatever session."""
    return server().workbench.casebook.boards.head(person().name, case.name)


def show_tab(case: CaseFolder, number: int) -> None:
    """Open that tab, as it was left in this session or in whatever session before."""
    turn_to(case, number)
    if state.view_of(case).empty:
        picture = server().workbench.casebook.boards.head(person().name, case.name, number)
        text = server().workbench.casebook.places.picture(case.name, picture) if picture else None
        if picture and text is not None:
            state.draw_board(case, model.View(history=steps_to(case, picture, read(text))), note=True)
    view = state.view_of(case)
    state.name_as(case, None if view.empty else state.pictured(case, view.board))
    node = view.selection.node
    address.put(view=state.named(case), node=opaque(node) if node else None)


def new_tab(case: CaseFolder) -> None:
    """Open a tab with nothing drawn, after all others."""
    tabs = server().workbench.casebook.boards.tabs(person().name, case.name)
    show_tab(case, max((open_tab(case), *(tab.number for tab in tabs))) + 1)


def close_tab(case: CaseFolder) -> None:
    """Close the open tab; the one drawn on last of the others is open then."""
    boards, user, number = server().workbench.casebook.boards, person().name, open_tab(case)
    boards.close_tab(user, case.name, number)
    state.drop(case, number)
    left = boards.tabs(user, case.name)
    show_tab(case, max(left, key=lambda tab: tab.turn).number if left else 1)
