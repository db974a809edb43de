"""Which relationships join these nodes with each other?  Found from the ends with few, so hubs cost nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from graph.fetch.cypher import IS_INSIDE, Keys, at_once, by_label, degrees, edge_columns, edge_of, node_columns, node_of
from graph.schema import KEY, RELATIONSHIPS
from graph.store import Store
from graph.subgraph import Edge, Node

_HUB = 1_000
"""From that many relationships on, a node is looked at from its other ends: unless few have so many."""
_ALL = 150_000
"""Up to so many relationships in all, going through them takes less than sparing any."""
_NODES = 4_000
_LINKS = 100_000
"""So many relationships of small nodes a statement looks at, at most."""
_AT_ONCE = 2
"""Statements that run beside each other: the engine answers one while the other's answer is read."""
_NO_COUNTS: Mapping[str, int] = {}
_PAIRS = 20_000
_LISTED = 20_000
"""Up to that many other ends the engine picks; more are told at every statement, which costs more than sending all."""
_Asked = Callable[[], Iterator[Edge]]
"""One statement or several in turn; runs when it is called."""


def load_nodes(store: Store, keys: Sequence[str]) -> list[Node]:
    """The nodes of these keys with their properties; unknown keys are left out."""
    found: list[Node] = []
    for label, ids in by_label(keys).items():
        for start in range(0, len(ids), 10_000):
            rows = at_once(
                store, f"UNWIND $ids AS id MATCH (n:{label} {{{KEY}: id}})", node_columns(label),
                {"ids": ids[start : start + 10_000]},
            )
            found.extend(node_of(label, row) for row in rows)
    return found


def edges_among(store: Store, keys: Sequence[str], *, about: Mapping[str, int] = _NO_COUNTS) -> list[Edge]:
    """Every relationship both of whose ends are among these nodes.

    ``about``: of nodes whose relationships need not be counted, how many there are, more or less.
    """
    wanted = by_label(keys)
    many = {**about, **degrees(store, [key for key in keys if key not in about])}
    total = sum(many.values())
    least = _HUB if total > _ALL else _ALL
    small = [key for key in sorted(many) if many[key] < least]
    hubs = [key for key in sorted(many) if many[key] >= least]
    asked: list[_Asked] = []
    for type_, source, target in _joins(wanted):
        asked.extend(_from_small(store, type_, source, target, by_label(small), wanted, by_label(hubs), many))
        asked.append(partial(_between_hubs, store, type_, source, target, by_label(hubs)))
    if total <= _LINKS:
        return [edge for ask in asked for edge in ask()]
    with ThreadPoolExecutor(_AT_ONCE) as statements:
        return [edge for edges in statements.map(lambda ask: list(ask()), asked) for edge in edges]


def _joins(wanted: Keys) -> Iterator[tuple[str, str, str]]:
    """The (type, source label, target label) the schema allows among these labels."""
    for type_, relationship in RELATIONSHIPS.items():
        for source, target in relationship.ends:
            if source in wanted and target in wanted:
                yield type_, source, target


def _from_small(
    store: Store, type_: str, source: str, target: str, small: Keys, wanted: Keys, hubs: Keys, many: Mapping[str, int]
) -> Iterator[_Asked]:
    """Outwards from small nodes to any, inwards to small nodes from hubs, a portion each."""
    for outwards in (True, False):
        here, there = (source, target) if outwards else (target, source)
        others = wanted[there] if outwards else hubs.get(there, ())
        if not others:
            continue
        for ids in _portions(here, small.get(here, ()), many):
            yield partial(links, store, type_, here, there, ids, others, outwards=outwards)


def links(
    store: Store, type_: str, here: str, there: str, ids: Sequence[str], others: Sequence[str], *, outwards: bool
) -> Iterator[Edge]:
    """The relationships of that type between nodes of ``ids`` (label ``here``) and of ``others`` (label ``there``)."""
    arrow = f"(n)-[r:{type_}]->(m:{there})" if outwards else f"(n)<-[r:{type_}]-(m:{there})"
    inside = dict.fromkeys(others, True)
    picked = f"WHERE {IS_INSIDE} " if len(inside) <= _LISTED else ""
    for start in range(0, len(ids) if inside else 0, _NODES):
        found = at_once(
            store, f"UNWIND $ids AS id MATCH (n:{here} {{{KEY}: id}}) MATCH {arrow} {picked}",
            f"id, m.{KEY}, {edge_columns(type_)}",
            {"ids": ids[start : start + _NODES], **({"inside": inside} if picked else {})},
        )
        for near, far, *values in found:
            if far in inside:
                ends = (f"{here}/{near}", f"{there}/{far}")
                yield edge_of(type_, *(ends if outwards else ends[::-1]), values)


def _portions(label: str, ids: Sequence[str], many: Mapping[str, int]) -> Iterator[Sequence[str]]:
    """The ids in parts that have few relationships together."""
    portion: list[str] = []
    held = 0
    for identity in ids:
        count = many[f"{label}/{identity}"]
        if portion and held + count > _LINKS:
            yield portion
            portion, held = [], 0
        portion.append(identity)
        held += count
    if portion:
        yield portion


def _between_hubs(store: Store, type_: str, source: str, target: str, hubs: Keys) -> Iterator[Edge]:
    """Between pairs of hubs, a limited number of pairs a statement."""
    sources, targets = list(hubs.get(source, ())), list(hubs.get(target, ()))
    if not sources or not targets:
        return
    step = max(1, _PAIRS // len(targets))
    for start in range(0, len(sources), step):
        rows = at_once(
            store,
            f"UNWIND $sources AS one MATCH (a:{source} {{{KEY}: one}}) "
            f"UNWIND $targets AS two MATCH (b:{target} {{{KEY}: two}}) MATCH (a)-[r:{type_}]->(b)",
            f"one, two, {edge_columns(type_)}",
            {"sources": sources[start : start + step], "targets": targets},
        )
        for near, far, *values in rows:
            yield edge_of(type_, f"{source}/{near}", f"{target}/{far}", values)

