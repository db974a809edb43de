"""What does a saved query ask for?  Things of the graph by the picker, the rest in fields; the address holds all."""

import time
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from queries.naming import Fault
from queries.saved_query import Parameter, SavedQuery
from queries.value_types import ENTITIES, is_list, item_type
from queries.values import joined, split
from workbench.language import Words
from workbench.plain_text import label_text
from workbench.views.access.unmask import names_here
from workbench.views.language import _, words_here
from workbench.views.models import queries as model
from workbench.views.navigation import address
from workbench.views.widgets.entity_picker import entity_field

RUN = "run"
"""In the address: the query has been run."""
TYPED = "query_typed"
"""In the session: the pickers' boxes whose text is chosen now, to be emptied."""
_PRESSED, _TEXT_COMES_S = "query_pressed", 3.0
DEFAULTED = "query_defaulted"
"""In the session: the query and the fields that were left empty at its last run."""


def values_asked(case: CaseFolder, query: SavedQuery) -> tuple[dict[str, str], bool]:
    """The values that are filled in, by name, and whether Run was pressed.

    A click on Run ends what is being typed, and its text may come a run after the click.  The fields are in no form:
    what stands in them is what is watched, duplicated and handed to the console as well.
    """
    picked = [parameter for parameter in query.parameters if item_type(parameter.type) in ENTITIES]
    st.session_state.update(dict.fromkeys(st.session_state.pop(TYPED, ()), ""))
    values = {one.name: _picked(case, query, one) for one in picked}
    fields = [parameter for parameter in query.parameters if parameter not in picked]
    with st.container(border=bool(fields), key="query_fields"):
        values |= {one.name: _field(query, one, number) for number, one in enumerate(fields)}
        st.button(_("Run"), type="primary", key="run_query", on_click=_pressed, args=(query,))
    pressed, at = st.session_state.get(_PRESSED, ("", 0.0))
    start = pressed == model.handle(query) and time.monotonic() - at < _TEXT_COMES_S
    return as_run(query, values) if start else model.given(values), start


def as_run(query: SavedQuery, values: Mapping[str, str]) -> dict[str, str]:
    """What a run asks with these values: the usual one for a field left empty, and what is typed and not picked."""
    asked = dict(values)
    for one in query.parameters:
        if item_type(one.type) in ENTITIES:
            asked[one.name] = with_typed(asked.get(one.name, ""), f"{_key(query, one)}_box", several=is_list(one.type))
        elif not asked.get(one.name, "").strip():
            asked[one.name] = model.default_text(one)
    return model.given(asked)


def _pressed(query: SavedQuery) -> None:
    st.session_state[_PRESSED] = (model.handle(query), time.monotonic())


def begun() -> None:
    """It runs, or what may be meant is asked: the click is done with, and no text that comes repeats it."""
    st.session_state.pop(_PRESSED, None)


def with_typed(value: str, box: str, *, several: bool) -> str:
    """What is chosen, and what stands in the picker's box and was not picked: a name that is read when it runs."""
    text = str(st.session_state.get(box) or "").strip()
    if not text or (value and not several):
        return value
    return joined([*split(value), text]) if several else text


def typed_of(query: SavedQuery) -> list[str]:
    """The boxes of the query's pickers in which something stands."""
    boxes = [f"{_key(query, one)}_box" for one in query.parameters if item_type(one.type) in ENTITIES]
    return [box for box in boxes if st.session_state.get(box)]


def missing(query: SavedQuery, given: Mapping[str, str], words: Words) -> list[str]:
    """What has to be filled in before the query can run, as its fields are called."""
    return [
        model.entity_title(query, one, words) if item_type(one.type) in ENTITIES else one.description or one.name
        for one in query.parameters if one.default is None and not given.get(one.name, "").strip()
    ]


def hinders(query: SavedQuery, given: Mapping[str, str], words: Words) -> list[str]:
    """Why the query cannot run with these values, a sentence each: what is missing, else what does not fit."""
    if lacking := missing(query, given, words):
        return [words.gettext("Fill in first: {what}", what=", ".join(lacking))]
    return list(model.unfit(query, given, words))


def emptied(query: SavedQuery) -> list[str]:
    """The fields that were left empty and whose default is used, as they are called."""
    return [
        one.description or one.name for one in query.parameters
        if item_type(one.type) not in ENTITIES and st.session_state.get(_key(query, one)) == ""
        and model.default_text(one)
    ]


def ask_anew(query: SavedQuery, faults: Sequence[Fault], given: Mapping[str, str]) -> dict[str, str]:
    """Take out of the address what names nothing, or several things.

    Returns what to write into which picker's box before it is drawn again: it shows what may be meant.
    """
    boxes = {}
    for fault in faults:
        parameter = next(one for one in query.parameters if one.name == fault.parameter)
        if fault.kind in ENTITIES:
            boxes[f"{_key(query, parameter)}_box"] = fault.text
            wrong = {other.text for other in faults if other.parameter == parameter.name}
            left = [text for text in split(given[parameter.name]) if text not in wrong]
            address.put(**{address_name(parameter): joined(left) if is_list(parameter.type) and left else None})
    return boxes


def _picked(case: CaseFolder, query: SavedQuery, parameter: Parameter) -> str:
    """One thing, or several: those that are chosen, and the box for one more."""
    place, key = address_name(parameter), _key(query, parameter)
    value = address.given(place) or ""
    several = is_list(parameter.type)
    chosen = split(value) if several else []

    def pick(hit: Hit | None) -> None:
        written = hit.id if hit else None
        if several and hit is not None:
            written = joined(list(dict.fromkeys((*chosen, hit.id))))
            st.session_state[f"{key}_box"] = ""
        address.put(**{place: written, RUN: None})

    title = model.entity_title(query, parameter, words_here())
    if several:
        chosen_things(
            case, chosen, key=key, title=title, keep=lambda left: address.put(**{place: left or None, RUN: None})
        )
    entity_field(
        case, key=key, title=_("One more") if chosen else title, value=None if several else value or None, pick=pick,
        labels=ENTITIES[item_type(parameter.type)],
    )
    return value


def chosen_things(
    case: CaseFolder, chosen: Sequence[str], *, key: str, title: str, keep: Callable[[str], None]
) -> None:
    """What is chosen so far, each with a button that takes it out; ``keep`` gets what is left, written as one text."""
    if not chosen:
        return
    with Lake(case) as lake:
        names = names_here(lake, chosen)
    st.text(_("{title}: {number} chosen", title=title, number=len(chosen)))
    for number, one in enumerate(chosen):
        left = [other for other in chosen if other != one]
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_chosen_{number}"):
            st.text(names.full(one))
            st.button(
                _("Remove"), key=f"{key}_remove_{number}", type="tertiary", on_click=keep, args=(joined(left),)
            )


def _field(query: SavedQuery, parameter: Parameter, number: int) -> str:
    """A field of the form; it follows the address where that changes (back, a bookmark)."""
    hint = model.hint(parameter, words_here())
    with st.container(key=f"about_{number}"):
        st.text(f"{parameter.description or parameter.name} ({hint})")
    key, stands = _key(query, parameter), address.given(address_name(parameter))
    if key not in st.session_state or (stands is not None and stands != st.session_state.get(f"{key}_followed")):
        st.session_state[key] = stands or model.default_text(parameter)
    st.session_state[f"{key}_followed"] = stands
    label = label_text(parameter.description or parameter.name)  # what a screen reader says of the field
    if parameter.type == "choice":
        if st.session_state[key] not in parameter.choices:
            st.session_state[key] = parameter.choices[0]
        choices: tuple[str, ...] = parameter.choices
        chosen: str = st.selectbox(
            label, choices, key=key, label_visibility="collapsed", on_change=_changed,
            args=(query, parameter), format_func=lambda choice: model.choice_word(choice, words_here()),
        )
        return chosen
    text: str = st.text_input(
        label, key=key, label_visibility="collapsed", on_change=_changed, args=(query, parameter)
    )
    return text


def _changed(query: SavedQuery, parameter: Parameter) -> None:
    """The address has the new value, which nothing was asked with yet."""
    address.put(**{address_name(parameter): st.session_state[_key(query, parameter)] or None, RUN: None})


def follow(query: SavedQuery) -> None:
    """What the address says now came from the fields: at the next run it is no change that takes back what is typed.

    A field that was left empty is no such field: its default was used, and stands in it at the next run.
    """
    for one in query.parameters:
        if st.session_state.get(_key(query, one)) != "":
            st.session_state[f"{_key(query, one)}_followed"] = address.given(address_name(one))


def _key(query: SavedQuery, parameter: Parameter) -> str:
    return f"parameter_{query.id}_{parameter.name}"


def address_name(parameter: Parameter) -> str:
    """Under which name the address holds the parameter's value."""
    return f"{address.PARAMETER}{parameter.name}"
