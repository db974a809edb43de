"""What happens when a person does something on the canvas?  One function an operation; each gives steps of the view."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from graph import fetch
from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.explore import changes
from workbench.explore.board import COLORS, GROUP, OWN
from workbench.views.explore import layouts, opening, state
from workbench.views.explore import menu as explore_menu
from workbench.views.explore.panels import paths as explore_paths
from workbench.views.explore.time_strip import period_of
from workbench.views.language import words_here
from workbench.views.models import explore as model
from workbench.views.models.explore import in_common

Handler = Callable[[CaseFolder, Act], None]
MOST_EXPANDED = 2_000
MOST_BESIDE = 200
"""Nodes of the picture that are asked for what touches them."""


def hear(case: CaseFolder, acts: Sequence[Act]) -> None:
    """Do what was done on the canvas, in order; an operation that is none is nothing."""
    for act in acts:
        if (handler := OPERATIONS.get(act.op)) is not None:
            handler(case, act)


def _select(case: CaseFolder, act: Act) -> None:
    state.keep(case, model.picked(state.view_of(case), nodes=act.nodes, edge=act.edge))


def _move(case: CaseFolder, act: Act) -> None:
    state.change(case, "move", lambda board: changes.moved(board, act.places), count=len(act.places))


def _expand(case: CaseFolder, act: Act) -> None:
    """Marks are opened; of nodes the strongest neighbours are drawn that are not drawn yet."""
    for mark in (key for key in act.nodes if key.startswith(f"{GROUP}/")):
        state.keep(case, model.unfolded(state.view_of(case), mark))
    keys = [key for key in act.nodes if not key.startswith(f"{GROUP}/")]
    if not keys:
        return
    view = state.view_of(case)
    most = min(max(act.number("most", explore_menu.FEW), 1), MOST_EXPANDED)
    known = view.board.nodes
    found = state.asked(case, lambda store: fetch.strongest(
        store, keys, types=state.types(), limit=len(known) + most
    ))
    if found is None:
        return
    fresh = [key for key in found.keys if key not in known][:most]
    again = [key for key in found.keys if key in view.board.hidden]
    drawn = {edge.source for edge in view.subgraph.edges if edge.target in keys}
    drawn |= {edge.target for edge in view.subgraph.edges if edge.source in keys}
    left = found.total - len(drawn - set(keys))
    note = explore_menu.drew(len(fresh), left, words_here())
    state.bring(case, [*fresh, *again], step="expand", single=False, note=note)


def _expand_by(case: CaseFolder, act: Act) -> None:
    """Along one way of the menu: the strongest of it, or those alone that touch the selection too."""
    key = act.node
    way = explore_menu.way_of(act)
    if key is None or way is None:
        return
    by = act.text("by")
    order: fetch.By = by if by in fetch.BYS else "messages"  # type: ignore[assignment]
    most = min(max(act.number("most", explore_menu.FEW), 1), MOST_EXPANDED)
    found = state.asked(case, lambda store: fetch.neighbours(store, key, way, by=order))
    if found is None:
        return
    keys = explore_menu.of_age(case, found.keys, act.text("ages"))
    view, total = state.view_of(case), found.total
    if act.values.get("touching"):
        beside = sorted(node.key for node in view.subgraph.nodes if node.key != key)[:MOST_BESIDE]
        near = state.asked(case, lambda store: fetch.shared(store, [key, *beside], limit=fetch.MOST))
        touching = set(near.keys) | view.board.nodes if near is not None else set()
        keys = [other for other in keys if other in touching]
    fresh = [other for other in keys if other not in view.board.nodes]
    drawn = [other for other in keys if other in view.board.hidden]
    total = total if len(keys) == len(found.keys) else len(keys)
    already = len([other for other in keys if other in view.board.nodes])
    note = explore_menu.drew(min(most, len(fresh)), total - already, words_here())
    state.bring(case, [*fresh[:most], *drawn], step="expand", note=note, single=most <= 60)


def _common(case: CaseFolder, act: Act) -> None:
    """What two or more of the selected have around them: drawn, as far as it is not yet, and selected."""
    before = state.view_of(case)
    keys = sorted(before.unfolded(act.nodes))
    found = state.asked(case, lambda store: fetch.shared(store, keys, types=state.types()))
    if found is None:
        return
    if lacking := in_common.to_draw(before, found.keys):
        state.bring(case, lacking, step="common")
    view = state.view_of(case)
    note = in_common.summary(before, view, found.keys, found.total, words_here(), chosen=bool(state.types()))
    chosen = in_common.to_select(view, found.keys)
    state.keep(case, replace(model.chosen(view, nodes=chosen) if chosen else view, note=note))


def _path(case: CaseFolder, act: Act) -> None:
    """Among several the shortest paths are drawn and lit; one alone is kept as the first end, for the picker."""
    keys = sorted(_about(case, act))
    if len(keys) == 1:
        explore_paths.begin(case, keys[0])
    else:
        explore_paths.among(case, keys)


def _about(case: CaseFolder, act: Act) -> frozenset[str]:
    """The nodes on the board that an act is about."""
    return state.view_of(case).unfolded(act.nodes)


def _hide(case: CaseFolder, act: Act) -> None:
    keys = _about(case, act)
    state.change(case, "hide", lambda board: changes.hidden(board, keys), count=len(keys))


def _keep_only(case: CaseFolder, act: Act) -> None:
    keys = _about(case, act)
    state.change(case, "keep", lambda board: changes.kept_only(board, keys), count=len(keys))


def _remove(case: CaseFolder, act: Act) -> None:
    state.keep(case, model.without(state.view_of(case), act.nodes))


def _pin(case: CaseFolder, act: Act, *, on: bool) -> None:
    keys = _about(case, act) | (frozenset() if on else frozenset(act.nodes))
    state.change(
        case, "pin" if on else "unpin", lambda board: changes.pinned(board, keys, on=on), count=len(keys)
    )


def _toggle_pin(case: CaseFolder, act: Act) -> None:
    pinned = state.view_of(case).board.pinned
    held = any(key.startswith(f"{GROUP}/") and key in pinned for key in act.nodes)  # a mark that was dragged
    _pin(case, act, on=not held and not _about(case, act) <= pinned)


def _mark(case: CaseFolder, act: Act) -> None:
    keys, color = _about(case, act), act.text("color")
    if color in ("", *COLORS):
        state.change(case, "mark", lambda board: changes.marked(board, keys, color), count=len(keys))


def _group(case: CaseFolder, act: Act) -> None:
    keys = _about(case, act)
    state.change(case, "group", lambda board: changes.grouped(board, keys, act.text("text")), count=len(keys))


def _ungroup(case: CaseFolder, act: Act) -> None:
    for key in act.nodes:
        if key.startswith(OWN):
            state.change(case, "ungroup", partial(changes.ungrouped, number=key.removeprefix(OWN)))


def _note(case: CaseFolder, act: Act) -> None:
    view = state.view_of(case)
    beside = act.nodes[0] if act.nodes else ""
    x, y = view.places.get(beside, (0.0, 0.0))
    state.change(case, "note", lambda board: changes.noted(board, act.text("text"), (x + 0.6, y - 0.6), about=beside))


def _move_note(case: CaseFolder, act: Act) -> None:
    x, y = act.values.get("x"), act.values.get("y")
    if isinstance(x, int | float) and isinstance(y, int | float):
        where = (round(float(x), 4), round(float(y), 4))
        state.change(case, "move note", lambda board: changes.renoted(board, act.text("note"), place=where))


def _period(case: CaseFolder, act: Act) -> None:
    state.keep(case, replace(state.view_of(case), playing=None))
    state.change(case, "filter", lambda board: replace(board, filters=period_of(board.filters, act)))


def _play(case: CaseFolder, act: Act) -> None:
    period = period_of(state.view_of(case).board.filters, act)
    state.keep(case, model.played(state.view_of(case), period.since, period.until))


def _undo(case: CaseFolder, act: Act) -> None:  # noqa: ARG001
    state.keep(case, model.undone(state.view_of(case)))


def _redo(case: CaseFolder, act: Act) -> None:  # noqa: ARG001
    state.keep(case, model.redone(state.view_of(case)))


def _menu(case: CaseFolder, act: Act) -> None:
    explore_menu.ask(case, act.node)


def _open(case: CaseFolder, act: Act) -> None:
    told = (act.text("what"), act.nodes, act.text("query"), act.text("parameter"))
    st.session_state[opening.ASKED] = (case.name, *told)


OPERATIONS: Mapping[str, Handler] = {
    "select": _select, "move": _move, "layout": layouts.heard, "expand": _expand, "expand by": _expand_by,
    "common": _common, "path": _path, "hide": _hide, "keep": _keep_only, "remove": _remove, "pin": _toggle_pin,
    "unpin": partial(_pin, on=False), "mark": _mark, "group": _group, "ungroup": _ungroup, "note": _note,
    "move note": _move_note,
    "period": _period, "play": _play, "undo": _undo, "redo": _redo, "menu": _menu, "open": _open,
}
