"""Screen: search, draw, expand on demand, find the path between two, read details, measure, export."""

from functools import partial

import streamlit as st

from graph import fetch
from graph.measures import measures
from graph.search import Hit
from ingest.case_folder import CaseFolder
from workbench.views import entity_picker, show
from workbench.views import explore_state as state
from workbench.views.details_panel import details
from workbench.views.export_part import export_part
from workbench.views.graph_panel import canvas
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import explore as model
from workbench.views.models.names import Names
from workbench.views.on_case import on_case
from workbench.views.session import reading, server

_ENDS = "path_ends"
_TYPES = ["CONTACTED", "POSTED_IN", "USED", "REPORTED", "OWNS", "OPERATES", "INVOLVES"]


@on_case(lambda: (_("Explore"), _("Who is linked to whom: search, expand what matters, follow a path between two.")))
def page(case: CaseFolder) -> None:
    state.follow_address(case)
    _workspace(case)


@st.fragment
def _workspace(case: CaseFolder) -> None:
    total = _total(case)
    if total == 0:
        show.nothing(_("The graph of this case is empty. Open **Sources** to add files to it."), key="no_graph")
        return
    _toolbar(case)
    problem = state.problem()
    if problem is not None:
        show.error(problem)
    view = state.view_of(case)
    if view.empty:
        _begin(case, total)
        return
    names = state.names_on(view)
    with st.container(key="shown"):
        st.text(" ".join(part for part in (model.shown(view, words_here(), total=total), view.note) if part))
    left, right = st.columns([7, 3], gap="small")
    with left:
        chosen = canvas(
            view,
            names,
            key="canvas",
            keep=lambda kept: state.keep(case, kept),
            expand=lambda key: state.expand(case, key),
        )
    with right:
        details(case, view, names, chosen)
    _tables(case, view, names, total)


def _total(case: CaseFolder) -> int:
    """Nodes in the graph of the case, counted once per evidence and findings."""
    document = server().workbench.findings(case)
    with server().workbench.lake(case) as lake:
        digest = lake.digest()
    return _count(case, digest, document.run_id if document else "")


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={CaseFolder: repr})
def _count(case: CaseFolder, digest: str, run_id: str) -> int:  # noqa: ARG001
    with reading(case) as store:
        return model.node_total(fetch.overview(store))


def _toolbar(case: CaseFolder) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="toolbar"):
        text = entity_picker.search_box("explore_search")
        with st.popover(_("What is drawn"), key="explore_choices"):
            _choices(case)
        with st.popover(_("Path between two"), key="path_popover"):
            _path(case)
        with st.popover(_("Export"), key="explore_export", disabled=state.view_of(case).empty):
            _export(case)
        if st.button(_("Arrange anew"), key="arrange"):
            state.keep(case, model.arranged(state.view_of(case)))
        if st.button(_("Clear"), key="clear"):
            state.keep(case, model.View())
    if text:
        entity_picker.hits(case, text, key="explore_search", pick=lambda hit: state.add(case, hit.id, label=hit.label))


def _choices(case: CaseFolder) -> None:
    st.selectbox(
        _("At most"), model.LIMITS, index=model.LIMITS.index(model.DEFAULT_LIMIT), key="explore_limit",
        format_func={
            count: ngettext("{number} node", "{number} nodes", count) for count in model.LIMITS
        }.__getitem__,
    )
    st.multiselect(_("Expand along"), _TYPES, placeholder=_("All relationships"), key="explore_types",
                   format_func=words_here().gettext)
    st.toggle(_("Fold leaves into groups"), value=True, key="explore_folding", on_change=_refold, args=(case,))


def _refold(case: CaseFolder) -> None:
    state.keep(case, model.folding(state.view_of(case), on=state.folding()))


def _path(case: CaseFolder) -> None:
    """Both ends by the picker, on the canvas or not; the selected node is offered as the first."""
    selected = state.view_of(case).selection.node
    ends: dict[str, str | None] = st.session_state.setdefault(f"{_ENDS}_{case.name}", {})
    if selected and selected.startswith("Account/"):
        ends.setdefault("path_from", selected)
    for key, title in (("path_from", _("From")), ("path_to", _("To"))):
        entity_picker.entity_field(
            case, key=key, title=title, value=(ends.get(key) or "").partition("/")[2] or None,
            pick=partial(_end, ends, key), labels=("Account",),
        )
    source, target = ends.get("path_from"), ends.get("path_to")
    st.button(
        _("Find path"),
        type="primary",
        key="find_path",
        disabled=not (source and target and source != target),
        on_click=state.show_path,
        args=(case, source, target),
    )


def _end(ends: dict[str, str | None], key: str, hit: Hit | None) -> None:
    ends[key] = hit.key if hit else None


def _export(case: CaseFolder) -> None:
    view = state.view_of(case)
    selection = {"explore": f"{len(view.subgraph.nodes)} nodes on the canvas"}
    export_part(case, key="explore", subgraph=view.subgraph, selection=selection)


def _begin(case: CaseFolder, total: int) -> None:
    with st.container(border=True, key="explore_empty"):
        st.markdown(_("**Nothing is drawn yet.** Search above, or begin with one of these."))
        with st.container(horizontal=True):
            document = server().workbench.findings(case)
            best = [identity for finding in document.findings[:5] for identity in finding.members] if document else []
            st.button(
                _("The strongest leads"),
                type="primary",
                key="begin_leads",
                disabled=not best,
                on_click=state.show_ids,
                args=(case, sorted(set(best))[:60]),
                kwargs={"what": _("Strongest leads")},
            )
            st.button(_("The busiest accounts"), key="begin_busiest", on_click=lambda: _busiest(case))
            whole = (
                ngettext("The whole graph ({number} node)", "The whole graph ({number} nodes)", total)
                if total <= state.limit() else _("The first {number} nodes", number=state.limit())
            )
            st.button(whole, key="begin_whole", on_click=state.show_whole, args=(case,))


def _busiest(case: CaseFolder) -> None:
    state.show_ids(case, state.busiest(case), what=_("Busiest accounts"))


def _tables(case: CaseFolder, view: model.View, names: Names, total: int) -> None:  # noqa: ARG001
    which = st.segmented_control(
        _("Table"),
        ["nodes", "links", "measures"],
        default="nodes",
        format_func={"nodes": _("Nodes"), "links": _("Links"), "measures": _("Measures")}.__getitem__,
        key="twin",
        bind="query-params",
        label_visibility="collapsed",
        required=True,
    )
    if which == "nodes":
        rows = model.node_rows(view, names, words_here())
        picked = st.dataframe(
            show.written(rows.drop(columns="key")),
            hide_index=True,
            key="node_table",
            height=280,
            placeholder="",
            on_select="rerun",
            selection_mode="single-row",
            column_config={_("Name"): st.column_config.TextColumn(width="large")},
        )
        _follow(case, view, [str(rows["key"].iloc[row]) for row in picked.selection.rows if row < len(rows)])
    elif which == "links":
        show.table(model.edge_rows(view, names, words_here()), key="edge_table", empty=_("No links."), height=280)
    else:
        st.caption(_("Computed on what is drawn, not on the whole case."))
        table = model.measure_rows(measures(view.drawn), view, names, words_here())
        show.table(table, key="measure_table", empty=_("No nodes."), height=280)


def _follow(case: CaseFolder, view: model.View, keys: list[str]) -> None:
    """A newly picked row selects its node on the canvas."""
    before = st.session_state.get("node_table_picked")
    st.session_state["node_table_picked"] = keys
    if keys and keys != before and keys[0] != view.selection.node:
        state.keep(case, model.chosen(view, node=keys[0]))
        st.rerun(scope="fragment")
