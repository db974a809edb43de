"""What a driver's error means, where closing the transaction meets the failure a second time."""

from typing import Any

from neo4j import exceptions as driver

from graph.errors import EngineUnavailable, StatementTooLarge
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
