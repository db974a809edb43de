"""On both engines: nothing that is let through writes, administers, reads files or runs away."""

import hashlib
import re
import time
from contextlib import nullcontext

import pytest

from graph.errors import GraphError, StatementTimeout
from graph.store import Store
from queries.errors import RefusedStatement
from queries.runner import run
from queries.statement.guard import check, check_plan
from tests.contract.library_graph import plant
from tests.contract.statements import (
    ENDLESS,
    HARMLESS,
    REFUSED,
    ROW_FLOODS,
    UNBOUNDED,
    UNBOUNDED_PARAMETERS,
)

# Reached only if the text layer failed: the engine itself must refuse these to a reader.
WRITES = [
    "CREATE (n:Account {id: 'x'})",
    "MERGE (n:Account {id: 'x'})",
    "MATCH (n) DETACH DELETE n",
    "CREATE INDEX strange IF NOT EXISTS FOR (n:Account) ON (n.strange)",
]

# Neo4j refuses these to a reader at once, ArcadeDB when it commits, which a reader's transaction never does.
PROPERTY_WRITES = [
    "MATCH (n:Account) SET n.pseudonym = 'x'",
    "MATCH (n:Account) REMOVE n.pseudonym",
    "MATCH (n) CALL (n) { SET n.a = 1 } RETURN n",
]


def digest(store: Store) -> str:
    """A hash over all nodes and relationships in sorted order."""
    nodes = store.read("MATCH (n) RETURN labels(n), properties(n)").rows
    edges = store.read("MATCH (a)-[r]->(b) RETURN labels(a), a.id, type(r), properties(r), labels(b), b.id").rows
    lines = sorted(repr([sorted(v.items()) if isinstance(v, dict) else v for v in row]) for row in [*nodes, *edges])
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def answers_quickly(store: Store) -> bool:
    begun = time.monotonic()
    store.read("MATCH (n) RETURN count(n)", timeout_s=10)
    return time.monotonic() - begun < 2.0


def test_every_hostile_statement_is_refused_by_name_and_the_graph_stays(store: Store, reader_store: Store) -> None:
    plant(store)
    before = digest(store)
    for statement, clause in REFUSED:
        with pytest.raises(RefusedStatement) as refusal:
            run(reader_store, statement, {"map": {}, "url": "file:///etc/passwd", "x": 1})
        assert re.search(clause, str(refusal.value)), (statement, str(refusal.value))
    for statement, clause in UNBOUNDED:
        with pytest.raises(RefusedStatement) as refusal:
            run(reader_store, statement, UNBOUNDED_PARAMETERS)
        assert re.search(clause, str(refusal.value)), (statement, str(refusal.value))
    assert digest(store) == before
    assert answers_quickly(reader_store)


def test_endless_statements_end_with_their_timeout_and_the_engine_answers_on(
    store: Store, reader_store: Store
) -> None:
    plant(store)
    before = digest(store)
    for statement in ENDLESS:
        begun = time.monotonic()
        with pytest.raises(StatementTimeout):
            run(reader_store, statement, timeout_s=1.0)
        assert time.monotonic() - begun < 8.0, statement
        assert answers_quickly(reader_store), statement
    assert digest(store) == before


def test_a_flood_of_rows_is_cut_at_the_cap_and_says_so(store: Store, reader_store: Store) -> None:
    plant(store)
    for statement in ROW_FLOODS:
        begun = time.monotonic()
        result = run(reader_store, statement, max_rows=50)
        assert (len(result.rows), result.truncated) == (50, True), statement
        assert time.monotonic() - begun < 8.0, statement
        assert answers_quickly(reader_store), statement


def test_harmless_statements_run(store: Store, reader_store: Store) -> None:
    plant(store)
    for statement in HARMLESS:
        run(reader_store, statement, {"text": "CREATE (n)"} if "$text" in statement else {})


def test_without_the_text_layer_the_engine_still_refuses_a_reader_to_write(store: Store, reader_store: Store) -> None:
    plant(store)
    before = digest(store)
    for statement in WRITES:
        with pytest.raises(GraphError):
            reader_store.read(statement)
    for statement in PROPERTY_WRITES:
        with nullcontext() if store.engine == "arcadedb" else pytest.raises(GraphError):
            reader_store.read(statement)
    assert digest(store) == before


@pytest.mark.neo4j
def test_on_neo4j_the_plan_alone_gives_hostile_statements_away(neo4j_writer: Store) -> None:
    for statement in (
        "CREATE (n)", "MATCH (n) SET n.a = 1", "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "SHOW USERS",
        "SHOW SETTINGS", "TERMINATE TRANSACTIONS 'neo4j-transaction-1'", "EXPLAIN CREATE (n)",
    ):
        plan = neo4j_writer.explain(statement)
        with pytest.raises(RefusedStatement):
            check_plan(plan.type, plan.operators)


@pytest.mark.neo4j
def test_on_neo4j_what_cannot_be_planned_does_not_run(neo4j_writer: Store) -> None:
    with pytest.raises(GraphError):
        check(neo4j_writer, "MATCH (n) RETURN nothing.like.this")
