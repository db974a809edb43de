"""Who is that?  One entity with its counts, what the graph holds, and the keys of ids."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from graph.errors import UnknownEntity
from graph.fetch.results import Entity
from graph.schema import CASE_LABEL, KEY, LABELS, RELATIONSHIPS
from graph.store import Store

NOTHING_KNOWN: Mapping[str, int] = {}


def entity(store: Store, id: str, *, label: str | None = None) -> Entity:
    """The node of that id (of that label; None: the first label of the schema that has it) and its relationships.

    Raises UnknownEntity where there is none.
    """
    for name in LABELS if label is None else (label,):
        if name not in LABELS:
            break
        outgoing = [type_ for type_, item in RELATIONSHIPS.items() if any(end[0] == name for end in item.ends)]
        incoming = [type_ for type_, item in RELATIONSHIPS.items() if any(end[1] == name for end in item.ends)]
        columns = [
            *(f"COUNT {{ (n)-[:{type_}]->() }}" for type_ in outgoing),
            *(f"COUNT {{ (n)<-[:{type_}]-() }}" for type_ in incoming),
        ]
        rows = store.read(f"MATCH (n:{name} {{{KEY}: $id}}) RETURN {', '.join(('n', *columns))}", {"id": id}).rows
        if rows:
            node, *counts = rows[0]
            went = dict(zip(outgoing, counts, strict=False))
            came = dict(zip(incoming, counts[len(outgoing) :], strict=True))
            both = {type_: went.get(type_, 0) + came.get(type_, 0) for type_ in RELATIONSHIPS}
            return Entity(node, _some(both), _some(went), _some(came))
    raise UnknownEntity("no such node in the graph", where=f"{label or 'any label'} {id!r}", fix="search for it first")


def node_counts(store: Store, *, known: Mapping[str, int] = NOTHING_KNOWN) -> dict[str, int]:
    """Nodes per label of the schema, 0 included; those that are ``known`` are not counted again."""
    counted = " UNION ALL ".join(
        f"MATCH (n:{label}) RETURN '{label}' AS label, count(n) AS nodes" for label in LABELS if label not in known
    )
    return dict.fromkeys(LABELS, 0) | {str(label): int(count) for label, count in store.read(counted)} | dict(known)


def overview(store: Store) -> dict[str, int]:
    """Nodes per label and relationships per type, those of the schema, 0 included."""
    counts = {type_: store.read(f"MATCH ()-[r:{type_}]->() RETURN count(r)").scalar() for type_ in RELATIONSHIPS}
    return node_counts(store) | {name: int(count or 0) for name, count in counts.items()}


def span(store: Store) -> tuple[datetime | None, datetime | None]:
    """The instants of the first and the last message of the case (UTC); None where there is none."""
    rows = store.read(f"MATCH (c:{CASE_LABEL}) RETURN c.first_at, c.last_at LIMIT 1").rows
    return (rows[0][0], rows[0][1]) if rows else (None, None)


def resolve(store: Store, ids: Iterable[str]) -> list[str]:
    """Node keys of ids, or of keys ``label/id``; an id that several labels have gives one key each.

    Raises UnknownEntity that names what no node has.
    """
    wanted = list(dict.fromkeys(ids))
    found: dict[str, list[str]] = {text: [] for text in wanted}
    for label in LABELS:
        bare = {text.removeprefix(f"{label}/"): text for text in wanted if text.startswith(f"{label}/")}
        asked = [*wanted, *bare]
        for start in range(0, len(asked), 10_000):
            rows = store.read(
                f"UNWIND $ids AS id MATCH (n:{label} {{{KEY}: id}}) RETURN id", {"ids": asked[start : start + 10_000]}
            )
            for (id_,) in rows:
                if id_ in found:
                    found[id_].append(f"{label}/{id_}")
                elif id_ in bare:
                    found[bare[id_]].append(f"{label}/{id_}")
    unknown = [text for text in wanted if not found[text]]
    if unknown:
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise UnknownEntity(
            "no such node in the graph", where=", ".join(map(repr, unknown[:5])) + more, fix="search for it first"
        )
    return list(dict.fromkeys(key for text in wanted for key in found[text]))


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {type_: int(count) for type_, count in counts.items() if count}
