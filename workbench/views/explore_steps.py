"""How are the steps of a canvas kept, so that they can be undone after a reload or a restart?  One by one."""

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.explore.board import Board
from workbench.explore.history import History, Step
from workbench.explore.written import step_read, step_written
from workbench.views.session import person, server

_KEPT = "explore_kept_steps"  # of each case: the picture they led to, and the steps by number as they are kept


def keep_steps(case: CaseFolder, history: History, picture: str) -> None:
    """Write what of a history is not kept yet; ``picture`` is the name of the board that it leads to."""
    boards, user = server().workbench.casebook.boards, person().name
    all_kept: dict[str, tuple[str, dict[int, Step]]] = st.session_state.setdefault(_KEPT, {})
    before, kept = all_kept.get(case.name, ("", {}))
    if boards.head(user, case.name) != before:  # another window of this person drew in between: theirs is replaced
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
        user, case.name, picture, done=len(history.done), changed=changed, kept=[n for n in now if n not in changed]
    )
    all_kept[case.name] = (picture, now)


def steps_to(case: CaseFolder, picture: str, board: Board) -> History:
    """The history that led this person to a picture; without a step where it was another's, or another one's turn."""
    boards, user = server().workbench.casebook.boards, person().name
    if boards.head(user, case.name) != picture:
        return History(board)
    texts, done = boards.steps(user, case.name)
    kept = {number: step_read(text) for number, text in texts.items()}
    st.session_state.setdefault(_KEPT, {})[case.name] = (picture, kept)
    steps = list(kept.values())
    return History(board, tuple(steps[:done]), tuple(reversed(steps[done:])))
