"""How is what is drawn ordered?  Around one, as a tree, in columns, by time, in a line, apart; what is pinned stays."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from graph import arrangements
from graph.layout import Position, positions
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from workbench.explore.board import place
from workbench.explore.shown import ASPECT, part
from workbench.lead_graphs import MEMBER, TARGET
from workbench.views.explore import leads as explore_leads
from workbench.views.explore import state
from workbench.views.language import _
from workbench.views.models import explore as model
from workbench.views.models.explore import View

_COLUMNS = {"Finding": 0, "Person": 0, "Account": 1, "Company": 1, "Identifier": 2, "Room": 2, "Platform": 2, "Name": 2}


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
        st.button(title, key=f"layout_{name}", on_click=lay_out, args=(case, name), width="stretch",
                  disabled=needs_one or needs_some, type="tertiary")


def lay_out(case: CaseFolder, name: str) -> None:
    """One step: the places of what moves; the browser lets it glide there."""
    view = state.view_of(case)
    several = len(view.selection.nodes) > 1
    drawn = part(view.drawn, frozenset(view.selection.nodes)) if several else view.drawn
    pinned = view.board.pinned
    before = {node.key: view.places[node.key] for node in drawn.nodes if node.key in view.places}
    found = _LAYOUTS[name](case, view, drawn, before)
    if name not in ("row", "column", "spread"):
        found = arrangements.moved_to(found, before, still=pinned)
    places = {key: place(*at) for key, at in found.items() if key not in pinned}
    board = replace(view.board, places={**view.board.places, **places}, layout=name)
    if not several:
        board = replace(board, frame=model.framed(view))
    state.keep(case, model.changed(view, board, "layout", count=len(places)))


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
    parts = explore_leads.overlay(case, view.board.leads).parts
    if parts:
        numbers = {node.key: {MEMBER: 0, TARGET: 2}.get(parts.get(node.key, ""), 1) for node in drawn.nodes}
    else:
        numbers = {node.key: _COLUMNS.get(node.label, 3) for node in drawn.nodes}
    return arrangements.columns(drawn, numbers)


def _by_time(_case: CaseFolder, _view: View, drawn: Subgraph, _before: Mapping[str, Position]) -> dict[str, Position]:
    return arrangements.by_time(drawn)


def _line(upright: bool) -> _Layout:
    return lambda _case, _view, _drawn, before: arrangements.aligned(before, sorted(before), upright=upright)


def _spread(_case: CaseFolder, view: View, _drawn: Subgraph, before: Mapping[str, Position]) -> dict[str, Position]:
    return arrangements.spread(before, still=view.board.pinned)


_LAYOUTS: Mapping[str, _Layout] = {
    "force": _force, "radial": _radial, "tree": _tree, "columns": _columns, "time": _by_time, "row": _line(False),
    "column": _line(True), "spread": _spread,
}
