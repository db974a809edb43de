"""What of a picture is to be seen?  Filters hide, by what a node or a link holds; nothing is removed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias, get_args

import networkx as nx

from graph.measures import MEASURES, measures
from graph.subgraph import Edge, Node, Subgraph
from workbench.masking.nodes import is_minor

Ages = Literal["all", "minors", "adults"]
AGES: tuple[str, ...] = get_args(Ages)
RANKED: tuple[str, ...] = tuple(name for name in MEASURES if name != "community")
"""Measures of which more is more; a community is a name."""


@dataclass(frozen=True)
class Filters:
    """Which nodes and links are shown; as made, all of them.

    ``least_weight``: messages, or times of use, of a link; ``least_days``: days on which the two wrote; ``since``
    and ``until``: instants (ISO 8601 with offset, empty for none) that a link's time must meet, a holding's as the
    register dates it; a link without a time, or without days, is not asked for them.  ``initiated``: contacts alone
    whose writer wrote first.  ``ages`` asks accounts only.  ``least_degree``: distinct neighbours that are left by
    the filters before; ``least_component``: nodes of the connected part, counted after that.  ``measure``: one of
    ``RANKED``, computed on what the filters of kinds, ages and links leave; nodes with less than ``least_measure``
    are hidden, before degrees and parts count.  ``of_case``: the measure is that of the whole case, and accounts
    alone are asked for it.
    """

    labels_off: frozenset[str] = frozenset()
    types_off: frozenset[str] = frozenset()
    least_weight: int = 1
    least_days: int = 0
    since: str = ""
    until: str = ""
    initiated: bool = False
    ages: Ages = "all"
    least_degree: int = 0
    least_component: int = 1
    measure: str = ""
    least_measure: float = 0.0
    of_case: bool = False

    def __post_init__(self) -> None:
        if self.measure and self.measure not in RANKED:
            raise ValueError(f"no such filter: {self}")
        if self.ages not in AGES or min(self.least_days, self.least_degree) < 0:
            raise ValueError(f"no such filter: {self}")
        if min(self.least_weight, self.least_component) < 1:
            raise ValueError(f"no such filter: {self}")

    @property
    def any(self) -> bool:
        """Whether something may be hidden."""
        return self != ALL


ALL = Filters()
"""Nothing is hidden."""


@dataclass(frozen=True)
class Filtered:
    """What passes; how many ``nodes`` and ``links`` each filter hid, by the filter that hid them first.

    ``span``: least and most of the measure that is filtered by, before it hid any; None without one, or without nodes.
    """

    subgraph: Subgraph
    nodes: Mapping[str, int]
    links: Mapping[str, int]
    span: tuple[float, float] | None = None


Weights: TypeAlias = Mapping[tuple[str, str, str], int]
"""Messages, or uses, of links (source, target, type) within the period that is filtered by; one without any is not
there."""
WRITTEN = ("CONTACTED", "POSTED_IN")
"""Types of links whose messages are known one by one."""
TIMED = (*WRITTEN, "USED")
"""With those whose uses are."""


def within_period(edge: Edge, weights: Weights | None) -> int | None:
    """How many messages or uses of the link lie in the period; None where none is asked for, or none are known.

    They are not of a line that stands for several links, nor of uses without a time.
    """
    if weights is None or edge.type not in TIMED or "links" in edge.properties:
        return None
    if edge.type == "USED" and edge.properties.get("first_at") is None:
        return None
    return weights.get((edge.source, edge.target, edge.type), 0)


def filtered(
    subgraph: Subgraph, filters: Filters, *, weights: Weights | None = None, ranks: Mapping[str, float] | None = None
) -> Filtered:
    """The part of a subgraph that passes; a link whose end is hidden is hidden with it and not counted.

    With ``weights`` a link of messages or uses is in the period if one of them is, and weighs what is in it; without,
    if the first and the last leave that open.  ``ranks``: by account's key the measure of the whole case (None: not
    known yet, and not asked); an account that is not there has 0.
    """
    if not filters.any:
        return Filtered(subgraph, {}, {})
    node_counts: Counter[str] = Counter()
    link_counts: Counter[str] = Counter()
    nodes = {node.key: node for node in subgraph.nodes if not _counted(node_counts, _node_reason(node, filters))}
    period = (_instant(filters.since), _instant(filters.until))
    edges = [
        edge for edge in subgraph.edges
        if edge.source in nodes and edge.target in nodes
        and not _counted(link_counts, _edge_reason(edge, filters, period, weights))
    ]
    span = None
    if filters.measure and nodes and not (filters.of_case and ranks is None):
        values = _ranks(nodes, ranks or {}) if filters.of_case else _measured(nodes, edges, filters.measure)
        span = (min(values.values()), max(values.values())) if values else None
        low = {key for key, value in values.items() if value < filters.least_measure}
        node_counts["measure"] += len(low)
        nodes, edges = _left(nodes, edges, low)
    if filters.least_degree:
        neighbours: dict[str, set[str]] = {key: set() for key in nodes}
        for edge in edges:
            if edge.source != edge.target:
                neighbours[edge.source].add(edge.target)
                neighbours[edge.target].add(edge.source)
        few = {key for key, found in neighbours.items() if len(found) < filters.least_degree}
        node_counts["degree"] += len(few)
        nodes, edges = _left(nodes, edges, few)
    if filters.least_component > 1:
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(nodes)
        graph.add_edges_from((edge.source, edge.target) for edge in edges)
        parts = (part for part in nx.connected_components(graph) if len(part) < filters.least_component)
        small = {key for part in parts for key in part}
        node_counts["component"] += len(small)
        nodes, edges = _left(nodes, edges, small)
    return Filtered(Subgraph.of(nodes.values(), edges), dict(+node_counts), dict(+link_counts), span)


def _measured(nodes: Mapping[str, Node], edges: Iterable[Edge], name: str) -> dict[str, float]:
    values = measures(Subgraph.of(nodes.values(), edges), [name])[name]
    return {str(key): float(value) for key, value in values.items()}


def _ranks(nodes: Mapping[str, Node], ranks: Mapping[str, float]) -> dict[str, float]:
    return {key: float(ranks.get(key, 0)) for key, node in nodes.items() if node.label == "Account"}


def weight(edge: Edge) -> float:
    """How strong a link is: its messages, or how often an identifier was used; one where it says neither."""
    return float(edge.properties.get("messages") or edge.properties.get("times") or 1)


def _left(nodes: dict[str, Node], edges: list[Edge], gone: set[str]) -> tuple[dict[str, Node], list[Edge]]:
    kept = {key: node for key, node in nodes.items() if key not in gone}
    return kept, [edge for edge in edges if edge.source in kept and edge.target in kept]


def _counted(counts: Counter[str], reason: str) -> bool:
    if reason:
        counts[reason] += 1
    return bool(reason)


def _node_reason(node: Node, filters: Filters) -> str:
    if node.label in filters.labels_off:
        return "labels"
    if filters.ages != "all" and node.label == "Account" and is_minor(node) != (filters.ages == "minors"):
        return "ages"
    return ""


def _edge_reason(
    edge: Edge, filters: Filters, period: tuple[datetime | None, datetime | None], weights: Weights | None
) -> str:
    if edge.type in filters.types_off:
        return "types"
    within = within_period(edge, weights)
    if within == 0:
        return "period"
    if (weight(edge) if within is None else within) < filters.least_weight:
        return "weight"
    days = edge.properties.get("days")
    if days is not None and days < filters.least_days:
        return "days"
    if filters.initiated and edge.type == "CONTACTED" and not edge.properties.get("initiated"):
        return "initiated"
    if within is not None:
        return ""
    return "period" if outside(edge, *period) else ""


def outside(edge: Edge, since: datetime | None, until: datetime | None) -> bool:
    """Whether the link ended before the period or began after it, as far as it says when."""
    first, last = _times(edge)
    before = since is not None and isinstance(last, datetime) and last < since
    after = until is not None and isinstance(first, datetime) and first > until
    return before or after


def _times(edge: Edge) -> tuple[Any, Any]:
    """When the link began and ended: its messages or uses, its report, a holding as the register dates it."""
    if edge.type == "OWNS":  # a line that stands for several has no dates of its own
        return edge.properties.get("from"), edge.properties.get("to")
    made = edge.properties.get("made_at")  # of a report
    return edge.properties.get("first_at", made), edge.properties.get("last_at", made)


def instants(filters: Filters) -> tuple[datetime | None, datetime | None]:
    """The period that is filtered by, as naive UTC; None where it is open."""
    first, last = _instant(filters.since), _instant(filters.until)
    return (first.replace(tzinfo=None) if first else None, last.replace(tzinfo=None) if last else None)


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
