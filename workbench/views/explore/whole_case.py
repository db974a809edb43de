"""Measures over the private contacts of the whole case, computed once an evidence: for style, table and filter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import streamlit as st

from graph.measures import MEASURES, measures
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.lake.digest import evidence_digest
from workbench.dossier.contact_graph import contact_graph
from workbench.views.language import _
from workbench.views.models.explore import View
from workbench.views.session import server

CASE_MEASURES = tuple(name for name in MEASURES if name not in ("betweenness", "community"))
"""Those that a case of a million contacts gives in seconds."""


def scope_field(key: str, **options: Any) -> None:
    """What a measure is taken on: ``drawn`` or ``case``."""
    st.segmented_control(
        _("Measured on"), ("drawn", "case"), key=key, required=True,
        format_func={"drawn": _("What is drawn"), "case": _("The whole case")}.__getitem__, **options,
    )


def of_case(case: CaseFolder, names: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
    """Of each measure its values by account's key, over the private contacts of the whole case; once an evidence."""
    digest = evidence_digest(manifests(case))
    with st.spinner(_("Measuring the whole case…")):
        return {name: _measured(case, digest, name) for name in names}


def ranked(case: CaseFolder, view: View) -> View:
    """The view with the values of the measure that it is filtered by, where that is one of the whole case."""
    filters = view.filters
    wanted = filters.measure if filters.of_case and filters.measure in CASE_MEASURES else ""
    if not wanted:
        return view if view.ranks is None else replace(view, ranks=None)
    values = of_case(case, [wanted])[wanted]
    known = view.ranks is not None and view.ranks[0] == wanted and view.ranks[1] is values
    return view if known else replace(view, ranks=(wanted, values))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={CaseFolder: repr})
def _measured(case: CaseFolder, digest: str, name: str) -> Mapping[str, float]:
    column = measures(_contacts(case, digest), [name])[name]
    return MappingProxyType({str(key): value for key, value in column.items()})


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={CaseFolder: repr})
def _contacts(case: CaseFolder, digest: str) -> Subgraph:  # noqa: ARG001
    with server().workbench.lake(case) as lake:
        return contact_graph(lake)
