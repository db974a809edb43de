"""Notes and groups on the picture: what a person wrote, and what they put together under a title."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.explore import changes
from workbench.explore.board import COLORS
from workbench.views import show
from workbench.views.access.rights import allowed
from workbench.views.explore import state
from workbench.views.explore.panels.grouping import group_form
from workbench.views.language import _, ngettext
from workbench.views.models.explore import View
from workbench.views.models.names import Names
from workbench.views.widgets.fields import empty, lines, too_long


def notes_panel(case: CaseFolder, view: View, names: Names) -> None:  # noqa: ARG001
    """Each note and group with its fields; a new one for what is selected."""
    allowed("annotate", case, reason=_(
        "Notes on the picture are yours alone: to save it as a view is for analysts and leads."
    ))
    chosen = view.unfolded(view.selection.nodes)
    with st.form("note_form", border=False):
        text = lines(_("Note"), key="note_text", height=68)
        beside = st.form_submit_button(
            _("Write it beside the selected node") if view.selection.node else _("Write it on the picture")
        )
    if beside and text.strip() and not too_long((_("Note"), text, changes.MOST_CHARACTERS)):
        _write(case, view, text)
        empty("note_text")
        st.rerun(scope="fragment")
    if len(chosen) > 1:
        group_form(case, view)
    if view.board.groups:
        show.bold(_("Groups"))
    for number, group in view.board.groups.items():
        with st.container(border=True, key=f"group_{number}", gap="xsmall"):
            st.text(f"{group.title} ({len(group.members)})")
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _color(case, f"group_color_{number}", group.color, "regroup", number)
                st.button(
                    _("Show one by one") if group.folded else _("Fold into one"), key=f"group_fold_{number}",
                    type="tertiary", on_click=_refold, args=(case, number, not group.folded),
                )
                st.button(_("Dissolve"), key=f"group_drop_{number}", type="tertiary", on_click=_drop_group,
                          args=(case, number))
    if view.board.notes:
        show.bold(ngettext("{number} note", "{number} notes", len(view.board.notes)))
    for number, note in view.board.notes.items():
        with st.container(border=True, key=f"note_{number}", gap="xsmall"):
            st.text(note.text)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _color(case, f"note_color_{number}", note.color, "renote", number)
                st.button(_("Take away"), key=f"note_drop_{number}", type="tertiary", on_click=_drop_note,
                          args=(case, number))


def _write(case: CaseFolder, view: View, text: str) -> None:
    beside = view.selection.node or ""
    places = view.places
    if beside in places:
        x, y = places[beside]
        where = (x + 0.6, y - 0.6)
    else:
        drawn = [places[node.key] for node in view.drawn.nodes if node.key in places] or [(0.0, 0.0)]
        where = (min(x for x, _y in drawn), max(y for _x, y in drawn) + 1.0)
    state.change(case, "note", lambda board: changes.noted(board, text, where, about=beside))


def _color(case: CaseFolder, key: str, color: str, step: str, number: str) -> None:
    st.session_state[key] = color

    def changed() -> None:
        wanted = str(st.session_state[key])
        if step == "renote":
            state.change(case, step, lambda board: changes.renoted(board, number, color=wanted))
        else:
            state.change(case, step, lambda board: changes.regrouped(board, number, color=wanted))

    st.selectbox(_("Colour"), COLORS, key=key, format_func=_, label_visibility="collapsed", width=110,
                 on_change=changed)


def _refold(case: CaseFolder, number: str, folded: bool) -> None:
    state.change(case, "regroup", lambda board: changes.regrouped(board, number, folded=folded))


def _drop_group(case: CaseFolder, number: str) -> None:
    state.change(case, "ungroup", lambda board: changes.ungrouped(board, number))


def _drop_note(case: CaseFolder, number: str) -> None:
    state.change(case, "unnote", lambda board: changes.unnoted(board, number))
