"""What values does the statement ask for?  A field for each parameter in its text, by its type."""

from collections.abc import Sequence, Set

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from queries.saved_query import Parameter
from queries.value_types import ENTITIES
from workbench.plain_text import escape_markdown
from workbench.views.console.draft import TYPE, VALUE
from workbench.views.entity_picker import entity_field
from workbench.views.language import _, words_here
from workbench.views.models import console as console_model
from workbench.views.models import queries as model


def values_given(case: CaseFolder, parameters: Sequence[Parameter], *, declared: Set[str]) -> dict[str, str]:
    """Show the fields, three beside each other; the values that are filled in, by name."""
    given: dict[str, str] = {}
    for start in range(0, len(parameters), 3):
        for column, parameter in zip(st.columns(3), parameters[start:start + 3], strict=False):
            with column:
                if parameter.type in ENTITIES:
                    value = _entity(case, parameter)
                else:
                    value = _field(parameter, typed=parameter.name in declared)
            if value.strip():
                given[parameter.name] = value
    return given


def _entity(case: CaseFolder, parameter: Parameter) -> str:
    key = f"{VALUE}{parameter.name}_picked"

    def pick(hit: Hit | None) -> None:
        st.session_state[key] = hit.id if hit else None

    value: str | None = st.session_state.get(key)
    entity_field(
        case, key=f"console_pick_{parameter.name}", title=escape_markdown(f"${parameter.name}"), value=value, pick=pick,
        labels=ENTITIES[parameter.type],
    )
    return value or ""


def _field(parameter: Parameter, *, typed: bool) -> str:
    label = escape_markdown(f"${parameter.name}")
    words = words_here()
    key = f"{VALUE}{parameter.name}"
    if typed:
        st.session_state.setdefault(key, model.default_text(parameter))
        text: str = st.text_input(
            label, key=key, placeholder=model.hint(parameter, words),
            help=escape_markdown(parameter.description) if parameter.description else None,
        )
        return text
    left, right = st.columns([3, 2])
    with left:
        text = st.text_input(label, key=key, placeholder=model.hint(parameter, words))
    with right:
        st.selectbox(
            _("Type of {name}", name=label), console_model.TYPES, key=f"{TYPE}{parameter.name}",
            format_func=lambda name: model.hint(Parameter("", name, default=""), words), label_visibility="hidden",
        )
    return text
