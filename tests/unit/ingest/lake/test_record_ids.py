"""A reference opens its own row: ids that repeat, on one platform or on several, are told apart."""

import json
from pathlib import Path

from ingest.batch import ingest
from ingest.lake import Lake, Record
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, ingest_text, write

HEAD = "message_id,sent_at,sender_id,recipient_id,platform\n"


def references(lake: Lake, table: str) -> list[str]:
    found = lake.table(table).order_by("source_sha256", "row").record_id.to_pyarrow().to_pylist()
    return [f"{table}:{record_id}" for record_id in found]


def opened(lake: Lake, *refs: str) -> list[tuple[str, str]]:
    return [(record.ref, record.location) for record in lake.records(refs)]


def test_where_no_id_repeats_a_reference_is_the_id(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"m1,{T},a,,b,x\nm2,{T},a,,b,x\nm1,{T},a,,b,x\n")
    with Lake(case_in(tmp_path)) as lake:
        assert references(lake, "messages") == ["messages:m1", "messages:m2"]


def test_an_id_that_repeats_on_one_platform_is_told_with_source_and_row(tmp_path: Path) -> None:
    rows = f"7,{T},a,,b,x\n8,{T},a,,b,x\n7,{T},c,,d,y\n,{T},e,,f,z\n"
    report = ingest_text(tmp_path, "messages.csv", MESSAGES + rows)
    place = report.sources[0].sha256[:12]
    with Lake(case_in(tmp_path)) as lake:
        refs = references(lake, "messages")
        assert refs == [
            f"messages:7@{place}-2", f"messages:8@{place}-3", f"messages:7@{place}-4", f"messages:{place}-5"
        ]
        for row, ref in enumerate(refs, start=2):
            assert opened(lake, ref) == [(ref, f"messages.csv:{row}")]
        assert len(opened(lake, *refs)) == 4


def test_a_reference_from_before_an_id_came_twice_opens_every_row_it_may_mean(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"7,{T},a,,b,x\n8,{T},a,,b,x\n")
    with Lake(case_in(tmp_path)) as lake:
        assert opened(lake, "messages:7") == [("messages:7", "messages.csv:2")]
    later = write(tmp_path / "more", "messages.csv", MESSAGES + f"9,{T},a,,b,x\n7,{T},c,,d,y\n")
    ingest([later], case=case_in(tmp_path))
    with Lake(case_in(tmp_path)) as lake:
        assert {(record.source, record.row) for record in lake.records(["messages:7"])} == {
            (str(tmp_path / "source" / "messages.csv"), 2), (str(later), 3)
        }
        assert opened(lake, "messages:8") == [("messages:8", "messages.csv:3")]
        exact = next(ref for ref in references(lake, "messages") if ref.startswith("messages:8@"))
        assert sorted(ref for ref, _ in opened(lake, "messages:8", exact)) == ["messages:8", exact]


def test_reports_are_told_apart_by_themselves(tmp_path: Path) -> None:
    write(tmp_path / "one", "messages.csv", MESSAGES + f"m1,{T},a,,b,x\n")
    write(tmp_path / "one", "reports.csv", "report_id,reported_id,reason\nr1,a,spam\nr1,b,threat\n")
    ingest([tmp_path / "one"], case=case_in(tmp_path))
    with Lake(case_in(tmp_path)) as lake:
        assert references(lake, "messages") == ["messages:m1"]
        told = [lake.records([ref]) for ref in references(lake, "reports")]
        assert [[record.columns["reason"] for record in found] for found in told] == [["spam"], ["threat"]]


def test_all_rows_of_one_account_are_opened_by_its_id(tmp_path: Path) -> None:
    ingest_text(tmp_path, "accounts.csv", "account_id,status\na,active\na,closed\n")
    with Lake(case_in(tmp_path)) as lake:
        assert [location for _, location in opened(lake, "accounts:harbour:a")] == ["accounts.csv:2", "accounts.csv:3"]


def test_where_platforms_number_alike_a_reference_names_the_platform(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    ingest_text(tmp_path, "messages.csv", HEAD + f"7,{T},a,b,one\n8,{T},a,b,one\n")
    with Lake(case) as lake:
        assert [record.columns["sender"] for record in lake.records(["messages:7"])] == ["one:a"]
    ingest_text(tmp_path, "messages.csv", HEAD + f"7,{T},c,d,two\n,{T},c,d,two\n")
    with Lake(case) as lake:
        table = lake.table("messages").order_by("record_id").to_pyarrow().to_pylist()
        refs = [f"messages:{row['record_id']}" for row in table]
        assert refs[1:] == ["messages:one:7", "messages:one:8", "messages:two:7"]
        opened = lake.records([*refs[1:], refs[0]])
        assert [(record.ref, record.columns["sender"]) for record in opened] == [
            ("messages:one:7", "one:a"), ("messages:one:8", "one:a"), ("messages:two:7", "two:c"), (refs[0], "two:c"),
        ]
        kept = lake.records(["messages:8", "messages:7"])
        assert sorted(str(record.columns["sender"]) for record in kept) == ["one:a", "one:a", "two:c"]


def test_ids_may_repeat_on_one_platform_and_across_several(tmp_path: Path) -> None:
    rows = f"7,{T},a,b,one\n7,{T},c,d,two\n8,{T},a,b,one\n7,{T},e,f,two\n"
    report = ingest_text(tmp_path, "messages.csv", HEAD + rows)
    place = report.sources[0].sha256[:12]

    def senders(records: list[Record]) -> list[str | None]:
        return [record.columns["sender"] for record in records]

    with Lake(case_in(tmp_path)) as lake:
        refs = references(lake, "messages")
        named = ("one:7", "two:7", "one:8", "two:7")
        assert refs == [f"messages:{name}@{place}-{row}" for row, name in enumerate(named, start=2)]
        assert [senders(lake.records([ref])) for ref in refs] == [["one:a"], ["two:c"], ["one:a"], ["two:e"]]
        assert senders(lake.records(["messages:two:7"])) == ["two:c", "two:e"]
        assert senders(lake.records(["messages:7"])) == ["one:a", "two:c", "two:e"]
        assert senders(lake.records([f"messages:7@{place}-5"])) == ["two:e"]


def test_an_id_that_looks_like_a_reference_does_not_open_another_row(tmp_path: Path) -> None:
    first = ingest_text(tmp_path, "messages.csv", MESSAGES + f"7,{T},a,,b,x\n7,{T},c,,d,y\n")
    forged = f"7@{first.sources[0].sha256[:12]}-2"
    write(tmp_path / "more", "messages.csv", MESSAGES + f"{forged},{T},e,,f,z\n")
    ingest([tmp_path / "more"], case=case_in(tmp_path))
    with Lake(case_in(tmp_path)) as lake:
        assert [record.columns["sender"] for record in lake.records([f"messages:{forged}"])] == ["harbour:a"]
        assert len(set(references(lake, "messages"))) == 3


def test_the_manifest_keeps_how_ids_are_told(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"7,{T},a,,b,x\n7,{T},c,,d,y\n")
    (path,) = case_in(tmp_path).batches.glob("*.json")
    assert json.loads(path.read_text())["ids_repeated"] == ["messages"]
