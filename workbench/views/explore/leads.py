"""What do the leads on the canvas add to it?  Who is who, ties that the graph lacks, captions: from their drawings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from graph import fetch
from graph.detect.finding import Finding
from graph.fetch import Fetched
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from workbench.canvas.payload import MOST_CAPTIONS
from workbench.explore.filters import Weights, within_period
from workbench.language import Words
from workbench.lead_graphs import (
    MEMBER,
    Caption,
    Drawing,
    Link,
    caption_of,
    caption_text,
    drawing_of,
    together,
)
from workbench.lead_graphs.drawing import NAME
from workbench.masking.nodes import with_minors
from workbench.views.session import reading, server

_NOTHING = Subgraph()


@dataclass(frozen=True)
class Overlay:
    """``parts`` by node key; ``ties``: nodes and links that the records tell and the graph has not; ``cited``: the
    links that a lead rests on, None where no lead is drawn.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    captions: Mapping[Link, Caption] = field(default_factory=dict)
    marks: Mapping[str, Caption] = field(default_factory=dict)
    ties: Subgraph = _NOTHING
    cited: frozenset[Link] | None = None


NO_OVERLAY = Overlay()


def leads_of(case: CaseFolder, ids: Collection[str]) -> tuple[Finding, ...]:
    """The leads of these ids that the last run has, best first."""
    document = server().workbench.findings(case) if ids else None
    return tuple(lead for lead in (document.findings if document else ()) if lead.finding_id in ids)


def drawing(case: CaseFolder, finding_id: str) -> Drawing | None:
    """The drawing of a lead of the last run; None where the run does not have it."""
    document = server().workbench.findings(case)
    lead = document.of(finding_id) if document else None
    if document is None or lead is None:
        return None
    return _drawing(case, document.run_id, document.evidence_digest, finding_id, lead)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={CaseFolder: repr})
def _drawing(case: CaseFolder, run_id: str, digest: str, finding_id: str, _lead: Finding) -> Drawing:  # noqa: ARG001
    with server().workbench.lake(case) as lake, reading(case) as store:
        return drawing_of(lake, lambda keys: fetch.nodes(store, keys).subgraph, _lead)


def fetched(case: CaseFolder, finding_id: str) -> tuple[Fetched, Drawing] | None:
    """What is drawn of a lead, with the minors of the evidence."""
    found = drawing(case, finding_id)
    if found is None:
        return None
    shown = len(found.subgraph.nodes)
    return Fetched(with_minors(case, found.subgraph), shown, shown + found.left_out), found


def overlay(case: CaseFolder, leads: Sequence[str]) -> Overlay:
    """Of all leads whose picture it is, together; a lead of an earlier run adds nothing."""
    drawings = []
    for finding_id in leads:
        try:
            found = drawing(case, finding_id)
        except FilatureError:  # what cannot be read is told where the graph is asked for the nodes
            found = None
        if found is not None:
            drawings.append(found)
    one = together(drawings)
    if one is None:
        return NO_OVERLAY
    cited = frozenset(link for link in one.shows if not isinstance(link, str))
    return Overlay(one.parts, one.captions, one.marks, _ties(one), cited)


def members_hidden(case: CaseFolder, leads: Sequence[str], on_board: Subgraph, shown: Subgraph) -> list[str]:
    """Ids of those on a board whom its leads are about and who are not shown, folded or not."""
    seen = {node.key for node in shown.nodes}
    parts = overlay(case, leads).parts if leads else {}
    return sorted(node.id for node in on_board.nodes if node.key not in seen and parts.get(node.key) == MEMBER)


def told_alone(ties: Subgraph) -> frozenset[str]:
    """Keys of what the records of leads tell and no graph has: names that several write alike."""
    return frozenset(node.key for node in ties.nodes if node.label == NAME)


def with_ties(known: Subgraph, ties: Subgraph, wanted: frozenset[str]) -> Subgraph:
    """What is known of the board's nodes, with the ties of its leads among them; the same where it has them already."""
    there = {node.key for node in known.nodes}
    links = {(edge.source, edge.target, edge.type) for edge in known.edges}
    nodes = [node for node in ties.nodes if node.key in wanted and node.key not in there]
    all_there = there | {node.key for node in nodes}
    edges = [
        edge for edge in ties.edges
        if edge.source in all_there and edge.target in all_there
        and (edge.source, edge.target, edge.type) not in links
    ]
    return Subgraph.of((*known.nodes, *nodes), (*known.edges, *edges)) if nodes or edges else known


def captions(drawn: Subgraph, told: Overlay, words: Words, weights: Weights | None = None) -> dict[Link, str]:
    """What stands beside the links: what the leads say of them and what they hold, in the period too."""
    many = len(drawn.edges) > MOST_CAPTIONS
    return {
        link: caption_text(caption_of(edge, told.captions, within_period(edge, weights)), words)
        for edge in drawn.edges
        if (link := (edge.source, edge.target, edge.type)) in told.captions or not many
    }


def _ties(drawn: Drawing) -> Subgraph:
    edges = [
        edge for edge in drawn.subgraph.edges
        if not edge.properties and (edge.source, edge.target, edge.type) in drawn.shows
    ]
    ends = {key for edge in edges for key in (edge.source, edge.target)}
    return Subgraph.of((node for node in drawn.subgraph.nodes if node.key in ends or node.label == NAME), edges)
