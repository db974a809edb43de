"""Who is next to this node, and in which way?  Counted before anything is drawn, then the strongest of one way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from graph.errors import GraphError
from graph.fetch.cypher import Keys, bind, by_label, pattern
from graph.fetch.induced import edges_among, links, load_nodes
from graph.schema import KEY, LABELS, RELATIONSHIPS
from graph.store import Store
from graph.subgraph import Edge, Subgraph
from ingest.runtime.garbage_collection import collector_paused

By = Literal["messages", "days", "first", "rarity"]
BYS: tuple[str, ...] = get_args(By)
MOST = 20_000
"""Neighbours of one way that are listed, at most."""
_LISTED = 2_000
"""More nodes than this are better asked for all together than listed to the engine."""
_ORDER = {
    "messages": "strength DESC, id", "days": "days DESC, strength DESC, id", "first": "first, id",
    "rarity": "others, strength DESC, id",
}
_KINDS = {"Identifier": "m.kind"}  # labels whose nodes are told apart by one more property


@dataclass(frozen=True)
class Way:
    """A way from a node to its neighbours: along a relationship, outwards, inwards or both (``direction``).

    ``kind``: of an identifier (device, email, …), empty for all.  ``initiated``: contacts that the one at the arrow's
    beginning began.
    """

    type: str
    label: str
    direction: Literal["out", "in", "both"] = "both"
    kind: str = ""
    initiated: bool = False

    def __post_init__(self) -> None:
        if self.type not in RELATIONSHIPS or self.label not in LABELS or self.direction not in ("out", "in", "both"):
            raise GraphError("no such way between nodes", where=str(self))


@dataclass(frozen=True)
class Neighbours:
    """The ``keys`` of neighbours, the strongest first, of ``total`` (distinct nodes)."""

    keys: tuple[str, ...]
    total: int


def ways(store: Store, key: str) -> dict[Way, int]:
    """The ways from a node (``label/id``) that lead anywhere, and how many neighbours each has."""
    label, _, identity = key.partition("/")
    found: dict[Way, int] = {}
    for way in _possible(label):
        kind = _KINDS.get(way.label, "''")
        rows = store.read(
            f"{_match(way, label)} WITH {kind} AS kind, m RETURN kind, count(DISTINCT m) AS total ORDER BY kind",
            {"id": identity},
        )
        for name, total in rows:
            if total:
                found[Way(way.type, way.label, way.direction, name or "", way.initiated)] = int(total)
    return found


def neighbours(store: Store, key: str, way: Way, *, by: By = "messages", limit: int = MOST) -> Neighbours:
    """Neighbours of a node along one way.

    ``by``: messages (or times of use), days of contact, the first contact (earliest first), or rarity: those whom the
    fewest others know or use first.
    """
    if by not in BYS or limit < 1:
        raise GraphError(f"no order {by!r}, or no limit {limit}")
    label, _, identity = key.partition("/")
    where = " WHERE m.kind = $kind" if way.kind else ""
    matched = f"{_match(way, label)}{' AND m.kind = $kind' if way.kind and way.initiated else where}"
    parameters = {"id": identity, "kind": way.kind}
    rows = store.read(
        f"{matched} WITH m, sum(coalesce(r.messages, r.times, 1)) AS strength, max(coalesce(r.days, 0)) AS days, "
        "min(r.first_at.epochMillis) AS first, coalesce(m.contacts, m.accounts, 0) AS others "
        f"RETURN m.{KEY} AS id, strength, days, first, others ORDER BY {_ORDER[by]} LIMIT $limit",
        {**parameters, "limit": min(limit, MOST)},
    ).rows
    total = len(rows)
    if total >= min(limit, MOST):
        total = int(store.read(f"{matched} RETURN count(DISTINCT m)", parameters).scalar() or 0)
    return Neighbours(tuple(f"{way.label}/{row[0]}" for row in rows), total)


def strongest(
    store: Store, keys: Sequence[str], *, types: Sequence[str] | None = None, limit: int = MOST
) -> Neighbours:
    """Neighbours of any of these along any relationship (of ``types``), none of them itself, the strongest first."""
    unknown = sorted(set(types or ()) - set(RELATIONSHIPS))
    if unknown:
        raise GraphError(f"unknown relationship types {unknown}", fix=f"types are {', '.join(RELATIONSHIPS)}")
    clause, parameters = bind(by_label(keys))
    step = f"{clause} MATCH (n)-[r{pattern(types)}]-(m)"
    most = min(limit + len(keys), MOST)
    rows = store.read(
        f"{step} WITH m, sum(coalesce(r.messages, r.times, 1)) AS strength "
        f"RETURN labels(m)[0] AS label, m.{KEY} AS id ORDER BY strength DESC, label, id LIMIT $most",
        {**parameters, "most": most},
    ).rows
    found = [key for key in (f"{label}/{identity}" for label, identity in rows) if key not in set(keys)]
    total = len(found)
    if len(rows) >= most:
        total = int(store.read(f"{step} RETURN count(DISTINCT m)", parameters).scalar() or 0)
        total -= len(rows) - len(found)  # those of the keys that are next to each other are among the strongest
    return Neighbours(tuple(found[:limit]), total)


def shared(store: Store, keys: Sequence[str], *, types: Sequence[str] | None = None, limit: int = 200) -> Neighbours:
    """Nodes next to at least two of these, those next to the most of them first, then by id; none of them itself."""
    unknown = sorted(set(types or ()) - set(RELATIONSHIPS))
    if unknown:
        raise GraphError(f"unknown relationship types {unknown}", fix=f"types are {', '.join(RELATIONSHIPS)}")
    along = f":{'|'.join(types)}" if types else ""
    met: dict[str, set[str]] = {}
    for label, ids in by_label(keys).items():
        for identity in ids:
            rows = store.read(
                f"MATCH (n:{label} {{{KEY}: $id}})-[r{along}]-(m) WITH DISTINCT m "
                f"RETURN labels(m)[0], m.{KEY} LIMIT $most",
                {"id": identity, "most": MOST},
            )
            for other, near in rows:
                met.setdefault(f"{other}/{near}", set()).add(f"{label}/{identity}")
    wanted = set(keys)
    common = {key: len(ends) for key, ends in met.items() if len(ends) > 1 and key not in wanted}
    ranked = sorted(common, key=lambda key: (-common[key], key))
    return Neighbours(tuple(ranked[:limit]), len(ranked))


def around_counts(store: Store, keys: Iterable[str]) -> dict[str, int]:
    """How many distinct neighbours each of these nodes has in the whole graph."""
    found: dict[str, int] = {}
    for label, ids in by_label(keys).items():
        for start in range(0, len(ids), 1_000):
            rows = store.read(
                f"UNWIND $ids AS id MATCH (n:{label} {{{KEY}: id}})-[]-(m) RETURN id, count(DISTINCT m)",
                {"ids": ids[start : start + 1_000]},
            )
            found.update({f"{label}/{identity}": int(count) for identity, count in rows})
    return found


@collector_paused()
def joined(store: Store, new: Sequence[str], known: Subgraph) -> Subgraph:
    """``known`` and the nodes of these keys with it, with every relationship among all of them.

    Keys that no node has are left out.  ``known`` is taken to have all relationships among its own nodes.
    """
    present = [node.key for node in known.nodes]
    fresh = sorted({key for key in new if key.partition("/")[0] in LABELS} - set(present))
    if not fresh:
        return known
    added = load_nodes(store, fresh)
    if len(fresh) * 4 > len(present) or len(present) > _LISTED:
        edges = edges_among(store, [*fresh, *present])
    else:
        edges = list(_touching(store, by_label(fresh), by_label([*fresh, *present])))
    return Subgraph.of([*known.nodes, *added], [*known.edges, *edges])


def _touching(store: Store, fresh: Keys, there: Keys) -> Iterator[Edge]:
    """Every relationship between one of the first and one of the second."""
    for type_, relationship in RELATIONSHIPS.items():
        for source, target in relationship.ends:
            for here, other, outwards in ((source, target, True), (target, source, False)):
                if here not in fresh or other not in there:
                    continue
                yield from links(store, type_, here, other, fresh[here], there[other], outwards=outwards)


def _possible(label: str) -> list[Way]:
    found: list[Way] = []
    for type_, relationship in RELATIONSHIPS.items():
        for source, target in relationship.ends:
            if source == target == label:
                found.append(Way(type_, label))
                if type_ == "CONTACTED":
                    found += [Way(type_, label, "out", initiated=True), Way(type_, label, "in", initiated=True)]
                else:
                    found += [Way(type_, label, "out"), Way(type_, label, "in")]
            elif source == label:
                found.append(Way(type_, target, "out"))
            elif target == label:
                found.append(Way(type_, source, "in"))
    return [way for way in found if not (way.direction == "both" and way.type != "CONTACTED")]


def _match(way: Way, label: str) -> str:
    left, right = {"out": ("-", "->"), "in": ("<-", "-"), "both": ("-", "-")}[way.direction]
    where = " WHERE r.initiated = true" if way.initiated else ""
    return f"MATCH (n:{label} {{{KEY}: $id}}){left}[r:{way.type}]{right}(m:{way.label}){where}"
