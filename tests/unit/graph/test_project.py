"""Evidence to node and edge tables: exact on small cases, brute force on random ones, increments against whole."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.project import Projection
from graph.schema import NODES, RELATIONSHIPS
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests import scenarios
from tests.contract.graph_content import add, write
from tests.scenarios import at

Rows = dict[str, list[dict[str, Any]]]


def projected(case: CaseFolder, new: Sequence[str] | None = None) -> Rows:
    """Every table as sorted rows without what is null; OWNS apart by the owner's label."""
    found: Rows = {}
    with Lake(case) as lake, Projection(lake, new=new) as projection:
        for item in projection.nodes():
            found[item.label] = plain(item.table)
        for edge in projection.edges():
            name = edge.type if edge.source_label != "Person" else "OWNS by Person"
            found[name] = plain(edge.table)
    return found


def plain(table: Any) -> list[dict[str, Any]]:
    rows = [{name: value for name, value in row.items() if value is not None} for row in table.to_pyarrow().to_pylist()]
    return sorted(rows, key=order)


def order(row: Mapping[str, Any]) -> str:
    return json.dumps([[row.get(key) for key in ("id", "source", "target")], row], default=str, sort_keys=True)


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder(tmp_path / "workspace", "town").create()


def moment(minutes: float) -> datetime:
    return (scenarios.START + timedelta(minutes=minutes)).replace(tzinfo=None)


def test_an_empty_case_has_no_table(case: CaseFolder) -> None:
    assert projected(case) == {}


def test_a_contact_has_messages_replies_days_and_who_began(case: CaseFolder, tmp_path: Path) -> None:
    batch = add(case, tmp_path / "a", messages=[
        {"sent_at": at(0), "sender_id": "a", "recipient_id": "b"},
        {"sent_at": at(1), "sender_id": "b", "recipient_id": "a"},
        {"sent_at": at(24 * 60), "sender_id": "a", "recipient_id": "b"},
    ])
    found = projected(case)
    there, back = found["CONTACTED"]
    assert there == {
        "source": "town:a", "target": "town:b", "messages": 2, "replies": 1, "initiated": True, "days": 2,
        "first_at": moment(0), "last_at": moment(24 * 60), "batch_id": batch,
    }
    assert (back["messages"], back["replies"], back["initiated"], back["days"]) == (1, 2, False, 1)
    assert found["Account"] == [
        {"id": f"town:{name}", "platform": "town", "messages": count, "contacts": 1, "stub": True, "batch_id": batch}
        for name, count in (("a", 2), ("b", 1))
    ]


def test_at_the_same_instant_the_earlier_row_began(case: CaseFolder, tmp_path: Path) -> None:
    add(case, tmp_path / "a", messages=[
        {"sent_at": at(9), "sender_id": "x", "recipient_id": "y"},
        *({"sent_at": at(0), "sender_id": "z", "recipient_id": f"w{n}"} for n in range(8)),
        {"sent_at": at(0), "sender_id": "b", "recipient_id": "a"},
        {"sent_at": at(0), "sender_id": "a", "recipient_id": "b"},
    ])
    pairs = {(row["source"], row["target"]): row["initiated"] for row in projected(case)["CONTACTED"]}
    assert pairs["town:b", "town:a"] is True
    assert pairs["town:a", "town:b"] is False


def test_a_note_to_oneself_is_no_counterpart_and_no_reply(case: CaseFolder, tmp_path: Path) -> None:
    add(case, tmp_path / "a", messages=[{"sent_at": at(0), "sender_id": "a", "recipient_id": "a"}])
    found = projected(case)
    assert [(row["messages"], row["replies"], row["initiated"]) for row in found["CONTACTED"]] == [(1, 0, True)]
    assert [(row["messages"], row["contacts"]) for row in found["Account"]] == [(1, 0)]


def test_every_table_lands_in_the_graph(case: CaseFolder, tmp_path: Path) -> None:
    scenarios.every_table(tmp_path / "all")
    ingest([tmp_path / "all"], case=case)
    found = projected(case)
    assert set(found) == set(NODES) - {"Finding"} | set(RELATIONSHIPS) - {"INVOLVES"} | {"OWNS by Person"}
    accounts = by_id(found["Account"])
    assert set(accounts) == {"town:ada", "town:<b>ben</b>", "town:ghost"}
    assert accounts["town:ada"]["created_at"] == datetime(2024, 1, 1, 9, 0)  # noqa: DTZ001 - as the lake has it
    assert "minor_basis" not in accounts["town:ada"]
    assert accounts["town:<b>ben</b>"]["minor_basis"] == "declared"
    assert [key for key, row in accounts.items() if row.get("stub")] == ["town:ghost"]
    assert {(row["id"], row["accounts"]) for row in found["Identifier"]} == {
        ("ip:192.0.2.1", 1), ("device:d1", 1), ("email:ada@courriel.example", 1),
    }
    assert [row["id"] for row in found["Report"]] == ["town:s1"]
    assert [(row["source"], row["target"], row["reason"]) for row in found["REPORTED"]] == [
        ("town:<b>ben</b>", "town:ada", "spam")
    ]
    assert [row["target"] for row in found["POSTED_IN"]] == ["town:r1"]
    assert found["Company"]
    assert found["Person"]
    assert found["OWNS"]
    assert found["OWNS by Person"]
    for rows in found.values():
        assert all(row["batch_id"] for row in rows)


def test_the_last_known_value_wins_and_an_empty_cell_takes_nothing_back(case: CaseFolder, tmp_path: Path) -> None:
    rows = [
        {"account_id": "a", "pseudonym": "one", "declared_age": 15, "status": "active"},
        {"account_id": "a", "pseudonym": "two", "declared_age": "", "status": ""},
    ]
    add(case, tmp_path / "a", accounts=rows)
    (row,) = projected(case)["Account"]
    assert (row["pseudonym"], row["declared_age"], row["status"]) == ("two", 15, "active")
    add(case, tmp_path / "b", accounts=[{"account_id": "a", "status": "closed", "declared_age": 21}])
    (row,) = projected(case)["Account"]
    assert (row["pseudonym"], row["declared_age"], row["status"]) == ("two", 21, "closed")
    assert "minor_basis" not in row


def test_a_room_only_messages_mention_is_a_stub(case: CaseFolder, tmp_path: Path) -> None:
    add(case, tmp_path / "a", rooms=[{"room_id": "known", "name": "lobby"}], messages=[
        {"sent_at": at(0), "sender_id": "a", "room_id": "known"},
        {"sent_at": at(1), "sender_id": "a", "room_id": "unknown"},
    ])
    found = by_id(projected(case)["Room"])
    assert found["town:known"]["name"] == "lobby"
    assert "stub" not in found["town:known"]
    assert found["town:unknown"]["stub"] is True


def test_an_identifier_joins_accounts_of_several_platforms(case: CaseFolder, tmp_path: Path) -> None:
    add(case, tmp_path / "a", accounts=[
        {"account_id": "a", "platform": "p"}, {"account_id": "a", "platform": "q"},
    ], sessions=[
        {"account_id": "a", "platform": "p", "started_at": at(0), "ended_at": at(9), "ip": "192.0.2.7"},
        {"account_id": "a", "platform": "p", "started_at": at(20), "ip": "192.0.2.7"},
        {"account_id": "a", "platform": "q", "started_at": at(3), "ip": "192.0.2.7"},
    ])
    found = projected(case)
    assert [(row["id"], row["accounts"]) for row in found["Identifier"]] == [("ip:192.0.2.7", 2)]
    used = {row["source"]: row for row in found["USED"]}
    assert (used["p:a"]["times"], used["p:a"]["first_at"], used["p:a"]["last_at"]) == (2, moment(0), moment(20))
    assert used["q:a"]["last_at"] == moment(3)
    assert [row["id"] for row in found["Platform"]] == ["p", "q"]


def test_an_owner_nobody_lists_is_a_company_and_a_stub(case: CaseFolder, tmp_path: Path) -> None:
    add(case, tmp_path / "a",
        companies=[{"company_id": "c1", "name": "One"}], persons=[{"person_id": "p1", "name": "Someone"}],
        ownerships=[
            {"owner_id": "p1", "owned_id": "c1", "share": 0.5}, {"owner_id": "x", "owned_id": "c1", "share": 0.4},
            {"owner_id": "c1", "owned_id": "c2", "share": 1},
        ],
        operators=[{"company_id": "c3", "platform": "town"}])
    found = projected(case)
    stubs = {row["id"]: row.get("stub", False) for row in found["Company"]}
    assert stubs == {"town:c1": False, "town:c2": True, "town:c3": True, "town:x": True}
    assert {(row["source"], row["target"]) for row in found["OWNS"]} == {("town:x", "town:c1"), ("town:c1", "town:c2")}
    assert [(row["source"], row["share"]) for row in found["OWNS by Person"]] == [("town:p1", 0.5)]
    assert [(row["source"], row["target"]) for row in found["OPERATES"]] == [("town:c3", "town")]


# -- increments ------------------------------------------------------------------------------------------------------
KEYS = {
    "CONTACTED": ("source", "target"), "POSTED_IN": ("source", "target"), "USED": ("source", "target"),
    "OPERATES": ("source", "target"), "REPORTED": ("source", "target"), "OWNS": ("source", "target"),
    "OWNS by Person": ("source", "target"),
}


def merged(before: Rows, touched: Rows) -> Rows:
    """What the loader makes of an increment: rows of touched keys replaced, others kept."""
    result: Rows = {}
    for name in {*before, *touched}:
        keys = KEYS.get(name, ("id",))
        new = touched.get(name, [])
        replaced = {tuple(row[key] for key in keys) for row in new}
        kept = [row for row in before.get(name, []) if tuple(row[key] for key in keys) not in replaced]
        result[name] = sorted([*kept, *new], key=order)
    return result


NAMES = st.sampled_from(["a", "b", "c", "d"])
MESSAGE = st.tuples(NAMES, NAMES | st.sampled_from(["#r", "#s"]), st.integers(0, 3 * 24 * 60))


def tables_of(messages: list[tuple[str, str, int]], names: list[str]) -> dict[str, list[dict[str, object]]]:
    rows: list[dict[str, object]] = [
        {
            "sent_at": at(minutes), "sender_id": sender,
            "room_id": to[1:] if to.startswith("#") else "", "recipient_id": "" if to.startswith("#") else to,
        }
        for sender, to, minutes in messages
    ]
    tables = {"messages": rows, "accounts": [{"account_id": name, "pseudonym": name * 2} for name in names]}
    return {name: rows for name, rows in tables.items() if rows}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=st.lists(MESSAGE, max_size=8), second=st.lists(MESSAGE, min_size=1, max_size=6), names=st.lists(NAMES))
def test_an_increment_and_the_rest_are_the_whole(
    first: list[tuple[str, str, int]], second: list[tuple[str, str, int]], names: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as root:
        case = CaseFolder(Path(root) / "workspace", "town").create()
        before: Rows = {}
        for number, (messages, told) in enumerate(((first, names[:1]), (second, names[1:]))):
            tables = tables_of(messages, told)
            if tables:
                batch = ingest([write(Path(root) / str(number), tables)], case=case).batch_id
                touched = projected(case, [batch])
                before = merged(before, touched)
        assert before == projected(case)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messages=st.lists(MESSAGE, min_size=1, max_size=14))
def test_contacts_agree_with_counting_by_hand(messages: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        case = CaseFolder(Path(root) / "workspace", "town").create()
        ingest([write(Path(root) / "in", tables_of(messages, []))], case=case)
        found = {(row["source"], row["target"]): row for row in projected(case)["CONTACTED"]}
        accounts = by_id(projected(case)["Account"])
    private = [(a, b, when, row) for row, (a, b, when) in enumerate(messages) if not b.startswith("#")]
    assert set(found) == {(f"town:{a}", f"town:{b}") for a, b, _, _ in private}
    for (a, b), row in found.items():
        own = [item for item in private if (f"town:{item[0]}", f"town:{item[1]}") == (a, b)]
        back = [item for item in private if (f"town:{item[0]}", f"town:{item[1]}") == (b, a)] if a != b else []
        opener = min([*own, *back], key=lambda item: (item[2], item[3]))
        assert row["messages"] == len(own)
        assert row["replies"] == len(back)
        assert row["initiated"] is (f"town:{opener[0]}" == a)
        assert row["days"] == len({(scenarios.START + timedelta(minutes=item[2])).date() for item in own})
        assert row["first_at"] == moment(min(item[2] for item in own))
        assert row["last_at"] == moment(max(item[2] for item in own))
    for name, row in accounts.items():
        assert row["messages"] == sum(f"town:{a}" == name for a, _, _ in messages)
        others = {f"town:{x}" for a, b, _, _ in private for x, y in ((a, b), (b, a)) if f"town:{y}" == name}
        assert row["contacts"] == len(others - {name})


def test_a_room_that_gets_its_name_later_is_still_everybodys(case: CaseFolder, tmp_path: Path) -> None:
    batches = [
        add(case, tmp_path / "a", messages=[{"sent_at": at(0), "sender_id": "a", "room_id": "r"}]),
        add(case, tmp_path / "b", messages=[{"sent_at": at(1), "sender_id": "b", "room_id": "r"}]),
        add(case, tmp_path / "c", rooms=[{"room_id": "r", "name": "lobby"}]),
    ]
    assert projected(case, batches[2:])["Room"] == projected(case)["Room"]
    assert projected(case)["Room"][0]["batch_id"] == max(batches)


def test_an_increment_touches_only_what_it_mentions(case: CaseFolder, tmp_path: Path) -> None:
    add(case, tmp_path / "a", messages=[
        {"sent_at": at(0), "sender_id": "a", "recipient_id": "b"},
        {"sent_at": at(0), "sender_id": "a", "recipient_id": "c"},
    ])
    new = add(case, tmp_path / "b", messages=[{"sent_at": at(9), "sender_id": "b", "recipient_id": "a"}])
    found = projected(case, [new])
    assert {(row["source"], row["target"]) for row in found["CONTACTED"]} == {
        ("town:a", "town:b"), ("town:b", "town:a"),
    }
    assert by_id(found["Account"])["town:a"]["contacts"] == 2
    assert set(by_id(found["Account"])) == {"town:a", "town:b"}


def test_an_owner_who_turns_out_to_be_a_person_moves(case: CaseFolder, tmp_path: Path) -> None:
    add(case, tmp_path / "a", ownerships=[{"owner_id": "p1", "owned_id": "c1", "share": 0.5}])
    new = add(case, tmp_path / "b", persons=[{"person_id": "p1", "name": "Someone"}])
    found = projected(case, [new])
    assert found["OWNS"] == []
    assert [row["source"] for row in found["OWNS by Person"]] == ["town:p1"]
    assert [row["id"] for row in found["Company"]] == ["town:c1"]


def test_the_span_is_that_of_the_messages(case: CaseFolder, tmp_path: Path) -> None:
    with Lake(case) as lake, Projection(lake) as projection:
        assert projection.span() == (None, None)
    add(case, tmp_path / "a", messages=[
        {"sent_at": at(0), "sender_id": "a", "recipient_id": "b"}, {"sent_at": at(7), "sender_id": "a", "room_id": "r"},
    ])
    with Lake(case) as lake, Projection(lake) as projection:
        assert projection.span() == (moment(0), moment(7))


