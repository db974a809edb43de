"""Named views of a case: saved with places, filters, style and selection; with revisions, shared by their address."""

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake.digest import case_digest
from workbench.casebook.boards import LONGEST_NAME
from workbench.plain_text import escape_markdown, plain_text
from workbench.views.access.rights import allowed
from workbench.views.explore.saving import revision_line, save_form
from workbench.views.explore.tabs import reopening
from workbench.views.language import _, ngettext
from workbench.views.models.explore import View
from workbench.views.models.names import Names
from workbench.views.session import server


def views_panel(case: CaseFolder, view: View, names: Names) -> None:  # noqa: ARG001
    """Save what is drawn under a name; the case's views with who saved them when, and whether evidence came since."""
    if allowed("annotate", case, reason=_("Saving a view is for analysts and leads.")):
        save_form(case)
    if not saved_views(case):
        st.caption(_("No view of this case is saved yet. A view is seen by all who work on the case."))


def saved_views(case: CaseFolder) -> int:
    """The case's views by name, each to be opened, here and where nothing is drawn yet; gives how many there are."""
    digest = case_digest(case)
    saved = server().workbench.casebook.boards.views(case.name)
    for number, found in enumerate(saved):
        with st.container(border=True, key=f"saved_view_{number}", gap="xsmall"):
            st.text(plain_text(found.name, limit=LONGEST_NAME))
            st.caption(escape_markdown(revision_line(found)))
            if found.digest != digest:
                st.caption(_("The evidence has changed since."))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(_("Open"), key=f"view_open_{number}", on_click=reopening.open_view, args=(case, found))
                if found.revision > 1:
                    with st.popover(ngettext("{number} revision", "{number} revisions", found.revision),
                                    key=f"view_past_{number}", type="tertiary"):
                        _revisions(case, found.name, number)
    return len(saved)


def _revisions(case: CaseFolder, name: str, number: int) -> None:
    for past in reversed(server().workbench.casebook.boards.revisions(case.name, name)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Open"), key=f"view_open_{number}_{past.revision}", on_click=reopening.open_view,
                      args=(case, past))
            st.text(revision_line(past))
