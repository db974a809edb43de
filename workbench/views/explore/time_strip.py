"""The time strip below the picture: when the messages behind its links were written, what a period leaves."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.dossier.activity import Activity, activity, in_period
from workbench.explore.filters import TIMED, WRITTEN, Filters
from workbench.language import Words
from workbench.views.language import _, words_here
from workbench.views.models.explore import View
from workbench.views.models.explore.words import period_told
from workbench.views.session import server

_KEPT, _WEIGHED = "explore_activity", "explore_weights"
MOST_LINKS = 20_000
_LEAST = timedelta(microseconds=1)
"""A period ends with its last instant, a bar where the next one begins."""


def timed(case: CaseFolder, view: View) -> View:
    """The view with what its links weigh, and when they begin, within the period that it is filtered by.

    While the strip plays, nodes stand as the board's period has them: when links begin is told of that one.
    """
    filters = view.filters
    if not (filters.since or filters.until):
        return view if view.weights is None else replace(view, weights=None, firsts=None)
    asked = (case.name, view.board.nodes, filters.since, filters.until)
    kept = st.session_state.get(_WEIGHED)
    if kept is None or kept[0] != asked or kept[1] is not view.known:
        with server().workbench.lake(case) as lake:
            found = in_period(lake, _links(view, TIMED), since=_naive(filters.since), until=_naive(filters.until))
        kept = (asked, view.known, found)
        st.session_state[_WEIGHED] = kept
    found = kept[2]
    firsts = found.firsts if view.playing is None else view.firsts
    same = view.weights is found.weights and view.firsts is firsts
    return view if same else replace(view, weights=found.weights, firsts=firsts)


def brush(case: CaseFolder, view: View) -> Mapping[str, Any] | None:
    """The strip, as the browser draws it; None where nothing on the picture has a message."""
    found = _activity(case, view)
    if found is None:
        return None
    words, filters = words_here(), view.filters
    start, width = _millis(found.first), int(found.width.total_seconds() * 1000)
    since, until = _naive(filters.since), _naive(filters.until)
    told = (period_told(filters, words), message_summary(view, found.total, words))
    return {
        "first": start, "width": width, "counts": list(found.counts),
        "since": None if since is None else _millis(since), "until": None if until is None else _millis(until + _LEAST),
        "told": " · ".join(part for part in told if part),
        "ends": [words.instant(found.first), words.instant(found.first + found.width * len(found.counts) - _LEAST)],
        "words": {
            "since": _("Beginning of the period"), "until": _("End of the period"), "play": _("Play the period"),
            "clear": _("The whole time"),
        },
    }


def message_summary(view: View, total: int, words: Words) -> str:
    """How many messages the bars count, and which of them the picture does not show: what is hidden has bars, too."""
    weights = view.weights or {}
    within = sum(weights[link] for link in weights if link[2] in WRITTEN) if view.weights is not None else total
    hidden = _of_hidden(view)
    values = {"within": within - hidden, "total": total, "outside": total - within, "hidden": hidden}
    if view.weights is None:
        if not hidden:
            return words.ngettext("{number} message", "{number} messages", total)
        return words.gettext("{within} of {total} messages, {hidden} of hidden links", **values)
    if not hidden:
        return words.gettext("{within} of {total} messages, {outside} outside the period", **values)
    return words.gettext(
        "{within} of {total} messages, {outside} outside the period, {hidden} of hidden links", **values
    )


def _of_hidden(view: View) -> int:
    """Messages (within the period) of links that are hidden, by hand or by a filter, or whose end is."""
    shown = view.shown
    if not shown.hides_some:
        return 0
    seen = {(edge.source, edge.target, edge.type) for edge in shown.subgraph.edges}
    hidden = [edge for edge in view.subgraph.edges if edge.type in WRITTEN]
    hidden = [edge for edge in hidden if (edge.source, edge.target, edge.type) not in seen]
    if view.weights is None:
        return sum(int(edge.properties.get("messages") or 0) for edge in hidden)
    return sum(view.weights.get((edge.source, edge.target, edge.type), 0) for edge in hidden)


def period_of(filters: Filters, act: Act) -> Filters:
    """The filters with the period that was chosen on the strip, in milliseconds of the epoch; without one, none.

    It was chosen to the beginning of a bar, of which nothing is in it: it ends the instant before.
    """
    since, until = (_chosen(act.values.get(name)) for name in ("since", "until"))
    return replace(
        filters, since=since.isoformat() if since else "", until=(until - _LEAST).isoformat() if until else ""
    )


def _chosen(value: object) -> datetime | None:
    if not isinstance(value, int | float) or not 0 < value < 1e14:
        return None
    return datetime.fromtimestamp(value / 1000, UTC)


def _activity(case: CaseFolder, view: View) -> Activity | None:
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != (case.name, view.board.nodes) or kept[1] is not view.known:
        links = _links(view, WRITTEN)
        with server().workbench.lake(case) as lake:
            found = activity(lake, links) if links and len(links) <= MOST_LINKS else None
        kept = ((case.name, view.board.nodes), view.known, found)
        st.session_state[_KEPT] = kept
    result: Activity | None = kept[2]
    return result


def _links(view: View, types: Collection[str]) -> list[tuple[str, str, str]]:
    return [(edge.source, edge.target, edge.type) for edge in view.subgraph.edges if edge.type in types]


def _naive(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None) if text else None


def _millis(at: datetime) -> int:
    return int(at.replace(tzinfo=UTC).timestamp() * 1000)
