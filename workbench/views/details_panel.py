"""What is selected on the canvas: its properties, counts and acts, and the way to the messages behind it."""

import streamlit as st

from graph import fetch
from graph.subgraph import Edge, Node
from ingest.case_folder import CaseFolder
from workbench.views import conversation, show
from workbench.views import explore_state as state
from workbench.views.graph_panel import Chosen
from workbench.views.language import _, words_here
from workbench.views.models import explore as model
from workbench.views.models.groups import GROUP
from workbench.views.models.names import Names
from workbench.views.queries_about import queries_about
from workbench.views.session import reading
from workbench.views.unmask import lift


def details(case: CaseFolder, view: model.View, names: Names, chosen: Chosen) -> None:
    """The panel beside the canvas."""
    with st.container(border=True, key="details", height=562):
        node = view.node(chosen.node)
        if node is not None:
            _node(case, node, names, view)
        elif chosen.edge is not None:
            _edge(chosen.edge, names, view)
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
                links, people = counts.get("CONTACTED", 0), int(node.properties.get("contacts") or 0)
                if links > people > 0:
                    st.caption(_(
                        "Contacts are links in one direction each: {links} links with {people} accounts, "
                        "as some wrote both ways.", links=links, people=people,
                    ))
    st.caption(_("Properties"))
    show.fields(model.properties(node, names), key="node_properties", names=(_("Property"), _("Value")))


@st.cache_data(max_entries=256, show_spinner=False, ttl=600, hash_funcs={CaseFolder: repr})
def _counts(case: CaseFolder, identity: str, label: str) -> dict[str, int]:
    with reading(case) as store:
        return dict(fetch.entity(store, identity, label=label).counts)


def _edge(edge: Edge, names: Names, view: model.View) -> None:
    ends = [view.node(edge.source), view.node(edge.target)]
    with st.container(key="details_title"):
        st.text(" → ".join(model.label_of(end, names, words_here()) for end in ends if end is not None))
    st.caption(_(edge.type))
    show.fields(model.properties(edge, names), key="edge_properties", names=(_("Property"), _("Value")))
    source, target = (end.id if end is not None else "" for end in ends)
    if not (source and target):
        return
    if edge.type == "CONTACTED" and st.button(_("Read the conversation"), key="read_edge"):
        conversation.open_pair(source, target)
    if edge.type == "POSTED_IN" and st.button(_("Read what was written"), key="read_edge_room"):
        conversation.open_room(target)
