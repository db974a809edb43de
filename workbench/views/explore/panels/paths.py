"""Paths between those that are selected: along which links, past busy nodes, in a period; each lit on its own."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import streamlit as st

from graph import fetch
from graph.fetch.connections import ALONG, MOST_ENDS
from ingest.case_folder import CaseFolder
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.explore import state
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import explore as model
from workbench.views.models.explore import View
from workbench.views.models.explore.rows import label_of
from workbench.views.models.names import Names

_TYPES = ("CONTACTED", "USED", "POSTED_IN", "REPORTED", "OWNS", "OPERATES")
_OWNERS = ("Company", "Person", "Platform")
ENDS = "path_ends"
"""Before the case's name, in the session: the ends that the picker holds, by their names."""
MOST_LISTED = 40


def paths_panel(case: CaseFolder, view: View, names: Names) -> None:
    """Choose, look for, and light what was found."""
    ends = sorted(view.unfolded(view.selection.nodes))
    words = words_here()
    if not 2 <= len(ends) <= MOST_ENDS:
        st.caption(_("Select 2 to {most} nodes on the picture (Shift and click) to look for paths among them.",
                     most=MOST_ENDS))
    else:
        st.text(", ".join(label_of(node, names, words) for node in view.subgraph.nodes if node.key in ends))
    st.multiselect(_("Along"), _TYPES, default=list(ALONG), format_func=words.gettext, key="paths_types")
    with st.container(horizontal=True, gap="small"):
        st.number_input(_("Steps at most"), 1, 12, 6, key="paths_steps", width=140)
        st.number_input(_("Paths of each pair"), 1, 50, 5, key="paths_limit", width=140)
    st.number_input(_("Not through nodes with more links than"), 0, 1_000_000, 0, key="paths_avoid",
                    help=_("0: through any node"))
    with st.container(horizontal=True, gap="small"):
        for key, label in (("paths_since", _("From")), ("paths_until", _("To"))):
            st.date_input(label, value=None, format="YYYY-MM-DD", key=key, width=145, min_value=date(1990, 1, 1))
    st.button(_("Find paths"), type="primary", key="paths_find", on_click=_find, args=(case, ends),
              disabled=not 2 <= len(ends) <= MOST_ENDS or not st.session_state.get("paths_types"))
    _found(case, view, names)


def _found(case: CaseFolder, view: View, names: Names) -> None:
    board, words = view.board, words_here()
    if not board.paths:
        return
    show.bold(ngettext("{number} path", "{number} paths", len(board.paths)))
    with st.container(horizontal=True):
        st.button(_("Light all"), key="paths_all", on_click=_light, args=(case, None), disabled=board.lit is None)
        st.button(_("Forget"), key="paths_none", on_click=_forget, args=(case,), type="tertiary")
    called = {node.key: label_of(node, names, words) for node in view.subgraph.nodes}
    for place, walk in enumerate(board.paths[:MOST_LISTED]):
        told = " – ".join(called.get(key, "?") for key in walk)
        st.button(
            escape_markdown(told, limit=200), key=f"paths_light_{place}", on_click=_light, args=(case, place),
            type="primary" if board.lit == place else "secondary", width="stretch",
        )
    if len(board.paths) > MOST_LISTED:
        st.caption(_("Showing {shown} of {total}.", shown=MOST_LISTED, total=len(board.paths)))


def begin(case: CaseFolder, key: str) -> None:
    """That node is the first end of a path: the picker above the picture begins with it."""
    if key.startswith("Account/"):
        st.session_state[f"{ENDS}_{case.name}"] = {"path_from": key}


def among(case: CaseFolder, ends: list[str]) -> None:
    """Draw and light the shortest paths among nodes of the picture, without anything else asked for."""
    if len(ends) > MOST_ENDS:
        note = _("Select 2 to {most} nodes on the picture (Shift and click) to look for paths among them.",
                 most=MOST_ENDS)
        state.keep(case, replace(state.view_of(case), note=note))
        return
    owned = any(end.partition("/")[0] in _OWNERS for end in ends)
    found = state.asked(case, lambda store: fetch.paths_among(
        store, ends, types=_TYPES if owned else ALONG, limit=5
    ))
    if found is not None:
        draw(case, found)


def _find(case: CaseFolder, ends: list[str]) -> None:
    chosen = st.session_state
    options: dict[str, Any] = {
        "types": list(chosen["paths_types"]), "max_length": int(chosen["paths_steps"]),
        "limit": int(chosen["paths_limit"]), "avoid": int(chosen["paths_avoid"]) or None,
        "period": (_instant(chosen["paths_since"], time.min), _instant(chosen["paths_until"], time.max)),
    }
    found = state.asked(case, lambda store: fetch.paths_among(store, ends, **options))
    if found is not None:
        draw(case, found)


def draw(case: CaseFolder, found: fetch.Paths) -> None:
    """Draw and light what was found; where there is nothing only the note changes."""
    view = state.known_to(case, state.view_of(case), [node.key for node in found.subgraph.nodes])
    state.keep(case, model.with_paths(view, found, words_here()))


def _light(case: CaseFolder, place: int | None) -> None:
    state.change(case, "light", lambda board: replace(board, lit=place))


def _forget(case: CaseFolder) -> None:
    state.change(case, "path", lambda board: replace(board, paths=(), lit=None))


def _instant(day: date | None, at: time) -> datetime | None:
    return datetime.combine(day, at, tzinfo=UTC) if day else None
