"""How is what is drawn ordered?  Around one, as a tree, in columns, by time, in a line, apart; what is pinned stays.

By forces the browser does it, from where all stand: it is asked, and tells where they have come to.  Where it cannot,
the server does.
"""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import streamlit as st

from graph import arrangements
from graph.layout import Position, positions
from graph.subgraph import Subgraph
from graph.time_layout import by_time
from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.canvas.side import LayoutAsked
from workbench.explore import changes
from workbench.explore.board import Place, place
from workbench.explore.by_time import moments
from workbench.explore.shown import ASPECT, part
from workbench.lead_graphs import LATER, LIKELY, MEMBER, TARGET
from workbench.views.explore import leads as explore_leads
from workbench.views.explore import state
from workbench.views.explore.tabs.steps import open_tab
from workbench.views.language import _
from workbench.views.models import explore as model
from workbench.views.models.explore import View

LAYOUTS = "explore_layouts"
_ASKED = "explore_layout_asked"
_COLUMNS = {"Finding": 0, "Person": 0, "Account": 1, "Company": 1, "Identifier": 2, "Room": 2, "Platform": 2, "Name": 2}
_PARTS = {MEMBER: 0, TARGET: 2, LATER: 2, LIKELY: 2}


def layouts_menu(case: CaseFolder, view: View) -> None:
    """One button a layout: of what is selected where that is several, else of all."""
    several = len(view.selection.nodes) > 1
    st.caption(_("Of the selected nodes; pinned ones stay.") if several else _("Of all nodes; pinned ones stay."))
    titles = {
        "force": _("By forces"), "radial": _("Around the selected one"), "tree": _("As a tree"),
        "columns": _("In columns"), "time": _("By time"), "row": _("In a row"), "column": _("In a column"),
        "spread": _("Apart"),
    }
    for name, title in titles.items():
        needs_one = name == "radial" and len(view.selection.nodes) != 1
        needs_some = name in ("row", "column") and not several
        lacks = _("Select one node first.") if needs_one else _("Select several nodes first.") if needs_some else None
        st.button(title, key=f"layout_{name}", on_click=lay_out, args=(case, name), width="stretch",
                  disabled=lacks is not None, help=lacks, type="tertiary")


def lay_out(case: CaseFolder, name: str) -> None:
    """One step: the places of what moves; the browser lets it glide there, by forces finds them itself."""
    st.session_state[LAYOUTS] = False  # what was ordered is seen
    view = state.view_of(case)
    chosen = view.selection.nodes if len(view.selection.nodes) > 1 else ()
    if name == "force":
        asked = LayoutAsked(secrets.token_hex(8), name, chosen, ASPECT)
        st.session_state[_ASKED] = (case.name, open_tab(case), view.board.nodes, asked)
    else:
        _lay_out(case, name, chosen)


def layout_asked(case: CaseFolder) -> LayoutAsked | None:
    """What the browser is to lay out in the open tab, until it has told how that went; of a picture that is left it is
    done when that comes back, unless there are other nodes on it then.
    """
    where, tab, nodes, asked = st.session_state.get(_ASKED, ("", 0, None, None))
    here = (where, tab, nodes) == (case.name, open_tab(case), state.view_of(case).board.nodes)
    return asked if here else None


def heard(case: CaseFolder, act: Act) -> None:
    """What the browser tells of a layout: where nodes have come to stand, that it was given up, or that it cannot."""
    if act.values.get("given"):
        _given_up(case, act.text("asked"))
        return
    asked = layout_asked(case)
    if asked is None or act.text("asked") != asked.id:
        return
    del st.session_state[_ASKED]
    if act.values.get("failed"):
        note = _("This browser cannot lay out by forces: the server has done it.")
        _lay_out(case, asked.name, asked.nodes, note=note)
    elif act.places:
        state.keep(case, laid_out(state.view_of(case), act.places, asked.name, only=asked.nodes))


def _given_up(case: CaseFolder, identity: str) -> None:
    """Another picture came in between, by a step or in another tab: said beside what that step says."""
    asked = st.session_state.get(_ASKED)
    if asked is None or asked[-1].id != identity:
        return
    del st.session_state[_ASKED]
    view, note = state.view_of(case), _("The layout was given up: the picture has changed.")
    state.keep(case, replace(view, note=f"{view.note} {note}".strip()))


def laid_out(view: View, places: Mapping[str, Place], name: str, *, only: Collection[str] = ()) -> View:
    """The view with these places, one step; all of it is looked at anew where nothing of it was placed by hand."""
    told = {key: where for key, where in places.items() if not only or key in only}
    board = replace(changes.placed(view.board, told), layout=name)
    if not only and not any(node.key in view.board.pinned for node in view.drawn.nodes):
        board = replace(board, frame=model.framed(view))
    return model.changed(view, board, "layout", count=len(told))


def _lay_out(case: CaseFolder, name: str, chosen: tuple[str, ...], *, note: str = "") -> None:
    view = state.view_of(case)
    drawn = part(view.drawn, frozenset(chosen)) if chosen else view.drawn
    pinned = view.board.pinned
    before = {node.key: view.places[node.key] for node in drawn.nodes if node.key in view.places}
    found = _LAYOUTS[name](case, view, drawn, before)
    if name not in ("row", "column", "spread"):
        found = arrangements.moved_to(found, before, still=pinned)
    places = {key: place(*at) for key, at in found.items() if key not in pinned}
    board = replace(view.board, places={**view.board.places, **places}, layout=name)
    if not chosen:
        board = replace(board, frame=model.framed(view))
    state.keep(case, model.changed(view, board, "layout", count=len(places), note=note))


_Layout = Callable[[CaseFolder, View, Subgraph, Mapping[str, Position]], dict[str, Position]]


def _force(_case: CaseFolder, view: View, drawn: Subgraph, before: Mapping[str, Position]) -> dict[str, Position]:
    standing = {key: (x / ASPECT, y) for key, (x, y) in before.items() if key in view.board.pinned}
    return {key: (x * ASPECT, y) for key, (x, y) in positions(drawn, previous=standing).items()}


def _radial(_case: CaseFolder, view: View, drawn: Subgraph, _before: Mapping[str, Position]) -> dict[str, Position]:
    return arrangements.radial(drawn, view.selection.nodes[0])


def _tree(_case: CaseFolder, _view: View, drawn: Subgraph, _before: Mapping[str, Position]) -> dict[str, Position]:
    return arrangements.tree(drawn)


def _columns(case: CaseFolder, view: View, drawn: Subgraph, _before: Mapping[str, Position]) -> dict[str, Position]:
    """Members and targets of leads, else accounts and what they share, side by side."""
    return arrangements.columns(drawn, _numbers(case, view, drawn))


def _by_time(case: CaseFolder, view: View, drawn: Subgraph, _before: Mapping[str, Position]) -> dict[str, Position]:
    """Members of leads above their targets, else accounts and what they share; each by its first link in the period."""
    there = {node.key for node in drawn.nodes}
    first = moments(view.shown, view.board, view.firsts)
    first = {key: at for key, at in first.items() if key in there}
    return by_time(drawn, _numbers(case, view, drawn), first=first)


def _numbers(case: CaseFolder, view: View, drawn: Subgraph) -> dict[str, int]:
    parts = explore_leads.overlay(case, view.board.leads).parts
    if parts:
        return {node.key: _PARTS.get(parts.get(node.key, ""), 1) for node in drawn.nodes}
    return {node.key: _COLUMNS.get(node.label, 3) for node in drawn.nodes}


def _line(upright: bool) -> _Layout:
    return lambda _case, _view, _drawn, before: arrangements.aligned(before, sorted(before), upright=upright)


def _spread(_case: CaseFolder, view: View, _drawn: Subgraph, before: Mapping[str, Position]) -> dict[str, Position]:
    return arrangements.spread(before, still=view.board.pinned)


_LAYOUTS: Mapping[str, _Layout] = {
    "force": _force, "radial": _radial, "tree": _tree, "columns": _columns, "time": _by_time, "row": _line(False),
    "column": _line(True), "spread": _spread,
}
