"""Rows for people and for programs; a pseudonym must not steer the terminal."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.subgraph import Edge, Node
from workbench.cli.printing import plain, print_rows, visible

HOSTILE = "\x1b[2J\u202egnp.exe\r\n\x9b31m"


@given(st.text())
def test_what_reaches_the_terminal_is_printable(text: str) -> None:
    assert all(char.isprintable() for char in visible(text))


def test_a_table_shows_escapes_instead_of_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(("name",), [(HOSTILE,)], format="table")
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\u001b[2J" in shown


def test_a_clipped_cell_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(("name",), [("x" * 500,)], format="table")
    captured = capsys.readouterr()
    assert "…" in captured.out
    assert "--format json" in captured.err


def test_csv_and_json_keep_the_text_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(("name", "n"), [(HOSTILE, 1)], format="csv")
    assert list(csv.reader(io.StringIO(capsys.readouterr().out, newline=""))) == [["name", "n"], [HOSTILE, "1"]]
    print_rows(("name", "n"), [(HOSTILE, None)], format="json")
    assert json.loads(capsys.readouterr().out) == [{"name": HOSTILE, "n": None}]


def test_graph_values_become_plain_objects() -> None:
    node = Node("p:a", "Account", {"at": datetime(2024, 1, 1, tzinfo=UTC)})
    assert plain([node]) == [
        {"id": "p:a", "label": "Account", "properties": {"at": "2024-01-01T00:00:00+00:00"}}
    ]
    assert plain(Edge("Account/p:a", "Account/p:b", "CONTACTED"))["type"] == "CONTACTED"
