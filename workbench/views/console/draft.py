"""What is written in the console: the statement, the query it came from, the values given, for this session."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import streamlit as st

from ingest.case_folder import CaseFolder
from queries.catalog import merge
from queries.saved_query import SavedQuery
from queries.value_types import is_list
from workbench.canvas.editor import Draft
from workbench.casebook.saved import Revision
from workbench.casebook.statements import RanStatement
from workbench.views.language import words_here
from workbench.views.models import queries as model
from workbench.views.navigation import address
from workbench.views.session import person, server

FROM = "from"
"""In the address: the query that the console took over, and which revision of it (``ID@OWNER:3``)."""
TAKEN = "console_query"
"""Under this name in the session a whole saved query is handed over, with the values that are filled in: the console
opens with both."""
VALUE, TYPE = "console_value_", "console_type_"
PICKED = "_picked"
"""After a parameter's name: its value is one that was found by name."""
_STATE, _WANTED, _PUT_ASIDE = "console_state", "console_wanted_types", "console_put_aside"
_SCREEN, _ASIDE = "console", "console_aside"
_MOST_ASIDE = 20
NOT_RUN = "not run"
"""How a statement ended that was put aside before it ran."""


@dataclass(frozen=True)
class Written:
    """``revision`` counts the texts that did not come from the editor; ``query`` is what was taken over.

    ``newer``: what a colleague saved of it meanwhile, once it was shown beside what is written.
    """

    case: str
    draft: Draft = field(default_factory=Draft)
    revision: int = 0
    query: SavedQuery | None = None
    newer: Revision | None = None


def written(case: CaseFolder) -> Written:
    """What stands in the console; at first what this person wrote last in the case."""
    taken: tuple[SavedQuery, Mapping[str, str]] | None = st.session_state.pop(TAKEN, None)
    now: Written | None = st.session_state.get(_STATE)
    if taken is not None:
        if now is None or now.case != case.name:
            _put_aside(case, _remembered(case).get("statement", ""), taken[0])
        replace_text(case, taken[0].cypher, query=taken[0])
        fill_in(taken[1])
    elif now is None or now.case != case.name:
        last = _remembered(case)
        told = address.given(FROM)
        query = _of_address(told) if told else None
        began = query is not None and last.get(FROM) != told  # else what was written last is what has become of it
        if began:
            _put_aside(case, last.get("statement", ""), query)
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
    """Another statement stands in the console from now on, with no values yet; the one before is not lost."""
    before: Written | None = st.session_state.get(_STATE)
    revision = before.revision + 1 if before else 1
    if before is not None and before.case == case.name and before.draft.text.strip() != text.strip():
        _put_aside(case, before.draft.text, before.query)
    for name in [name for name in st.session_state if str(name).startswith((VALUE, TYPE))]:
        del st.session_state[name]
    st.session_state.pop(_WANTED, None)
    st.session_state[_STATE] = Written(case.name, Draft(text), revision, query)


def fill_in(values: Mapping[str, str]) -> None:
    """Fill in values of the statement that stands there now."""
    for name, value in values.items():
        st.session_state[f"{VALUE}{name}"] = st.session_state[f"{VALUE}{name}{PICKED}"] = value


def put_aside(case: CaseFolder) -> tuple[RanStatement, ...]:
    """What was written and another statement took the place of before it ran, the latest first."""
    kept = server().workbench.casebook.places.remembered(person().name, case.name, _ASIDE)
    return tuple(RanStatement(kept[at], {}, {}, NOT_RUN, at) for at in sorted(kept, reverse=True))


def was_put_aside() -> bool:
    """Has that just happened?  Said once."""
    return bool(st.session_state.pop(_PUT_ASIDE, False))


def _put_aside(case: CaseFolder, text: str, query: SavedQuery | None) -> None:
    """Keep it, unless it stands elsewhere: in the history, or as it was taken over."""
    book, who = server().workbench.casebook, person().name
    ran = (one.text.strip() for one in book.statements.of(who, case.name))
    if not text.strip() or (query is not None and query.cypher.strip() == text.strip()) or text.strip() in ran:
        return
    kept = {at: other for at, other in book.places.remembered(who, case.name, _ASIDE).items() if other != text}
    kept[datetime.now(UTC).isoformat().replace("+00:00", "Z")] = text
    book.places.remember(who, case.name, _ASIDE, {at: kept[at] for at in sorted(kept)[-_MOST_ASIDE:]})
    st.session_state[_PUT_ASIDE] = True


def keep_draft(draft: Draft | None) -> None:
    """What the editor says is written; a reload finds it again."""
    now: Written | None = st.session_state.get(_STATE)
    if now is None or draft is None:
        return
    st.session_state[_STATE] = replace(now, draft=draft)
    if draft.text != now.draft.text:
        remember(now.case, draft.text)


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
        st.session_state[_STATE] = replace(now, query=query, newer=None)
        address.put(**{FROM: _named(query)})
        remember(now.case, now.draft.text)


def compared_with(newer: Revision) -> None:
    """A colleague's revision stands beside what is written: saved again, that becomes the next one after it."""
    now: Written | None = st.session_state.get(_STATE)
    if now is not None:
        st.session_state[_STATE] = replace(now, newer=newer)


def _remembered(case: CaseFolder) -> dict[str, str]:
    return server().workbench.casebook.places.remembered(person().name, case.name, _SCREEN)


def remember(case: str, text: str) -> None:
    """No address holds the statement, which may name somebody; it is remembered for the person."""
    now: Written | None = st.session_state.get(_STATE)
    kept = {"statement": text, FROM: _named(now.query if now else None) or ""}
    server().workbench.casebook.places.remember(person().name, case, _SCREEN, kept)
