"""Is the schema whole, and do its statements say only what it says?"""

import re

import pytest

from graph.dialect import (
    ARCADEDB,
    NEO4J,
    arcadedb_indexes,
    arcadedb_types,
    engine_of,
    neo4j_schema,
    text_query,
    text_search,
)
from graph.schema import CASE, LABELS, NODES, RELATIONSHIPS, SEARCHABLE, TYPES

CONTRACT_NODES = {
    "Account": {
        "id", "pseudonym", "declared_age", "minor_basis", "role", "status", "created_at", "messages", "contacts",
    },
    "Room": {"id", "name", "kind"},
    "Identifier": {"id", "kind", "value", "accounts"},
    "Report": {"id"},
    "Company": {"id"},
    "Person": {"id"},
    "Platform": {"id"},
    "Finding": {"id", "kind", "tier", "score", "run_id"},
}
CONTRACT_RELATIONSHIPS = {
    "CONTACTED": {"messages", "replies", "initiated", "first_at", "last_at", "days"},
    "POSTED_IN": {"messages", "first_at", "last_at"},
    "USED": {"times", "first_at", "last_at"},
    "REPORTED": {"made_at", "reason"},
    "OWNS": {"share", "from", "to"},
    "OPERATES": set(),
    "INVOLVES": {"part"},
}


def test_the_schema_has_the_labels_and_types_of_the_contract() -> None:
    assert set(LABELS) == set(CONTRACT_NODES)
    assert set(TYPES) == set(CONTRACT_RELATIONSHIPS)


@pytest.mark.parametrize("label", sorted(CONTRACT_NODES))
def test_a_label_has_its_contract_properties_and_its_batch(label: str) -> None:
    assert CONTRACT_NODES[label] | {"batch_id"} <= set(NODES[label].names)


@pytest.mark.parametrize("type_", sorted(CONTRACT_RELATIONSHIPS))
def test_a_relationship_has_its_contract_properties_and_its_batch(type_: str) -> None:
    assert CONTRACT_RELATIONSHIPS[type_] | {"batch_id"} <= set(RELATIONSHIPS[type_].names)


def test_the_case_is_marked_with_what_it_was_projected_from() -> None:
    assert set(CASE.names) == {"id", "evidence_digest", "schema_version"}


def test_ends_indexed_and_searchable_properties_exist() -> None:
    for relationship in RELATIONSHIPS.values():
        assert all(source in NODES and target in NODES for source, target in relationship.ends)
    for node in NODES.values():
        assert {*node.indexed, *node.searchable} <= set(node.names)


@pytest.mark.parametrize("label", ["Case", *sorted(CONTRACT_NODES)])
def test_every_label_has_its_key_on_both_engines(label: str) -> None:
    assert any(f"(n:{label}) REQUIRE n.id IS UNIQUE" in statement for statement in neo4j_schema())
    assert f"CREATE INDEX IF NOT EXISTS ON `{label}` (`id`) UNIQUE" in arcadedb_indexes()


def test_every_statement_may_be_repeated() -> None:
    statements = (*neo4j_schema(), *arcadedb_types(), *arcadedb_indexes())
    assert [statement for statement in statements if "IF NOT EXISTS" not in statement] == []
    assert len(set(statements)) == len(statements)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Night OWL", "night* AND owl*"),
        ("", ""),
        ("  \n", ""),
        ('"); DROP (*', "drop*"),
        ("id:* OR NOT x~", "id* AND or* AND not* AND x*"),
        ("Élodie_7", "élodie_7*"),
        ("☃ 🦉", ""),
    ],
)
def test_a_text_query_holds_words_only(text: str, query: str) -> None:
    assert text_query(text) == query
    assert re.fullmatch(r"(\w+\*( AND \w+\*)*)?", text_query(text))


def test_a_long_text_asks_for_its_first_ten_words() -> None:
    assert text_query("w " * 500).count("*") == 10


def test_a_text_search_asks_one_index_on_neo4j_and_one_a_property_embedded() -> None:
    nodes = list(NODES.values())
    assert {index for index, _ in text_search(NEO4J, nodes)} == {"filature_text"}
    assert text_search(ARCADEDB, nodes) == tuple((f"{label}[{name}]", label) for label, name in SEARCHABLE)
    assert text_search(NEO4J, [NODES["Report"]]) == ()


@pytest.mark.parametrize(
    ("agent", "engine"), [("Neo4j/5.26.25", NEO4J), ("Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)", ARCADEDB)]
)
def test_an_engine_is_known_by_what_it_calls_itself(agent: str, engine: str) -> None:
    assert engine_of(agent) == engine
