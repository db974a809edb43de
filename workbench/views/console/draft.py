"""What is written in the console: the statement, the query it came from, the values given, for this session."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from ingest.case_folder import CaseFolder
from queries.catalog import merge
from queries.saved_query import SavedQuery
from queries.value_types import is_list
from workbench.canvas.editor import Draft
from workbench.views.language import words_here
from workbench.views.models import queries as model
from workbench.views.navigation import address
from workbench.views.session import person, server

FROM = "from"
"""In the address: the query that the console took over, and which revision of it (``ID@OWNER:3``)."""
TAKEN = "console_query"
"""Under this name in the session a whole saved query is handed over: the console opens with it."""
VALUE, TYPE = "console_value_", "console_type_"
PICKED = "_picked"
"""After a parameter's name: its value is one that was found by name."""
_STATE, _WANTED = "console_state", "console_wanted_types"
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
        told = address.given(FROM)
        query = _of_address(told) if told else None
        began = query is not None and last.get(FROM) != told  # else what ran last is what has become of it
        replace_text(case, query.cypher if query and began else last.get("statement", ""), query=query)
    found: Written = st.session_state[_STATE]
    address.put(**{FROM: _named(found.query)})
    return found


def _named(query: SavedQuery | None) -> str | None:
    return None if query is None or not query.id else f"{model.handle(query)}:{query.revision}"


def _of_address(told: str) -> SavedQuery | None:
    """That very revision, so that saving it anew covers up none that came since; None where the person sees none."""
    name, _colon, revision = told.rpartition(":")
    book, who = server().workbench.casebook, person().name
    seen = next((one for one in merge(book.queries(who)) if model.handle(one) == name), None)
    if seen is not None and seen.owner:
        seen = next((one.query for one in book.saved.revisions(name, who) if str(one.query.revision) == revision), None)
    return None if seen is None else next(iter(model.in_words([seen], words_here())))


def replace_text(case: CaseFolder, text: str, *, query: SavedQuery | None = None) -> None:
    """Another statement stands in the console from now on, with no values yet."""
    before: Written | None = st.session_state.get(_STATE)
    revision = before.revision + 1 if before else 1
    for name in [name for name in st.session_state if str(name).startswith((VALUE, TYPE))]:
        del st.session_state[name]
    st.session_state.pop(_WANTED, None)
    st.session_state[_STATE] = Written(case.name, Draft(text), revision, query)


def keep_draft(draft: Draft | None) -> None:
    """What the editor says is written."""
    now: Written | None = st.session_state.get(_STATE)
    if now is not None and draft is not None:
        st.session_state[_STATE] = replace(now, draft=draft)


def chosen_types() -> dict[str, str]:
    """The type of each parameter that stands in the fields."""
    return {
        str(name).removeprefix(TYPE): str(value)
        for name, value in st.session_state.items() if str(name).startswith(TYPE)
    }


def preset_types(wanted: Mapping[str, str]) -> None:
    """Fill in the types that the statement asks for, where it has come to ask for one or several since.

    What a person chose otherwise stays until then.
    """
    before: Mapping[str, str] = st.session_state.get(_WANTED, {})
    for name, kind in wanted.items():
        key = f"{TYPE}{name}"
        if key not in st.session_state or (name in before and is_list(before[name]) != is_list(kind)):
            st.session_state[key] = kind
    st.session_state[_WANTED] = dict(wanted)


def saved_as(query: SavedQuery) -> None:
    """What is written is this query of one's own now: saved again it gets its next revision."""
    now: Written | None = st.session_state.get(_STATE)
    if now is not None:
        st.session_state[_STATE] = replace(now, query=query)
        address.put(**{FROM: _named(query)})


def remember(case: CaseFolder, text: str) -> None:
    """No address holds the statement, which may name somebody; it is remembered for the person."""
    now: Written | None = st.session_state.get(_STATE)
    kept = {"statement": text, FROM: _named(now.query if now else None) or ""}
    server().workbench.casebook.places.remember(person().name, case.name, _SCREEN, kept)
