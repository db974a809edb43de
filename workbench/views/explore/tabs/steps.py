"""Which tab of a canvas is open, and how are its steps kept, so that they can be undone after a reload or a restart?"""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.explore.board import Board
from workbench.explore.history import History, Step
from workbench.explore.written import step_read, step_written
from workbench.views.session import person, server

_KEPT = "explore_kept_steps"  # of each tab: the picture they led to, and the steps by number as they are kept
_OPEN = "explore_tab"  # of each case: the number of the tab that is open in this session
Kept = dict[tuple[str, int], tuple[str, dict[int, Step]]]


def open_tab(case: CaseFolder) -> int:
    """The number of the tab that is open; a new session begins with one of its own."""
    opened: dict[str, int] = st.session_state.setdefault(_OPEN, {})
    if case.name not in opened:
        tabs = server().workbench.casebook.boards.tabs(person().name, case.name)
        opened[case.name] = max((tab.number for tab in tabs if tab.picture), default=0) + 1
    return opened[case.name]


def turn_to(case: CaseFolder, number: int) -> None:
    """That tab is open from now on."""
    st.session_state.setdefault(_OPEN, {})[case.name] = number


def leave_taken(case: CaseFolder) -> int | None:
    """The number of the open tab, where it is new here and another window drew in one of that number since.

    The next one is open then, so that both pictures are kept.
    """
    boards, user, tab = server().workbench.casebook.boards, person().name, open_tab(case)
    kept: Kept = st.session_state.setdefault(_KEPT, {})
    if (case.name, tab) in kept or not boards.head(user, case.name, tab):
        return None
    turn_to(case, max(there.number for there in boards.tabs(user, case.name)) + 1)
    return tab


def tab_with(case: CaseFolder, picture: str) -> int | None:
    """The number of the tab that shows a picture: the open one, else the one drawn on last; None where none does."""
    tabs = server().workbench.casebook.boards.tabs(person().name, case.name)
    found = [tab for tab in tabs if tab.picture == picture]
    here = open_tab(case)
    return max(found, key=lambda tab: (tab.number == here, tab.turn)).number if found else None


def keep_steps(case: CaseFolder, history: History, picture: str, *, title: str = "") -> None:
    """Write what of a history is not kept yet; ``picture`` is the name of the board that it leads to."""
    boards, user, tab = server().workbench.casebook.boards, person().name, open_tab(case)
    all_kept: Kept = st.session_state.setdefault(_KEPT, {})
    before, kept = all_kept.get((case.name, tab), ("", {}))
    if boards.head(user, case.name, tab) != before:  # another window of this person drew in between: theirs is replaced
        kept = {}
    steps = (*history.done, *reversed(history.undone))
    numbers = {id(step): number for number, step in kept.items()}
    following = max(kept, default=0)
    now: dict[int, Step] = {}
    changed: dict[int, str] = {}
    for step in steps:
        number = numbers.get(id(step))
        if number is None:
            following += 1
            number = following
            changed[number] = step_written(step)
        now[number] = step
    boards.keep_steps(
        user, case.name, picture, done=len(history.done), changed=changed, kept=[n for n in now if n not in changed],
        tab=tab, title=title,
    )
    all_kept[case.name, tab] = (picture, now)


def steps_to(case: CaseFolder, picture: str, board: Board) -> History:
    """The history that led to a picture in the open tab; no step where it was another's, or another one's turn."""
    boards, user, tab = server().workbench.casebook.boards, person().name, open_tab(case)
    if boards.head(user, case.name, tab) != picture:
        return History(board)
    texts, done = boards.steps(user, case.name, tab)
    kept = {number: step_read(text) for number, text in texts.items()}
    st.session_state.setdefault(_KEPT, {})[case.name, tab] = (picture, kept)
    steps = list(kept.values())
    return History(board, tuple(steps[:done]), tuple(reversed(steps[done:])))
