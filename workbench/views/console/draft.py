"""What is written in the console: the statement, the query it came from, the values given, for this session."""

from dataclasses import dataclass, field, replace

import streamlit as st

from ingest.case_folder import CaseFolder
from queries.saved_query import SavedQuery
from workbench.canvas.editor import Draft
from workbench.views.session import person, server

TAKEN = "console_query"
"""Under this name in the session a whole saved query is handed over: the console opens with it."""
VALUE, TYPE = "console_value_", "console_type_"
PICKED = "_picked"
"""After a parameter's name: its value is one that was found by name."""
_STATE = "console_state"
_SCREEN = "console"


@dataclass(frozen=True)
class Written:
    """``revision`` counts the texts that did not come from the editor; ``query`` is what was taken over."""

    case: str
    draft: Draft = field(default_factory=Draft)
    revision: int = 0
    query: SavedQuery | None = None


def written(case: CaseFolder) -> Written:
    """What stands in the console; at first what this person ran last in the case."""
    taken: SavedQuery | None = st.session_state.pop(TAKEN, None)
    now: Written | None = st.session_state.get(_STATE)
    if taken is not None:
        replace_text(case, taken.cypher, query=taken)
    elif now is None or now.case != case.name:
        last = server().workbench.casebook.places.remembered(person().name, case.name, _SCREEN)
        replace_text(case, last.get("statement", ""))
    found: Written = st.session_state[_STATE]
    return found


def replace_text(case: CaseFolder, text: str, *, query: SavedQuery | None = None) -> None:
    """Another statement stands in the console from now on, with no values yet."""
    before: Written | None = st.session_state.get(_STATE)
    revision = before.revision + 1 if before else 1
    for name in [name for name in st.session_state if str(name).startswith((VALUE, TYPE))]:
        del st.session_state[name]
    st.session_state[_STATE] = Written(case.name, Draft(text), revision, query)


def keep_draft(draft: Draft | None) -> None:
    """What the editor says is written."""
    now: Written | None = st.session_state.get(_STATE)
    if now is not None and draft is not None:
        st.session_state[_STATE] = replace(now, draft=draft)


def saved_as(query: SavedQuery) -> None:
    """What is written is this query of one's own now: saved again it gets its next revision."""
    now: Written | None = st.session_state.get(_STATE)
    if now is not None:
        st.session_state[_STATE] = replace(now, query=query)


def remember(case: CaseFolder, text: str) -> None:
    """No address holds the statement, which may name somebody; it is remembered for the person."""
    server().workbench.casebook.places.remember(person().name, case.name, _SCREEN, {"statement": text})
