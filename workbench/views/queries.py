"""Screen: pick a saved query or write one, fill its parameters, run it, see table and graph, save it."""

import streamlit as st

from graph.fetch import Fetched
from ingest.case_folder import CaseFolder
from queries.catalog import merge
from queries.runner import QueryResult, run
from queries.saved_query import SavedQuery
from workbench.plain_text import plain_text
from workbench.views import address, show
from workbench.views.export_part import export_part
from workbench.views.graph_panel import canvas
from workbench.views.language import _, words_here
from workbench.views.models import explore as explore_model
from workbench.views.models import queries as model
from workbench.views.models.names import names_in
from workbench.views.query_save import save_form
from workbench.views.session import current_case, opened_minors, person, reading, server

_ANSWER, _VIEW = "query_answer", "query_view"


def page() -> None:
    show.heading(_("Queries"), _("The library and the team's own: pick, fill in, run; what you write runs read-only."))
    case = current_case()
    if case is None:
        show.nothing(_("There is no case yet. Open **Sources** to make one and add files to it."), key="no_case")
        return
    tab = st.segmented_control(
        _("What to run"),
        ["saved", "console"],
        default="saved",
        format_func={"saved": _("Saved queries"), "console": _("Cypher console")}.__getitem__,
        key="query_mode",
        required=True,
        label_visibility="collapsed",
    )
    if tab == "saved":
        _saved(case)
    else:
        _console(case)


def _saved(case: CaseFolder) -> None:
    user = person().name
    known = merge(server().workbench.casebook.queries(user))
    left, right = st.columns([5, 7], gap="medium")
    with left:
        text = st.text_input(_("Find a query"), key="query_filter", placeholder=_("Title, id or words"))
        shown = model.matching(known, text)
        st.caption(_("Showing {shown} of {total} queries", shown=len(shown), total=len(known)))
        titles = model.table(shown, user, words_here())[[_("Title")]]
        row = show.chosen_row(titles, key="query_list", empty=_("No query has these words."), height=560)
    query = shown[row or 0] if shown else None
    with right:
        if query is None:
            return
        _form(case, query)
        _answer(case, query.id)


def _form(case: CaseFolder, query: SavedQuery) -> None:
    with st.container(key="query_title"):
        st.text(query.title)
    with st.container(key="about"):
        st.text(query.description)
        st.text(" · ".join((
            model.origin(query, person().name, words_here()),
            _("revision {number}", number=query.revision), plain_text(query.id, limit=60),
        )))
    with st.form(f"parameters_{query.id}_{query.owner}", border=bool(query.parameters)):
        values: dict[str, str] = {}
        for parameter in query.parameters:
            with st.container(key=f"about_{len(values)}"):
                st.text(f"{parameter.name}: {parameter.description or model.hint(parameter, words_here())}")
            values[parameter.name] = st.text_input(
                _("Value {number}", number=len(values) + 1),
                value=model.default_text(parameter),
                placeholder=model.hint(parameter, words_here()),
                key=f"parameter_{query.id}_{parameter.name}",
                label_visibility="collapsed",
            )
        start = st.form_submit_button(_("Run"), type="primary", key="run_query")
    with st.expander(_("Statement")):
        st.code(query.cypher, language="cypher", wrap_lines=True)
        st.button(_("Open in the console"), key="to_console", on_click=_to_console, args=(query,))
    if start:
        _run(case, query.id, query, model.given(values))


def _to_console(query: SavedQuery) -> None:
    """Saved again under its title, one's own query gets its next revision."""
    st.session_state.update(
        query_mode="console", console=query.cypher, save_title=query.title, save_description=query.description
    )


def _console(case: CaseFolder) -> None:
    text = st.text_area(
        _("Cypher, one read-only statement"),
        key="console",
        height=150,
        placeholder="MATCH (a:Account)-[c:CONTACTED]->(b:Account) RETURN a, c, b LIMIT 50",
    )
    with st.container(horizontal=True):
        start = st.button(_("Run"), type="primary", key="run_console", disabled=not text.strip())
        with st.popover(_("Save as a query"), key="save_popover", disabled=not text.strip()):
            save_form(text)
    if start:
        _run(case, "console", text, {})
    _answer(case, "console")


def _run(case: CaseFolder, what: str, query: SavedQuery | str, parameters: dict[str, str]) -> None:
    st.session_state.pop(_ANSWER, None)
    st.session_state.pop(_VIEW, None)
    with show.errors(), st.spinner(_("Asking the graph")), reading(case) as store:
        result = run(store, query, parameters)
        st.session_state[_ANSWER] = (case.name, what, result)
        found = Fetched.of(result.subgraph, truncated=result.truncated)
        st.session_state[_VIEW] = explore_model.begin(found, words_here(), what=_("Answer"), folding=False)


def _answer(case: CaseFolder, what: str) -> None:
    kept = st.session_state.get(_ANSWER)
    if kept is None or kept[:2] != (case.name, what):
        return
    result: QueryResult = kept[2]
    view: explore_model.View = st.session_state[_VIEW]
    names = names_in(view.subgraph, opened=opened_minors())
    if result.headline:
        with st.container(key="headline"):
            st.text(result.headline)
    drawable = 0 < len(view.drawn.nodes) <= max(explore_model.LIMITS)
    with st.container(horizontal=True, vertical_alignment="center"):
        choices = ["table", "graph"] if drawable else ["table"]
        which = st.segmented_control(
            _("Show as"), choices, default="table", key="answer_as", required=True, label_visibility="collapsed",
            format_func={"table": _("Table"), "graph": _("Graph")}.__getitem__,
        )
        st.caption(model.counted(result, words_here()))
        if drawable:
            with st.popover(_("Export"), key="query_export"):
                export_part(case, key="query", subgraph=view.subgraph, selection={"query": what})
            if st.button(_("Show in Explore"), key="answer_to_explore"):
                views = st.session_state.setdefault("explore_views", {})
                views[case.name] = view
                address.to("Explore")
    if which == "graph" and drawable:
        canvas(view, names, key="answer_canvas", keep=_keep, expand=lambda _key: None, height=480)
    else:
        show.table(model.result_rows(result, names), key="answer_table", empty=_("No rows."))


def _keep(view: explore_model.View) -> None:
    st.session_state[_VIEW] = view
