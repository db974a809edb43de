"""Does a graph answer the same on both engines?  Values, order, caps, text search, errors."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from graph.errors import EngineUnavailable, GraphError, WrongCase
from graph.schema import SCHEMA_VERSION
from graph.store import Address, CaseMark, Path, Store
from graph.subgraph import Edge, Node

PAIR = (
    "CREATE (a:Account {id: 'p:a', pseudonym: 'Night Owl', declared_age: 14, created_at: datetime($at)}) "
    "CREATE (b:Account {id: 'p:b', pseudonym: 'Day Owl'}) "
    "CREATE (a)-[:CONTACTED {messages: 3, initiated: true, first_at: datetime($at)}]->(b)"
)
AT = datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=UTC)
OWL = Node("p:a", "Account", {"created_at": AT, "declared_age": 14, "pseudonym": "Night Owl"})
DAY = Node("p:b", "Account", {"pseudonym": "Day Owl"})
CONTACT = Edge("Account/p:a", "Account/p:b", "CONTACTED", {"first_at": AT, "initiated": True, "messages": 3})


@pytest.fixture
def pair(store: Store) -> Store:
    store.write(PAIR, {"at": AT.isoformat()})
    return store


def test_plain_values_come_back_as_they_are(store: Store) -> None:
    rows = store.read("RETURN 1 AS i, 2.5 AS f, 'é<b>' AS s, true AS b, null AS n, [1, 'x'] AS l, {k: [1]} AS m")
    assert rows.columns == ("i", "f", "s", "b", "n", "l", "m")
    assert rows.rows == [(1, 2.5, "é<b>", True, None, [1, "x"], {"k": [1]})]


def test_nodes_carry_their_contract_id_and_label(pair: Store) -> None:
    assert pair.read("MATCH (a:Account) RETURN a ORDER BY a.id").rows == [(OWL,), (DAY,)]


def test_a_bare_relationship_names_its_ends(pair: Store) -> None:
    assert pair.read("MATCH (:Account)-[c:CONTACTED]->() RETURN c").rows == [(CONTACT,)]


def test_relationships_inside_lists_and_maps_name_their_ends(pair: Store) -> None:
    assert pair.read("MATCH ()-[c:CONTACTED]->() RETURN collect(c), {k: collect(c)}").rows == [
        ([CONTACT], {"k": [CONTACT]})
    ]


def test_a_path_walked_backwards_keeps_the_direction_of_its_edges(pair: Store) -> None:
    (found,) = pair.read("MATCH p = (:Account {id: 'p:b'})<-[:CONTACTED]-(:Account) RETURN p").rows[0]
    assert found == Path((DAY, OWL), (CONTACT,))
    assert len(found) == 1


def test_nothing_an_engine_numbers_leaves_the_store(pair: Store) -> None:
    text = repr(pair.read("MATCH p = (a)-[c]->(b) RETURN a, c, b, p").rows)
    element = pair.read("MATCH (a {id: 'p:a'}) RETURN elementId(a)").scalar()
    assert element not in text


@pytest.mark.parametrize(
    "moment",
    [
        AT,
        AT.astimezone(timezone(timedelta(hours=5, minutes=30))),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_an_instant_bound_as_text_comes_back_aware_to_the_microsecond(store: Store, moment: datetime) -> None:
    store.write("CREATE (:Account {id: 'p:x', created_at: datetime($at)})", {"at": moment.isoformat()})
    (found,) = store.read("MATCH (a:Account) RETURN a.created_at").rows[0]
    assert found == moment
    assert found.utcoffset() == timedelta(0)


def test_instants_arrive_plain_so_that_the_driver_makes_no_calendar_of_each(
    pair: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.values._instant", lambda _value: pytest.fail("the driver made this one"))
    moment, local, node = pair.read(
        "MATCH (a:Account {id: 'p:a'}) RETURN datetime('2024-02-29T12:30:15.000250+01:00'), "
        "localdatetime('2024-02-29T12:30:15'), a"
    ).rows[0]
    assert (moment, moment.tzinfo) == (datetime(2024, 2, 29, 11, 30, 15, 250, tzinfo=UTC), UTC)
    assert (local, local.tzinfo) == (datetime(2024, 2, 29, 12, 30, 15), None)  # noqa: DTZ001 - a local moment
    assert node.properties["created_at"] == AT


def test_instants_compare_with_a_bound_datetime(pair: Store) -> None:
    count = "MATCH (a:Account) WHERE a.created_at >= $from AND a.created_at < $to RETURN count(a)"
    assert pair.read(count, {"from": AT, "to": AT + timedelta(microseconds=1)}).scalar() == 1
    assert pair.read(count, {"from": AT + timedelta(microseconds=1), "to": AT + timedelta(days=1)}).scalar() == 0


def test_dates_and_durations_are_plain(store: Store) -> None:
    assert store.read("RETURN date('2024-02-29'), duration('P1DT2H')").rows == [(date(2024, 2, 29), "P1DT2H")]


def test_a_row_cap_says_that_it_cut(store: Store) -> None:
    rows = store.read("UNWIND range(1, 5000) AS i RETURN i", max_rows=3)
    assert (rows.rows, rows.truncated) == ([(1,), (2,), (3,)], True)


def test_exactly_as_many_rows_as_the_cap_are_not_truncated(store: Store) -> None:
    rows = store.read("UNWIND range(1, 3) AS i RETURN i", max_rows=3)
    assert (len(rows), rows.truncated) == (3, False)


def test_an_empty_answer_keeps_its_columns(store: Store) -> None:
    rows = store.read("MATCH (a:Account) RETURN a.id AS id")
    assert (rows.columns, rows.rows, rows.scalar()) == (("id",), [], None)


def test_rows_are_written_in_chunks(store: Store) -> None:
    seen: list[tuple[str, int, int | None]] = []
    written = store.write_rows(
        "UNWIND $rows AS row CREATE (:Account {id: row.id})",
        ({"id": f"p:{number}"} for number in range(25)),
        chunk=10,
        progress=lambda *step: seen.append(step),
        stage="accounts",
    )
    assert written == 25
    assert seen == [("accounts", 10, None), ("accounts", 20, None), ("accounts", 25, None)]
    assert store.read("MATCH (a:Account) RETURN count(a)").scalar() == 25


def test_ids_that_look_like_numbers_stay_apart(store: Store) -> None:
    store.write("UNWIND ['1', '01', '1.0'] AS id CREATE (:Account {id: id})")
    assert [row[0] for row in store.read("MATCH (a:Account) RETURN a.id ORDER BY a.id")] == ["01", "1", "1.0"]


def test_an_id_is_unique_in_its_label(pair: Store) -> None:
    with pytest.raises(GraphError):
        pair.write("CREATE (:Account {id: 'p:a'})")
    pair.write("CREATE (:Room {id: 'p:a'})")
    assert pair.read("MATCH (n {id: 'p:a'}) RETURN count(n)").scalar() == 2


def test_text_search_finds_every_word_as_a_prefix_whatever_its_case(pair: Store) -> None:
    pair.write("CREATE (:Room {id: 'p:r', name: 'Owls of the night'})")
    hits = pair.search_text("OWL nig")
    assert {node.key for node in hits.nodes} == {"Account/p:a", "Room/p:r"}
    assert hits.total == 2
    assert [node.key for node in pair.search_text("owl", labels=["Account"], limit=1).nodes] != []
    assert pair.search_text("owl", labels=["Account"], limit=1).total == 2


@pytest.mark.parametrize("text", ["", "  ", "!?", '"', "AND", "a:b OR *", "\\", "-owl", "(((", "pseudonym:owl~"])
def test_text_search_takes_any_text(pair: Store, text: str) -> None:
    assert pair.search_text(text).total >= 0


def test_a_plan_names_its_operators(store: Store) -> None:
    plan = store.explain("MATCH (a:Account {id: $id}) RETURN a.pseudonym", {"id": "p:a"})
    assert plan.operators
    assert plan.type == ("r" if store.engine == "neo4j" else "?")
    assert store.read("MATCH (n) RETURN count(n)").scalar() == 0


def test_wiping_empties_the_graph(store: Store) -> None:
    store.mark_case("one", "sha256:1")
    store.write(PAIR, {"at": AT.isoformat()})
    store.wipe()
    assert store.read("MATCH (n) RETURN count(n)").scalar() == 0
    assert store.case() is None


def test_a_database_belongs_to_one_case(store: Store) -> None:
    assert store.require_case("one") is None
    second = CaseMark("one", "sha256:2", SCHEMA_VERSION)
    assert store.mark_case("one", "sha256:1") == CaseMark("one", "sha256:1", SCHEMA_VERSION)
    assert store.mark_case("one", "sha256:2") == store.require_case("one") == second
    with pytest.raises(WrongCase, match="'one'"):
        store.require_case("two")
    with pytest.raises(WrongCase):
        store.mark_case("two", "sha256:3")
    assert store.case() == second


def test_a_graph_without_a_mark_is_nobodys_to_take(pair: Store) -> None:
    with pytest.raises(WrongCase, match="no case of ours"):
        pair.mark_case("one", "sha256:1")


@pytest.mark.parametrize(
    "statement",
    ["MATCH (n RETURN n", "RETURN $missing", "RETURN nosuchfunction(1)", "MATCH (n) RETURN m", "RETURN 1/0"],
)
def test_what_an_engine_refuses_is_one_line(store: Store, statement: str) -> None:
    with pytest.raises(GraphError) as caught:
        store.read(statement)
    text = str(caught.value)
    assert "\n" not in text
    assert len(text) < 700
    assert "Check the server log" not in text


def test_a_parameter_that_no_engine_takes_is_an_error_of_ours(store: Store) -> None:
    with pytest.raises(GraphError, match="parameter"):
        store.read("RETURN $x", {"x": object()})
    with pytest.raises(GraphError, match="parameter"):
        store.read("RETURN $x", {"x": 2**70})


def test_a_reading_store_does_not_write(pair: Store, reader_store: Store) -> None:
    with pytest.raises(GraphError, match="only reads"):
        reader_store.write("MATCH (a:Account) SET a.role = 'x'")
    assert reader_store.read("MATCH (a:Account) RETURN count(a)").scalar() == 2


def test_a_wrong_password_is_refused_in_one_line(store: Store) -> None:
    address = store.address
    with pytest.raises(EngineUnavailable, match="refuses this user or password"):
        Store.connect(Address(address.url, address.user, "wrong" * 3, address.database))


def test_a_database_that_is_not_there_is_named(store: Store) -> None:
    address = store.address
    with pytest.raises(EngineUnavailable):
        Store.connect(Address(address.url, address.user, address.password, "nowhere"))


def test_nobody_at_the_address_is_an_error_of_one_line() -> None:
    with pytest.raises(EngineUnavailable, match="no graph server answers"):
        Store.connect(Address("bolt://127.0.0.1:9", "neo4j", "x"))
