"""Excel, Parquet and JSON lines by a mapping: columns by header or JSON path, faults row by row, torn files told."""

import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.batch import ingest
from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.lake import Lake
from ingest.mapping import mapping_text, parse_mapping, read_mapping, shipped_mappings
from ingest.sources.recognition import recognise
from ingest.sources.structured_shape import proposed, structured_shape
from tests.unit.ingest.evidence_folder import case_in, rejects, rows, write

TABLES = """
[[table]]
name = "messages"
only = { column = "kind", equals = "text" }
[table.columns]
sent_at = { column = "at" }
sender_id = { column = "who" }
room_id = { column = "where" }
text = { column = "what" }
"""
JSON = """[json]
columns = { kind = "$.kind", at = "$.time", who = "$.from.id", where = "$.rooms[0]", what = "$.body" }
""" + TABLES
NOON = datetime.datetime(2024, 5, 1, 12, 0, 0)  # noqa: DTZ001 (a workbook knows no zone)


def mapped(tmp_path: Path, text: str) -> Path:
    return write(tmp_path, "own.toml", text)


def said(who: Any, what: Any, kind: str = "text") -> str:
    return json.dumps({"kind": kind, "time": 1714564800, "from": {"id": who}, "rooms": ["quay", "x"], "body": what})


def test_json_lines_are_read_by_paths_and_a_bad_line_is_a_reject(tmp_path: Path) -> None:
    big = 12345678901234567890
    joins = said("kid", "no", kind="join")
    lines = [said("wolf", "hi\n\"x\""), said(big, None), "{torn", "[1]", joins, "", said("", "x")]
    path = write(tmp_path, "log.jsonl", "\n".join(lines) + "\n")
    report = ingest([path], case=case_in(tmp_path), mapping=mapped(tmp_path, JSON))
    assert rows(case_in(tmp_path), "messages", "row", "sender", "text") == [
        (1, "harbour:wolf", 'hi\n"x"'), (2, f"harbour:{big}", None)
    ]
    assert [(one.row, one.reason) for one in rejects(case_in(tmp_path))] == [
        (3, "is no JSON object"), (4, "is no JSON object"), (7, "sender_id is empty"),
    ]
    assert all(c.read == c.accepted + c.rejected + c.duplicate for c in report.tables.values())
    assert report.sources[0].format == "table"


def workbook(path: Path, *lines: tuple[Any, ...], title: str = "Chat") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def test_a_sheet_and_a_parquet_file_are_read_by_their_headers(tmp_path: Path) -> None:
    head = ("kind", "at", "who", "where", "what")
    lines = (("text", NOON, 7, "quay", "=1+1"), (None,) * 5, ("text", NOON, 8.0, "quay", True))
    book = workbook(tmp_path / "a.xlsx", head, *lines)
    plan = mapped(tmp_path, '[sheet]\nname = "Chat"\n' + TABLES)
    ingest([book], case=case_in(tmp_path), mapping=plan, timezone="UTC")
    assert rows(case_in(tmp_path), "messages", "row", "sender") == [(2, "harbour:7"), (4, "harbour:8")]
    columns = {"kind": ["text"], "at": ["2024-05-01T12:00:00Z"], "who": [9], "where": ["quay"], "what": ["hi"],
               "more": [[{"a": 1}]]}
    pq.write_table(pa.table(columns), tmp_path / "b.parquet")
    other = case_in(tmp_path, "other")
    ingest([tmp_path / "b.parquet"], case=other, mapping=mapped(tmp_path, "[parquet]\n" + TABLES))
    assert rows(other, "messages", "row", "sender", "text", "attributes") == [
        (1, "other:9", "hi", '{"more":"[{\\"a\\":1}]"}')
    ]


def test_rocket_chat_is_read_by_the_shipped_mapping(tmp_path: Path) -> None:
    told = {"_id": "m1", "rid": "GENERAL", "msg": "hello", "ts": {"$date": "2024-05-01T16:03:04.000Z"},
            "u": {"_id": "u1", "username": "wolf"}}
    ingest([write(tmp_path, "m.json", json.dumps(told) + "\n")], case=case_in(tmp_path), mapping="rocketchat")
    assert rows(case_in(tmp_path), "messages", "sender", "room", "text") == [
        ("rocketchat:u1", "rocketchat:GENERAL", "hello")
    ]
    assert rows(case_in(tmp_path), "accounts", "pseudonym") == [("wolf",)]


def test_what_is_torn_or_does_not_fit_is_one_line(tmp_path: Path) -> None:
    sheet = mapped(tmp_path, "[sheet]\n" + TABLES)
    torn = write(tmp_path, "torn.xlsx", b"PK\x03\x04 nothing")
    with pytest.raises(SourceUnreadable, match="is no whole Excel workbook"):
        ingest([torn], case=case_in(tmp_path), mapping=sheet)
    book = workbook(tmp_path / "a.xlsx", ("kind", "at"), ("text", NOON))
    with pytest.raises(MappingInvalid, match="the file has no column who, where, what"):
        ingest([book], case=case_in(tmp_path), mapping=sheet)
    with pytest.raises(SourceUnreadable, match="has no sheet 'Other'"):
        ingest([book], case=case_in(tmp_path), mapping=mapped(tmp_path, '[sheet]\nname = "Other"\n' + TABLES))
    with pytest.raises(SourceUnreadable, match="is no readable Parquet file"):
        ingest([write(tmp_path, "t.parquet", b"PAR1")], case=case_in(tmp_path),
               mapping=mapped(tmp_path, "[parquet]\n" + TABLES))
    with pytest.raises(SourceUnreadable, match="holds no file that this mapping is for"):
        ingest([book], case=case_in(tmp_path), mapping=mapped(tmp_path, JSON))
    with pytest.raises(MappingInvalid, match=r"\[json\] columns gives every column a path"):
        read_mapping(mapped(tmp_path, "[json]\ncolumns = { a = 'b' }\n" + TABLES))
    with pytest.raises(MappingInvalid, match="not several"):
        read_mapping(mapped(tmp_path, "[json]\ncolumns = { kind = '$.a' }\n[parquet]\n" + TABLES))


def test_a_mapping_of_any_form_is_written_as_it_is_read(tmp_path: Path) -> None:
    own = [text.encode() for text in (JSON, "[sheet]\nname='x'\n" + TABLES, "[parquet]\n" + TABLES)]
    shipped = [(name, path.read_bytes()) for name, path in shipped_mappings().items()]
    for name, body in [*(("own", text) for text in own), *shipped]:
        plan = parse_mapping(body, name=name, where=name)
        assert parse_mapping(mapping_text(plan).encode(), name=name, where=name) == plan


def test_columns_are_seen_with_their_paths_and_a_mapping_is_proposed(tmp_path: Path) -> None:
    told = {"sent_at": "2024-05-01T12:00:00Z", "sender": {"id": "wolf"}, "room": "quay", "text": "good day to you"}
    path = write(tmp_path, "log.jsonl", "".join(json.dumps(told) + "\n" for _ in range(3)))
    found = structured_shape(path)
    assert found is not None
    assert found.paths == {"sent_at": "$.sent_at", "sender_id": "$.sender.id", "room": "$.room", "text": "$.text"}
    plan = proposed(found, name="own")
    assert plan.missing == {}
    own = mapped(tmp_path, mapping_text(plan.mapping))
    assert ingest([path], case=case_in(tmp_path), mapping=own).tables["messages"].accepted == 3
    book = workbook(tmp_path / "a.xlsx", tuple(found.paths), ("2024-05-01T12:00:00Z", "wolf", "quay", "good day"))
    seen = structured_shape(book)
    assert seen is not None
    assert (seen.form, seen.shape.columns) == ("sheet", tuple(found.paths))
    assert structured_shape(write(tmp_path, "x.csv", "a,b\n")) is None


def test_a_workbook_and_json_lines_are_recognised_as_tables_that_need_a_mapping(tmp_path: Path) -> None:
    book = workbook(tmp_path / "chat.xlsx", ("when", "from"), ("2024-05-01T12:00:00Z", "wolf"))
    lines = write(tmp_path, "chat.jsonl", said("wolf", "so, so") + "\n")
    for path in (book, lines):
        found = recognise(path)
        assert (found.format, found.structured is not None) == ("table", True), path.name
        assert found.shape is not None
        assert all("{" not in name for name in found.shape.columns), "no text that is cut by its commas"


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "jsonl"])
def test_what_a_source_says_of_a_moment_stays_beside_it(tmp_path: Path, form: str) -> None:
    line = {"day": "01/03/2024", "clock": "14:57", "who": "wolf", "where": "quay"}
    source, head = tmp_path / f"letters.{form}", {
        "csv": "[file]\ndelimiter = \";\"\n", "xlsx": "[sheet]\n", "parquet": "[parquet]\n",
        "jsonl": '[json]\ncolumns = { day = "$.day", clock = "$.clock", who = "$.who", where = "$.where" }\n',
    }[form]
    if form == "csv":
        source.write_text(f"{';'.join(line)}\n{';'.join(line.values())}\n")
    elif form == "xlsx":
        workbook(source, tuple(line), tuple(line.values()))
    elif form == "parquet":
        pq.write_table(pa.Table.from_pylist([line]), source)
    else:
        source.write_text(json.dumps(line) + "\n")
    text = head + """[[table]]
name = "messages"
[table.columns]
sent_at = { concat = [{ column = "day" }, " ", { column = "clock" }, "Z"], time = "%d/%m/%Y %H:%MZ", zone = "+01:00" }
sender_id = { column = "who" }
room_id = { column = "where" }
"""
    case = case_in(tmp_path)
    ingest([source], case=case, mapping=mapped(tmp_path, text))
    with Lake(case) as lake:
        (found,) = lake.table("messages").to_pyarrow()["record_id"].to_pylist()
        (record,) = lake.records([f"messages:{found}"])
    assert record.columns["sent_at_raw"] == "01/03/2024 14:57"
    assert record.columns["sent_at"] == "2024-03-01 13:57:00"
