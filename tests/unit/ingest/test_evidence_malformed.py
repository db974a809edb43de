"""Malformed input ends in a reject or in one line, never in a traceback, a hang or a lost good row."""

import os
import time
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.batch import ingest
from ingest.errors import SourceUnreadable
from ingest.sources import csv_with_care
from ingest.sources.csv_with_care import MAX_RECORD_BYTES, Damage, careful_records
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, ingest_text, rejects, rows, write

GOOD = f"m1,{T},a,,b,one\n"
LAST = f"m9,{T},a,,b,last\n"


def refused(tmp_path: Path, name: str, content: str | bytes) -> str:
    with pytest.raises(SourceUnreadable) as caught:
        ingest_text(tmp_path, name, content)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)
    assert not list(case_in(tmp_path).batches.glob("*"))
    return str(caught.value)


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        (f"m2,{T},a,,b", "text", "is missing: the record has 5 columns, the header 6"),
        (f"m2,{T},a,,b,two,more", "", "has 7 columns, the header 6"),
        (f'm2,{T},a,,b,"two" more', "text", "has text after its closing quote"),
        (f'm2,{T},a,,b,"two', "text", "opens a quote that does not close"),
        (f"m2,{T},,,b,two", "sender_id", "is empty"),
        (f"m2,{T},a,,,two", "room_id", "is empty, as is recipient_id"),
        (f"m2,{T},a,r,b,two", "room_id", "is filled, as is recipient_id"),
        ("m2,2023-02-29T10:00:00Z,a,,b,two", "sent_at", "is a date that does not exist"),
        ("m2,2024-05-01T10:00:00,a,,b,two", "sent_at", "is a time without a zone"),
        ("m2,2024-05-01,a,,b,two", "sent_at", "is a date without a time"),
        ("m2,yesterday,a,,b,two", "sent_at", "is no time"),
        ("m2,0,a,,b,two", "sent_at", "is far outside of any plausible time"),
        ("m2,1714579384000000,a,,b,two", "sent_at", "is no time"),
        (f"m2,{T},a\x07,,b,two", "sender_id", "holds a control character"),
        (f"m2,{T},a\x00,,b,two", "sender_id", "holds a control character"),
        (f'm2,{T},"a\nz",,b,two', "sender_id", "holds a control character"),
        (MESSAGES.strip(), "message_id", "is the header again"),
    ],
)
def test_a_row_at_fault_is_kept_as_a_reject_and_its_neighbours_are_accepted(
    tmp_path: Path, bad: str, column: str, reason: str
) -> None:
    report = ingest_text(tmp_path, "messages.csv", MESSAGES + GOOD + bad + "\n" + LAST)
    (reject,) = rejects(case_in(tmp_path))
    assert (reject.row, reject.column) == (3, column)
    assert reject.reason.removeprefix(column).strip().startswith(reason)
    assert reject.hint
    assert reject.raw == bad
    counts = report.tables["messages"]
    assert (counts.read, counts.accepted, counts.rejected, counts.duplicate) == (3, 2, 1, 0)
    assert rows(case_in(tmp_path), "messages", "message_id", "row") == [("m1", 2), ("m9", 4)]


@pytest.mark.parametrize(("day", "hint"), [
    ("2024-13-05", "check day and month"), ("2024-02-30", "check it at its source: no calendar has that day"),
])
def test_a_date_that_does_not_exist_is_called_exchanged_only_where_that_would_give_one(
    tmp_path: Path, day: str, hint: str
) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + GOOD + f"m2,{day}T10:00:00Z,a,,b,two\n" + LAST)
    assert [reject.hint for reject in rejects(case_in(tmp_path))] == [hint]


def test_bytes_that_are_no_utf8_reject_their_row_only(tmp_path: Path) -> None:
    content = (MESSAGES + GOOD).encode() + f"m2,{T},a,,b,".encode() + b"\xff\n" + LAST.encode()
    ingest_text(tmp_path, "messages.csv", content)
    (reject,) = rejects(case_in(tmp_path))
    assert (reject.row, reject.column, reject.reason) == (3, "text", "text is not UTF-8")
    assert reject.raw.endswith("\\xff")
    assert rows(case_in(tmp_path), "messages", "message_id", "row") == [("m1", 2), ("m9", 4)]


def test_an_open_quote_does_not_swallow_the_rows_after_it(tmp_path: Path) -> None:
    many = "".join(f"n{n},{T},a,,b,text {n}\n" for n in range(100))
    report = ingest_text(tmp_path, "messages.csv", MESSAGES + f'm1,{T},a,,b,"open\n' + many)
    assert report.tables["messages"].accepted == 100
    assert rows(case_in(tmp_path), "messages", "row")[-1] == (102,)


def test_several_faults_of_a_row_are_one_reject(tmp_path: Path) -> None:
    ingest_text(tmp_path, "accounts.csv", "account_id,declared_age,role\n,200,captain\n")
    (reject,) = rejects(case_in(tmp_path))
    assert reject.column == "account_id"
    assert reject.reason == "account_id is empty; declared_age is no age; role is none of the allowed values"


def test_an_ownership_that_ends_before_it_begins_is_a_reject(tmp_path: Path) -> None:
    report = ingest_text(
        tmp_path, "ownerships.csv",
        "owner_id,owned_id,from,to\n"
        "p,c1,2020-01-01,2019-12-31\n"
        "p,c2,2020-01-01T10:00:00Z,2020-01-01T09:59:59Z\n"
        "p,c3,2020-01-01T10:00:00Z,2020-01-01T10:00:00Z\n"
        "p,c4,2020-01-01T10:00:00Z,2020-01-01\n"
        "p,c5,2020-01-01,\n"
        "p,c6,,2020-01-01\n"
        "p,c7,2020-01-01,yesterday\n",
    )
    first, second, third = rejects(case_in(tmp_path))
    assert (first.row, first.column, first.reason) == (2, "to", "to lies before from")
    assert first.hint == "mend from or to: one of them is wrong, or they are exchanged"
    assert first.raw == "p,c1,2020-01-01,2019-12-31"
    assert (second.row, second.reason) == (3, "to lies before from")
    assert (third.row, third.reason) == (8, "to is no time")
    counts = report.tables["ownerships"]
    assert (counts.read, counts.accepted, counts.rejected) == (7, 4, 3)


def test_a_session_that_ends_before_it_begins_is_a_reject(tmp_path: Path) -> None:
    late, early = "2024-05-01T19:00:00Z", "2024-05-01T18:00:00+00:00"
    content = f"account_id,started_at,ended_at\na,{late},{early}\nb,{early},{late}\nc,{early},{early}\nd,{early},\n"
    counts = ingest_text(tmp_path, "sessions.csv", content).tables["sessions"]
    assert (counts.read, counts.accepted, counts.rejected) == (4, 3, 1)
    (reject,) = rejects(case_in(tmp_path))
    assert (reject.row, reject.column, reject.reason) == (2, "ended_at", "ended_at lies before started_at")


@pytest.mark.parametrize("newlines", ["\r\n", "\r", "\n"])
def test_any_line_end_is_a_line_end(tmp_path: Path, newlines: str) -> None:
    ingest_text(tmp_path, "messages.csv", (MESSAGES + GOOD + LAST).replace("\n", newlines))
    assert rows(case_in(tmp_path), "messages", "message_id", "row") == [("m1", 2), ("m9", 3)]


def test_mixed_line_ends_lose_no_row(tmp_path: Path) -> None:
    text = MESSAGES.replace("\n", "\r\n") + GOOD + f"m2,{T},a,,b,two\r" + f"m3,{T},a,,b,three\r\n" + LAST
    ingest_text(tmp_path, "messages.csv", text)
    assert [row[0] for row in rows(case_in(tmp_path), "messages", "message_id")] == ["m1", "m2", "m3", "m9"]


@pytest.mark.parametrize("newlines", ["\r\n", "\r", "\n"])
def test_damage_far_into_a_large_file_costs_seconds_not_hours(tmp_path: Path, newlines: str) -> None:
    lines = [f"n{n},{T},a,,b,text {n}" for n in range(100_000)]
    lines.insert(50_000, "ragged")
    report = ingest_text(tmp_path, "messages.csv", newlines.join([MESSAGES.strip(), *lines]))
    assert report.tables["messages"].accepted == 100_000
    assert [reject.row for reject in rejects(case_in(tmp_path))] == [50_002]
    assert rows(case_in(tmp_path), "messages", "message_id", "row")[-1] == ("n99999", 100_002)


def test_a_line_beyond_the_limit_is_a_reject(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + GOOD + f"m2,{T},a,,b,{'x' * 2_500_000}\n" + LAST)
    (reject,) = rejects(case_in(tmp_path))
    assert "is longer than 2,000,000 bytes" in reject.reason
    assert len(reject.raw) > 2_500_000
    assert rows(case_in(tmp_path), "messages", "row") == [(2,), (4,)]


def test_a_line_of_millions_of_fields_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    many = b"," * 1_900_000
    path.write_bytes(b"\n".join((
        b"a,b", b"1,2", many + b'"x",' + many, b'3,"4"', many, many + b'"x"', many + b'"x"y,', b"5,6", many + b'"', b""
    )))
    began = time.process_time()
    found = [
        record.reason[:30] if isinstance(record, Damage) else record for record, _ in careful_records(path, ["a", "b"])
    ]
    assert found == [
        ("1", "2"), "is longer than 2,000,000 bytes", ("3", "4"), "has 1900001 columns, the heade",
        "has 1900001 columns, the heade", "has text after its closing quo", ("5", "6"),
        "opens a quote that does not cl",
    ]
    assert time.process_time() - began < 5, "one field at a time would take a minute"


def test_of_a_very_long_record_only_its_beginning_is_taken_out_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = 2 * MAX_RECORD_BYTES  # a quarter of what it is, as is what the test takes
    monkeypatch.setattr(csv_with_care, "MOST_KEPT", kept)
    monkeypatch.setattr(csv_with_care, "_QUOTE_WINDOW", kept)
    path, many = tmp_path / "x.csv", 3 * kept
    lines = ["a,b", "1,2", "3," + "x" * many, '4,"' + "y" * many + '"', '5,"' + "z" * many, "6,7"]
    path.write_text("\n".join(lines) + "\n")
    found, most = [], 0
    tracemalloc.start()
    for record, _ in careful_records(path, ["a", "b"]):
        found.append((len(record.raw), record.reason[:14], "are kept" in record.reason)
                     if isinstance(record, Damage) else record)
        most = max(most, tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    long, torn = (kept, "is longer than", True), (kept, "opens a quote ", True)
    assert found == [("1", "2"), long, torn, torn, ("6", "7")], "a quote is looked for in a window"
    assert most < 3 * kept


def test_blank_lines_are_no_rows_and_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + (MESSAGES + "\n" + GOOD + "\n" + LAST + "\n").encode()
    report = ingest_text(tmp_path, "messages.csv", content)
    assert report.tables["messages"].read == 2
    assert rows(case_in(tmp_path), "messages", "row") == [(2,), (3,)]


def test_quoted_values_keep_their_line_ends_quotes_and_commas(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + f'm1,{T},a,,b,"one, ""two""\nthree"\n' + LAST)
    assert rows(case_in(tmp_path), "messages", "text", "row") == [('one, "two"\nthree', 2), ("last", 3)]


def test_text_may_hold_control_characters_and_nul(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"m1,{T},a,,b,x\x00y\x1b[31m\n")
    assert rows(case_in(tmp_path), "messages", "text") == [("x\x00y\x1b[31m",)]


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    report = ingest_text(tmp_path, "messages.csv", MESSAGES.strip())
    assert report.tables["messages"].read == 0
    assert rows(case_in(tmp_path), "messages", "row") == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not even a header"),
        ("sent_at,sender_id,sender_id,room_id\n", "has a column twice: sender_id"),
        ("sent_at,room_id,text\n", "lacks the required column sender_id"),
        ("sent_at,sender_id,text\n", "lacks one of the columns room_id, recipient_id"),
        ("sent_at,sender_id,room_id,\n", "has a column without a name"),
        ('sent_at,sender_id,room_id,"a\nb"\n', "has a column name with control characters"),
        (b"sent_at,sender_id,room_id,\xff\n", "is not UTF-8"),
    ],
)
def test_an_unusable_header_ends_the_ingest_in_one_line(tmp_path: Path, content: str | bytes, says: str) -> None:
    assert says in refused(tmp_path, "messages.csv", content)


def test_two_headers_of_which_the_second_is_ragged_are_both_reported(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + MESSAGES + "message_id,sent_at\n" + GOOD)
    assert [(reject.row, reject.reason) for reject in rejects(case_in(tmp_path))] == [
        (2, "message_id is the header again"),
        (3, "sender_id is missing: the record has 2 columns, the header 6"),
    ]


def test_a_torn_parquet_file_ends_the_ingest_before_anything_is_committed(tmp_path: Path) -> None:
    source = tmp_path / "source"
    write(source, "messages.csv", MESSAGES + GOOD)
    table = pa.table({"account_id": ["a", "b"]})
    pq.write_table(table, source / "accounts.parquet")
    whole = (source / "accounts.parquet").read_bytes()
    for torn in (b"", whole[: len(whole) // 2], whole[:-3], whole[:20] + b"\0" * 20 + whole[40:]):
        write(source, "accounts.parquet", torn)
        with pytest.raises(SourceUnreadable, match="is no readable Parquet file") as caught:
            ingest([source], case=case_in(tmp_path))
        assert str(caught.value).startswith(f"{source / 'accounts.parquet'}: ")
        assert str(caught.value).endswith("; it may be torn or cut short: copy or export it again")
        assert "workspace" not in str(caught.value)
        assert not list(case_in(tmp_path).batches.glob("*"))


@pytest.mark.parametrize("where", ["alone", "in a folder"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "missing"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str, where: str) -> None:
    source = tmp_path / "source"
    path = source / "messages.csv"
    write(source, "rooms.csv", "room_id\nr\n")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        (path / "inner").mkdir(parents=True)
    else:
        path.symlink_to(source / "nowhere")
    with pytest.raises(SourceUnreadable, match="messages"):
        ingest([path if where == "alone" else source], case=case_in(tmp_path))


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    target = write(tmp_path / "elsewhere", "export.txt", MESSAGES + GOOD)
    (tmp_path / "messages.csv").symlink_to(target)
    assert ingest([tmp_path / "messages.csv"], case=case_in(tmp_path)).tables["messages"].accepted == 1


@pytest.mark.parametrize("folder", ["a'b\"c", "x*", "[ab]", "new\nline", "--format", "é\u202e", "a{b,c}", "ends\\"])
def test_names_cannot_reach_beyond_themselves(tmp_path: Path, folder: str) -> None:
    write(tmp_path / "xy", "messages.csv", MESSAGES + LAST)
    source = write(tmp_path / folder, "messages.csv", MESSAGES + GOOD + f"m2,{T},,,b,x\n").parent
    report = ingest([source], case=case_in(tmp_path))
    assert report.tables["messages"].read == 2
    assert rows(case_in(tmp_path), "messages", "message_id") == [("m1",)]
    assert "\n" not in rejects(case_in(tmp_path))[0].file


def test_a_name_that_is_no_utf8_is_read(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    write(folder, "messages.csv", MESSAGES + GOOD)
    report = ingest([folder], case=case_in(tmp_path))
    assert report.sources[0].path.endswith("\\xff/messages.csv")


def test_files_of_no_table_are_reported_not_read(tmp_path: Path) -> None:
    write(tmp_path / "source", "messages.csv", MESSAGES + GOOD)
    write(tmp_path / "source", "mesages.csv", MESSAGES + LAST)
    report = ingest([tmp_path / "source"], case=case_in(tmp_path))
    assert [Path(name).name for name in report.ignored] == ["mesages.csv"]
    assert [Path(name).name for name in report.to_dict()["ignored"]] == ["mesages.csv"]
    assert report.tables["messages"].read == 1


def test_ids_are_exact_texts(tmp_path: Path) -> None:
    ingest_text(tmp_path, "accounts.csv", "account_id\n1\n01\n 1\n1.0\n123456789012345678901234567890\n\"\"\"1\"\n")
    assert [row[0] for row in rows(case_in(tmp_path), "accounts", "account")] == [
        "harbour:1", "harbour:01", "harbour: 1", "harbour:1.0", "harbour:123456789012345678901234567890", 'harbour:"1',
    ]


def test_columns_the_contract_does_not_know_become_attributes(tmp_path: Path) -> None:
    ingest_text(tmp_path, "accounts.csv", 'account_id,"it\'s ""odd""",b\n1,x,\n2,,\n')
    assert rows(case_in(tmp_path), "accounts", "attributes") == [('{"it\'s \\"odd\\"":"x","b":null}',), (None,)]
