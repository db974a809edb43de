"""How does a saved view of Explore stand in a report?  Drawn as it was left.

Places, style, filters, groups, notes and marks are the board's; its nodes are asked of the graph and drawn by what
draws pictures that leave the workbench; everybody is called as everywhere in the report, minors by their labels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from graph import fetch
from graph.detect.finding import Finding
from graph.store import Store
from graph.subgraph import Node, Subgraph
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.canvas.words import axis_told
from workbench.dossier.activity import InPeriod, in_period
from workbench.explore.board import GROUP, Board, Place
from workbench.explore.by_time import Axis, axis_of
from workbench.explore.filters import Weights, instants
from workbench.explore.shown import Shown, part, places_for, shown
from workbench.exports.pictures.drawn import image
from workbench.exports.pictures.drawn_frame import INCHES
from workbench.exports.pictures.scene import Hull, Slip, scene_of, shortened
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.lead_graphs import Drawing, caption_text, drawing_of, together
from workbench.lead_graphs.drawing import NAME
from workbench.looks import Style, roles
from workbench.looks.style import COLORS
from workbench.masking.nodes import with_minors
from workbench.report.people import People
from workbench.report.pictures.shapes import Printed
from workbench.report.pictures.styled import Values, legend_masked, style_of, values_of
from workbench.views.models.explore import all_shown
from workbench.views.models.explore.rows import label_of

_USUAL = Style()


@dataclass(frozen=True)
class Pictured:
    """What is drawn of a board by the graph as it is now, and the drawing of its leads, where it is their picture.

    ``places``: where each of it stands; ``axis``: the moments above it, where it is ordered by time.  ``values``: of
    the measures that its ``style`` asks for, by node key; ``weights``: what links hold in its period.
    """

    shown: Shown
    places: Mapping[str, Place]
    axis: Axis | None = None
    lead: Drawing | None = None
    style: Style = _USUAL
    values: Values = field(default_factory=dict)
    weights: Weights | None = None

    @property
    def ids(self) -> set[str]:
        """Whoever is drawn."""
        return {node.id for node in self.shown.subgraph.nodes if node.label != GROUP}


def pictured(case: CaseFolder, lake: Lake, store: Store, board: Board, findings: Sequence[Finding]) -> Pictured:
    """The board's nodes with all links among them, less what its filters hide.

    A filter by a measure of the whole case is not asked here: what it hid is drawn.  All leads whose picture it is give
    the ties that records tell and the graph has not.
    """
    leads = [one for one in findings if one.finding_id in board.leads]
    drawing = together([drawing_of(lake, lambda keys: fetch.nodes(store, keys).subgraph, one) for one in leads])
    known = fetch.nodes(store, sorted(board.nodes)).subgraph
    if drawing is not None:
        known = _with(known, part(drawing.subgraph, board.nodes))
    known = with_minors(case, known)
    since, until = instants(board.filters)
    timed: InPeriod | None = None
    if since is not None or until is not None:
        links = [(edge.source, edge.target, edge.type) for edge in known.edges]
        timed = in_period(lake, links, since=since, until=until)
    weights, firsts = (timed.weights, timed.firsts) if timed is not None else (None, None)
    found, style = shown(board, known, weights=weights), style_of(board.style)
    places = {**board.places, **places_for(found.drawn, board.places)}  # what the board has no place for is found one
    whole = shown(all_shown(board), known) if board.layout == "time" else found
    axis = axis_of(board, found, whole, places, firsts=firsts)
    return Pictured(found, places, axis, drawing, style, values_of(case, lake, style, found.drawn), weights)


def printed(board: Board, found: Pictured, people: People, words: Words) -> Printed | None:
    """The picture; None where nothing of it is drawn (any more)."""
    drawn = found.shown.drawn
    if not drawn.nodes:
        return None
    places = found.places
    lead = found.lead or Drawing("", drawn, {}, {})
    style = found.style
    scene = scene_of(
        drawn, drawing=replace(lead, places=places), words=words, style=style, values=found.values,
        weights=found.weights,
    )
    there = {node.key for node in drawn.nodes}
    board = replace(board, groups={
        number: replace(group, title=people.note(group.title)) for number, group in board.groups.items()
    })
    call = partial(called, board=board, people=people, words=words)
    notes = [note for _number, note in sorted(board.notes.items())]
    groups = [group for _number, group in sorted(board.groups.items())]
    alone = there - found.shown.marks.keys()
    labels = {node.key: shortened(call(node)) for node in drawn.nodes}
    for key, mark in lead.marks.items():
        if key in labels:
            labels[key] = f"{labels[key]} · {caption_text(mark, words)}"
    if not style.labels:
        labels = dict.fromkeys(labels, "")
    scene = replace(
        scene, labels=labels, looks=legend_masked(scene.looks, people),
        captions=scene.captions if style.link_labels else {}, cited=scene.cited if found.lead is not None else None,
        places={key: places[key] for key in sorted(there)},
        masked=frozenset(node.key for node in drawn.nodes if node.label == "Account" and people.minor(node.id)),
        slips=tuple(
            Slip(people.note(note.text), note.place, COLORS[note.color], note.about) for note in notes
            if not note.about or note.about in there
        ),
        hulls=tuple(
            Hull(group.title, members, COLORS[group.color])
            for group in groups if (members := tuple(key for key in group.members if key in alone))
        ),
        steps=board.lit_steps_among(there), axis=axis_told(found.axis, words),
        marks={key: COLORS[color] for key, color in board.marks.items() if key in there},
    )
    return Printed(partial(image, subgraph=drawn, scene=scene), *INCHES)


def called(node: Node, *, board: Board, people: People, words: Words) -> str:
    """What a node of the picture is called in the report: by kind or label, as the screens say it, else by name."""
    if node.label in (GROUP, NAME):
        return label_of(node, people.names, words, board=board)
    if node.label == "Finding":
        return kind_label(str(node.properties.get("kind") or words.gettext("Lead")), words)
    if node.label == "Identifier":
        return people.value(node.id.partition(":")[2], limit=48)
    return people.of(node.id) if people.minor(node.id) else roles.beside(people.of(node.id), node, words)


def _with(known: Subgraph, more: Subgraph) -> Subgraph:
    nodes = {node.key: node for node in (*more.nodes, *known.nodes)}
    links = {(edge.source, edge.target, edge.type) for edge in known.edges}
    edges = [edge for edge in more.edges if (edge.source, edge.target, edge.type) not in links]
    return Subgraph.of(nodes.values(), (*known.edges, *edges))
