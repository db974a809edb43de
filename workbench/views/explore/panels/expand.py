"""Expanding one node by choice: along which way, how many, by which order, minors alone, who touches the rest."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.views.explore import acts as explore_acts
from workbench.views.explore import menu
from workbench.views.language import _, words_here


def expand_by(case: CaseFolder, key: str) -> None:
    """The choices, with the count of each way before anything is drawn."""
    words = words_here()
    ways = menu.counted(case, key)
    if not ways:
        st.caption(_("It has no neighbours."))
        return
    labels = [f"{menu.way_name(way, words)} ({words.number(total)})" for way, total, _minors in ways]
    number = st.selectbox(_("Along"), range(len(ways)), format_func=labels.__getitem__, key="expand_way")
    way, total, minors = ways[number]
    by = st.selectbox(
        _("The strongest by"), ("messages", "days", "first", "rarity"), key="expand_order",
        format_func={
            "messages": _("messages or uses"), "days": _("days of contact"), "first": _("first contact"),
            "rarity": _("how few others know it"),
        }.__getitem__,
    )
    most = st.number_input(_("At most"), 1, explore_acts.MOST_EXPANDED, min(menu.FEW, total), key="expand_most")
    only_minors = bool(minors) and st.toggle(_("Minors alone ({number})", number=minors), key="expand_minors")
    touching = st.toggle(_("Only what touches something else that is drawn"), key="expand_touching")
    values: dict[str, str | float | bool] = {
        **menu.way_values(way), "by": by, "most": int(most), "ages": "minors" if only_minors else "",
        "touching": touching,
    }
    st.button(_("Draw them"), type="primary", key="expand_draw", on_click=explore_acts.hear,
              args=(case, [Act("expand by", (key,), values=values)]))
