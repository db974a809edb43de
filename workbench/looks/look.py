"""Which colour, shape and size has each node, and what does the legend say of it?"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from graph.subgraph import Node, Subgraph
from workbench.canvas.palette import KINDS, MEMBER_COLOR, OF_MINORS, SHAPES, TARGET_COLOR, kind_of
from workbench.language import Words
from workbench.lead_graphs.drawing import BYSTANDER, LATER, MEMBER, NOT_KNOWN_THEN, SUBJECT, TARGET
from workbench.looks.style import COLORS, Style

CATEGORIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7A8594")
STEPS = ("#FDE333", "#A69D75", "#7C7B78", "#4E5C6D", "#00336F")
"""Cividis (Nunez 2018) in five steps, from little to much: an order for every kind of colour vision."""
_AGREED = ("community",)
_IN_WORDS = ("role", "kind")
_NO_COLOR = CATEGORIES[-1]
_SIZES = (4.0, 20.0)
_USUAL = Style()


@dataclass(frozen=True)
class Look:
    """``kind`` is the legend's line that the node counts in."""

    kind: str
    color: str
    shape: str
    size: float


@dataclass(frozen=True)
class Entry:
    """A line of the legend."""

    name: str
    color: str
    shape: str
    count: int


@dataclass(frozen=True)
class Looks:
    """By node key; the legend holds what is drawn and nothing else."""

    nodes: Mapping[str, Look]
    legend: tuple[Entry, ...]


def looks_of(
    subgraph: Subgraph, *, minors: Set[str] = frozenset(), parts: Mapping[str, str] | None = None,
    style: Style = _USUAL, values: Mapping[str, Mapping[str, Any]] | None = None, words: Words,
) -> Looks:
    """The look of every node.

    ``parts``: of a lead (``lead_graphs.drawing``) by key.  ``values``: by name of a measure its values by key; what is
    no measure is looked for among the properties.
    """
    parts, values = parts or {}, values or {}
    degree = Counter([edge.source for edge in subgraph.edges])
    degree.update([edge.target for edge in subgraph.edges if edge.target != edge.source])
    plain = {kind_of(node, minor=node.key in minors) for node in subgraph.nodes if node.key not in parts}
    nodes = {
        node.key: _usual(
            node, degree[node.key], minor=node.key in minors, part=parts.get(node.key, ""), plain=plain, words=words
        )
        for node in subgraph.nodes
    }
    if style.size:
        nodes = _sized(subgraph, nodes, _values(style.size, subgraph, values))
    legend: list[Entry] = []
    if style.color:
        title = words.gettext(style.color)
        if style.scope == "case" and style.color in values:
            title = words.gettext("{name} in the whole case", name=title)
        nodes = {
            key: replace(look, shape=OF_MINORS.get(look.shape, look.shape)) if key in minors else look
            for key, look in nodes.items()
        }
        nodes, legend = _colored(nodes, style.color, title, _values(style.color, subgraph, values), words)
    # what a measure colours is one line a kind and shape, in no colour
    kinds = {key: replace(look, color=_NO_COLOR) if style.color else look for key, look in nodes.items()}
    for rule in style.rules:
        held = _values(rule.name, subgraph, values)
        for node in subgraph.nodes:
            if (not rule.label or node.label == rule.label) and rule.holds(held.get(node.key)):
                look = nodes[node.key]
                painted = COLORS.get(rule.color)
                shape = OF_MINORS.get(look.shape, look.shape) if painted and node.key in minors else look.shape
                nodes[node.key] = replace(
                    look, color=painted or look.color, shape=rule.shape or shape, size=rule.size or look.size,
                )
                kinds[node.key] = replace(nodes[node.key], color=painted or kinds[node.key].color)
    return Looks(nodes, (*_kinds(kinds), *legend))


def _usual(node: Node, links: int, *, minor: bool, part: str, plain: Set[int], words: Words) -> Look:
    """By label and age; members and targets of a lead in shapes of their own.

    A bystander looks like whoever is of no lead: where such are drawn too (kinds in ``plain``), they are one line.
    """
    number = kind_of(node, minor=minor)
    kind = KINDS[number]
    size = round(min(15.0, 4.0 + 1.6 * math.sqrt(links)), 2)
    name, color, shape = words.gettext(kind.name), kind.color, kind.shape
    person = node.label == "Account"
    if part == MEMBER:
        name, color = words.gettext("{kind}, member of the lead", kind=name), MEMBER_COLOR
        return Look(name, color, "star" if person else shape, max(size, 12.0))
    if part == TARGET:
        name = words.gettext("{kind}, target of the lead", kind=name)
        return Look(name, color if person else TARGET_COLOR, "ring" if person else shape, max(size, 7.5))
    if part in NOT_KNOWN_THEN:  # whom it wrote to as it did to targets: the shape says so, the colour what is known now
        if part == LATER or minor:
            name, shape = words.gettext("{kind}, written to first, age known later", kind=name), "thinring"
        else:  # two blues of thin rings are hardly told apart on a dark page
            name, shape = words.gettext("{kind}, written to first, likely a minor", kind=name), "dotring"
        return Look(name, color, shape, max(size, 7.5))
    if part == SUBJECT:
        return Look(words.gettext("{kind}, whom people are sent to", kind=name), color, shape, max(size, 12.0))
    if part == BYSTANDER and number not in plain:
        name = words.gettext("{kind}, bystander", kind=name)
    return Look(name, color, shape, min(size, 6.0) if part == BYSTANDER else size)


def _kinds(nodes: Mapping[str, Look]) -> list[Entry]:
    """The kinds that are drawn, in the palette's order; what a rule painted otherwise has a line of its own."""
    counts = Counter((look.kind, look.color, look.shape) for look in nodes.values())
    first: dict[tuple[str, str, str], int] = {}
    for look in nodes.values():
        first.setdefault((look.kind, look.color, look.shape), len(first))
    return [Entry(kind, color, shape, number) for (kind, color, shape), number in sorted(
        counts.items(), key=lambda item: (SHAPES.index(item[0][2]), item[0][0], first[item[0]])
    )]


def _values(name: str, subgraph: Subgraph, values: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    if name in values:
        return values[name]
    return {node.key: node.properties.get(name) for node in subgraph.nodes}


def _sized(subgraph: Subgraph, nodes: dict[str, Look], held: Mapping[str, Any]) -> dict[str, Look]:
    """The area grows with the value, the largest is ``_SIZES[1]`` pixels; without a value the smallest."""
    figures = {node.key: _figure(held.get(node.key)) for node in subgraph.nodes}
    most = max((abs(figure) for figure in figures.values() if figure is not None), default=0.0)
    low, high = _SIZES
    return {
        key: replace(
            look, size=round(low + (high - low) * math.sqrt(max(figures[key] or 0.0, 0.0) / most), 2) if most else low
        )
        for key, look in nodes.items()
    }


def _colored(
    nodes: dict[str, Look], name: str, title: str, held: Mapping[str, Any], words: Words
) -> tuple[dict[str, Look], list[Entry]]:
    """Numbers in steps of equally many nodes, everything else (and communities) in colours of their own.

    ``held`` may know of nodes that are hidden: colours are dealt by all of them, and stay where a filter moves.
    """
    known = {key: value for key in nodes if (value := held.get(key)) is not None}
    figures = {key: figure for key, value in known.items() if (figure := _figure(value)) is not None}
    if name in _AGREED or len(figures) < len(known):
        often = Counter(str(value) for value in known.values())
        dealt = Counter(str(value) for value in held.values() if value is not None)  # with what a filter hides
        ordered = sorted(dealt, key=lambda value: (-dealt[value], value))
        colors = {value: CATEGORIES[min(place, len(CATEGORIES) - 1)] for place, value in enumerate(ordered)}
        painted = {key: replace(look, color=colors[str(known[key])] if key in known else CATEGORIES[-1], kind=look.kind)
                   for key, look in nodes.items()}
        shown = [value for value in ordered[: len(CATEGORIES) - 1] if often[value]]
        legend = [
            Entry(words.gettext(value) if name in _IN_WORDS else value, colors[value], "circle", often[value])
            for value in shown
        ]
        rest = len(nodes) - sum(often[value] for value in shown)
        if rest:
            legend.append(Entry(words.gettext("others"), CATEGORIES[-1], "circle", rest))
        return painted, _titled(legend, title, words)
    bounds = _quantiles(sorted(figures.values()))
    place = {key: sum(figure > bound for bound in bounds) for key, figure in figures.items()}
    painted = {
        key: replace(look, color=STEPS[place[key]] if key in place else CATEGORIES[-1]) for key, look in nodes.items()
    }
    legend = []
    for step in sorted(set(place.values())):
        own = [figures[key] for key in figures if place[key] == step]
        span = words.figure(_rounded(min(own)))
        if max(own) > min(own):
            span = f"{span} – {words.figure(_rounded(max(own)))}"
        legend.append(Entry(span, STEPS[step], "circle", len(own)))
    return painted, _titled(legend, title, words)


def _titled(legend: list[Entry], title: str, words: Words) -> list[Entry]:
    """What the colours stand for is said once, before the first of them."""
    return [replace(one, name=words.pair(title, one.name)) if not place else one for place, one in enumerate(legend)]


def _quantiles(ordered: Sequence[float]) -> list[float]:
    """Upper bounds of all steps but the last: equally many nodes in each, as far as equal values allow."""
    if not ordered:
        return []
    return [ordered[max(0, len(ordered) * step // len(STEPS) - 1)] for step in range(1, len(STEPS))]


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _figure(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
