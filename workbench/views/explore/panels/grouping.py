"""A group of what is selected, under a title: the same form beside the details and among the notes."""

from collections.abc import Callable

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.explore import changes
from workbench.views.explore import state
from workbench.views.language import _
from workbench.views.models.explore import View
from workbench.views.widgets.fields import empty, line, too_long

_DONE = "explore_grouped"


def group_form(case: CaseFolder, view: View, *, done: Callable[[], None] = lambda: None) -> None:
    """Ask for the title; a title that is too long is said and stays."""
    chosen = view.unfolded(view.selection.nodes)
    with st.form("group_form", border=False):
        label = _("Title of a group of the {number} selected", number=len(chosen))
        title = line(label, key="group_title")
        if st.form_submit_button(_("Group them")) and title.strip() and not too_long(
            (label, title, changes.MOST_TITLE)
        ):
            state.change(case, "group", lambda board: changes.grouped(board, chosen, title), count=len(chosen))
            empty("group_title")
            done()
            st.rerun(scope="fragment")


def group_button(case: CaseFolder, view: View) -> None:
    """The form behind a button, which closes once the group is there: it is seen on the picture."""
    key = "selected_group"
    if st.session_state.pop(_DONE, False):
        st.session_state[key] = False
    if (asked := st.popover(_("Put into a group…"), key=key, on_change="rerun")).open:
        with asked:
            group_form(case, view, done=lambda: st.session_state.update({_DONE: True}))
