"""What is selected on the canvas: its properties, counts and acts, and the way to the messages behind it."""

import pandas as pd
import streamlit as st

from graph import fetch
from graph.subgraph import Edge, Node
from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.explore.board import GROUP
from workbench.explore.filters import within_period
from workbench.lead_graphs import caption_of, caption_text
from workbench.lead_graphs.names_alike import written
from workbench.views import show
from workbench.views.access.unmask import lift
from workbench.views.conversation import page as conversation
from workbench.views.explore import acts as explore_acts
from workbench.views.explore.leads import overlay
from workbench.views.explore.panels.behind import behind
from workbench.views.explore.panels.expand import expand_by
from workbench.views.explore.panels.lead_node import lead_node
from workbench.views.explore.panels.selection import selection
from workbench.views.language import _, words_here
from workbench.views.models.explore import View
from workbench.views.models.explore import rows as explore_rows
from workbench.views.models.explore.links import links_counted
from workbench.views.models.names import Names
from workbench.views.models.words.marks import holders_told
from workbench.views.queries.about import queries_about
from workbench.views.session import reading
from workbench.views.widgets.graph_panel import Chosen

_BESIDE = (90, 80, 140)
"""Pixels of the columns of links between two: what they say is written over lines, whole."""


def details(case: CaseFolder, view: View, names: Names, chosen: Chosen) -> None:
    """The panel beside the canvas."""
    with st.container(key="details", height=200):  # its height follows the window, by the style sheet
        node = view.node(chosen.node)
        if len(chosen.nodes) > 1:
            selection(case, view, names)
        elif node is not None:
            _node(case, node, names, view)
        elif chosen.edge is not None:
            _edge(case, chosen.edge, names, view)
        else:
            selection(case, view, names)


def _node(case: CaseFolder, node: Node, names: Names, view: View) -> None:
    with st.container(key="details_title"):
        st.text(explore_rows.label_of(node, names, words_here(), board=view.board))
    if node.label == "Finding":
        lead_node(case, node.id)
    st.caption(_(node.label) if node.label != GROUP else _("Nodes folded into one; expand to see each"))
    if told := explore_rows.likely_elsewhere(node, overlay(case, view.board.leads).parts, words_here()):
        st.caption(told)
    with st.container(horizontal=True, key="node_actions", gap="xsmall"):
        for op, text in (("expand", _("Expand")), ("hide", _("Hide")), ("keep", _("Hide all others"))):
            st.button(text, type="primary" if op == "expand" else "secondary", key=op, on_click=explore_acts.hear,
                      args=(case, [Act(op, (node.key,))]))
        if node.label not in (GROUP, "Name"):
            choices = st.popover(_("Expand by…"), key="expand_by", on_change="rerun")
            if choices.open:  # its neighbours are counted for whoever asks
                with choices:
                    expand_by(case, node.key)
        lift(case, node.id, names, key="unmask_node")
        if node.label == "Account":
            queries_about(node.id, key="node_queries", when_opened=True)
    if node.label == "Identifier" and (used := int(node.properties.get("accounts") or 0)):
        with st.container(key="node_holders"):
            st.text(holders_told(str(node.properties.get("kind")), used, words_here()))
    if node.label not in (GROUP, "Name"):
        with show.errors():
            entity = _entity(case, node.id, node.label)
            if entity.counts:
                st.caption(_("Links in the whole graph"))
                show.fields(
                    links_counted(entity, words_here()), key="node_counts", names=(_("Relationship"), _("Count"))
                )
                links, people = entity.counts.get("CONTACTED", 0), int(node.properties.get("contacts") or 0)
                if links > people > 0:
                    st.caption(_(
                        "Contacts are links in one direction each: {links} links with {people} accounts, "
                        "as some wrote both ways.", links=links, people=people,
                    ))
    if node.label == "Name" and written(node):
        st.caption(_(
            "Names are compared without accents, digits and signs, with letters that look alike taken for one."
        ))
    st.caption(_("Properties"))
    found = explore_rows.properties(node, names, words_here())
    show.fields(found, key="node_properties", names=(_("Property"), _("Value")))


@st.cache_data(max_entries=256, show_spinner=False, ttl=600, hash_funcs={CaseFolder: repr})
def _entity(case: CaseFolder, identity: str, label: str) -> fetch.Entity:
    with reading(case) as store:
        return fetch.entity(store, identity, label=label)


def _beside(case: CaseFolder, edge: Edge, names: Names, view: View) -> None:
    """All links that one line of the picture stands for, where it is several."""
    ends = {edge.source, edge.target}
    beside = [other for other in view.drawn.edges if {other.source, other.target} == ends]
    if len(beside) < 2:
        return
    words, told = words_here(), overlay(case, view.board.leads).captions
    called = {key: explore_rows.label_of(node, names, words, board=view.board)
              for key in ends if (node := view.node(key)) is not None}
    st.caption(_("Links between the two"))
    show.table(
        pd.DataFrame(
            [(called.get(other.source, ""), words.gettext(other.type),
              caption_text(caption_of(other, told, within_period(other, view.weights)), words))
             for other in beside],
            columns=[_("From"), _("Relationship"), _("Says")],
        ),
        key="edge_beside", empty="", pixels=_BESIDE, row=show.LINES,
    )


def _edge(case: CaseFolder, edge: Edge, names: Names, view: View) -> None:
    ends = [view.node(edge.source), view.node(edge.target)]
    labels = [explore_rows.label_of(end, names, words_here(), board=view.board) for end in ends if end is not None]
    with st.container(key="details_title"):
        st.text(" → ".join(labels))
    st.caption(_(edge.type))
    if found := explore_rows.properties(edge, names, words_here()):
        if (within := within_period(edge, view.weights)) is not None:
            found[_("In the period")] = within
        show.fields(found, key="edge_properties", names=(_("Property"), _("Value")))
    else:
        behind(case, edge, names, view)
    _beside(case, edge, names, view)
    source, target = (end.id if end is not None else "" for end in ends)
    if not (source and target) or any(end is not None and end.label == GROUP for end in ends):
        return
    if edge.type == "CONTACTED" and st.button(_("Read the conversation"), key="read_edge"):
        conversation.open_pair(source, target)
    if edge.type == "POSTED_IN" and st.button(_("Read what was written"), key="read_edge_room"):
        conversation.open_room(target)
