"""Part of the Conversation screen: which two accounts wrote to each other, where none is chosen yet?"""

from collections.abc import Collection
from functools import partial

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from queries.values import joined
from workbench.views.language import _
from workbench.views.navigation import address
from workbench.views.widgets import entity_picker

_ENDS = "thread_ends"


def choose_two(case: CaseFolder, lacking: Collection[str] = ()) -> None:
    """Both accounts by the picker; one that the address names, and the case does not lack, stands there already."""
    asked = joined([case.name, *(address.given(place) or "" for place in ("a", "b"))])
    chosen: dict[str, str | None] = st.session_state.setdefault(f"{_ENDS}_{asked}", {})
    for place, title in (("a", _("One account")), ("b", _("The other account"))):
        if (given := address.given(place)) and given not in lacking:
            chosen.setdefault(place, given)
        entity_picker.entity_field(
            case, key=f"thread_end_{place}", title=title, value=chosen.get(place),
            pick=partial(_choose, chosen, place), labels=("Account",),
        )
    one, other = chosen.get("a"), chosen.get("b")
    if st.button(
        _("Open the conversation"), type="primary", key="thread_open", disabled=not one or not other or one == other
    ):
        address.to("Conversation", {"a": one, "b": other})


def _choose(chosen: dict[str, str | None], place: str, hit: Hit | None) -> None:
    chosen[place] = hit.id if hit else None
