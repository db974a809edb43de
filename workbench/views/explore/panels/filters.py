"""Which nodes and links are seen: by kind, strength, days, dates, who began, age, links, part and measure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.explore.filters import ALL, RANKED, Ages, Filters, weight
from workbench.views.explore import state
from workbench.views.explore.hiding import hidden_summary
from workbench.views.explore.whole_case import provenance, scope_field
from workbench.views.language import _, words_here
from workbench.views.models.explore import View
from workbench.views.models.names import Names

_KEYS = ("labels", "types", "weight", "days", "since", "since_at", "until", "until_at", "initiated", "ages", "degree",
         "component", "measure", "value", "scope")
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_LEAST = timedelta(microseconds=1)


def filters_panel(case: CaseFolder, view: View, names: Names) -> None:
    """Every filter with what it has to choose from; what they hide is counted, nothing is removed."""
    filters, words = view.board.filters, words_here()
    labels = sorted({node.label for node in view.subgraph.nodes})
    types = sorted({edge.type for edge in view.subgraph.edges})
    _follow(view, filters)
    change: dict[str, Any] = {"on_change": _changed, "args": (case,)}
    with st.container():  # there without words too: a field below that moves by a place loses what is being typed
        if told := hidden_summary(case, view, names):
            st.text(told)  # with names
            st.button(_("Show all"), key="filter_none", on_click=_none, args=(case,))
    st.multiselect(_("Kinds hidden"), labels, format_func=words.gettext, key="filter_labels", placeholder=_("none"),
                   **change)
    st.multiselect(_("Relationships hidden"), types, format_func=words.gettext, key="filter_types",
                   placeholder=_("none"), **change)
    most = int(max((weight(edge) for edge in view.subgraph.edges), default=1))
    st.number_input(_("Messages or uses of a link, at least"), 1, max(most, filters.least_weight, 2),
                    key="filter_weight", **change)
    st.number_input(_("Days on which they wrote, at least"), 0, 10_000, key="filter_days", **change)
    for end, title, help_ in (
        ("since", _("Not before"), _("Without a time the period begins as the day begins.")),
        ("until", _("Not after"), _("With its minute; without a time the period ends as the day ends.")),
    ):
        with st.container(horizontal=True, gap="small"):
            st.date_input(title, value=None, format="YYYY-MM-DD", key=f"filter_{end}", width=145,
                          min_value=date(1990, 1, 1), **change)
            st.time_input(_("at (UTC)"), value=None, key=f"filter_{end}_at", step=_MINUTE, width=120, help=help_,
                          disabled=st.session_state.get(f"filter_{end}") is None, **change)
    st.segmented_control(
        _("Accounts"), ("all", "minors", "adults"), key="filter_ages", required=True,
        format_func={"all": _("All"), "minors": _("Minors"), "adults": _("Not minors")}.__getitem__, **change,
    )
    st.toggle(_("Only contacts that the writer began"), key="filter_initiated", **change)
    _measure(case, view, change)
    st.number_input(_("Neighbours seen, at least"), 0, 10_000, key="filter_degree", **change)
    st.number_input(_("Nodes of the connected part, at least"), 1, 10_000, key="filter_component", **change)


def _measure(case: CaseFolder, view: View, change: dict[str, Any]) -> None:
    """Which measure, of the picture or of the whole case, and how much of it at least."""
    filters, words = view.board.filters, words_here()
    st.selectbox(
        _("Measure"), ["", *RANKED], format_func=lambda name: words.gettext(name) if name else _("none"),
        key="filter_measure", **change,
    )
    if not filters.measure:
        return
    scope_field(
        "filter_scope",
        help=_("What the filters above leave of the picture, or the private contacts of the whole case."), **change,
    )
    if filters.of_case:
        provenance(case, [filters.measure])
    low, high = view.shown.span or (0.0, 0.0)
    st.number_input(_("Value, at least"), 0.0, step=_step(high - low), format="%.6g", key="filter_value", **change)
    st.caption(
        _("from {low} to {high} among the accounts of this picture", low=words.figure(low), high=words.figure(high))
        if filters.of_case
        else _("from {low} to {high} in this picture", low=words.figure(low), high=words.figure(high))
    )


def _step(width: float) -> float:
    """A twentieth of a span, in whole numbers where it is wide enough."""
    return float(round(width / 20)) if width >= 20 else max(width / 20, 1e-6)


def _follow(view: View, filters: Filters) -> None:
    """The fields say what is filtered now, whoever changed it: undo, a saved view, the fields themselves."""
    here = {node.label for node in view.subgraph.nodes}, {edge.type for edge in view.subgraph.edges}
    values = {
        "labels": sorted(filters.labels_off & here[0]), "types": sorted(filters.types_off & here[1]),
        "weight": filters.least_weight, "days": filters.least_days, "since": _day(filters.since),
        "since_at": _time(filters.since), "until": _day(filters.until), "until_at": _time(filters.until, last=True),
        "initiated": filters.initiated, "ages": filters.ages,
        "degree": filters.least_degree, "component": filters.least_component,
        "measure": filters.measure, "value": filters.least_measure, "scope": "case" if filters.of_case else "drawn",
    }
    for name, value in values.items():
        st.session_state[f"filter_{name}"] = value


def _changed(case: CaseFolder) -> None:
    told = {name: st.session_state.get(f"filter_{name}") for name in _KEYS}
    ages: Ages = told["ages"] or "all"
    before = state.view_of(case).board.filters  # a value of one measure means nothing for another
    measure = told["measure"] or ""
    of_case = told["scope"] == "case" if before.measure else before.of_case
    same = (measure, of_case) == (before.measure, before.of_case)
    filters = Filters(
        labels_off=frozenset(told["labels"] or ()), types_off=frozenset(told["types"] or ()),
        least_weight=int(told["weight"] or 1), least_days=int(told["days"] or 0),
        since=_instant(told["since"], told["since_at"], before.since),
        until=_instant(told["until"], told["until_at"], before.until, last=True),
        initiated=bool(told["initiated"]), ages=ages, least_degree=int(told["degree"] or 0),
        least_component=int(told["component"] or 1), measure=measure, of_case=of_case,
        least_measure=float(told["value"] or 0.0) if same else 0.0,
    )
    state.change(case, "filter", lambda board: replace(board, filters=filters))


def _none(case: CaseFolder) -> None:
    state.change(case, "show", lambda board: replace(board, hidden=frozenset(), filters=ALL))


def _day(text: str) -> date | None:
    return datetime.fromisoformat(text).astimezone(UTC).date() if text else None


def _time(text: str, *, last: bool = False) -> time | None:
    """The minute of an end of the period; None where it is that of the whole day."""
    if not text or text == _instant(_day(text), None, last=last):
        return None
    return datetime.fromisoformat(text).astimezone(UTC).time().replace(second=0, microsecond=0)


def _instant(day: date | None, at: time | None, before: str = "", *, last: bool = False) -> str:
    """The beginning of the day or minute, or its ``last`` instant; one that the strip chose ``before`` stays, with its
    seconds, while the fields say its day and minute."""
    if day is None:
        return ""
    if before and (day, at) == (_day(before), _time(before, last=last)):
        return before
    begins = datetime.combine(day, at or time(), UTC)
    return (begins + (_DAY if at is None else _MINUTE) - _LEAST if last else begins).isoformat()
