"""What is selected on the canvas: its properties and counts, what can be done with it, the messages behind it."""

import json

import streamlit as st

from graph import fetch
from graph.subgraph import Edge, Node
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.views import explore_state as state
from workbench.views import show
from workbench.views.graph_panel import Chosen
from workbench.views.language import _, words_here
from workbench.views.models import contact
from workbench.views.models import explore as model
from workbench.views.models.groups import GROUP
from workbench.views.models.names import Names, names_of
from workbench.views.queries_about import queries_about
from workbench.views.session import reading, record
from workbench.views.unmask import lift


def details(case: CaseFolder, view: model.View, names: Names, chosen: Chosen) -> None:
    """The panel beside the canvas."""
    with st.container(border=True, key="details", height=562):
        node = view.node(chosen.node)
        if node is not None:
            _node(case, node, names, view)
        elif chosen.edge is not None:
            _edge(case, chosen.edge, names, view)
        else:
            show.bold(_("Details"))
            st.caption(_(
                "Click a node or a link to read its details; double-click a node to expand it. With the keyboard: "
                "tab to the graph, walk with the arrow keys, Enter selects, E expands."
            ))


def _node(case: CaseFolder, node: Node, names: Names, view: model.View) -> None:
    with st.container(key="details_title"):
        st.text(model.label_of(node, names, words_here()))
    st.caption(_(node.label) if node.label != GROUP else _("Nodes folded into one; expand to see each"))
    with st.container(horizontal=True, key="node_actions"):
        st.button(_("Expand"), type="primary", key="expand", on_click=state.expand, args=(case, node.key))
        st.button(_("Hide"), key="hide", on_click=lambda: state.keep(case, model.without(view, node.key)))
        lift(case, node.id, names, key="unmask_node")
        if node.label == "Account":
            queries_about(node.id, key="node_queries")
    if node.label != GROUP:
        with show.errors():
            counts = _counts(case, node.id, node.label)
            if counts:
                st.caption(_("Links in the whole graph"))
                show.fields(
                    {_(name): words_here().number(count) for name, count in counts.items()},
                    key="node_counts",
                    names=(_("Relationship"), _("Count")),
                )
    st.caption(_("Properties"))
    show.fields(model.properties(node, names), key="node_properties", names=(_("Property"), _("Value")))


@st.cache_data(max_entries=256, show_spinner=False, ttl=600, hash_funcs={CaseFolder: repr})
def _counts(case: CaseFolder, identity: str, label: str) -> dict[str, int]:
    with reading(case) as store:
        return dict(fetch.entity(store, identity, label=label).counts)


def _edge(case: CaseFolder, edge: Edge, names: Names, view: model.View) -> None:
    ends = [view.node(edge.source), view.node(edge.target)]
    with st.container(key="details_title"):
        st.text(" → ".join(model.label_of(end, names, words_here()) for end in ends if end is not None))
    st.caption(_(edge.type))
    show.fields(model.properties(edge, names), key="edge_properties", names=(_("Property"), _("Value")))
    if edge.type in ("CONTACTED", "POSTED_IN"):
        _messages(case, edge, names)


def _messages(case: CaseFolder, edge: Edge, names: Names) -> None:
    place = f"{edge.source}|{edge.target}"
    opened: set[str] = st.session_state.setdefault("opened_texts", set())
    with Lake(case) as lake:
        rows, total = contact.messages(lake, edge)
        known = names_of(lake, {str(row["sender"]) for row in rows})
    both = Names({**known.pseudonyms, **names.pseudonyms}, known.minors | names.minors, names.opened)
    st.caption(_(
        "Messages, earliest first: {shown} of {total}. Texts stay hidden until somebody opens them.",
        shown=len(rows), total=total,
    ))
    if place in opened:
        if st.button(_("Hide texts"), key="hide_texts"):
            opened.discard(place)
            st.rerun(scope="fragment")
    elif rows and st.button(_("Open texts"), key="open_texts"):
        opened.add(place)
        record(case, "open texts", json.dumps({"from": edge.source, "to": edge.target, "messages": len(rows)}))
        st.rerun(scope="fragment")
    st.dataframe(
        contact.message_rows(rows, both, words_here(), texts=place in opened),
        hide_index=True,
        key="contact_messages",
        height=240,
        column_config={
            _("When (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm:ss", timezone="UTC"),
            _("Text"): st.column_config.TextColumn(width="medium"),
        },
    )
