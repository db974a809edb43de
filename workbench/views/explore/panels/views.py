"""Named views of a case: saved with places, filters, style and selection; with revisions, shared by their address."""

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake.digest import case_digest
from workbench.casebook.saved.archived import Archived
from workbench.casebook.saved.boards import LONGEST_NAME, BoardView
from workbench.plain_text import escape_markdown, plain_text
from workbench.views import show
from workbench.views.access.rights import allowed, barred
from workbench.views.explore.saving import revision_line, save_form
from workbench.views.explore.tabs import reopening
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.explore import View
from workbench.views.models.names import Names
from workbench.views.session import person, server


def views_panel(case: CaseFolder, view: View, names: Names) -> None:  # noqa: ARG001
    """Save what is drawn under a name; the case's views with who saved them when, and whether evidence came since."""
    if allowed("annotate", case, reason=_("Saving a view is for analysts and leads.")):
        save_form(case)
    if not saved_views(case):
        st.caption(_("No view of this case is saved yet. A view is seen by all who work on the case."))


def saved_views(case: CaseFolder) -> int:
    """The case's views by name, each to be opened, here and where nothing is drawn yet; gives how many there are.

    Archived ones stand below the others, folded.
    """
    boards, digest = server().workbench.casebook.boards, case_digest(case)
    every, put_away = boards.views(case.name, archived=True), boards.archived(case.name)
    listed, archived = ([one for one in every if (one.name in put_away) == apart] for apart in (False, True))
    for number, found in enumerate(listed):
        _view(case, found, number, changed=found.digest != digest)
    if archived:
        label = ngettext("{number} archived view", "{number} archived views", len(archived))
        with st.expander(label, key="views_archived"):
            for number, found in enumerate(archived, start=len(listed)):
                _view(case, found, number, changed=False, archived=put_away[found.name])
    return len(every)


def _view(
    case: CaseFolder, found: BoardView, number: int, *, changed: bool, archived: Archived | None = None
) -> None:
    """One view: when it was saved last, by whom, what it holds; opened, looked through, archived or brought back.

    ``changed``: it is said that the evidence has.
    """
    with st.container(border=True, key=f"saved_view_{number}", gap="xsmall"):
        st.text(plain_text(found.name, limit=LONGEST_NAME))
        st.caption(escape_markdown(revision_line(found)))
        if archived is not None:
            who, when = plain_text(archived.person, limit=60), words_here().instant(archived.at)
            st.caption(escape_markdown(_("Archived by {who}, {when}.", who=who, when=when)))
        elif changed:
            st.caption(_("The evidence has changed since."))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(_("Open"), key=f"view_open_{number}", on_click=reopening.open_view, args=(case, found))
            if found.revision > 1:
                with st.popover(ngettext("{number} revision", "{number} revisions", found.revision),
                                key=f"view_past_{number}", type="tertiary"):
                    _revisions(case, found.name, number)
            st.button(
                _("Archive it") if archived is None else _("Bring it back"), key=f"view_archive_{number}",
                type="tertiary", on_click=_archive, args=(case, found.name, archived is None),
                **barred("annotate", case, reason=_("Saving a view is for analysts and leads.")),
            )


def _archive(case: CaseFolder, name: str, archived: bool) -> None:
    """It leaves the lists of all who work on the case, or stands there again."""
    with show.errors():
        server().workbench.casebook.boards.archive(case.name, name, user=person().name, archived=archived)
        st.toast(escape_markdown(
            _("Archived: “{name}” stands below the other views, for all who work on the case.", name=name) if archived
            else _("“{name}” stands among the views again.", name=name)
        ))


def _revisions(case: CaseFolder, name: str, number: int) -> None:
    for past in reversed(server().workbench.casebook.boards.revisions(case.name, name)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Open"), key=f"view_open_{number}_{past.revision}", on_click=reopening.open_view,
                      args=(case, past))
            st.text(revision_line(past))
