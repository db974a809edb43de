"""What may stand in a graph?  Labels, relationships, keys, indexes and searchable text, as data.

The engine-specific statements that bring this schema into a database are written by ``graph.dialect``.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

SCHEMA_VERSION = 2
KEY = "id"
CASE_LABEL = "Case"

Kind = Literal["string", "integer", "float", "boolean", "datetime"]


@dataclass(frozen=True)
class Property:
    """One property of a node or a relationship; a ``datetime`` is a UTC instant with microseconds."""

    name: str
    kind: Kind = "string"


@dataclass(frozen=True)
class NodeType:
    """One label.  ``id`` is unique in it; ``indexed`` properties have a range index, ``searchable`` a full text one."""

    label: str
    properties: tuple[Property, ...]
    indexed: tuple[str, ...] = ()
    searchable: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.properties)


@dataclass(frozen=True)
class RelationshipType:
    """One relationship type and the (source label, target label) pairs it may join."""

    type: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.properties)


_ID = Property(KEY)
_BATCH = Property("batch_id")
_STUB = Property("stub", "boolean")
_MESSAGES = Property("messages", "integer")
_FIRST = Property("first_at", "datetime")
_LAST = Property("last_at", "datetime")

_NODES = (
    NodeType(
        "Account",
        (
            _ID, Property("platform"), Property("pseudonym"), Property("declared_age", "integer"),
            Property("minor_basis"), Property("minor_from", "datetime"), Property("minor_until", "datetime"),
            Property("role"), Property("status"), Property("created_at", "datetime"), _MESSAGES,
            Property("contacts", "integer"), _STUB, _BATCH,
        ),
        indexed=("role",),
        searchable=("pseudonym",),
    ),
    NodeType(
        "Room",
        (
            _ID, Property("platform"), Property("name"), Property("kind"), Property("created_at", "datetime"),
            _STUB, _BATCH,
        ),
        searchable=("name",),
    ),
    NodeType(
        "Identifier",
        (_ID, Property("kind"), Property("value"), Property("accounts", "integer"), _BATCH),
        searchable=("value",),
    ),
    NodeType("Report", (_ID, Property("made_at", "datetime"), Property("reason"), _BATCH)),
    NodeType(
        "Company",
        (_ID, Property("name"), Property("jurisdiction"), Property("incorporated_at", "datetime"), _STUB, _BATCH),
        searchable=("name",),
    ),
    NodeType("Person", (_ID, Property("name"), _STUB, _BATCH), searchable=("name",)),
    NodeType("Platform", (_ID, Property("name"), _BATCH)),
    NodeType(
        "Finding",
        (
            _ID, Property("kind"), Property("tier"), Property("score", "float"), Property("q_value", "float"),
            Property("run_id"), _FIRST, _LAST, _BATCH,
        ),
        indexed=("run_id",),
    ),
)

_RELATIONSHIPS = (
    RelationshipType(
        "CONTACTED",
        (("Account", "Account"),),
        (
            _MESSAGES, Property("replies", "integer"), Property("initiated", "boolean"), _FIRST, _LAST,
            Property("days", "integer"), _BATCH,
        ),
    ),
    RelationshipType("POSTED_IN", (("Account", "Room"),), (_MESSAGES, _FIRST, _LAST, _BATCH)),
    RelationshipType("USED", (("Account", "Identifier"),), (Property("times", "integer"), _FIRST, _LAST, _BATCH)),
    RelationshipType(
        "REPORTED", (("Account", "Account"),), (Property("made_at", "datetime"), Property("reason"), _BATCH)
    ),
    RelationshipType(
        "OWNS",
        (("Company", "Company"), ("Person", "Company")),
        (
            Property("share", "float"), Property("kind"), Property("from", "datetime"), Property("to", "datetime"),
            Property("share_min", "float"), Property("share_max", "float"), Property("indirect", "boolean"), _BATCH,
        ),
    ),
    RelationshipType("OPERATES", (("Company", "Platform"),), (_BATCH,)),
    RelationshipType(
        "INVOLVES",
        (
            ("Finding", "Account"), ("Finding", "Company"), ("Finding", "Person"), ("Finding", "Room"),
        ),
        (Property("part"), _BATCH),
    ),
)

CASE = NodeType(CASE_LABEL, (_ID, Property("evidence_digest"), Property("schema_version", "integer")))
NODES: MappingProxyType[str, NodeType] = MappingProxyType({node.label: node for node in _NODES})
RELATIONSHIPS: MappingProxyType[str, RelationshipType] = MappingProxyType({item.type: item for item in _RELATIONSHIPS})
LABELS: tuple[str, ...] = tuple(NODES)
TYPES: tuple[str, ...] = tuple(RELATIONSHIPS)
SEARCHABLE: tuple[tuple[str, str], ...] = tuple((node.label, name) for node in _NODES for name in node.searchable)
