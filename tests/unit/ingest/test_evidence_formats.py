"""The native tables in JSON lines and Parquet: exact texts, line numbers, and the faults only these formats have."""

import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.batch import ingest
from ingest.errors import SourceUnreadable
from tests.unit.ingest.evidence_folder import T, case_in, ingest_text, rejects, rows, write


def test_json_numbers_keep_their_digits_and_unknown_keys_become_attributes(tmp_path: Path) -> None:
    ingest_text(
        tmp_path, "rooms.jsonl",
        '{"room_id": 12345678901234567890123, "name": "x", "tags": [1, {"a": null}]}\n\n'
        '{"room_id": "01", "n": 12345678901234567890}\n',
    )
    assert rows(case_in(tmp_path), "rooms", "room_id", "row", "attributes") == [
        ("12345678901234567890123", 1, '{"tags":[1,{"a":null}]}'),
        ("01", 3, '{"n":12345678901234567890}'),
    ]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("[1]", "", "is no JSON object"),
        ('{"room_id": "r"', "", "is no JSON object"),
        ('{"room_id": "\\ud800"}', "", "is no JSON object"),
        ('{"room_id": "r", "room_id": "s"}', "", "has a key twice"),
        ('{"room_id": 1.5}', "room_id", "is a fractional number"),
        ('{"room_id": {"$oid": "1"}}', "room_id", "holds a list or an object"),
        ('{"name": "r"}', "room_id", "is empty"),
        ('{"room_id": "a\\u0000"}', "room_id", "holds a control character"),
    ],
)
def test_a_json_line_at_fault_is_a_reject(tmp_path: Path, line: str, column: str, reason: str) -> None:
    ingest_text(tmp_path, "rooms.jsonl", '{"room_id": "a"}\n' + line + '\n{"room_id": "b"}')
    (reject,) = rejects(case_in(tmp_path))
    assert (reject.row, reject.column, reject.raw) == (2, column, line)
    assert reason in reject.reason
    assert rows(case_in(tmp_path), "rooms", "room_id", "row") == [("a", 1), ("b", 3)]


def test_json_lines_with_mixed_ends_odd_bytes_and_oversize_lose_no_good_line(tmp_path: Path) -> None:
    lines = [b'\xef\xbb\xbf{"room_id": "a"}\r\n', b'{"room_id": "\xff"}\n', b'{"room_id": "%s"}\n' % (b"x" * 2_100_000)]
    ingest_text(tmp_path, "rooms.jsonl", b"".join(lines) + b'\n{"room_id": "b"}')
    assert rows(case_in(tmp_path), "rooms", "room_id", "row") == [("a", 1), ("b", 5)]
    assert [(reject.row, reject.reason.split(" than ")[0]) for reject in rejects(case_in(tmp_path))] == [
        (2, "is not UTF-8"), (3, "is longer"),
    ]


def test_an_empty_json_lines_file_is_an_empty_table(tmp_path: Path) -> None:
    assert ingest_text(tmp_path, "rooms.jsonl", b"").tables["rooms"].read == 0


def parquet(tmp_path: Path, name: str, **columns: pa.Array) -> Path:
    path = write(tmp_path / "source", name, b"")
    pq.write_table(pa.table(columns), path)
    return path


def test_parquet_values_become_their_exact_texts(tmp_path: Path) -> None:
    moment = datetime.datetime(2024, 5, 1, 18, 3, 4, 5, tzinfo=datetime.UTC)
    path = parquet(
        tmp_path, "accounts.parquet",
        account_id=pa.array([2**63 + 1, 7], pa.uint64()),
        created_at=pa.array([moment, None], pa.timestamp("us", "UTC")),
        declared_age=pa.array([13.0, None]),
        tags=pa.array([["x"], None]),
    )
    ingest([path], case=case_in(tmp_path))
    assert rows(case_in(tmp_path), "accounts", "account_id", "created_at", "declared_age", "attributes", "row") == [
        ("9223372036854775809", moment.replace(tzinfo=None), 13, '{"tags":["x"]}', 1), ("7", None, None, None, 2),
    ]


def test_floating_point_ids_are_rejected_since_their_digits_are_lost(tmp_path: Path) -> None:
    ingest([parquet(tmp_path, "rooms.parquet", room_id=pa.array([1.0, 2.0]))], case=case_in(tmp_path))
    assert [reject.row for reject in rejects(case_in(tmp_path))] == [1, 2]
    assert "floating-point" in rejects(case_in(tmp_path))[0].reason


def test_a_nested_contract_column_ends_the_ingest_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"room_id \(VARCHAR\[\]\)"):
        ingest([parquet(tmp_path, "rooms.parquet", room_id=pa.array([["a"]]))], case=case_in(tmp_path))


def test_a_local_parquet_time_takes_the_zone(tmp_path: Path) -> None:
    local = pa.array([datetime.datetime(2024, 5, 1, 20)], pa.timestamp("us"))  # noqa: DTZ001  the point of the test
    path = parquet(tmp_path, "sessions.parquet", account_id=pa.array(["a"]), started_at=local)
    ingest([path], case=case_in(tmp_path), timezone="Europe/Paris")
    assert rows(case_in(tmp_path), "sessions", "started_at") == [(datetime.datetime(2024, 5, 1, 18),)]  # noqa: DTZ001


def test_one_table_in_three_formats_is_one_table(tmp_path: Path) -> None:
    source = tmp_path / "source"
    write(source, "rooms.csv", "room_id,created_at\na," + T + "\n")
    write(source, "rooms.jsonl", '{"room_id": "a", "created_at": "2024-05-01T20:00:00+02:00"}\n{"room_id": "b"}\n')
    parquet(tmp_path, "rooms.parquet", room_id=pa.array(["b", "c"]))
    report = ingest([source], case=case_in(tmp_path))
    counts = report.tables["rooms"]
    assert (counts.read, counts.accepted, counts.duplicate) == (5, 3, 2)
    assert sorted(rows(case_in(tmp_path), "rooms", "room_id")) == [("a",), ("b",), ("c",)]
