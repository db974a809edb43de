"""What a driver's error means, where closing the transaction meets the failure a second time."""

from typing import Any

import pytest
from neo4j import exceptions as driver

from graph.errors import EngineUnavailable, StatementFailed, StatementInvalid, StatementTooLarge
from graph.store.faults import fault

HEAP = "Query heap budget exceeded: the in-heap ORDER BY needs 16.10KB more"


def failed_again(cause: Exception | None) -> driver.ResultFailedError:
    result: Any = None
    try:
        raise driver.ResultFailedError(result, "The result has failed.") from cause
    except driver.ResultFailedError as error:
        return error


def test_a_failure_met_again_on_closing_says_what_the_server_said() -> None:
    said = driver.Neo4jError._hydrate_neo4j(code="Neo.DatabaseError.General.UnknownError", message=HEAP)
    assert isinstance(fault(failed_again(said), where="read"), StatementTooLarge)


def test_a_failed_result_without_a_word_of_the_server_is_a_server_that_does_not_answer() -> None:
    assert isinstance(fault(failed_again(None), where="read"), EngineUnavailable)


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("ArithmeticError", "/ by zero", StatementFailed),
        ("ArgumentError", "Arithmetic operations require numeric operands, got: String and Long", StatementFailed),
        ("TypeError", "Cannot subtract `Long` from `String`", StatementFailed),
        ("SemanticError", "date() cannot parse 'xx' as a date or timezone", StatementFailed),
        ("SyntaxError", "Text cannot be parsed to a Date", StatementFailed),
        ("SyntaxError", "Type mismatch: expected List<T> but was String (line 1, column 40 (offset: 39))",
         StatementFailed),
        ("SyntaxError", "Invalid input 'x': expected an expression (line 1, column 15 (offset: 14))", StatementInvalid),
        ("SemanticError", "UndefinedVariable: Variable 'b' not defined", StatementInvalid),
        ("SemanticError", "Function 'abs' expects 1 argument but got 0", StatementInvalid),
    ],
)
def test_what_stops_at_a_value_was_read_before(code: str, message: str, kind: type[Exception]) -> None:
    said = driver.Neo4jError._hydrate_neo4j(code=f"Neo.ClientError.Statement.{code}", message=message)
    assert type(fault(said, where="statement")) is kind
