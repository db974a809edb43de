"""How are two accounts connected?  The shortest paths between them, found from both ends at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from graph.errors import GraphError, UnknownEntity
from graph.fetch.cypher import by_label, degrees, edge_columns, edge_of
from graph.fetch.induced import load_nodes
from graph.fetch.results import GAVE_UP, Fetched, Note
from graph.schema import KEY, RELATIONSHIPS
from graph.store import Store
from graph.subgraph import Edge, Subgraph

ALONG = ("CONTACTED", "USED", "POSTED_IN")
EXPANDED = 500_000
"""Relationships looked at in all; a search that would need more says that it gave up."""
_STEPS = {
    "Account": (("-[:CONTACTED]-", "Account"), ("-[:USED]->", "Identifier"), ("-[:POSTED_IN]->", "Room")),
    "Identifier": (("<-[:USED]-", "Account"),),
    "Room": (("<-[:POSTED_IN]-", "Account"),),
}
_CHUNK = 2_000
_COUNTED = 500
"""Up to that many nodes a frontier is weighed by its relationships, beyond by its size: counting would cost as much."""


def paths(
    store: Store, a: str, b: str, *, max_length: int = 6, limit: int = 5, avoid: int | None = None
) -> Fetched:
    """The shortest paths between two accounts along contacts, shared identifiers and shared rooms, in any direction.

    Of equally short ones the ``limit`` first by their node keys; ``shown`` and ``total`` count paths, ``total``
    exactly.  ``avoid``: no path leads through a node with more relationships than that (a carrier's address, the
    lobby).  No path within ``max_length`` steps is an empty subgraph.  Raises UnknownEntity for an id no account has.
    """
    if max_length < 1 or limit < 1:
        raise GraphError("the longest length and the limit are positive numbers")
    for id_ in (a, b):
        if not store.read(f"MATCH (n:Account {{{KEY}: $id}}) RETURN 1", {"id": id_}).rows:
            raise UnknownEntity("no such account in the graph", where=repr(id_), fix="search for it first")
    start, end = f"Account/{a}", f"Account/{b}"
    if start == end:
        graph = Subgraph.of(load_nodes(store, [start]), [])
        return Fetched(graph, 1, 1)
    search = _Search(store, start, end, avoid)
    met = search.meet(max_length)
    if not met:
        return Fetched(Subgraph(), 0, 0, search.notes)
    total = search.count(met)
    found = list(search.walks(met, limit))
    return Fetched(_drawn(store, found), len(found), total, search.notes)


class _Side:
    """A breadth-first search from one end: the distance of every node seen, and by which nodes it was reached."""

    def __init__(self, root: str) -> None:
        self.depth = {root: 0}
        self.before: dict[str, list[str]] = {root: []}
        self.frontier = [root]


class _Search:
    """Both sides grow by turns, the one with fewer relationships first, until they meet."""

    def __init__(self, store: Store, start: str, end: str, avoid: int | None) -> None:
        self._store = store
        self._sides = (_Side(start), _Side(end))
        self._ends = (start, end)
        self._avoid = avoid
        self._spent = 0
        self.notes: tuple[Note, ...] = ()

    def meet(self, max_length: int) -> list[str]:
        """The nodes in which shortest paths meet, all equally far from the start; empty if there is no path."""
        forwards, backwards = self._sides
        for _ in range(max_length):
            grown = self._grow()
            if grown is None:
                return []
            other = backwards if grown is forwards else forwards
            met = sorted(key for key in grown.frontier if key in other.depth)
            if met:
                nearest = min(other.depth[key] for key in met)
                return [key for key in met if other.depth[key] == nearest]
        return []

    def count(self, met: Sequence[str]) -> int:
        """How many shortest paths there are."""
        front, rear = (_ways(side, met) for side in self._sides)
        return sum(front[key] * rear[key] for key in met)

    def walks(self, met: Sequence[str], limit: int) -> Iterator[tuple[str, ...]]:
        """The first paths as node keys from start to end, in the order of their keys from the meeting node outwards."""
        left = limit
        for key in met:
            for front in self._back(self._sides[0], key):
                for rear in self._back(self._sides[1], key):
                    if left == 0:
                        return
                    left -= 1
                    yield (*reversed(front), key, *rear)

    def _grow(self) -> _Side | None:
        """One more step of the cheaper side; None where nothing is left or affordable."""
        costs = [self._cost(side) for side in self._sides]
        side = self._sides[0] if costs[0] <= costs[1] else self._sides[1]
        step = side.depth[side.frontier[0]] + 1
        reached: dict[str, list[str]] = {}
        for near, far in self._steps(side.frontier):
            self._spent += 1
            if self._spent > EXPANDED:
                self.notes = (Note(GAVE_UP, EXPANDED),)
                return None
            if far not in side.depth:
                reached.setdefault(far, []).append(near)
        for key in self._busy(reached):
            del reached[key]
        for key, before in reached.items():
            side.depth[key] = step
            side.before[key] = sorted(set(before))
        side.frontier = sorted(reached)
        return side if reached else None

    def _busy(self, keys: Iterable[str]) -> list[str]:
        """Those of the nodes that no path may lead through."""
        if self._avoid is None:
            return []
        many = degrees(self._store, keys)
        return [key for key, count in many.items() if count > self._avoid and key not in self._ends]

    def _cost(self, side: _Side) -> int:
        if len(side.frontier) > _COUNTED:
            return 10 * len(side.frontier)
        return sum(degrees(self._store, side.frontier, types=ALONG).values())

    def _steps(self, frontier: Sequence[str]) -> Iterator[tuple[str, str]]:
        for label, ids in by_label(frontier).items():
            for start in range(0, len(ids), _CHUNK):
                for arrow, there in _STEPS.get(label, ()):
                    rows = self._store.read(
                        f"UNWIND $ids AS id MATCH (n:{label} {{{KEY}: id}}){arrow}(m:{there}) RETURN id, m.{KEY}",
                        {"ids": ids[start : start + _CHUNK]},
                        max_rows=EXPANDED,
                    )
                    yield from ((f"{label}/{near}", f"{there}/{far}") for near, far in rows)

    def _back(self, side: _Side, key: str) -> Iterator[tuple[str, ...]]:
        """The ways from a node back to the side's end, the node itself left out."""
        if not side.before[key]:
            yield ()
        for before in side.before[key]:
            for rest in self._back(side, before):
                yield (before, *rest)


def _ways(side: _Side, met: Sequence[str]) -> dict[str, int]:
    """In how many shortest ways the side's end reaches each of these nodes, and those between."""
    seen, stack = set(met), list(met)
    while stack:
        for before in side.before[stack.pop()]:
            if before not in seen:
                seen.add(before)
                stack.append(before)
    ways: dict[str, int] = {}
    for node in sorted(seen, key=lambda node: side.depth[node]):
        ways[node] = sum(ways[before] for before in side.before[node]) or 1
    return ways


def _drawn(store: Store, walks: Sequence[Sequence[str]]) -> Subgraph:
    """The nodes of the paths and every relationship along them."""
    links = sorted({(min(pair), max(pair)) for walk in walks for pair in pairwise(walk)})
    edges: list[Edge] = []
    for one, two in links:
        for source, target in ((one, two), (two, one)):
            labels = (source.partition("/")[0], target.partition("/")[0])
            for type_ in ALONG:
                if labels in RELATIONSHIPS[type_].ends:
                    rows = store.read(
                        f"MATCH (a:{labels[0]} {{{KEY}: $a}}) MATCH (b:{labels[1]} {{{KEY}: $b}}) "
                        f"MATCH (a)-[r:{type_}]->(b) RETURN {edge_columns(type_)}",
                        {"a": source.partition("/")[2], "b": target.partition("/")[2]},
                    )
                    edges.extend(edge_of(type_, source, target, row) for row in rows)
    return Subgraph.of(load_nodes(store, sorted({key for walk in walks for key in walk})), edges)
