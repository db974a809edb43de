"""How are two nodes connected, or several?  The shortest paths between them, found from both ends at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations, pairwise

from graph.errors import GraphError, UnknownEntity
from graph.fetch.cypher import by_label, degrees, edge_columns, edge_of
from graph.fetch.induced import load_nodes
from graph.fetch.results import GAVE_UP, Fetched, Note
from graph.schema import KEY, LABELS, RELATIONSHIPS
from graph.store import Store
from graph.subgraph import Edge, Subgraph

ALONG = ("CONTACTED", "USED", "POSTED_IN")
EXPANDED = 500_000
"""Relationships looked at in all; a search that would need more says that it gave up."""
MOST_ENDS = 8
_LASTING = {"REPORTED": ("made_at", "made_at"), "OWNS": ("from", "to"), "OPERATES": (), "INVOLVES": ()}
_CHUNK = 2_000
_COUNTED = 500
"""Up to that many nodes a frontier is weighed by its relationships, beyond by its size: counting would cost as much."""

Period = tuple[datetime | None, datetime | None]
"""From and until, each None where it is open; aware or naive UTC."""
Walk = tuple[str, ...]
"""Node keys from one end to the other."""


@dataclass(frozen=True)
class Paths(Fetched):
    """A subgraph of paths with each as a ``Walk``; ``shown`` and ``total`` count paths."""

    walks: tuple[Walk, ...] = ()


def paths(
    store: Store, a: str, b: str, *, types: Sequence[str] = ALONG, max_length: int = 6, limit: int = 5,
    avoid: int | None = None, period: Period = (None, None),
) -> Paths:
    """The shortest paths between two nodes (account ids, or keys) along relationships of ``types``, in any direction.

    Of equally short ones the ``limit`` first by their node keys; ``total`` is exact.  ``avoid``: no path leads through
    a node with more relationships than that (a carrier's address, the lobby).  ``period``: only relationships that
    lasted into it; one without a time counts.  No path within ``max_length`` steps is an empty subgraph.  Raises
    UnknownEntity for what the graph does not hold, GraphError for what is no number or no type.
    """
    _check(types, max_length, limit)
    start, end = (_key(store, given) for given in (a, b))
    along = _Along(types, period)
    if start == end:
        return Paths(Subgraph.of(load_nodes(store, [start]), []), 1, 1, walks=((start,),))
    search = _Search(store, start, end, avoid, along)
    met = search.meet(max_length)
    if not met:
        return Paths(Subgraph(), 0, 0, search.notes)
    walks = tuple(search.walks(met, limit))
    return Paths(_drawn(store, walks, along), len(walks), search.count(met), search.notes, walks)


def paths_among(
    store: Store, ends: Sequence[str], *, types: Sequence[str] = ALONG, max_length: int = 6, limit: int = 3,
    avoid: int | None = None, period: Period = (None, None),
) -> Paths:
    """The shortest paths between every two of several nodes, ``limit`` a pair; otherwise as ``paths``.

    Raises GraphError for fewer than two and for more than ``MOST_ENDS``.
    """
    given = list(dict.fromkeys(ends))
    if not 2 <= len(given) <= MOST_ENDS:
        raise GraphError(f"paths are looked for among 2 to {MOST_ENDS} nodes, not {len(given)}", fix="choose fewer")
    whole = Paths(Subgraph(), 0, 0)
    for one, other in combinations(given, 2):
        found = paths(
            store, one, other, types=types, max_length=max_length, limit=limit, avoid=avoid, period=period
        )
        whole = replace(
            whole, subgraph=whole.subgraph | found.subgraph, shown=whole.shown + found.shown,
            total=whole.total + found.total, notes=tuple(dict.fromkeys((*whole.notes, *found.notes))),
            walks=(*whole.walks, *found.walks),
        )
    return whole


def _check(types: Sequence[str], max_length: int, limit: int) -> None:
    if max_length < 1 or limit < 1:
        raise GraphError("the longest length and the limit are positive numbers")
    if unknown := sorted(set(types) - set(RELATIONSHIPS)):
        raise GraphError(f"unknown relationship types {unknown}", fix=f"types are {', '.join(RELATIONSHIPS)}")
    if not types:
        raise GraphError("a path needs a relationship to go along", fix=f"choose among {', '.join(RELATIONSHIPS)}")


def _key(store: Store, given: str) -> str:
    """The node's key; what has no label before a stroke is an account's id."""
    label, stroke, identity = given.partition("/")
    if not stroke or label not in LABELS:
        label, identity = "Account", given
    if not store.read(f"MATCH (n:{label} {{{KEY}: $id}}) RETURN 1", {"id": identity}).rows:
        what = "account" if label == "Account" else "node"
        raise UnknownEntity(f"no such {what} in the graph", where=repr(identity), fix="search for it first")
    return f"{label}/{identity}"


class _Along:
    """Which relationships a path may follow: their types, and the time into which they have to last."""

    def __init__(self, types: Sequence[str], period: Period) -> None:
        self.types = [type_ for type_ in RELATIONSHIPS if type_ in types]
        self.times: Mapping[str, str] = {
            name: at.isoformat() for name, at in zip(("since", "until"), map(_aware, period), strict=True) if at
        }
        self.steps: dict[str, list[tuple[str, str, str]]] = {}
        for type_ in self.types:
            for source, target in RELATIONSHIPS[type_].ends:
                arrows = (f"-[r:{type_}]->", f"<-[r:{type_}]-") if source != target else (f"-[r:{type_}]-", "")
                for here, there, arrow in ((source, target, arrows[0]), (target, source, arrows[1])):
                    if arrow:
                        self.steps.setdefault(here, []).append((arrow, there, self.lasting(type_)))

    def lasting(self, type_: str) -> str:
        """The condition on ``r`` as a WHERE clause; nothing where any time will do."""
        names = _LASTING.get(type_, ("first_at", "last_at"))
        if not names or not self.times:
            return ""
        first, last = (f"r.`{name}`" for name in names)
        bounds = {"since": f"({last} IS NULL OR {last} >= datetime($since))",
                  "until": f"({first} IS NULL OR {first} <= datetime($until))"}
        return "WHERE " + " AND ".join(bounds[name] for name in self.times)


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


class _Side:
    """A breadth-first search from one end: the distance of every node seen, and by which nodes it was reached."""

    def __init__(self, root: str) -> None:
        self.depth = {root: 0}
        self.before: dict[str, list[str]] = {root: []}
        self.frontier = [root]


class _Search:
    """Both sides grow by turns, the one with fewer relationships first, until they meet."""

    def __init__(self, store: Store, start: str, end: str, avoid: int | None, along: _Along) -> None:
        self._store = store
        self._sides = (_Side(start), _Side(end))
        self._ends = (start, end)
        self._avoid = avoid
        self._along = along
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
        return sum(degrees(self._store, side.frontier, types=self._along.types).values())

    def _steps(self, frontier: Sequence[str]) -> Iterator[tuple[str, str]]:
        for label, ids in by_label(frontier).items():
            for start in range(0, len(ids), _CHUNK):
                for arrow, there, lasting in self._along.steps.get(label, ()):
                    rows = self._store.read(
                        f"UNWIND $ids AS id MATCH (n:{label} {{{KEY}: id}}){arrow}(m:{there}) {lasting} "
                        f"RETURN id, m.{KEY}",
                        {"ids": ids[start : start + _CHUNK], **self._along.times},
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


def _drawn(store: Store, walks: Sequence[Walk], along: _Along) -> Subgraph:
    """The nodes of the paths and every relationship along them."""
    links = sorted({(min(pair), max(pair)) for walk in walks for pair in pairwise(walk)})
    edges: list[Edge] = []
    for one, two in links:
        for source, target in ((one, two), (two, one)):
            labels = (source.partition("/")[0], target.partition("/")[0])
            for type_ in along.types:
                if labels in RELATIONSHIPS[type_].ends:
                    rows = store.read(
                        f"MATCH (a:{labels[0]} {{{KEY}: $a}}) MATCH (b:{labels[1]} {{{KEY}: $b}}) "
                        f"MATCH (a)-[r:{type_}]->(b) {along.lasting(type_)} RETURN {edge_columns(type_)}",
                        {"a": source.partition("/")[2], "b": target.partition("/")[2], **along.times},
                    )
                    edges.extend(edge_of(type_, source, target, row) for row in rows)
    return Subgraph.of(load_nodes(store, sorted({key for walk in walks for key in walk})), edges)
