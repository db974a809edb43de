"""What has this person run in the case?  The latest first; a click takes a statement up again."""

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.views import show
from workbench.views.access.unmask import lifted
from workbench.views.console.draft import TYPE, fill_in, put_aside, replace_text
from workbench.views.language import _, words_here
from workbench.views.models.names import names_in_cells
from workbench.views.models.queries import history as model
from workbench.views.models.queries import statement as console_model
from workbench.views.session import person, server

_ROWS = "console_history_rows"


def history(case: CaseFolder) -> None:
    """The list of one's own statements."""
    ran = server().workbench.casebook.statements.of(person().name, case.name)
    known = {one.text.strip() for one in ran}
    aside = [one for one in put_aside(case) if one.text.strip() not in known]
    ran = tuple(sorted((*aside, *ran), key=lambda one: one.at, reverse=True))
    if not ran:
        st.caption(_("Nothing was run in this case yet."))
        return
    st.caption(_("Your own statements in this case; nobody else sees them. Choose one to take it up again."))
    with Lake(case) as lake:
        names = lifted(names_in_cells(lake, model.texts_in(ran)))
    frame = model.table(ran, names, words_here())

    def take() -> None:
        cells = st.session_state[_ROWS].selection.cells
        if cells and cells[0][0] < len(ran):
            one = ran[cells[0][0]]
            replace_text(case, one.text)
            fill_in(one.parameters)
            for name in one.parameters:
                if one.types.get(name) in console_model.TYPES:
                    st.session_state[f"{TYPE}{name}"] = one.types[name]

    st.dataframe(
        frame, hide_index=True, key=_ROWS, on_select=take, selection_mode="single-cell", width=660,
        column_config=show.widths(frame, (290, 90, 180, 100)), row_height=show.LINES,
        height=show.height_of(len(ran), most=360, row=show.LINES),
    )
