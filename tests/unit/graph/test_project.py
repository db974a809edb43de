"""Evidence to node and edge tables: exact on small cases, brute force on random ones."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from graph.project import Projection
from graph.schema import NODES, RELATIONSHIPS
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests import scenarios
from tests.contract.graph_content import add
from tests.scenarios import at
from tests.unit.graph.projected_rows import by_id, moment, projected


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder(tmp_path / "workspace", "town").create()


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


def test_a_report_keeps_its_id_whatever_other_platforms_and_batches_call_theirs(
    case: CaseFolder, tmp_path: Path
) -> None:
    def told(platform: str, reason: str) -> dict[str, str]:
        return {"report_id": "7", "reported_id": "a", "reporter_id": "b", "reason": reason, "platform": platform}

    def reports() -> list[tuple[str, str]]:
        return [(row["id"], row["reason"]) for row in projected(case)["Report"]]

    add(case, tmp_path / "a", reports=[told("one", "spam")])
    assert reports() == [("one:7", "spam")]
    add(case, tmp_path / "b", reports=[told("two", "threat")])
    assert reports() == [("one:7", "spam"), ("two:7", "threat")]
    add(case, tmp_path / "c", reports=[told("one", "again")])
    assert [identity for identity, _ in reports()] == ["one:7", "two:7"]
    assert sorted(row["reason"] for row in projected(case)["REPORTED"]) == ["again", "spam", "threat"]


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
    assert row["minor_basis"] == "declared"  # of several declarations the youngest counts, as for detections and masks


def test_a_minor_is_one_by_any_basis_from_when_it_was_told_until_it_is_of_age(case: CaseFolder, tmp_path: Path) -> None:
    def says(name: str, minutes: float, text: str) -> dict[str, object]:
        return {"sent_at": at(minutes), "sender_id": name, "room_id": "r", "text": text}

    add(case, tmp_path / "a", accounts=[
        {"account_id": "declares", "declared_age": 13},
        {"account_id": "grows", "declared_age": 17, "created_at": at(0)},
        {"account_id": "adult", "declared_age": 40},
    ], messages=[
        says("tells", 9, "j'ai 15 ans"), says("mends", 1, "j'ai 15 ans"), says("mends", 9, "j'ai 25 ans"),
    ], reports=[{"reported_id": "told", "reporter_id": "adult", "made_at": at(5), "reason": "underage"}])
    new = add(case, tmp_path / "b", messages=[says("adult", 20, "j'ai 12 ans")])
    year = timedelta(seconds=31_556_952)
    wanted = {
        "declares": ("declared", None, None), "grows": ("declared", None, moment(0) + year),
        "tells": ("stated", moment(9), moment(9) + 3 * year), "mends": (None, moment(1), moment(9)),
        "told": ("report", moment(5), None), "adult": ("stated", moment(20), moment(20) + 6 * year),
    }
    accounts = by_id(projected(case)["Account"])
    names = ("minor_basis", "minor_from", "minor_until")
    assert {key[5:]: tuple(row.get(name) for name in names) for key, row in accounts.items()} == wanted
    assert projected(case, [new])["Account"] == [accounts["town:adult"]]


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


def test_the_span_is_that_of_the_messages(case: CaseFolder, tmp_path: Path) -> None:
    with Lake(case) as lake, Projection(lake) as projection:
        assert projection.span() == (None, None)
    add(case, tmp_path / "a", messages=[
        {"sent_at": at(0), "sender_id": "a", "recipient_id": "b"}, {"sent_at": at(7), "sender_id": "a", "room_id": "r"},
    ])
    with Lake(case) as lake, Projection(lake) as projection:
        assert projection.span() == (moment(0), moment(7))


