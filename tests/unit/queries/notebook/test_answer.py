"""An answer as a frame, a graph and what it says of itself: types, nodes by their ids, and no name that is markup."""

from datetime import UTC, datetime

import pandas as pd

from graph.store import Path
from graph.subgraph import Edge, Node, Subgraph
from queries import Answer
from queries.catalog import find
from queries.runner import QueryResult
from queries.saved_query import Column
from queries.statement.names_known import UnknownName

ANN, BEN = Node("p:ann", "Account", {"pseudonym": "Ann"}), Node("p:ben", "Account", {"pseudonym": "<b>Ben</b>"})
WROTE = Edge(ANN.key, BEN.key, "CONTACTED", {"messages": 3})
EMPTY = Subgraph.of([], [])


def answer(columns: tuple[str, ...], rows: list[tuple[object, ...]], *described: Column) -> Answer:
    return Answer(QueryResult(columns, rows, False, EMPTY, described=described), None, {})


def test_instants_and_days_are_utc_and_whole_numbers_stay_whole_where_one_is_missing() -> None:
    at = datetime(2024, 3, 1, 10, 5, tzinfo=UTC)
    frame = answer(
        ("at", "day", "age", "share", "name"),
        [(at, "2024-03-01", 13, 0.5, "a"), (None, None, None, None, None)],
        Column("at", "instant", "When"), Column("day", "day", "Day"),
    ).frame
    assert [str(frame[name].dtype) for name in ("day", "age", "share")] == ["datetime64[us, UTC]", "Int64", "float64"]
    assert frame["at"][0] == pd.Timestamp(at)
    assert frame["day"][0] == pd.Timestamp("2024-03-01", tz="UTC")
    assert frame["age"][0] == 13
    assert frame.iloc[1].isna().all()
    assert frame.attrs["titles"] == {"at": "When", "day": "Day"}


def test_nodes_relationships_and_paths_stand_as_ids_and_the_graph_has_their_properties() -> None:
    result = QueryResult(
        ("who", "wrote", "along", "several"),
        [(ANN, WROTE, Path((ANN, BEN), (WROTE,)), [ANN, {"to": BEN}])], False, Subgraph.of([ANN, BEN], [WROTE]),
    )
    told = Answer(result, None, {})
    assert told.frame.iloc[0].tolist() == [
        "p:ann", "p:ann -CONTACTED-> p:ben", ["p:ann", "p:ben"], ["p:ann", {"to": "p:ben"}],
    ]
    assert dict(told.graph.nodes[ANN.key]) == {"id": "p:ann", "label": "Account", "pseudonym": "Ann"}
    assert [data["messages"] for _, _, data in told.graph.edges(data=True)] == [3]


def test_columns_of_one_name_and_none_at_all_are_kept() -> None:
    assert answer(("x", "x"), [(1, None), (2, 3)]).frame.shape == (2, 2)
    empty = answer(("x", "at"), [], Column("at", "instant", "When")).frame
    assert (list(empty.columns), len(empty)) == (["x", "at"], 0)


def test_it_says_its_headline_what_it_does_not_show_what_was_read_and_how_many_there_are() -> None:
    result = QueryResult(
        ("name",), [("<img src=x>",)], True, EMPTY, headline="Contacts of <i>",
        unknown=(UnknownName("label", "Acount", 7, "Account"),),
    )
    told = Answer(result, find("contacts-of"), {}, (("account", "Ann", "p:ann"),))
    assert repr(told).splitlines()[:5] == [
        "Contacts of <i>", "account: 'Ann' is p:ann", "no label Acount in the graph: Account?",
        f"Not shown: {find('contacts-of').not_shown}", "at least 1 row",
    ]
    page = told._repr_html_()
    assert "<img" not in page
    assert "<i>" not in page
    assert "&lt;img src=x&gt;" in page
