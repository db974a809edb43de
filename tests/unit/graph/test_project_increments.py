"""Increments of a projection: brute force on random cases, an increment and the rest against the whole."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests import scenarios
from tests.contract.graph_content import add, write
from tests.scenarios import at
from tests.unit.graph.projected_rows import Rows, by_id, moment, order, projected


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder(tmp_path / "workspace", "town").create()


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
