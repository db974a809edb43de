"""Where in a statement is what an error speaks of?  A range of characters, for an editor to mark."""

import re

from graph.errors import StatementInvalid
from ingest.errors import FilatureError
from queries.errors import RefusedStatement
from queries.statement.tokens import tokenize

_CHARACTER = re.compile(r"character (\d+)")
_QUOTED = re.compile(r"['`]([^'`]+)['`]")
_ESCAPE = re.compile(r"\\u")

Span = tuple[int, int]


def span_of(error: FilatureError, cypher: str) -> Span | None:
    """Begin and end of the word that the error is about; None where it does not say, or not surely."""
    if isinstance(error, RefusedStatement):
        found = _CHARACTER.fullmatch(error.where)
        # escapes are undone before the statement is read: what follows one stands elsewhere in the text
        return None if found is None or _ESCAPE.search(cypher) else word_at(cypher, int(found[1]) - 1)
    if not isinstance(error, StatementInvalid):
        return None
    if error.line:
        return word_at(cypher, _offset(cypher, error.line, error.column))
    named = _QUOTED.search(error.what)
    return _last(cypher, named[1]) if named else None


def by_lines(error: FilatureError, cypher: str) -> FilatureError:
    """The error with its place by line and column, as the engines tell theirs; the same where it names no character.

    Of a statement with escapes the character stays: it counts what they stand for.
    """
    found = _CHARACTER.fullmatch(error.where) if isinstance(error, RefusedStatement) else None
    if found is None or _ESCAPE.search(cypher):
        return error
    before = cypher[: int(found[1]) - 1]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return RefusedStatement(error.what, where=f"line {line}, column {column}", fix=error.fix)


def word_at(cypher: str, offset: int) -> Span:
    """The token that stands there; at the end of the text the last character."""
    try:
        for token in () if _ESCAPE.search(cypher) else tokenize(cypher):
            if token.offset <= offset < token.offset + len(token.text):
                return token.offset, token.offset + len(token.text)
    except RefusedStatement:
        pass
    start = min(max(0, offset), max(0, len(cypher) - 1))
    return start, min(len(cypher), start + 1)


def _offset(cypher: str, line: int, column: int) -> int:
    lines = cypher.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1])) + column - 1


def _last(cypher: str, name: str) -> Span | None:
    """Where the name stands last as a word of its own."""
    try:
        found = [token for token in tokenize(cypher) if token.kind in ("word", "quoted") and token.text == name]
    except RefusedStatement:
        return None
    if not found or _ESCAPE.search(cypher):
        return None
    return found[-1].offset, found[-1].offset + len(name)
