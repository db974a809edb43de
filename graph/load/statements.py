"""Which Cypher writes rows of a label or a type?  Statements made from the schema; rows come as ``$rows``.

Rows are maps of the schema's properties, absent or null ones missing from the graph; instants are ISO 8601 texts.
"""

from collections.abc import Sequence

from graph.schema import KEY, NODES, RELATIONSHIPS, Property


def create_nodes(label: str) -> str:
    """Nodes that are not there yet."""
    return f"UNWIND $rows AS row CREATE (n:{label} {_map(NODES[label].properties)}) RETURN count(n)"


def merge_nodes(label: str) -> str:
    """Nodes by their key; every other property becomes that of the row."""
    assigned = _assignments("n", [item for item in NODES[label].properties if item.name != KEY])
    return f"UNWIND $rows AS row MERGE (n:{label} {{{KEY}: row.{KEY}}}) SET {assigned} RETURN count(n)"


def create_edges(type_: str, source_label: str, target_label: str) -> str:
    """Relationships between nodes that are there."""
    made = _map(RELATIONSHIPS[type_].properties)
    return f"{_ends(source_label, target_label)} CREATE (a)-[r:{type_} {made}]->(b) RETURN count(r)"


def merge_edges(type_: str, source_label: str, target_label: str, *, backwards: bool = False) -> str:
    """Relationships of which a pair has one at most; every property becomes that of the row.

    ``backwards`` looks for one from its target: the embedded engine goes through all relationships of the node that
    stands first, which must not be a hub.
    """
    assigned = _assignments("r", RELATIONSHIPS[type_].properties)
    pattern = f"(b)<-[r:{type_}]-(a)" if backwards else f"(a)-[r:{type_}]->(b)"
    return f"{_ends(source_label, target_label)} MERGE {pattern} SET {assigned} RETURN count(r)"


def delete_edges(type_: str, source_label: str, target_label: str, *, backwards: bool = False) -> str:
    """All relationships of a type between the pairs of the rows; ``backwards`` as in ``merge_edges``."""
    one = f"(a:{source_label} {{{KEY}: row.source}})"
    other = f"(b:{target_label} {{{KEY}: row.target}})"
    pattern = f"{other}<-[r:{type_}]-{one}" if backwards else f"{one}-[r:{type_}]->{other}"
    return f"UNWIND $rows AS row MATCH {pattern} DELETE r RETURN count(*)"


def degrees(type_: str, label: str, *, incoming: bool) -> str:
    """How many relationships of a type each node of the ids in ``$rows`` has, in one direction."""
    pattern = f"(n)<-[:{type_}]-()" if incoming else f"(n)-[:{type_}]->()"
    return f"UNWIND $rows AS id MATCH (n:{label} {{{KEY}: id}}) RETURN id, COUNT {{ {pattern} }}"


def drop_unlinked_stubs(label: str) -> str:
    """Nodes of the rows' ids that were only mentioned under this label, and no longer are."""
    return (
        f"UNWIND $rows AS row MATCH (n:{label} {{{KEY}: row.{KEY}}}) "
        "WHERE n.stub = true AND NOT (n)-[:OWNS|OPERATES]-() DETACH DELETE n"
    )


def _ends(source_label: str, target_label: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{source_label} {{{KEY}: row.source}}) "
        f"MATCH (b:{target_label} {{{KEY}: row.target}})"
    )


def _value(item: Property) -> str:
    return f"datetime(row.`{item.name}`)" if item.kind == "datetime" else f"row.`{item.name}`"


def _map(properties: Sequence[Property]) -> str:
    return "{" + ", ".join(f"`{item.name}`: {_value(item)}" for item in properties) + "}"


def _assignments(name: str, properties: Sequence[Property]) -> str:
    return ", ".join(f"{name}.`{item.name}` = {_value(item)}" for item in properties)
