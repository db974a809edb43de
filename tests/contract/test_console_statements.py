"""On both engines: a plan instead of rows, a statement stopped by a person, too much memory, and names that are not."""

import threading
import time

import pytest

from graph.errors import GraphError, StatementFailed, StatementInvalid, StatementStopped, StatementTooLarge
from graph.store import Stop, Store
from queries.errors import RefusedStatement
from queries.runner import run
from queries.statement.error_span import span_of
from queries.statement.moments_compared import MomentCompared
from tests.contract.library_graph import plant
from tests.contract.statements import ENDLESS, MEMORY, REFUSED
from tests.contract.test_guard import answers_quickly, digest


def test_a_plain_explain_answers_with_the_plan_and_runs_nothing(store: Store, reader_store: Store) -> None:
    plant(store)
    before = digest(store)
    result = run(reader_store, f" /* plan */ explain {ENDLESS[0]}")  # run, it would not come to an end
    assert result.plan is not None
    assert result.columns == ("step", "works on", "expected rows")
    assert len(result.rows) > 2
    assert result.subgraph.nodes == ()
    with_value = run(reader_store, "EXPLAIN MATCH (a:Account {id: $id}) RETURN a.pseudonym", {"id": "p:hub"})
    assert any("Account" in f"{row[0]} {row[1]}" for row in with_value.rows)
    assert digest(store) == before


def test_an_explain_of_what_may_not_run_is_refused_like_the_statement(store: Store, reader_store: Store) -> None:
    plant(store)
    before = digest(store)
    for statement, _clause in REFUSED:
        with pytest.raises(RefusedStatement):
            run(reader_store, f"EXPLAIN {statement}", {"map": {}, "url": "file:///etc/passwd", "x": 1})
    assert digest(store) == before


def test_a_person_stops_a_statement_within_a_second_and_the_engine_goes_on(store: Store, reader_store: Store) -> None:
    plant(store)
    store.read("SHOW TRANSACTIONS YIELD transactionId")  # a server plans it once in its life
    stop = Stop()
    outcome: list[object] = []

    def work() -> None:
        try:
            outcome.append(run(reader_store, ENDLESS[0], timeout_s=25.0, stop=stop))
        except GraphError as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1.5)
    assert thread.is_alive()
    began = time.monotonic()
    stop.ask()
    thread.join(10.0)
    assert isinstance(outcome[0], StatementStopped)
    assert time.monotonic() - began < 3.0  # within a second on a quiet machine
    assert answers_quickly(reader_store)
    mine = "SHOW TRANSACTIONS YIELD currentQuery"
    left = [str(row[0]) for row in store.read(mine).rows if "SHOW TRANSACTIONS" not in str(row[0])]
    assert [text for text in left if text] == []


def test_what_was_stopped_before_it_began_does_not_begin(reader_store: Store) -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(StatementStopped):
        run(reader_store, "RETURN 1 AS x", stop=stop)


@pytest.mark.parametrize("statement", MEMORY)
def test_a_statement_that_needs_more_memory_ends_with_one_line_and_everybody_goes_on(
    store: Store, reader_store: Store, statement: str
) -> None:
    plant(store)
    store.write("UNWIND range(1, 120) AS i CREATE (:Account {id: 'pad:' + toString(i), pseudonym: 'x'})")
    faults: list[Exception] = []
    over = threading.Event()

    def others() -> None:
        while not over.is_set():
            try:
                reader_store.read("MATCH (a:Account) RETURN count(a)")
            except GraphError as error:
                faults.append(error)
            time.sleep(0.1)

    other = threading.Thread(target=others)
    other.start()
    try:
        with pytest.raises(StatementTooLarge) as error:
            run(reader_store, statement, max_rows=1_000)
    finally:
        over.set()
        other.join()
    assert "\n" not in str(error.value)
    assert faults == []
    assert answers_quickly(reader_store)


def test_names_that_the_graph_does_not_have_are_said_with_the_nearest(store: Store, reader_store: Store) -> None:
    plant(store)
    statement = "MATCH (a:Acount)-[c:CONTACTD]->(b) WHERE a.psuedonym = 'x' RETURN b"
    result = run(reader_store, statement)
    assert result.rows == []
    assert [str(name) for name in result.unknown] == [
        "no label Acount in the graph: Account?", "no type CONTACTD in the graph: CONTACTED?",
        "no property psuedonym in the graph: pseudonym?",
    ]
    assert [statement[item.offset:][:len(item.name)] for item in result.unknown] == ["Acount", "CONTACTD", "psuedonym"]
    known = "MATCH (a:Account {role: 'x'})-[c:CONTACTED]->(b) WHERE a.pseudonym = 'x' OR b.day IS NULL RETURN b"
    assert run(reader_store, known.replace("b.day", "b.stub")).unknown == ()


@pytest.mark.parametrize("other", ["date('2024-02-01')", "'2024-02-01'", "$day"])
def test_a_moment_that_is_compared_with_a_day_finds_nothing_and_it_is_said(
    store: Store, reader_store: Store, other: str
) -> None:
    plant(store)
    statement = f"MATCH (a:Account) WHERE a.created_at > {other} RETURN count(a)"
    given = {"day": "2024-02-01"} if "$day" in statement else {}
    result = run(reader_store, statement, given)
    assert result.rows == [(0,)]
    (told,) = result.warnings
    assert isinstance(told, MomentCompared)
    mended = run(reader_store, statement.replace(other, told.instead), given)
    assert mended.rows[0][0] > 0
    assert mended.warnings == ()


@pytest.mark.parametrize(
    ("statement", "marked"),
    [
        ("MATCH (a:Account)\nRETRUN a", "RETRUN"), ("MATCH (a:Account) RETRUN a", "RETRUN"),
        ("MATCH (a:Account) RETURN zz", "zz"), ("MATCH (a:Account)\n  DELETE a", "DELETE"),
        ("MATCH (a:Account) RETURN tolowr(a.id)", "tolowr"), ("EXPLAIN MATCH (a:Account) RETRUN a", "RETRUN"),
        ("EXPLAIN MATCH (a) SET a.b = 1", "SET"), ("// why\n /* so */ MATCH (a) RETRUN a", "RETRUN"),
        ("\n  EXPLAIN\n  MATCH (a) RETRUN a", "RETRUN"),
    ],
)
def test_an_error_marks_its_place_in_the_statement(
    store: Store, reader_store: Store, statement: str, marked: str
) -> None:
    with pytest.raises((StatementInvalid, RefusedStatement)) as error:
        run(reader_store, statement)
    place = span_of(error.value, statement)
    assert place is not None
    assert statement[place[0]:place[1]] == marked
    if marked == "tolowr":
        assert "tolower?" in str(error.value)


@pytest.mark.parametrize(
    ("statement", "stopped"),
    [
        ("RETURN 1 / 0 AS x", True), ("MATCH (a:Account) WHERE a.pseudonym IN $p RETURN a", True),
        ("MATCH (a:Account) RETURN a.pseudonym - 1", True), ("RETURN date($p) AS x", True),
        ("RETURN abs($p) AS x", True), ("MATCH (a:Account) RETURN b", False), ("RETURN 1 + AS x", False),
    ],
)
def test_a_statement_that_was_read_and_stopped_at_a_value_is_not_one_that_cannot_be_read(
    store: Store, reader_store: Store, statement: str, stopped: bool
) -> None:
    plant(store)
    with pytest.raises(StatementInvalid) as error:
        run(reader_store, statement, {"p": "x"} if "$p" in statement else {})
    assert (type(error.value) is StatementFailed) == stopped, str(error.value)
