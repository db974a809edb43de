"""Who is a minor by the evidence: declared, stated in one's own messages, by a report; the index knows at once."""

import sqlite3
from contextlib import closing
from pathlib import Path

from graph.detect.minors import minority
from graph.search import find, minors_among, minors_behind, open_index, rulings
from graph.search.index import index_path
from ingest.lake import Lake
from tests.labels import token
from tests.unit.graph.detect.small_platform import moment
from tests.unit.graph.search.cases import case_of

TABLES = {
    "accounts": [
        {"account_id": "declared", "pseudonym": "ann", "declared_age": 13},
        {"account_id": "adult", "pseudonym": "oak", "declared_age": 40},
        {"account_id": "says", "pseudonym": "bea", "declared_age": 30},
        {"account_id": "older", "pseudonym": "cleo", "declared_age": 15},
    ],
    "messages": [
        {"message_id": "m1", "sender_id": "says", "room_id": "hall", "sent_at": moment(1), "text": "i'm 14 years old"},
        {"message_id": "m2", "sender_id": "stub", "room_id": "hall", "sent_at": moment(1), "text": "j'ai 15 ans"},
        {"message_id": "m3", "sender_id": "grown", "room_id": "hall", "sent_at": moment(1), "text": "j'ai 15 ans"},
        {"message_id": "m4", "sender_id": "grown", "room_id": "hall", "sent_at": moment(9), "text": "j'ai 25 ans"},
        {"message_id": "m5", "sender_id": "older", "room_id": "hall", "sent_at": moment(9), "text": "j'ai 25 ans"},
    ],
    "reports": [{"report_id": "r1", "reported_id": "told", "made_at": moment(2), "reason": "underage"}],
}
EVERYBODY = tuple(f"town:{name}" for name in ("declared", "adult", "says", "older", "stub", "grown", "told", "nobody"))


def test_minors_are_those_by_what_rules_last_and_those_that_ever_declared_it(tmp_path: Path) -> None:
    with open_index(case_of(tmp_path, TABLES)) as index:
        assert dict(minors_among(index, EVERYBODY)) == {
            "town:declared": "declared", "town:says": "stated", "town:stub": "stated", "town:told": "report",
            "town:older": "declared",
        }
        assert minors_among(index, ()) == {}
        hits = {hit.id: hit for text in ("bea", "grown", "told") for hit in find(index, text).hits}
    assert (hits["town:says"].minor, hits["town:says"].about) == (True, "declared age 30, states age 14 · "
                                                                  "1 message · 2024-03-01")
    assert (hits["town:grown"].minor, hits["town:grown"].age) == (False, 25)
    assert hits["town:told"].about.startswith("a minor by a report")


def test_what_rules_when_stands_in_the_index_as_the_evidence_tells_it(tmp_path: Path) -> None:
    case = case_of(tmp_path, TABLES)
    with open_index(case) as index, Lake(case) as lake:
        accounts, messages, reports = (lake.table(name) for name in ("accounts", "messages", "reports"))
        told = minority(accounts, messages, reports).to_pyarrow().to_pylist()
        assert {row["account"] for row in told} == {*EVERYBODY} - {"town:nobody"}
        kept = rulings(index, EVERYBODY).to_pylist()
        assert sorted(map(repr, kept)) == sorted(map(repr, told))
        some = rulings(index, ["town:grown", "town:nobody"]).to_pylist()
        assert sorted(map(repr, some)) == sorted(repr(row) for row in told if row["account"] == "town:grown")
        assert rulings(index, ()).num_rows == 0


def test_a_minor_is_found_behind_its_token_and_nobody_else_is(tmp_path: Path) -> None:
    with open_index(case_of(tmp_path, TABLES)) as index:
        assert minors_behind(index, token("town:stub")) == ("town:stub",)
        assert minors_behind(index, token("town:stub")[:6]) == ("town:stub",)
        assert minors_behind(index, token("town:adult")) == ()
        assert minors_behind(index, "' OR 1") == ()


def test_an_index_made_before_ages_were_in_it_is_made_anew(tmp_path: Path) -> None:
    case = case_of(tmp_path, TABLES)
    with open_index(case):
        pass
    with closing(sqlite3.connect(index_path(case))) as base, base:
        base.execute("UPDATE about SET value = '1' WHERE name = 'format'")
        base.execute("DELETE FROM minor")
    with open_index(case) as index:
        assert minors_among(index, EVERYBODY)
