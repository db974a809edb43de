"""In what do the two engines differ?  Schema statements and full text search; nothing else, and only here."""

import re
from collections.abc import Sequence

from graph.schema import CASE, KEY, NODES, RELATIONSHIPS, SEARCHABLE, NodeType

NEO4J = "neo4j"
ARCADEDB = "arcadedb"
TEXT_INDEX = "filature_text"

# The embedded engine ends any statement after this time, whatever its client asks for, or died of.
COMMAND_TIMEOUT_MS = 30_000

_ARCADE_KINDS = {
    "string": "STRING", "integer": "LONG", "float": "DOUBLE", "boolean": "BOOLEAN", "datetime": "DATETIME_MICROS",
}
_WORD = re.compile(r"\w+")


def engine_of(agent: str) -> str:
    """Which engine calls itself so over Bolt."""
    return ARCADEDB if "arcadedb" in agent.lower() else NEO4J


def neo4j_schema() -> tuple[str, ...]:
    """Constraints, range indexes and the full text index of a Neo4j database, each harmless when repeated."""
    statements = []
    for node in (CASE, *NODES.values()):
        statements.append(
            f"CREATE CONSTRAINT {node.label.lower()}_id IF NOT EXISTS FOR (n:{node.label}) REQUIRE n.{KEY} IS UNIQUE"
        )
        statements.extend(
            f"CREATE INDEX {node.label.lower()}_{name} IF NOT EXISTS FOR (n:{node.label}) ON (n.{name})"
            for name in node.indexed
        )
    labels = "|".join(dict.fromkeys(label for label, _ in SEARCHABLE))
    names = ", ".join(f"n.{name}" for name in dict.fromkeys(name for _, name in SEARCHABLE))
    statements.append(f"CREATE FULLTEXT INDEX {TEXT_INDEX} IF NOT EXISTS FOR (n:{labels}) ON EACH [{names}]")
    return tuple(statements)


def arcadedb_types() -> tuple[str, ...]:
    """SQL that declares the types and their properties in the embedded engine, each harmless when repeated."""
    statements = []
    for node in (CASE, *NODES.values()):
        statements.append(f"CREATE VERTEX TYPE `{node.label}` IF NOT EXISTS")
        statements.extend(
            f"CREATE PROPERTY `{node.label}`.`{item.name}` IF NOT EXISTS {_ARCADE_KINDS[item.kind]}"
            for item in node.properties
        )
    for relationship in RELATIONSHIPS.values():
        statements.append(f"CREATE EDGE TYPE `{relationship.type}` IF NOT EXISTS")
        statements.extend(
            f"CREATE PROPERTY `{relationship.type}`.`{item.name}` IF NOT EXISTS {_ARCADE_KINDS[item.kind]}"
            for item in relationship.properties
        )
    return tuple(statements)


def arcadedb_indexes() -> tuple[str, ...]:
    """SQL that makes the embedded engine's indexes, each harmless when repeated."""
    statements = []
    for node in (CASE, *NODES.values()):
        statements.append(f"CREATE INDEX IF NOT EXISTS ON `{node.label}` (`{KEY}`) UNIQUE")
        statements.extend(
            f"CREATE INDEX IF NOT EXISTS ON `{node.label}` (`{name}`) NOTUNIQUE" for name in node.indexed
        )
    statements.extend(f"CREATE INDEX IF NOT EXISTS ON `{label}` (`{name}`) FULL_TEXT" for label, name in SEARCHABLE)
    return tuple(statements)


def text_query(text: str) -> str:
    """Every word of the text as a prefix, all of them required; empty where it holds no word.

    Only letters, digits and underscores are kept, so no operator of the index's query language can be smuggled in.
    """
    return " AND ".join(f"{word.lower()}*" for word in _WORD.findall(text)[:10])


def text_search(engine: str, nodes: Sequence[NodeType]) -> tuple[tuple[str, str], ...]:
    """The (full text index, label) pairs to ask for these node types."""
    if engine == NEO4J:
        return tuple((TEXT_INDEX, node.label) for node in nodes if node.searchable)
    return tuple((f"{node.label}[{name}]", node.label) for node in nodes for name in node.searchable)
