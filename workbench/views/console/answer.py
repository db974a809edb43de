"""What did a statement or a saved query answer?  Run it, and show its rows as table or graph."""

import streamlit as st

from graph.fetch import Fetched
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from queries.runner import QueryResult, run
from queries.saved_query import SavedQuery
from workbench.minor_nodes import with_minors
from workbench.views import address, explore_state, show
from workbench.views.export_part import export_part
from workbench.views.graph_panel import canvas
from workbench.views.language import _, words_here
from workbench.views.models import explore as explore_model
from workbench.views.models import queries as model
from workbench.views.session import reading
from workbench.views.unmask import lifted

_ANSWER, _VIEW, _NAMES = "query_answer", "query_view", "query_names"


def run_query(case: CaseFolder, what: str, query: SavedQuery | str, parameters: dict[str, str]) -> None:
    st.session_state.pop(_ANSWER, None)
    st.session_state.pop(_VIEW, None)
    with show.errors(), st.spinner(_("Asking the graph")), reading(case) as store:
        result = run(store, query, parameters)
        st.session_state[_ANSWER] = (case.name, what, result, query, parameters)
        subgraph = with_minors(case, result.subgraph)
        with Lake(case) as lake:
            st.session_state[_NAMES] = model.names_in_answer(lake, result, subgraph, parameters)
        found = Fetched.of(subgraph, truncated=result.truncated)
        st.session_state[_VIEW] = explore_model.begin(found, words_here(), what=_("Answer"), folding=False)


def is_answer(case: CaseFolder, what: str, parameters: dict[str, str]) -> bool:
    """Is the answer that is shown the one to that?"""
    kept = st.session_state.get(_ANSWER)
    return kept is not None and (*kept[:2], kept[4]) == (case.name, what, parameters)


def show_answer(case: CaseFolder, what: str) -> None:
    kept = st.session_state.get(_ANSWER)
    if kept is None or kept[:2] != (case.name, what):
        return
    result: QueryResult = kept[2]
    query, parameters = kept[3:]
    view: explore_model.View = st.session_state[_VIEW]
    names = lifted(st.session_state[_NAMES])
    if isinstance(query, SavedQuery) and result.headline:
        with st.container(key="headline"):
            st.text(model.headline(query, result, parameters, names))
    drawable = 0 < len(view.drawn.nodes) <= max(explore_model.LIMITS)
    with st.container(horizontal=True, vertical_alignment="center"):
        choices = ["table", "graph"] if drawable else ["table"]
        which = st.segmented_control(
            _("Show as"), choices, default="table", key="answer_as", required=True, bind="query-params",
            label_visibility="collapsed",
            format_func={"table": _("Table"), "graph": _("Graph")}.__getitem__,
        )
        st.caption(model.counted(result, words_here()))
        if drawable:
            with st.popover(_("Export"), key="query_export"):
                export_part(case, key="query", subgraph=view.subgraph, selection={"query": what})
            if st.button(_("Show in Explore"), key="answer_to_explore"):
                address.to("Explore", {"view": explore_state.pictured(case, view)})
    if which == "graph" and drawable:
        canvas(view, names, key="answer_canvas", keep=_keep, expand=lambda _key: None, height=480)
    else:
        show.table(model.result_rows(result, names), key="answer_table", empty=_("No rows."))


def _keep(view: explore_model.View) -> None:
    st.session_state[_VIEW] = view
