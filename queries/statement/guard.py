"""Does a statement only read?  Two layers, always both: its text, and on Neo4j its plan.

What passes still runs in a read transaction, as a read-only user where the engine has one, under a timeout and a row
cap (``queries.runner``).  A refusal names the clause.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from graph.store import Store
from queries.errors import RefusedStatement
from queries.statement.allowed import BEFORE_BRACKET, FUNCTIONS, PROCEDURES, words
from queries.statement.bounds import check_bounds
from queries.statement.tokens import Token, tokenize

HEADS = frozenset(("MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"))
WRITES = frozenset(
    ("CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "DROP", "INSERT", "USE", "PERIODIC")
)
ADMINISTRATION = words("""
    ALTER BEGIN COMMIT CYPHER DEALLOCATE DENY DRYRUN ENABLE EXPLAIN GRANT PROFILE REALLOCATE RENAME REVOKE ROLLBACK
    SESSION SHOW START STOP TERMINATE USING FINISH LET FILTER IMPORT EXPORT BACKUP DEFINE ALIAS
    """)
_FORBIDDEN_OPERATOR = re.compile("LoadCSV|Show|Terminate|Administration|System", re.IGNORECASE)
_READS_ONLY = "only reading statements run here"
_IN_BACKTICKS = f"{_READS_ONLY}; if it is a name, write it in backticks"
# A clause word is never followed by one of these, a variable of that name often is.
_AFTER_A_NAME = (".", ",", ")", "]", "}", "=", "<>", "<", ">", "<=", ">=", "=~", "^", "%")


def check(store: Store, cypher: str, parameters: Mapping[str, Any] | None = None) -> None:
    """Raise RefusedStatement unless the statement's text and, on Neo4j, its plan only read."""
    check_text(cypher, parameters)
    if store.engine == "neo4j":
        plan = store.explain(cypher, dict(parameters or {}))
        tokens = tokenize(cypher)
        calls = any(token.folded == "CALL" and _procedure(tokens, index) for index, token in enumerate(tokens))
        check_plan(plan.type, plan.operators, calls=calls)


def check_plan(kind: str, operators: Sequence[str], *, calls: bool = False) -> None:
    """Raise RefusedStatement unless the plan's type is ``r`` and no operator reads files, shows settings or
    administers; procedures only where ``calls`` says that the text calls listed ones.

    EXPLAIN calls LOAD CSV, SHOW SETTINGS and TERMINATE TRANSACTIONS type ``r``, therefore the operators count too.
    """
    if kind != "r":
        raise RefusedStatement(f"the planner calls the statement type {kind!r}, not reading", fix=_READS_ONLY)
    for operator in operators:
        name = operator.split("@")[0]
        if _FORBIDDEN_OPERATOR.match(name) or (name == "ProcedureCall" and not calls):
            raise RefusedStatement(f"{name} is not allowed", fix=_READS_ONLY)


def check_text(cypher: str, parameters: Mapping[str, Any] | None = None) -> None:
    """Raise RefusedStatement unless the text is one statement of reading clauses, listed calls and bounded
    expressions (``queries.statement.bounds``; a bound given as a parameter is looked up in ``parameters``).
    """
    tokens = tokenize(cypher)
    while tokens and tokens[-1].is_symbol(";"):
        tokens = tokens[:-1]
    if not tokens:
        raise RefusedStatement("the statement is empty", fix="write a statement such as MATCH (n) RETURN count(n)")
    for token in tokens:
        if token.is_symbol(";"):
            raise _refusal("more than one statement (;)", token, "run them one after the other")
    if tokens[0].folded not in HEADS:
        raise _refusal(tokens[0].text.upper(), tokens[0], f"begin with {', '.join(sorted(HEADS))}; {_READS_ONLY}")
    for index, token in enumerate(tokens):
        if token.kind == "word":
            _check_word(tokens, index)
        elif token.is_symbol("("):
            _check_call(tokens, index)
    check_bounds(tokens, parameters or {})


def _check_word(tokens: Sequence[Token], index: int) -> None:
    token, word = tokens[index], tokens[index].folded
    if word in WRITES and not _is_name(tokens, index):
        detail = " DELETE" if word in ("DETACH", "NODETACH") else ""
        raise _refusal(word + detail, token, _IN_BACKTICKS)
    if word == "LOAD" and _folded(tokens, index + 1) == "CSV":
        raise _refusal("LOAD CSV", token, _READS_ONLY)
    if word in ("TRANSACTIONS", "TRANSACTION") and _in_transactions(tokens, index):
        raise _refusal("CALL { } IN TRANSACTIONS", token, _IN_BACKTICKS)
    if word in ADMINISTRATION and _is_head(tokens, index) and not _is_name(tokens, index):
        raise _refusal(word, token, _IN_BACKTICKS)
    if word == "CALL" and not _is_name(tokens, index):
        _check_procedure(tokens, index)


def _check_procedure(tokens: Sequence[Token], index: int) -> None:
    name = _procedure(tokens, index)
    if name and name.upper() not in PROCEDURES:
        raise _refusal(f"procedure {name}", tokens[index], "it is not on the list of reading procedures")


def _procedure(tokens: Sequence[Token], index: int) -> str:
    """The dotted name after CALL; empty for a subquery."""
    names: list[str] = []
    position = index + 1
    while position < len(tokens) and tokens[position].kind in ("word", "quoted"):
        names.append(tokens[position].text)
        position += 1
        if position >= len(tokens) or not tokens[position].is_symbol("."):
            break
        position += 1
    return ".".join(names)


def _check_call(tokens: Sequence[Token], bracket: int) -> None:
    """A name before an opening bracket is a call; only listed ones may run."""
    first = bracket - 1
    if first < 0 or tokens[first].kind not in ("word", "quoted"):
        return
    if tokens[first].folded in BEFORE_BRACKET and not _follows(tokens, first, "."):
        return
    names = [tokens[first].text]
    while first >= 2 and tokens[first - 1].is_symbol(".") and tokens[first - 2].kind in ("word", "quoted"):
        first -= 2
        names.insert(0, tokens[first].text)
    name = ".".join(names)
    dangling = _follows(tokens, first, ".")
    if not dangling and (_folded(tokens, first - 1) == "CALL" or _is_index_hint(tokens, first)):
        return
    if dangling or name.upper() not in FUNCTIONS:
        near = get_close_matches(name.lower(), map(str.lower, FUNCTIONS), n=1, cutoff=0.7)
        unknown = "it is not on the list of functions that both engines share"
        raise _refusal(f"function {name}", tokens[first], f"{unknown}; did you mean {near[0]}?" if near else unknown)


def _is_index_hint(tokens: Sequence[Token], index: int) -> bool:
    """``USING INDEX variable:Label(property)``."""
    return _follows(tokens, index, ":") and _folded(tokens, index - 3) in ("INDEX", "SEEK", "SCAN")


def _is_name(tokens: Sequence[Token], index: int) -> bool:
    """Does the word stand where no clause can begin: a property, label, key, alias, variable or parameter?"""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is None:
        return False
    if before.is_symbol("."):
        return index >= 2 and tokens[index - 2].kind != "number"
    if before.is_symbol(":", "&", "!", "(", "[") or before.folded == "AS":
        return True
    if before.is_symbol("|"):
        label = index >= 3 and tokens[index - 2].kind in ("word", "quoted")
        return label and tokens[index - 3].is_symbol(":", "|", "&")
    if after is None or after.is_symbol(*_AFTER_A_NAME):
        return True
    return before.is_symbol("{", ",") and after.is_symbol(":")


def _is_head(tokens: Sequence[Token], index: int) -> bool:
    """Can a statement or subquery begin here?"""
    if index == 0:
        return True
    before = tokens[index - 1]
    return before.is_symbol("{", "}") or before.folded in ("UNION", "ALL", "DISTINCT", "NEXT", "THEN", "ELSE")


def _in_transactions(tokens: Sequence[Token], index: int) -> bool:
    """``} IN [n] [CONCURRENT] TRANSACTIONS``, whatever expression stands between."""
    if _follows(tokens, index, ".") or _follows(tokens, index, ":") or _folded(tokens, index - 1) == "AS":
        return False
    return any(left.is_symbol("}") and right.folded == "IN" for left, right in pairwise(tokens[:index]))


def _follows(tokens: Sequence[Token], index: int, symbol: str) -> bool:
    return index >= 1 and tokens[index - 1].is_symbol(symbol)


def _folded(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].folded if 0 <= index < len(tokens) else ""


def _refusal(clause: str, token: Token, fix: str) -> RefusedStatement:
    return RefusedStatement(f"{clause} is not allowed", where=f"character {token.offset + 1}", fix=fix)
