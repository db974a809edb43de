"""The table twin of the canvas, folded until it is asked for: sorted, filtered and selected together with it."""

import pandas as pd
import streamlit as st

from graph.measures import MEASURES, measures
from graph.opaque import fleeting
from ingest.case_folder import CaseFolder
from workbench.language import Words
from workbench.views import show
from workbench.views.explore import state
from workbench.views.explore.hiding import hidden_summary
from workbench.views.explore.panels.style import communities, style_of
from workbench.views.explore.whole_case import of_case, provenance
from workbench.views.language import _, words_here
from workbench.views.models import explore as model
from workbench.views.models.explore import rows as explore_rows
from workbench.views.models.names import Names
from workbench.views.navigation import choices

_WHICH = "twin"
_SEEN = "explore_table_seen"  # what stood first in the table, and what was selected in it
_END, _END_OF_PERIOD, _FEW = 160, 128, 6
"""Pixels of the names of a link's ends beside more columns than so many, and where one of the period stands there too.
"""
_LETTER = 8  # pixels of a letter, with its part of what stands beside the text
FOOT = 46
"""Pixels of the line below the canvas."""


def tables(case: CaseFolder, view: model.View, names: Names, *, total: int, height: int) -> None:
    """The line that says how much is drawn, with the choice of a table; the table chosen below it."""
    words = words_here()
    with st.container(horizontal=True, vertical_alignment="center", key="explore_foot"):
        which = choices.segments(_("Table"), _titles, key=_WHICH)
        with st.container(key="shown"):
            parts = (explore_rows.shown(view, words, total=total), hidden_summary(case, view, names), view.note)
            st.text(" ".join(part for part in parts if part))
        if view.board.hidden or view.board.filters.any:
            st.button(_("Show all"), key="show_all", type="tertiary", on_click=_show_all, args=(case,))
    if which:
        with st.container(key="explore_table"):
            _table(case, view, names, which=which, height=height)


def _table(case: CaseFolder, view: model.View, names: Names, *, which: str, height: int) -> None:
    words = words_here()
    if which == "nodes":
        _nodes(case, view, explore_rows.node_rows(view, names, words), height)
    elif which == "links":
        rows = explore_rows.edge_rows(view, names, words)
        ends = (_("From"), _("To"))  # they give way, so that the moments of the last columns stand whole
        wide = _END if view.weights is None else _END_OF_PERIOD
        pixels = [wide if name in ends else None for name in rows] if len(rows.columns) > _FEW else ()
        longest = max((len(str(text)) for name in ends for text in rows[name]), default=0)
        high = {"row": show.LINES} if pixels and longest > wide // _LETTER else {}
        show.table(rows, key="edge_table", empty=_("No links."), height=height, pixels=pixels, **high)
    elif which == "measures":
        if style_of(view).scope == "case":
            known = {name: pd.Series(dict(values)) for name, values in of_case(case, MEASURES).items()}
            about = _("Over the private contacts of the whole case; computed once, until evidence comes.")
            with st.container(horizontal=True, vertical_alignment="center", key="measures_line"):
                st.caption(about, width="content")
                with st.popover(_("What computed them"), key="measures_told", type="tertiary"):
                    provenance(case, MEASURES)
            height -= 16
            found = pd.DataFrame(known, index=[node.key for node in view.drawn.nodes])
        else:
            st.caption(_(
                "Computed on what is drawn, not on the whole case; communities with what is hidden."
            ))
            found = measures(view.drawn, [name for name in MEASURES if name != "community"])
            found["community"] = pd.Series(dict(communities(view)))
        table = explore_rows.measure_rows(found, view, names, words)
        show.table(table, key="measure_table", empty=_("No nodes."), height=height - 24)


def table_open() -> bool:
    """Whether a table is to stand below the picture, before it is drawn."""
    return bool(st.session_state.get(_WHICH, st.query_params.get(_WHICH)))


def _titles(words: Words) -> dict[str, str]:
    _ = words.gettext
    return {"nodes": _("Nodes"), "links": _("Links"), "measures": _("Measures")}


def _show_all(case: CaseFolder) -> None:
    state.change(case, "show", model.all_shown)


def _nodes(case: CaseFolder, view: model.View, rows: pd.DataFrame, height: int) -> None:
    """Rows selected here are selected on the canvas; what was selected there stands first and is selected here."""
    drawn = {str(key) for key in rows["key"]}
    now = [key for key in view.selection.nodes if key in drawn]
    before: tuple[list[str], list[str]] = st.session_state.get(_SEEN, ([], []))
    first, picked_here = before if set(before[1]) == set(now) else (now, now)
    at_top = rows["key"].isin(first)
    ordered = pd.concat([rows[at_top], rows[~at_top]]) if at_top.any() else rows
    keys = [str(key) for key in ordered["key"]]
    # a place is that of a row in this very list: another list is another table, with its own places
    name = fleeting("\n".join(keys))
    with st.container(key="node_table"):
        picked = st.dataframe(
            show.written(ordered.drop(columns="key").reset_index(drop=True)),
            hide_index=True,
            key=f"node_table_{name}",
            height=height,
            placeholder="",
            on_select="rerun",
            selection_mode="multi-row",
            selection_default={"selection": {"rows": [keys.index(key) for key in picked_here if key in keys]}},
            column_config={_("Name"): st.column_config.TextColumn(width="large")},
        )
    chosen = [keys[row] for row in picked.selection.rows if row < len(keys)]
    st.session_state[_SEEN] = (first, chosen)
    if set(chosen) != set(now):
        state.keep(case, model.chosen(view, nodes=chosen))
        st.rerun(scope="fragment")
