"""Whom does this node know?  Its neighbourhood, strongest contacts first, never more than asked for."""

from collections.abc import Sequence

from graph.errors import GraphError
from graph.fetch.cypher import bind, by_label, degrees, pattern
from graph.fetch.induced import edges_among, load_nodes
from graph.fetch.lookup import resolve
from graph.fetch.results import LIMIT_REACHED, STEP_CUT, TOO_BUSY, Fetched, Note
from graph.schema import KEY, RELATIONSHIPS
from graph.store import Store
from graph.subgraph import Subgraph

EXPANDED = 500_000
"""Relationships that one step looks at, at most; past the first step, the busiest nodes are then not expanded."""


def neighbourhood(
    store: Store, ids: Sequence[str], *, depth: int = 1, types: Sequence[str] | None = None, limit: int = 300
) -> Fetched:
    """Nodes within ``depth`` steps of these (contract ids or node keys), with every relationship among them.

    Steps go along relationships of ``types`` (None: all), in either direction.  Where there are more than ``limit``
    nodes, those with the strongest ties to the step before are shown: the sum of messages or times, ties by label
    and id; steps beyond a step that was cut are not taken.  ``total`` counts the nodes asked for and all that the
    steps taken reach.  Raises UnknownEntity for an id no node has, GraphError for an unknown type.
    """
    unknown = sorted(set(types or ()) - set(RELATIONSHIPS))
    if unknown or depth < 0 or limit < 1:
        raise GraphError(
            f"unknown relationship types {unknown}" if unknown else "depth and limit are positive numbers",
            fix=f"types are {', '.join(RELATIONSHIPS)}",
        )
    shown = resolve(store, ids)
    total = len(shown)
    notes: list[Note] = []
    frontier = shown = shown[:limit]
    for step in range(depth):
        if step and len(shown) >= limit:
            notes.append(Note(LIMIT_REACHED, step))
            break
        open_nodes = frontier if step == 0 else _affordable(store, frontier, types, notes)
        if not open_nodes:
            break
        strongest, reached = _reach(store, open_nodes, shown, types, most=limit)
        total += reached
        frontier = strongest[: limit - len(shown)]
        shown = [*shown, *frontier]
        if len(frontier) < reached:
            if step + 1 < depth:
                notes.append(Note(STEP_CUT, step + 1))
            break
    graph = Subgraph.of(load_nodes(store, shown), edges_among(store, shown))
    return Fetched(graph, len(graph.nodes), max(total, len(graph.nodes)), tuple(notes))


def _reach(
    store: Store, frontier: Sequence[str], shown: Sequence[str], types: Sequence[str] | None, *, most: int
) -> tuple[list[str], int]:
    """The nodes one step from the frontier that are not shown yet: the strongest ``most``, and how many in all."""
    clause, parameters = bind(by_label(frontier))
    step = f"{clause} MATCH (n)-[r{pattern(types)}]-(m)"
    everyone = int(store.read(f"{step} RETURN count(DISTINCT m)", parameters).scalar() or 0)
    rows = store.read(
        f"{step} WITH m, sum(coalesce(r.messages, r.times, 1)) AS strength "
        f"RETURN labels(m)[0] AS label, m.{KEY} AS id ORDER BY strength DESC, label, id LIMIT $most",
        {**parameters, "most": len(shown) + most},
    )
    present = set(shown)
    strongest = [key for key in (f"{label}/{id_}" for label, id_ in rows) if key not in present]
    if len(rows) >= everyone:
        return strongest, len(strongest)
    return strongest, everyone - _again(store, frontier, shown, types)


def _again(store: Store, frontier: Sequence[str], shown: Sequence[str], types: Sequence[str] | None) -> int:
    """How many of the nodes shown are a step away from the frontier."""
    edges = [edge for edge in edges_among(store, shown) if types is None or edge.type in types]
    inside = set(frontier)
    met = {edge.target for edge in edges if edge.source in inside}
    return len(met | {edge.source for edge in edges if edge.target in inside})


def _affordable(
    store: Store, frontier: Sequence[str], types: Sequence[str] | None, notes: list[Note]
) -> list[str]:
    """The nodes of a frontier with the fewest relationships, as many as ``EXPANDED`` allows; says who was left out."""
    many = degrees(store, frontier, types=types)
    kept: list[str] = []
    spent = 0
    for key in sorted(many, key=lambda key: (many[key], key)):
        spent += many[key]
        if spent > EXPANDED:
            notes.append(Note(TOO_BUSY, len(many) - len(kept)))
            break
        kept.append(key)
    return kept
