"""Where in the text an error is, and what stands behind an EXPLAIN."""

import pytest

from graph.errors import GraphError, StatementInvalid
from ingest.errors import FilatureError
from queries.errors import RefusedStatement
from queries.statement.error_span import by_lines, span_of
from queries.statement.explained import behind_explain

TEXT = "MATCH (a:Account)\nWHERE a.x = 'y'\nRETRUN a"


@pytest.mark.parametrize(
    ("error", "marked"),
    [
        (StatementInvalid("Unexpected input", line=3, column=1), "RETRUN"),
        (StatementInvalid("Unexpected input", line=2, column=13), "'y'"),
        (StatementInvalid("at the very end", line=3, column=99), "a"),
        (StatementInvalid("Variable 'a' not defined"), "a"),
        (StatementInvalid("Variable `zz` not defined"), None),
        (RefusedStatement("SET is not allowed", where="character 19"), "WHERE"),
        (RefusedStatement("the statement is empty"), None),
        (GraphError("something else"), None),
    ],
)
def test_an_error_is_placed_on_the_word_it_is_about(error: FilatureError, marked: str | None) -> None:
    place = span_of(error, TEXT)
    assert (TEXT[place[0]:place[1]] if place else None) == marked


def test_after_an_escape_no_place_is_told_rather_than_a_wrong_one() -> None:
    text = "RETURN 'caf\\u00e9' AS a, eval('x')"
    assert span_of(RefusedStatement("function eval is not allowed", where="character 20"), text) is None


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RefusedStatement("SET is not allowed", where="character 19", fix="leave it"), "line 2, column 1"),
        (RefusedStatement("SET is not allowed", where="character 35"), "line 3, column 1"),
        (RefusedStatement("SET is not allowed", where="character 1"), "line 1, column 1"),
        (RefusedStatement("the statement is empty", where="statement"), "statement"),
        (GraphError("something else", where="character 3"), "character 3"),
    ],
)
def test_a_place_is_told_by_line_and_column(error: FilatureError, told: str) -> None:
    placed = by_lines(error, TEXT)
    assert (placed.where, placed.what, placed.fix) == (told, error.what, error.fix)
    assert by_lines(error, "RETURN '\\u00e9'").where == error.where, "an escape shifts characters"


@pytest.mark.parametrize(
    ("cypher", "behind"),
    [
        ("EXPLAIN MATCH (n) RETURN n", "        MATCH (n) RETURN n"),
        (" // why\nexplain\n RETURN 1", " // why\n       \n RETURN 1"),
        ("EXPLAIN EXPLAIN RETURN 1", "        EXPLAIN RETURN 1"),
        ("EXPLAIN", "       "),
        ("MATCH (explain) RETURN explain", None),
        ("PROFILE RETURN 1", None),
        ("\\u0045XPLAIN RETURN 1", None),
        ("/* \\u0045 */ EXPLAIN RETURN 1", None),
        ("", None),
    ],
)
def test_only_a_plain_explain_is_one(cypher: str, behind: str | None) -> None:
    assert behind_explain(cypher) == behind
