"""BODS statements: records folded in time, shares as ranges, parties not named, and what is malformed."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from ingest.batch import ingest
from ingest.batch.report import IngestReport
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Counts
from ingest.errors import SourceUnreadable
from ingest.lake import Lake
from ingest.sources.registry import reader_for
from tests.unit.ingest.evidence_folder import case_in, rejects, rows, write

REGISTER = Path(__file__).parent / "registers" / "bods-0.4.jsonl"


def statement(kind: str, record: str, details: dict[str, Any], **more: Any) -> dict[str, Any]:
    day = more.get("statementDate", "2020-01-01")
    return {
        "statementId": f"{record}-{day}", "statementDate": day, "recordId": record, "recordType": kind,
        "recordStatus": "new", "recordDetails": details, **more,
    }


def held(record: str, *interests: dict[str, Any], owner: Any = "p", **more: Any) -> dict[str, Any]:
    details = {"subject": "c", "interestedParty": owner, "interests": list(interests)}
    return statement("relationship", record, details, **more)


def shares(percent: float, **more: Any) -> dict[str, Any]:
    return {"type": "shareholding", "share": {"exact": percent}, **more}


def read(tmp_path: Path, *statements: dict[str, Any], name: str = "register.json") -> IngestReport:
    return ingest([write(tmp_path / "source", name, json.dumps(statements))], case=case_in(tmp_path))


def holdings(case: CaseFolder) -> list[tuple[Any, ...]]:
    """(share, first day, last day) in time."""
    found = rows(case, "ownerships", "share", "from", "to")
    return sorted(
        ((share, begins and f"{begins:%Y-%m-%d}", ends and f"{ends:%Y-%m-%d}") for share, begins, ends in found),
        key=str,
    )


def attributes(case: CaseFolder, table: str) -> list[dict[str, Any]]:
    return [json.loads(str(text)) for (text,) in rows(case, table, "attributes")]


def test_the_sample_register_becomes_the_tables_of_the_contract(tmp_path: Path) -> None:
    assert reader_for(REGISTER).NAME == "bods"
    report = ingest([REGISTER], case=case_in(tmp_path))
    told = {name: (counts.read, counts.accepted, counts.rejected) for name, counts in report.tables.items()}
    assert told == {"companies": (11, 11, 0), "persons": (7, 7, 0), "ownerships": (21, 16, 5)}
    assert rows(case_in(tmp_path), "companies", "company_id", "name", "jurisdiction")[0] == (
        "harbour", "Harbour Chat Ltd", "MT"
    )
    assert attributes(case_in(tmp_path), "companies")[0]["former_names"] == ["Harbour Talk Ltd"]
    assert [(reject.row, reject.column) for reject in rejects(case_in(tmp_path))] == [
        (36, ""), (37, "recordType"), (38, "interests"), (39, "from"), (40, "subject")
    ]


def test_a_share_range_keeps_its_ends_and_an_exact_share_is_a_share(tmp_path: Path) -> None:
    read(
        tmp_path,
        held("r1", shares(33.33)),
        held("r2", {"type": "shareholding", "share": {"minimum": 25, "exclusiveMaximum": 50}}),
        held("r3", {"type": "shareholding", "share": {"minimum": 40, "maximum": 40}}),
    )
    assert rows(case_in(tmp_path), "ownerships", "share") == [(0.3333,), (None,), (0.4,)]
    kept = attributes(case_in(tmp_path), "ownerships")[1]
    assert (kept["share_min"], kept["share_max"]) == (0.25, 0.5)


def test_interests_of_one_statement_stay_apart_and_keep_what_they_say(tmp_path: Path) -> None:
    more = {"beneficialOwnershipOrControl": True, "directOrIndirect": "direct"}
    published = {"bodsVersion": "0.4", "publisher": {"name": "Example"}}
    read(
        tmp_path,
        held("r1", shares(75, **more), {"type": "votingRights", "share": {"exact": 75}, **more},
             publicationDetails=published),
    )
    assert rows(case_in(tmp_path), "ownerships", "kind", "share") == [("shareholding", 0.75), ("votingRights", 0.75)]
    for kept in attributes(case_in(tmp_path), "ownerships"):
        assert (kept["beneficial"], kept["publication"], kept["bods_version"]) == (True, published, "0.4")


def test_a_changed_share_ends_where_the_next_statement_begins(tmp_path: Path) -> None:
    read(
        tmp_path,
        held("r", shares(60, startDate="2015-01"), statementDate="2015-02-01"),
        held("r", shares(60, startDate="2015-01"), statementDate="2016-02-01", recordStatus="updated"),
        held("r", shares(50, startDate="2015-01"), statementDate="2017-02-01", recordStatus="updated"),
        held("r", shares(20, startDate="2018-01-15"), statementDate="2018-02-01", recordStatus="updated"),
    )
    assert holdings(case_in(tmp_path)) == [
        (0.2, "2018-01-15", None), (0.5, "2017-02-01", "2018-01-15"), (0.6, "2015-01-01", "2017-02-01")
    ]
    assert [kept.get("superseded_by") for kept in attributes(case_in(tmp_path), "ownerships")] == [
        "r-2017-02-01", "r-2018-02-01", None
    ]


def test_what_one_of_two_equal_interests_becomes_is_told_apart(tmp_path: Path) -> None:
    read(
        tmp_path,
        held("r", shares(50), shares(20), statementDate="2015-02-01"),
        held("r", shares(50), shares(10), statementDate="2017-02-01"),
    )
    assert holdings(case_in(tmp_path)) == [
        (0.1, "2017-02-01", None), (0.2, None, "2017-02-01"), (0.5, None, None)
    ]


@pytest.mark.parametrize(
    ("interests", "ended"),
    [([], "2019-05-02"), ([shares(100)], "2019-05-02"), ([shares(100, endDate="2019-05-01")], "2019-05-01")],
)
def test_a_closed_record_has_ended(tmp_path: Path, interests: list[dict[str, Any]], ended: str) -> None:
    read(
        tmp_path,
        held("r", *interests, statementDate="2019-05-02", recordStatus="closed"),
        held("r", shares(100), statementDate="2015-01-01"),
    )
    assert holdings(case_in(tmp_path)) == [(1.0, None, ended)]


@pytest.mark.parametrize("closing", [[], [shares(100)]])
@pytest.mark.parametrize(
    ("again", "begins"),
    [(shares(20), "2019-01-01"), (shares(100), "2019-01-01"), (shares(20, startDate="2018-07-01"), "2018-07-01"),
     (shares(20, startDate="2014-01-01"), "2019-01-01")],
)
def test_a_record_opened_again_begins_anew(
    tmp_path: Path, closing: list[dict[str, Any]], again: dict[str, Any], begins: str
) -> None:
    read(
        tmp_path,
        held("r", shares(100), statementDate="2015-01-01"),
        held("r", *closing, statementDate="2016-01-01", recordStatus="closed"),
        held("r", again, statementDate="2019-01-01", recordStatus="updated"),
    )
    share = again["share"]["exact"] / 100
    assert holdings(case_in(tmp_path)) == sorted([(share, begins, None), (1.0, None, "2016-01-01")], key=str)


def test_a_party_that_is_not_named_keeps_the_reason(tmp_path: Path) -> None:
    read(tmp_path, held("r", shares(30), owner={"reason": "interestedPartyExemptFromDisclosure"}))
    assert rows(case_in(tmp_path), "ownerships", "owner", "share") == [("harbour:unspecified:r", 0.3)]
    (kept,) = attributes(case_in(tmp_path), "ownerships")
    assert kept["unspecified"] == {"reason": "interestedPartyExemptFromDisclosure"}


def test_earlier_versions_follow_their_replacements(tmp_path: Path) -> None:
    def before(kind: str, id_: str, day: str, **more: Any) -> dict[str, Any]:
        return {"statementID": id_, "statementType": f"{kind}Statement", "statementDate": day, **more}

    def interest(percent: int) -> list[dict[str, Any]]:
        return [{"type": "shareholding", "interestLevel": "direct", "share": {"exact": percent}}]

    read(
        tmp_path,
        before("entity", "e1", "2015-01-01", name="Old name"),
        before("entity", "e2", "2016-01-01", name="New name", replacesStatements=["e1"]),
        before("person", "p1", "2015-01-01", names=[{"fullName": "Ada Example"}]),
        before("ownershipOrControl", "o1", "2015-01-01", subject={"describedByEntityStatement": "e1"},
               interestedParty={"describedByPersonStatement": "p1"}, interests=interest(60)),
        before("ownershipOrControl", "o2", "2016-01-01", subject={"describedByEntityStatement": "e2"},
               interestedParty={"describedByPersonStatement": "p1"}, interests=interest(40), replacesStatements=["o1"]),
        before("ownershipOrControl", "o3", "2017-01-01", subject={"describedByEntityStatement": "e2"},
               interestedParty={"unspecified": {"reason": "unknown"}}, interests=interest(20),
               replacesStatements=["o2"]),
        before("ownershipOrControl", "o4", "2017-01-01", subject={"describedByEntityStatement": "e2"},
               interestedParty={"describedByPersonStatement": "p1"}, interests=interest(20), replacesStatements=["o2"]),
    )
    case = case_in(tmp_path)
    assert rows(case, "companies", "company_id", "name") == [("e1", "New name")]
    assert {owned for (owned,) in rows(case, "ownerships", "owned")} == {"harbour:e1"}
    assert holdings(case) == [
        (0.2, None, None), (0.2, None, None), (0.4, "2016-01-01", "2017-01-01"), (0.6, None, "2016-01-01")
    ]


def test_replacements_in_a_ring_end(tmp_path: Path) -> None:
    ring = [
        {"statementID": a, "statementType": "entityStatement", "name": a, "replacesStatements": [b]}
        for a, b in (("a", "b"), ("b", "a"))
    ]
    read(tmp_path, *ring)
    assert len(rows(case_in(tmp_path), "companies", "company_id")) == 1


def test_a_folder_of_packed_files_is_one_register(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    text = json.dumps(statement("entity", "c", {"name": "C"}))
    write(folder, "entities.json.gz", gzip.compress(f"[{text}]".encode()))
    write(folder / "2020", "relations.jsonl.gz", gzip.compress(json.dumps(held("r", shares(10))).encode()))
    write(folder, "notes.txt", "none")
    report = ingest([folder], case=case_in(tmp_path))
    assert [Path(name).name for name in report.ignored] == ["notes.txt"]
    assert {name: counts.accepted for name, counts in report.tables.items()} == {
        "companies": 1, "persons": 0, "ownerships": 1
    }


def test_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    ingest([REGISTER], case=case_in(tmp_path))
    again = ingest([REGISTER], case=case_in(tmp_path))
    assert again.tables == {
        "companies": Counts(11, 0, 0, 11), "persons": Counts(7, 0, 0, 7), "ownerships": Counts(21, 0, 5, 16)
    }


def test_a_record_leads_back_to_the_statement(tmp_path: Path) -> None:
    ingest([REGISTER], case=case_in(tmp_path))
    with Lake(case_in(tmp_path)) as lake:
        ref = lake.table("ownerships").filter(lambda t: t.row == 23).select("record_id").to_pyarrow()[0][0].as_py()
        (record,) = lake.records([f"ownerships:{ref}"])
    assert (record.location, record.columns["owner"]) == ("bods-0.4.jsonl:23", "harbour:bay")


def test_a_torn_array_is_refused_whole_and_nothing_is_committed(tmp_path: Path) -> None:
    torn = write(tmp_path / "source", "register.json", json.dumps([held("r", shares(10))])[:-5])
    with pytest.raises(SourceUnreadable, match="no whole JSON array"):
        ingest([torn], case=case_in(tmp_path))
    assert not list(case_in(tmp_path).path.glob("batches/*"))


def test_elements_that_are_no_statements_are_rejects(tmp_path: Path) -> None:
    path = write(
        tmp_path / "source", "register.json",
        json.dumps([held("r", shares(10)), 7, {"recordType": "entity"}, held("s", "all", shares(1))]),
    )
    report = ingest([path], case=case_in(tmp_path), format="bods")
    assert (report.tables["ownerships"].read, report.tables["ownerships"].accepted) == (3, 1)
    assert report.tables["companies"].rejected == 1
    assert sorted((reject.row, reject.reason) for reject in rejects(case_in(tmp_path))) == [
        (2, "is no JSON object"), (3, "statementId is empty"),
        (4, "interests holds an interest that is no object, or a share outside 0 to 100"),
    ]


def test_a_byte_order_mark_is_no_part_of_the_array(tmp_path: Path) -> None:
    text = json.dumps([held("r", shares(10))])
    report = ingest([write(tmp_path / "source", "register.json", f"\ufeff{text}")], case=case_in(tmp_path))
    assert report.tables["ownerships"].accepted == 1


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    name = "x'); DROP TABLE persons; -- \u202e<img src=x>"
    read(tmp_path, statement("person", name, {"names": [{"fullName": name}]}))
    assert rows(case_in(tmp_path), "persons", "person_id", "name") == [(name, name)]
