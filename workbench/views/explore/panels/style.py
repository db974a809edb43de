"""Size and colour by a measure or a property, names on or off, rules: the panel, and what it asks of the graph."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from graph.measures import MEASURES, measures
from graph.opaque import fleeting
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from workbench.canvas.palette import SHAPES
from workbench.looks import OPERATORS, PROPERTIES, Rule, Style
from workbench.looks.style import COLORS
from workbench.views import show
from workbench.views.explore import state
from workbench.views.explore.whole_case import of_case, provenance, scope_field
from workbench.views.language import _, words_here
from workbench.views.models.explore import View
from workbench.views.models.names import Names

_KEYS = ("size", "color", "labels", "link_labels", "scope")


def style_of(view: View) -> Style:
    """The style of the board; the usual one where what is kept is no style of this version."""
    return Style.kept(view.board.style)


def values(case: CaseFolder, view: View) -> Mapping[str, Mapping[str, Any]]:
    """Of each measure that the style asks for, its values by node key, on what is drawn or on the whole case.

    Communities are told of what is hidden too: the same accounts keep their number and colour when the period moves.
    """
    style = style_of(view)
    wanted = tuple(name for name in style.measured if name in MEASURES)
    if not wanted:
        return {}
    if style.scope == "case":
        found = dict(of_case(case, wanted))
        if "community" in found:
            there = {node.key for node in view.unhidden.nodes}
            found["community"] = {key: value for key, value in found["community"].items() if key in there}
        return found
    return {name: communities(view) if name == "community" else _measure(name, view.drawn) for name in wanted}


def communities(view: View) -> Mapping[str, float]:
    """By node key, the community in the picture with nothing hidden."""
    return _measure("community", view.unhidden)


def _measure(name: str, drawn: Subgraph) -> dict[str, float]:
    topology = fleeting("\n".join((
        *(node.key for node in drawn.nodes), *(f"{edge.source} {edge.target}" for edge in drawn.edges),
    )))
    return _measured(topology, name, drawn)


def known(style: Style, values: Mapping[str, Mapping[str, Any]]) -> Style:
    """The style as far as its measures are there; what is still measured is drawn as usual until then."""
    lacking = set(MEASURES) - values.keys()
    usual: dict[str, Any] = {name: "" for name in ("size", "color") if getattr(style, name) in lacking}
    return replace(style, **usual) if usual else style


@st.cache_data(max_entries=64, show_spinner=False)
def _measured(topology: str, name: str, _drawn: Subgraph) -> dict[str, float]:  # noqa: ARG001
    column = measures(_drawn, [name])[name]
    return {str(key): value for key, value in column.items()}


def style_panel(case: CaseFolder, view: View, names: Names) -> None:  # noqa: ARG001
    """What is chosen is a step like any other, and is kept with the picture."""
    style = style_of(view)
    for name in _KEYS:
        st.session_state[f"style_{name}"] = getattr(style, name)
    change: dict[str, Any] = {"on_change": _changed, "args": (case,)}
    scope_field("style_scope", **change)
    st.caption(
        _("Over the private contacts of the whole case; computed once, until evidence comes.")
        if style.scope == "case" else _(
            "Measures are computed on what is drawn, not on the whole case; communities with what is hidden, so that "
            "they stay when the period moves."
        )
    )
    numbers = [*MEASURES, *(name for name in PROPERTIES if _has(view, name, number=True))]
    st.selectbox(_("Size"), ["", *numbers], format_func=lambda name: _named(name, _("by number of links")),
                 key="style_size", **change)
    kinds = [*MEASURES, *(name for name in PROPERTIES if _has(view, name, number=False))]
    st.selectbox(_("Colour"), ["", *kinds], format_func=lambda name: _named(name, _("by kind and age")),
                 key="style_color", **change)
    if style.scope == "case":
        provenance(case, [name for name in style.measured if name in MEASURES])
    st.toggle(_("Names of nodes"), key="style_labels", **change)
    st.toggle(_("Words on links"), key="style_link_labels", **change)
    show.bold(_("Rules"))
    for place, rule in enumerate(style.rules):
        with st.container(horizontal=True, vertical_alignment="center", key=f"style_rule_{place}"):
            st.text(_told(rule))
            st.button(_("Remove"), key=f"style_unrule_{place}", on_click=_without, args=(case, place), type="tertiary")
    _new_rule(case)


def _new_rule(case: CaseFolder) -> None:
    with st.form("style_rule", clear_on_submit=True, border=False):
        st.selectbox(_("Nodes whose"), [*MEASURES, *PROPERTIES], format_func=words_here().gettext, key="rule_name")
        st.selectbox(_("Comparison"), OPERATORS, format_func=words_here().gettext, key="rule_operator")
        st.text_input(_("Value"), key="rule_value")
        st.selectbox(_("Colour"), ["", *COLORS], format_func=lambda name: _named(name, _("as it is")), key="rule_color")
        st.selectbox(_("Shape"), ["", *SHAPES], format_func=lambda name: _named(name, _("as it is")), key="rule_shape")
        st.form_submit_button(_("Add the rule"), key="rule_add", on_click=_with_rule, args=(case,))


def _with_rule(case: CaseFolder) -> None:
    name, operator, value, color, shape = (
        str(st.session_state.get(f"rule_{part}", "")) for part in ("name", "operator", "value", "color", "shape")
    )
    style = style_of(state.view_of(case))
    _keep(case, replace(style, rules=(*style.rules, Rule(name, operator, value, color=color, shape=shape))))


def _without(case: CaseFolder, place: int) -> None:
    style = style_of(state.view_of(case))
    _keep(case, replace(style, rules=style.rules[:place] + style.rules[place + 1:]))


def _changed(case: CaseFolder) -> None:
    style = style_of(state.view_of(case))
    style = replace(style, **{name: st.session_state[f"style_{name}"] for name in _KEYS})
    _keep(case, style)


def _keep(case: CaseFolder, style: Style) -> None:
    state.change(case, "style", lambda board: replace(board, style=style.to_json()))


def _has(view: View, name: str, *, number: bool) -> bool:
    held = (node.properties.get(name) for node in view.drawn.nodes)
    return any(value is not None and (isinstance(value, int | float) or not number) for value in held)


def _named(name: str, usual: str) -> str:
    return words_here().gettext(name) if name else usual


def _told(rule: Rule) -> str:
    words = words_here()
    looks = ", ".join(words.gettext(part) for part in (rule.color, rule.shape) if part)
    compared = " ".join(part for part in (words.gettext(rule.operator), rule.value) if part)
    return words.pair(f"{words.gettext(rule.name)} {compared}", looks)
