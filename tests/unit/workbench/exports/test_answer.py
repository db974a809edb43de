"""An answer's rows in four formats: aggregates too, typed, with a manifest, and no cell a formula."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import openpyxl
import pyarrow.parquet as pq
import pytest

from graph.subgraph import Node, Subgraph
from queries.runner import QueryResult
from workbench.errors import ExportError
from workbench.exports.tables.answer import TABLE_FORMATS, answer_archive

ROWS = [
    ("=HYPERLINK(\"http://example.invalid\")", 3, 0.5, datetime(2024, 3, 1, tzinfo=UTC), ["a", 1], True),
    ("+1", 2**60, None, None, None, False),
    ("@x\x00", -1, 1.5, None, [Node("p:1", "Account", {"pseudonym": "=1"})], None),
]
RESULT = QueryResult(("=name", "count", "share", "at", "list", "list"), ROWS, True, Subgraph.of([], []))


def opened(to: str) -> tuple[bytes, dict[str, object]]:
    packed = answer_archive(RESULT, to, name="case-answer", provenance={"case": "c", "statement": "RETURN 1"})
    assert packed == answer_archive(RESULT, to, name="case-answer", provenance={"case": "c", "statement": "RETURN 1"})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == [f"case-answer.{to}", f"case-answer.{to}.manifest.json"]
        manifest = json.loads(archive.read(f"case-answer.{to}.manifest.json"))
        return archive.read(f"case-answer.{to}"), manifest


def test_csv_and_xlsx_hold_no_formula() -> None:
    body, manifest = opened("csv")
    read = list(csv.reader(io.StringIO(body.decode())))
    assert read[0] == ["'=name", "count", "share", "at", "list", "list (6)"]
    assert [row[0] for row in read[1:]] == ["'=HYPERLINK(\"http://example.invalid\")", "'+1", "'@x_x0000_"]
    assert (manifest["rows"], manifest["truncated"], manifest["statement"]) == (3, True, "RETURN 1")
    sheet = openpyxl.load_workbook(io.BytesIO(opened("xlsx")[0]))["answer"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b"}
    assert sheet["A2"].value.startswith("=HYPERLINK")
    assert sheet["B3"].value == str(2**60), "no digit is lost"


def test_json_and_parquet_keep_types() -> None:
    rows = json.loads(opened("json")[0])
    assert rows[0]["count"] == 3
    assert rows[0]["list"] == ["a", 1]
    assert rows[2]["list"][0]["properties"] == {"pseudonym": "=1"}
    assert "share" not in rows[1]
    table = pq.read_table(io.BytesIO(opened("parquet")[0]))
    assert table.column("count").to_pylist() == [3, 2**60, -1]
    assert table.column("at").to_pylist()[0] == "2024-03-01T00:00:00Z"


def test_an_empty_answer_and_an_unknown_format() -> None:
    empty = QueryResult(("a",), [], False, Subgraph.of([], []))
    for to in TABLE_FORMATS:
        assert answer_archive(empty, to, name="x", provenance={})
    with pytest.raises(ExportError):
        answer_archive(empty, "exe", name="x", provenance={})
