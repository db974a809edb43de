"""The lake: every contract table, full ids, UTC instants, and records that lead back to file and row."""

import datetime
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.lake.columns import STORED
from ingest.tables import TABLES
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, ingest_text, write


def test_every_contract_table_is_there_and_empty_where_the_case_has_none(tmp_path: Path) -> None:
    with Lake(case_in(tmp_path).create()) as lake:
        for name in TABLES:
            table = lake.table(name)
            assert table.count().to_pyarrow().as_py() == 0
            assert table.columns == tuple(column for column, _ in STORED[name].canonical)
        assert lake.counts() == dict.fromkeys(TABLES, 0)
        assert lake.batch_ids == ()


def test_filled_and_empty_tables_have_the_same_types(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    write(folder, "messages.csv", MESSAGES + f"m1,{T},a,r,,x\n")
    write(folder, "ownerships.csv", f"owner_id,owned_id,share,from,to\np,c,0.25,{T},\n")
    write(folder, "accounts.csv", "account_id,declared_age\na,14\n")
    ingest([folder], case=case_in(tmp_path))
    with Lake(case_in(tmp_path)) as full, Lake(case_in(tmp_path, "empty").create()) as empty:
        for name in TABLES:
            assert full.table(name).schema() == empty.table(name).schema()
        schema = full.table("ownerships").schema()
        assert str(schema["share"]) == "float64"
        assert str(schema["from"]) == "timestamp(6)"
        assert str(full.table("accounts").schema()["declared_age"]) == "int32"
        assert str(full.table("messages").schema()["row"]) == "int64"


def test_ids_are_full_and_record_ids_are_what_people_can_cite(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    tables = {
        "accounts.csv": "account_id,platform\na,chat\n",
        "rooms.csv": "room_id\nr\n",
        "messages.csv": MESSAGES + f"m1,{T},a,r,,x\n,{T},a,,b,y\n",
        "reports.csv": "report_id,reported_id,reporter_id\nq1,b,a\n,b,\n",
        "companies.csv": "company_id\nc1\n",
        "persons.csv": "person_id\np1\n",
        "ownerships.csv": "owner_id,owned_id,share\np1,c1,1\n",
        "operators.csv": "company_id,platform\nc1,chat\n",
        "identifiers.csv": "account_id,kind,value\na,email,a@mail.example\n",
    }
    for name, text in tables.items():
        write(folder, name, text)
    ingest([folder], case=case_in(tmp_path))
    with Lake(case_in(tmp_path)) as lake:
        def first(name: str, *columns: str) -> tuple[object, ...]:
            found = lake.table(name).order_by("row").select(*columns).to_pyarrow().to_pylist()[0]
            return tuple(found[column] for column in columns)

        assert first("accounts", "record_id", "account", "account_id") == ("chat:a", "chat:a", "a")
        assert first("rooms", "record_id", "room", "platform") == ("chat:r", "chat:r", "chat")
        assert first("messages", "record_id", "sender", "room", "recipient") == ("m1", "chat:a", "chat:r", None)
        assert first("reports", "record_id", "reported", "reporter") == ("q1", "chat:b", "chat:a")
        assert first("companies", "record_id", "company") == ("harbour:c1", "harbour:c1")
        assert first("persons", "record_id", "person") == ("harbour:p1", "harbour:p1")
        assert first("ownerships", "owner", "owned") == ("harbour:p1", "harbour:c1")
        assert first("operators", "company", "platform") == ("harbour:c1", "chat")
        assert first("identifiers", "account", "kind") == ("chat:a", "email")
        located = lake.table("messages").filter(lambda t: t.message_id.isnull()).to_pyarrow().to_pylist()[0]
        assert located["record_id"] == f"{located['source_sha256'][:12]}-3"


def test_records_lead_back_to_file_row_and_original_text(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + "m1,2024-05-01T20:00:00+02:00,a,r,,x\n,1714586584,a,,b,y\n")
    with Lake(case_in(tmp_path)) as lake:
        anonymous = lake.table("messages").filter(lambda t: t.message_id.isnull()).record_id.to_pyarrow()[0].as_py()
        second, first = lake.records([f"messages:{anonymous}", "messages:m1", "messages:nobody", "messages:m1"])
        assert (first.ref, first.location, first.row) == ("messages:m1", "messages.csv:2", 2)
        assert first.columns["sent_at_raw"] == "2024-05-01T20:00:00+02:00"
        assert first.columns["sent_at_basis"] == "explicit-offset"
        assert first.columns["recipient"] is None
        assert Path(first.source) == tmp_path / "source" / "messages.csv"
        assert (second.location, second.columns["sent_at_basis"]) == ("messages.csv:3", "epoch")
        assert lake.records([]) == []
        [bare] = lake.records(["messages:m1"], texts=False)
        assert (bare.ref, bare.location, bare.columns["sender"]) == (first.ref, first.location, first.columns["sender"])
        assert bare.columns.items() < first.columns.items()
        assert not {"text", "attributes", "sent_at_raw"} & bare.columns.keys()


@pytest.mark.parametrize("ref", ["messages", "messages:", "secrets:1", ":m1", "'; DROP TABLE x; --:1"])
def test_a_malformed_reference_is_refused(tmp_path: Path, ref: str) -> None:
    with Lake(case_in(tmp_path).create()) as lake, pytest.raises(IngestError, match="no such record reference"):
        lake.records([ref])


def test_a_reference_is_a_value_never_sql(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"x' OR '1'='1,{T},a,r,,x\nm2,{T},a,r,,y\n")
    with Lake(case_in(tmp_path)) as lake:
        assert [record.row for record in lake.records(["messages:x' OR '1'='1"])] == [2]


def test_later_batches_add_to_the_tables(tmp_path: Path) -> None:
    first = ingest_text(tmp_path, "rooms.csv", "room_id\na\n")
    with Lake(case_in(tmp_path)) as before:
        second = ingest_text(tmp_path, "rooms.csv", "room_id,name\nb,B\n")
        with Lake(case_in(tmp_path)) as after:
            assert before.table("rooms").count().to_pyarrow().as_py() == 1
            assert after.table("rooms").count().to_pyarrow().as_py() == 2
            assert set(after.batch_ids) == {first.batch_id, second.batch_id}
            assert after.counts()["rooms"] == 2


def test_instants_are_utc(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + "m1,2024-05-01T20:00:00.000001+02:00,a,r,,x\n")
    with Lake(case_in(tmp_path)) as lake:
        (row,) = lake.table("messages").to_pyarrow().to_pylist()
    assert row["sent_at"] == datetime.datetime(2024, 5, 1, 18, 0, 0, 1)  # noqa: DTZ001  UTC by definition


def test_an_unknown_case_table_or_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="no such case"):
        Lake(case_in(tmp_path))
    case = case_in(tmp_path).create()
    with pytest.raises(IngestError, match="no evidence engine"):
        Lake(case, engine="abacus")
    with Lake(case) as lake, pytest.raises(IngestError, match="no such table"):
        lake.table("secrets")


def test_a_closed_lake_leaves_nothing_in_the_case(tmp_path: Path) -> None:
    case = case_in(tmp_path).create()
    before = sorted(case.path.rglob("*"))
    with Lake(case) as lake:
        lake.table("messages").count().to_pyarrow().as_py()
    assert sorted(case.path.rglob("*")) == before


def test_spark_that_is_not_installed_is_told_in_one_line_with_the_way_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(IngestError) as caught:
        Lake(case_in(tmp_path).create(), engine="spark")
    assert "Spark is not installed" in str(caught.value)
    assert "pip install -e '.[spark]'" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (case_in(tmp_path).path / "scratch").exists()
