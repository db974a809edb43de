"""What does a driver's error mean to a person?  One line each: what, where, and how to mend it."""

import re

from neo4j import exceptions as driver

from graph.errors import (
    Disturbed,
    EngineUnavailable,
    GraphError,
    StatementFailed,
    StatementInvalid,
    StatementTimeout,
    StatementTooLarge,
)

TIMEOUT_CODES = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.ClientError.Transaction.Terminated",
    "Neo.TransientError.Transaction.Terminated",
    "Neo.TransientError.Transaction.TransactionTimedOut",
    "Neo.TransientError.Transaction.LockClientStopped",
)
TIMEOUT_WORDS = ("has been terminated", "TimeoutException")
MEMORY_WORDS = ("OutOfMemory", "heap budget exceeded", "allowed in heap", "Java heap space", "memory pool limit")
MAY_PASS = ("TransactionNotFound", "UnknownError")  # what the embedded engine says while a graph is replaced
MISSING_DATABASE = ("Neo.ClientError.Database.DatabaseNotFound", "Neo.ClientError.Database.DatabaseUnavailable")
VALUE_CODES = ("ArithmeticError", "TypeError", "ArgumentError", "ExecutionFailed", "EntityNotFound")
_OF_A_VALUE = re.compile(r"Type ?[mM]ismatch|TypeError|cannot (?:be )?parsed? |negative start index")
"""Said under the code of a syntax error, of a statement that is none."""
_NEO4J_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
_EMBEDDED_PLACE = re.compile(r"(?:Syntax error )?at line (\d+)(?::|, column )(\d+)(?: - )?")


def fault(
    error: Exception, *, where: str, timeout_s: float | None = None, around: tuple[str, str] = ("", "")
) -> GraphError:
    """The error of this package that says the same as the driver's; the driver's stays its cause.

    ``around``: how the statement begins that the engine leaves out when it counts lines and columns, and what was put
    before it and is counted.
    """
    if isinstance(error, driver.ResultFailedError) and isinstance(error.__cause__, driver.Neo4jError):
        error = error.__cause__  # closing the transaction met the failure again, which hides what the server said
    if isinstance(error, driver.AuthError):
        return EngineUnavailable(
            "the graph server refuses this user or password", where=where,
            fix="check FILATURE_GRAPH_USER and FILATURE_GRAPH_PASSWORD",
        )
    if isinstance(error, driver.Neo4jError):
        return _server_said(error, where, timeout_s, around)
    if isinstance(error, driver.ConfigurationError):
        return EngineUnavailable(_line(str(error)), where=where, fix="check the address of the graph server")
    if isinstance(error, driver.DriverError | OSError):
        return EngineUnavailable(
            f"no graph server answers ({_line(str(error))})", where=where, fix="check that it runs and its address"
        )
    return GraphError(f"a parameter cannot be sent to the graph: {_line(str(error))}", where=where)


def _server_said(error: driver.Neo4jError, where: str, timeout_s: float | None, around: tuple[str, str]) -> GraphError:
    code, text = error.code or "", _line(error.message or code_tail(error.code or ""))
    if code in TIMEOUT_CODES or any(word in text for word in TIMEOUT_WORDS):
        limit = f" after {timeout_s:g} s" if timeout_s is not None else ""
        return StatementTimeout(
            f"the statement was ended{limit}", where=where, fix="narrow it, or allow it more time"
        )
    if any(word in code or word in (error.message or "") for word in MEMORY_WORDS):
        return StatementTooLarge(
            "the statement needs more memory than the engine has for one, and was ended", where=where,
            fix="narrow it: fewer rows to sort, group or collect",
        )
    if code in MISSING_DATABASE:
        return EngineUnavailable(text, where=where, fix="name a database that exists: neo4j://host:port/DATABASE")
    if isinstance(error, driver.Forbidden) or ".Security." in code or "AccessMode" in code:
        return GraphError(f"the graph server refuses: {text}", where=where, fix="only reading is allowed here")
    if ".Statement." in code:
        return _invalid(code, text, where, *around)
    kind = Disturbed if code_tail(code) in MAY_PASS else GraphError
    return kind(f"{code_tail(code)}: {text}" if code else text, where=where)


def _invalid(code: str, text: str, where: str, before: str, put: str) -> StatementInvalid:
    """The place as a person counts: lines and columns from 1 (the embedded engine counts columns from 0)."""
    line = column = 0
    if found := _NEO4J_PLACE.search(text):
        line, column = int(found[1]), int(found[2])
        text = text[:found.start()] + text[found.end():]
    elif found := _EMBEDDED_PLACE.search(text):
        line, column = int(found[1]), int(found[2]) + 1
        text = (text[:found.start()].rstrip() + " " + text[found.end():].lstrip()).strip()
    if line == 1:
        column = max(1, column + len(before.rpartition("\n")[2]) - len(put))
    line += before.count("\n") if line else 0
    place = f"line {line}, column {column}" if line else where
    said = f"{code_tail(code)}: {text}"
    if code_tail(code) in VALUE_CODES or _OF_A_VALUE.search(text):
        return StatementFailed(
            said, where=place, fix="leave such values out, or convert them", line=line, column=column
        )
    return StatementInvalid(said, where=place, fix="correct the statement", line=line, column=column)


def code_tail(code: str) -> str:
    """``SyntaxError`` of ``Neo.ClientError.Statement.SyntaxError``."""
    return code.rpartition(".")[2]


def _line(text: str) -> str:
    """The first line of a message: what follows repeats the statement, with a caret under it."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return lines[0][:500] if lines else "no reason given"
