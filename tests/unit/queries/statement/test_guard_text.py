"""No spelling of a writing statement gets past the text layer; no harmless one is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.errors import RefusedStatement
from queries.statement.explained import behind_explain
from queries.statement.guard import check_plan, check_text
from queries.statement.tokens import tokenize
from tests.contract.statements import ENDLESS, HARMLESS, REFUSED, ROW_FLOODS, UNBOUNDED, UNBOUNDED_PARAMETERS

HOSTILE_TEMPLATES = [
    ("CREATE", "(n", ")"), ("MATCH", "(n", ")", "SET", "n", ".", "a", "=", "1"), ("MATCH", "(n", ")", "DELETE", "n"),
    ("MATCH", "(n", ")", "DETACH", "DELETE", "n"), ("MERGE", "(n", ")"), ("MATCH", "(n", ")", "REMOVE", "n", ".", "a"),
    ("MATCH", "(n", ")", "LOAD", "CSV", "FROM", "$x", "AS", "l", "RETURN", "l"),
    ("CALL", "dbms", ".", "kill", "(", ")"),
    ("CALL", "{", "CREATE", "(n", ")", "}"), ("RETURN", "eval", "(", "$x", ")"), ("DROP", "INDEX", "x"),
    ("MATCH", "(n", ")", "FOREACH", "(x", "IN", "[", "1", "]", "|", "SET", "n", ".", "a", "=", "x", ")"),
    ("RETURN", "util", ".", "sleep", "(", "9", ")"), ("EXPLAIN", "EXPLAIN", "CREATE", "(n", ")"), ("SHOW", "USERS"),
    ("RETURN", "1", "AS", "x", "UNION", "CREATE", "(n", ")", "RETURN", "1", "AS", "x"),
    ("RETURN", "1", ";", "CREATE", "(n", ")"), ("MATCH", "(n", ")", "USE", "g", "RETURN", "n"),
]
GAPS = st.sampled_from(
    [" ", "\n", "\t", "\r\n", "  ", "/**/", "/* ' */", "/* // */", " // x\n", " // \" ` '\n", "\u00a0"]
)


def as_run(statement: str) -> str:
    """What the runner checks: of a plain EXPLAIN the statement behind it."""
    behind = behind_explain(statement)
    return statement if behind is None else behind


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A hostile statement with gaps, comments, case and unicode escapes at random."""
    parts = []
    for piece in draw(st.sampled_from(HOSTILE_TEMPLATES)):
        written = "".join(
            f"\\u{ord(letter):04x}" if letter.isalpha() and draw(st.integers(0, 7)) == 0
            else draw(st.sampled_from([letter.lower(), letter.upper()]))
            for letter in piece
        )
        parts += [draw(GAPS), written]
    return "".join(parts) + draw(GAPS)


@given(disguised())
def test_no_disguise_lets_a_hostile_statement_through(statement: str) -> None:
    with pytest.raises(RefusedStatement):
        check_text(statement, {"x": 1})


@given(disguised(), st.sampled_from(["'", '"']))
def test_the_same_text_inside_a_string_is_harmless(statement: str, quote: str) -> None:
    inner = statement.replace("\\", "\\\\").replace(quote, "\\" + quote)
    check_text(f"RETURN {quote}{inner}{quote} AS text")


@pytest.mark.parametrize(("statement", "clause"), REFUSED)
def test_a_refusal_names_the_clause(statement: str, clause: str) -> None:
    with pytest.raises(RefusedStatement) as refusal:
        check_text(as_run(statement))
    assert re.search(clause, str(refusal.value))


@pytest.mark.parametrize(("statement", "clause"), UNBOUNDED)
def test_an_expression_without_bounds_is_refused(statement: str, clause: str) -> None:
    with pytest.raises(RefusedStatement, match=clause):
        check_text(statement, UNBOUNDED_PARAMETERS)


@pytest.mark.parametrize("statement", [*HARMLESS, *ENDLESS, *ROW_FLOODS])
def test_what_only_reads_passes(statement: str) -> None:
    check_text(as_run(statement))


@pytest.mark.parametrize("word", ["set", "create", "DELETE", "merge", "Remove", "drop", "use", "foreach", "insert"])
def test_a_keyword_may_be_a_name(word: str) -> None:
    check_text(f"MATCH (n:{word})-[r:{word}]->(m:A|{word}) WHERE n.{word} = ${word} RETURN n.{word} AS {word}, r")
    check_text(f"WITH 1 AS {word} RETURN `{word}`, {{{word}: 1}}")


def test_bounded_expressions_pass() -> None:
    check_text("WITH [1, 2] AS l UNWIND range(0, size(l) - 1) AS i RETURN l[i]")
    check_text("UNWIND range(1, $n) AS i RETURN i", {"n": 1000})
    check_text("RETURN reduce(m = 0, x IN [1, 2] | CASE WHEN x > m THEN x ELSE m END) AS m")
    check_text("MATCH p = ()-[*1..3]-() WHERE all(n IN nodes(p) WHERE n.id IN ['a', 'b']) RETURN p")


@pytest.mark.parametrize(
    ("kind", "operators", "calls"),
    [
        ("w", ("Create",), False), ("rw", ("Merge",), False), ("s", ("AdministrationCommand",), False),
        ("r", ("ProduceResults", "LoadCSV"), False), ("r", ("TerminateTransactions",), False),
        ("r", ("ShowSettings",), False), ("r", ("ProcedureCall",), False), ("", (), True),
    ],
)
def test_a_plan_that_does_more_than_read_is_refused(kind: str, operators: tuple[str, ...], calls: bool) -> None:
    with pytest.raises(RefusedStatement):
        check_plan(kind, operators, calls=calls)


def test_a_reading_plan_passes() -> None:
    check_plan("r", ("ProduceResults", "ProcedureCall", "AllNodesScan"), calls=True)


def test_the_table_is_as_long_as_promised() -> None:
    assert len({statement for statement, _ in (*REFUSED, *UNBOUNDED)}) >= 120
    assert all(tokenize(statement) for statement in HARMLESS)
