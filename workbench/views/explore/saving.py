"""How is what is drawn saved under a name?  A revision that it did not begin from is not covered unread."""

from collections.abc import Mapping

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from ingest.lake.digest import case_digest
from workbench.casebook.saved.boards import LONGEST_NAME, BoardView, titled
from workbench.errors import Overtaken
from workbench.explore.written import read, written
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.explore import state
from workbench.views.explore.tabs.steps import open_tab
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.explore.words import period_told
from workbench.views.session import person, server
from workbench.views.widgets.fields import too_long

_BEGAN = "explore_view_began"  # by case, tab and view's name: the revision that was opened or saved there last
_NEWER = "explore_view_newer"  # of a tab: the revision that would have been covered
Began = dict[tuple[str, int, str], int]


def begin_from(case: CaseFolder, saved: BoardView) -> None:
    """What is drawn in the open tab is that revision, or goes on from it."""
    began: Began = st.session_state.setdefault(_BEGAN, {})
    began[case.name, open_tab(case), saved.name] = saved.revision


def save_form(case: CaseFolder) -> None:
    """A name and the button; below them the newer revision that was met, and the way to save all the same."""
    with st.form("view_form", border=False):
        name = st.text_input(_("Name of the view"), key="view_name")
        if st.form_submit_button(_("Save what is drawn")) and not too_long((_("Name of the view"), name, LONGEST_NAME)):
            _save(case, name)
    where, newer = st.session_state.get(_NEWER, (None, None))
    if newer is not None and where == (case.name, open_tab(case)):
        place = st.empty()
        with place.container():
            wanted = _newer(newer)
        if wanted:
            place.empty()
            _save(case, newer.name, newer.revision)
            if _NEWER in st.session_state:  # once more
                st.rerun(scope="fragment")


def _newer(newer: BoardView) -> bool:
    """The revision that would have been covered; gives whether the picture is saved all the same."""
    st.warning(escape_markdown(_(
        "“{name}” has a revision that this picture does not go on from: {revision}. Nothing was saved. Open it to see "
        "what it holds, write another name, or save all the same: it stays as a revision before yours.",
        name=newer.name, revision=revision_line(newer),
    )))
    return st.button(_("Save all the same"), key="view_save_over")


def revision_line(saved: BoardView) -> str:
    """A revision in words: its number, whose it is, of when, and how much it holds."""
    words = words_here()
    line = _("Revision {revision}, {user}, {at}", revision=saved.revision, user=saved.user, at=words.instant(saved.at))
    return f"{line} · {holds}" if (holds := _holds(saved.body)) else line


def _holds(body: str) -> str:
    """How many nodes and accounts, notes and groups, of which period; empty where what was kept cannot be read."""
    try:
        board = read(body)
    except (KeyError, TypeError, ValueError):
        return ""
    accounts = sum(key.startswith("Account/") for key in board.nodes)
    parts = [ngettext("{number} node", "{number} nodes", len(board.nodes))]
    if accounts < len(board.nodes):
        parts.append(ngettext("{number} account", "{number} accounts", accounts))
    counted = ", ".join((*parts, *_counted(board.notes, "{number} note", "{number} notes"),
                         *_counted(board.groups, "{number} group", "{number} groups")))
    return " · ".join(part for part in (counted, period_told(board.filters, words_here())) if part)


def _counted(found: Mapping[str, object], one: str, many: str) -> list[str]:
    return [ngettext(one, many, len(found))] if found else []


def _save(case: CaseFolder, name: str, seen: int | None = None) -> None:
    """Save what is drawn; ``seen``: the revision that is known to stand before it, else the one that it began from."""
    boards, view, here = server().workbench.casebook.boards, state.view_of(case), (case.name, open_tab(case))
    name = titled(name)
    began: Began = st.session_state.setdefault(_BEGAN, {})
    st.session_state.pop(_NEWER, None)
    before = boards.view(case.name, name)
    try:
        kept = boards.save(
            case.name, name, written(view.board), user=person().name, digest=case_digest(case),
            selection=view.selection.nodes, seen=began.get((*here, name), 0) if seen is None else seen,
        )
    except Overtaken:
        st.session_state[_NEWER] = (here, boards.view(case.name, name))
        return
    except FilatureError as problem:
        show.error(problem)
        return
    begin_from(case, kept)
    if kept == before:
        st.toast(escape_markdown(_(
            "“{name}” is saved like this already: revision {revision}.", name=kept.name, revision=kept.revision,
        )))
    else:
        st.toast(escape_markdown(_("Saved: {name}, revision {revision}", name=kept.name, revision=kept.revision)))
