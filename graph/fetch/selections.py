"""What lies between the nodes chosen?  Given accounts, a finding's people, the whole graph."""

from collections.abc import Iterator, Mapping, Sequence

from graph.errors import GraphError, UnknownEntity
from graph.fetch.cypher import at_once, edge_columns, edge_of, node_columns, node_of
from graph.fetch.induced import edges_among, load_nodes
from graph.fetch.lookup import node_counts, resolve
from graph.fetch.ranking import ORDER, Ranking, held
from graph.fetch.results import Fetched
from graph.schema import KEY, LABELS, RELATIONSHIPS
from graph.store import Store
from graph.subgraph import Edge, Node, Subgraph
from ingest.runtime.garbage_collection import collector_paused

FINDING_LIMIT = 2_000
_PAGE = 10_000


def accounts(store: Store, ids: Sequence[str]) -> Fetched:
    """The nodes of these ids (accounts, or any other) with every relationship among them.

    Raises UnknownEntity that names the ids no node has.
    """
    keys = resolve(store, ids)
    graph = Subgraph.of(load_nodes(store, keys), edges_among(store, keys))
    return Fetched(graph, len(graph.nodes), len(graph.nodes))


def nodes(store: Store, keys: Sequence[str]) -> Fetched:
    """The nodes of these keys (``label/id``) with every relationship among them; ``total`` counts unknown keys too."""
    known = [key for key in dict.fromkeys(keys) if key.partition("/")[0] in LABELS]
    graph = Subgraph.of(load_nodes(store, known), edges_among(store, known))
    return Fetched(graph, len(graph.nodes), len(set(keys)))


def finding(store: Store, finding_id: str, *, limit: int = FINDING_LIMIT) -> Fetched:
    """A finding, whom it involves, and every relationship among them; members before targets, then by id.

    Raises UnknownEntity where the graph holds no such finding.
    """
    rows = store.read(
        f"MATCH (f:Finding {{{KEY}: $id}}) OPTIONAL MATCH (f)-[r:INVOLVES]->(n) "
        f"WITH labels(n)[0] AS label, n.{KEY} AS id, min(r.part) AS part "
        "RETURN label, id ORDER BY part, label, id",
        {"id": finding_id},
    ).rows
    if not rows:
        raise UnknownEntity("no such finding in the graph", where=repr(finding_id), fix="run filature detect first")
    keys = [f"Finding/{finding_id}", *(f"{label}/{id_}" for label, id_ in rows if id_ is not None)]
    shown = keys[: max(limit, 1)]
    graph = Subgraph.of(load_nodes(store, shown), edges_among(store, shown))
    return Fetched(graph, len(graph.nodes), len(keys))


@collector_paused()
def whole(store: Store, *, limit: int, ranking: Ranking | None = None) -> Fetched:
    """The case's graph.

    Where it has more than ``limit`` nodes, the accounts with the most private counterparts are shown (then most
    messages, then by id), then nodes of the other labels in the schema's order by id.  Read in pages: no statement
    runs long.  ``ranking``: the order of the accounts as this graph was asked for it before; another graph's is not
    heeded.
    """
    if limit < 1:
        raise GraphError("the limit is a positive number")
    if ranking is not None and held(store) != ranking.digest:
        ranking = None
    counts = node_counts(store) if ranking is None else node_counts(store, known={"Account": ranking.accounts})
    total = sum(counts.values())
    if _PAGE < total <= limit:
        nodes = [node for label in LABELS if counts[label] for node in _pages(store, label)]
        edges = [edge for type_ in RELATIONSHIPS for edge in _all_edges(store, type_, counts)]
        graph = Subgraph.of(nodes, edges)
        return Fetched(graph, len(graph.nodes), max(total, len(graph.nodes)))
    found: list[Node] = []
    for label in LABELS:
        if len(found) < limit and counts[label]:
            found.extend(_first(store, label, limit - len(found), ranking))
    about = {node.key: 2 * int(node.properties.get("contacts", 0)) for node in found if node.label == "Account"}
    graph = Subgraph.of(found, edges_among(store, [node.key for node in found], about=about))
    return Fetched(graph, len(graph.nodes), max(total, len(graph.nodes)))


def _first(store: Store, label: str, most: int, ranking: Ranking | None) -> list[Node]:
    """The first nodes of a label; more than a page of them are listed first, then read page by page."""
    best = ranking.best(most) if ranking is not None and label == "Account" else None
    if best is not None:
        return load_nodes(store, [f"{label}/{id_}" for id_ in best])
    order = ORDER if label == "Account" else f"n.{KEY}"
    chosen = f"MATCH (n:{label}) WITH n ORDER BY {order} LIMIT $most"
    if most <= _PAGE:
        return [node_of(label, row) for row in at_once(store, chosen, node_columns(label), {"most": most})]
    return load_nodes(store, [f"{label}/{id_}" for (id_,) in store.read(f"{chosen} RETURN n.{KEY}", {"most": most})])


def _pages(store: Store, label: str) -> Iterator[Node]:
    last = ""
    while True:
        rows = at_once(
            store, f"MATCH (n:{label}) WHERE n.{KEY} > $last WITH n ORDER BY n.{KEY} LIMIT $page", node_columns(label),
            {"last": last, "page": _PAGE},
        )
        found = [node_of(label, row) for row in rows]
        yield from found
        if len(found) < _PAGE:
            return
        last = found[-1].id


def _all_edges(store: Store, type_: str, counts: Mapping[str, int]) -> Iterator[Edge]:
    """By pages of source nodes, so that every statement is short."""
    for source, target in RELATIONSHIPS[type_].ends:
        if not counts[source] or not counts[target]:
            continue
        last = ""
        while True:
            page = store.read(
                f"MATCH (n:{source}) WHERE n.{KEY} > $last WITH n.{KEY} AS id ORDER BY id LIMIT $page "
                "RETURN max(id), count(id)",
                {"last": last, "page": _PAGE},
            ).rows[0]
            if not page[1]:
                break
            rows = store.read(  # row by row: nobody knows how many they are
                f"MATCH (a:{source}) WHERE a.{KEY} > $last AND a.{KEY} <= $next MATCH (a)-[r:{type_}]->(b:{target}) "
                f"RETURN a.{KEY}, b.{KEY}, {edge_columns(type_)}",
                {"last": last, "next": page[0]},
            )
            for near, far, *values in rows:
                yield edge_of(type_, f"{source}/{near}", f"{target}/{far}", values)
            last = page[0]
