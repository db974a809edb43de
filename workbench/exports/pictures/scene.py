"""What does an exported picture show?  The canvas as it stands: places, looks, names, masks, words around."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from graph.layout import Position, positions
from graph.subgraph import Edge, Subgraph
from workbench.explore.by_time import TickWords
from workbench.explore.filters import Weights, within_period
from workbench.exports.manifest import cleared_provenance
from workbench.exports.pictures.visible import visible
from workbench.language import Words
from workbench.language import words as words_of
from workbench.lead_graphs import Caption, Drawing, Link, caption_of, caption_text
from workbench.lead_graphs.drawing import NAME
from workbench.lead_graphs.names_alike import bearers, read_alike
from workbench.looks import Looks, Style, looks_of, roles
from workbench.masking.nodes import is_masked, is_minor
from workbench.masking.telling import HIDDEN, NOBODY, Telling, hidden_where, telling_in

_ENGLISH = words_of("en")
_LABEL_LENGTH = 32


@dataclass(frozen=True)
class Slip:
    """A note on the picture: its upper left corner in canvas coordinates; ``color`` as ``#RRGGBB``.

    It is drawn at the nearest place that covers no node and no name, with a line to the node it is ``about``, by key.
    """

    text: str
    place: Position
    color: str
    about: str = ""


@dataclass(frozen=True)
class Hull:
    """What a person put together under a title: drawn around these nodes, by key; ``color`` as ``#RRGGBB``."""

    title: str
    members: tuple[str, ...]
    color: str


@dataclass(frozen=True)
class Part:
    """What is told of a lead under a heading of its own: why, why not, what would clear it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """The picture's parts, by node key and link.

    ``places``: canvas coordinates, y upwards.  ``labels`` are what the canvas writes; of ``masked`` nodes neither name
    nor id leaves, nor any text that is ``telling`` of a masked minor; where it is not ``named``, no name at all.
    ``cited``: the links that a lead rests on, which stand out from the others; None where the picture is no lead's.
    ``lines`` stand below the title: period, what is hidden; ``told`` below them.  ``slips``, ``hulls`` and ``marks``
    (colours by node key) are what a person put on the picture; ``steps``: the two ends of each
    step of the paths that are lit on it.  ``words_on_links``: beside all links, not only beside
    those that are selected.  ``axis``: of a picture by time what is written at which place from
    left to right.  ``words``: the language of what stands around the picture.
    """

    places: Mapping[str, Position]
    looks: Looks
    labels: Mapping[str, str]
    masked: frozenset[str] = frozenset()
    captions: Mapping[Link, str] = field(default_factory=dict)
    cited: frozenset[Link] | None = None
    title: str = ""
    lines: tuple[str, ...] = ()
    told: tuple[Part, ...] = ()
    named: bool = True
    slips: tuple[Slip, ...] = ()
    hulls: tuple[Hull, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    steps: frozenset[frozenset[str]] = frozenset()
    telling: Telling = NOBODY
    words_on_links: bool = True
    axis: tuple[TickWords, ...] = ()
    words: Words = _ENGLISH

    @property
    def open(self) -> bool:
        """Whether everybody may be named."""
        return self.named and not self.masked and not self.telling.marks

    def cleared(self, provenance: Mapping[str, Any]) -> dict[str, Any]:
        """Where the picture comes from and what was asked for, without a text that names whom the picture does not."""
        all_hidden = partial(hidden_where, lambda _text: True)
        return cleared_provenance(provenance, self.telling.cleared if self.named else all_hidden)

    def stands_out(self, edge: Edge) -> bool:
        """Whether the lead rests on the link; all do where the picture is no lead's."""
        return self.cited is None or (edge.source, edge.target, edge.type) in self.cited

    def lit(self, edge: Edge) -> bool:
        """Whether the link is a step of a path that is lit on the canvas."""
        return bool(self.steps) and frozenset((edge.source, edge.target)) in self.steps

    def caption(self, edge: Edge) -> str:
        return self.captions.get((edge.source, edge.target, edge.type), "")


def scene_of(
    subgraph: Subgraph, *, drawing: Drawing | None = None, reveal_minors: bool = False, words: Words = _ENGLISH,
    style: Style | None = None, values: Mapping[str, Mapping[str, Any]] | None = None, telling: Telling = NOBODY,
    weights: Weights | None = None,
) -> Scene:
    """The scene of a subgraph that nobody has arranged: of a lead its drawing, else laid out by forces.

    ``values``: of each measure that the ``style`` asks for, by node key.  ``telling``: what tells masked minors beside
    those of the subgraph.  ``weights``: messages and uses of links in the period that is shown; None: of all time.
    """
    telling = NOBODY if reveal_minors else telling | telling_in(subgraph)
    minors = {node.key for node in subgraph.nodes if is_minor(node)}
    people = {node.key for node in subgraph.nodes if is_masked(node)}
    hidden = {key.partition("/")[2] for key in people}
    named = {  # as a minor's name reads, or whom people are sent to
        node.key for node in subgraph.nodes if node.label == NAME
        and (not hidden.isdisjoint(bearers(node)) or telling.hides("Account" if bearers(node) else NAME, node.id))
    }
    masked = frozenset() if reveal_minors else frozenset(people | named)
    looks = looks_of(
        subgraph, minors=minors, parts=drawing.parts if drawing else {}, style=style or Style(), values=values,
        words=words,
    )
    minor, likely = words.gettext("minor"), words.gettext("likely minor")
    labels = {
        node.key: HIDDEN if node.key in masked and node.key in named
        else f"{minor if node.key in minors else likely} {telling.hidden_name(node.id)}" if node.key in masked
        else roles.beside(
            shortened(visible(read_alike(node, words) if node.label == NAME else telling.name_of(node) or HIDDEN)),
            node, words,
        )
        for node in subgraph.nodes
    }
    told: Mapping[Link, Caption] = drawing.captions if drawing else {}
    for key, mark in (drawing.marks if drawing else {}).items():
        if key in labels:
            labels[key] = f"{labels[key]} · {caption_text(mark, words)}"
    cited = frozenset(link for link in drawing.shows if not isinstance(link, str)) if drawing else None
    captions = {
        (edge.source, edge.target, edge.type): caption_text(
            caption_of(edge, told, within_period(edge, weights)), words
        )
        for edge in subgraph.edges
    }
    places = positions(subgraph, previous=drawing.places if drawing else None)
    return Scene(places, looks, labels, masked, captions, cited, telling=telling, words=words)


def nameless(scene: Scene) -> Scene:
    """Without names at all, nor what a person wrote: for a picture that is shown to others.

    What is ``told`` of leads is sentences by now: whoever makes the scene has them said without names.
    """
    hulls = tuple(replace(hull, title="") for hull in scene.hulls)
    labels = dict.fromkeys(scene.labels, "")
    return replace(scene, labels=labels, masked=frozenset(labels), named=False, slips=(), hulls=hulls)


def shortened(name: str) -> str:
    return name if len(name) <= _LABEL_LENGTH else name[: _LABEL_LENGTH - 1] + "…"
