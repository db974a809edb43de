"""What values does the statement ask for?  A field for each parameter in its text, by its type."""

from collections.abc import Sequence, Set

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from queries.saved_query import Parameter
from queries.value_types import ENTITIES, is_list, item_type
from queries.values import joined, split
from workbench.plain_text import escape_markdown, label_text
from workbench.views.console.draft import PICKED, TYPE, VALUE
from workbench.views.language import _, words_here
from workbench.views.models import queries as model
from workbench.views.models.queries import statement as console_model
from workbench.views.queries.fields import chosen_things, with_typed
from workbench.views.widgets.entity_picker import entity_field


def values_given(case: CaseFolder, parameters: Sequence[Parameter], *, declared: Set[str]) -> dict[str, str]:
    """Show the fields, two beside each other; the values that are filled in, by name."""
    given: dict[str, str] = {}
    for start in range(0, len(parameters), 2):
        for column, parameter in zip(st.columns(2), parameters[start:start + 2], strict=False):
            with column:
                value = _field(case, parameter, declared=parameter.name in declared)
            if value.strip():
                given[parameter.name] = value
    return given


def _field(case: CaseFolder, parameter: Parameter, *, declared: bool) -> str:
    """What takes the value; beside it, where nobody declared the parameter, what it is to be read as."""
    if declared:
        return _value(case, parameter)
    left, right = st.columns([3, 2])
    with left:
        value = _value(case, parameter)
    with right:
        words = words_here()
        st.selectbox(
            label_text(_("Type of {name}", name=f"${parameter.name}")), console_model.TYPES,
            key=f"{TYPE}{parameter.name}", format_func=lambda name: model.type_name(name, words),
            label_visibility="hidden",
        )
    return value


def _value(case: CaseFolder, parameter: Parameter) -> str:
    if item_type(parameter.type) in ENTITIES:
        return _things(case, parameter)
    key = f"{VALUE}{parameter.name}"
    st.session_state.setdefault(key, model.default_text(parameter))
    text: str = st.text_input(
        label_text(f"${parameter.name}"), key=key,
        placeholder=model.hint(parameter, words_here(), required=False),
        help=escape_markdown(parameter.description) if parameter.description else None,
    )
    return text


def _things(case: CaseFolder, parameter: Parameter) -> str:
    """One thing of the case, or several, found by name; their ids as one text."""
    key, picker = f"{VALUE}{parameter.name}{PICKED}", f"console_pick_{parameter.name}"
    value: str = st.session_state.get(key) or ""
    several, title = is_list(parameter.type), f"${parameter.name}"
    chosen = split(value) if several else []

    def keep(text: str) -> None:
        st.session_state[key] = text

    def pick(hit: Hit | None) -> None:
        if several and hit is not None:
            keep(joined(list(dict.fromkeys((*chosen, hit.id)))))
            st.session_state[f"{picker}_box"] = ""
        elif not several:
            keep(hit.id if hit else "")

    if several:
        chosen_things(case, chosen, key=picker, title=title, keep=keep)
    entity_field(
        case, key=picker, title=_("One more") if chosen else title,
        value=None if several else value or None, pick=pick, labels=ENTITIES[item_type(parameter.type)],
    )
    return with_typed(value, f"{picker}_box", several=several)
