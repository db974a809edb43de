"""Can an expression of the statement run away?  Engines end a statement between rows, never inside one expression.

Measured on both: a ``reduce`` over a long ``range``, a list within a list, a text doubled sixty times or a regular
expression with nested repeats goes on after its timeout, and memory it takes is the whole server's.  Neo4j holds a
``range`` as two numbers, whose list no memory limit counts until it is sent.  So what grows inside one expression is
bounded by the statement's text; what grows by rows is left to the timeout.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from queries.errors import RefusedStatement
from queries.statement.tokens import Token

MAX_RANGE = 1_000_000
MAX_NESTED_RANGE = 10_000
MAX_LISTED_RANGE = 10_000
"""A range that is no UNWIND's is held, sent and read as a list."""
MAX_DEPTH = 2
MAX_REPLACEMENTS = 4
MAX_LIMIT = 1_000_000
MAX_GROWTH = 4_096
_PROJECTIONS = frozenset(("WITH", "RETURN", "MATCH", "WHERE", "UNWIND", "CALL", "ORDER"))
_COUNTED = frozenset(("LIMIT", "SKIP", "OFFSET"))
_ITERATORS = frozenset(("REDUCE", "ALL", "ANY", "NONE", "SINGLE", "FILTER", "EXTRACT"))
_QUANTIFIER = r"(?:[*+]|\{[0-9]+,[0-9]*\})"
_REPEATED_GROUP = re.compile(r"\)" + _QUANTIFIER)
_UNBOUNDED = re.compile(r"(?<!\\)(?:[*+]|\{[0-9]+,\})")
_MAX_UNBOUNDED = 4
_MAX_ALTERNATIVES, _MAX_UNBOUNDED_EACH = 16, 2
_OTHER_READING = re.compile(r"[\\\[]|\(\?[a-zA-Z-]*x")  # escapes, classes, comments: a bar may be none there


def check_bounds(tokens: Sequence[Token], parameters: Mapping[str, Any]) -> None:
    """Raise RefusedStatement for an expression that could outgrow time or memory."""
    closings = _closings(tokens)
    replacements = [index for index in range(len(tokens)) if _is_call(tokens, index, "REPLACE")]
    if len(replacements) > MAX_REPLACEMENTS:
        raise _refusal(f"replace() more than {MAX_REPLACEMENTS} times", tokens[replacements[-1]], "replace less")
    _check_doubling(tokens)
    size = 1
    depth = 0
    for index, token in enumerate(tokens):
        if _is_call(tokens, index, "RANGE"):
            numbers = _range_size(tokens, index, closings[index + 1], parameters)
            if numbers > MAX_LISTED_RANGE and tokens[index - 1].folded != "UNWIND":
                raise _refusal(
                    f"a range() of {numbers:,} numbers as a list", token, f"UNWIND it, or at most {MAX_LISTED_RANGE:,}"
                )
            size *= max(1, numbers)
            if size > MAX_RANGE:
                raise _refusal(
                    f"range() of {size:,} numbers in all", token, f"at most {MAX_RANGE:,} in a statement"
                )
        elif token.folded in _COUNTED:
            _check_limit(tokens, index, parameters)
        elif _is_call(tokens, index, "REDUCE"):
            _check_reduce(tokens, index, closings[index + 1])
        elif token.is_symbol("=~"):
            _check_pattern(tokens, index, parameters)
        depth = max(depth, _depth(tokens, index, closings))
    if depth > MAX_DEPTH or (depth == MAX_DEPTH and size > MAX_NESTED_RANGE):
        raise RefusedStatement(
            "lists walked within lists are not allowed here",
            fix=f"use UNWIND, or a range() of at most {MAX_NESTED_RANGE:,}, at most {MAX_DEPTH} deep",
        )


def _range_size(tokens: Sequence[Token], index: int, closing: int, parameters: Mapping[str, Any]) -> int:
    """How many numbers a range gives; its bounds are whole numbers, parameters, or sizes of what is there."""
    bounds: list[int] = []
    for argument in _arguments(tokens[index + 2:closing]):
        value = _whole_number(argument, parameters)
        if value is not None:
            bounds.append(value)
        elif not _is_size(argument):
            raise _refusal("range() with computed bounds", tokens[index], "use numbers, parameters or size(…)")
    if len(bounds) < 2:
        return 1
    step = max(1, abs(bounds[2])) if len(bounds) > 2 else 1
    return abs(bounds[1] - bounds[0]) // step + 1


def _check_doubling(tokens: Sequence[Token]) -> None:
    """``WITH s + s AS s`` doubles a text or a list; a chain of them fills any memory within a few rows."""
    growth = 1
    names: Counter[str] = Counter()
    joined = False
    depth = 0
    for index, token in enumerate(tokens):
        depth += token.is_symbol("(", "[", "{") - token.is_symbol(")", "]", "}")
        if token.folded in _PROJECTIONS or (token.is_symbol(",") and depth == 0) or token.folded == "AS":
            growth *= max(names.values(), default=1) if joined else 1
            names, joined, depth = Counter(), False, 0
        elif token.is_symbol("+", "||", "[", "{"):
            joined = True
        elif token.kind in ("word", "quoted") and not tokens[index - 1].is_symbol(".") and (
            not tokens[index - 1].is_symbol(":") or tokens[index - 3].is_symbol("{", ",")  # a map's value, no label
        ):
            names[token.text] += 1
        if growth > MAX_GROWTH:
            raise _refusal("a value that is joined with itself again and again", token, "join it less often")


def _check_limit(tokens: Sequence[Token], index: int, parameters: Mapping[str, Any]) -> None:
    """The embedded engine keeps the rows of an ORDER BY with a LIMIT without counting what they take."""
    before, after = tokens[index - 1], tokens[index + 1:index + 3]
    if before.is_symbol(".", ":") or before.folded == "AS" or not after or (
        after[0].kind == "symbol" and not after[0].is_symbol("(")
    ):
        return  # a name
    computed = len(after) > 1 and after[1].is_symbol("+", "-", "*", "/", "^", "%")
    if after[0].kind not in ("number", "parameter") or computed:
        raise _refusal(f"a computed {tokens[index].folded}", tokens[index], "use a number or a parameter")
    number = _whole_number(after[:1], parameters)
    if number is not None and number > MAX_LIMIT:
        raise _refusal(f"{tokens[index].folded} {number:,}", tokens[index], f"at most {MAX_LIMIT:,}")


def _whole_number(argument: Sequence[Token], parameters: Mapping[str, Any]) -> int | None:
    sign = 1
    if len(argument) == 2 and argument[0].is_symbol("-", "+"):
        sign = -1 if argument[0].text == "-" else 1
        argument = argument[1:]
    if len(argument) != 1:
        return None
    token = argument[0]
    if token.kind == "parameter":
        value = parameters.get(token.text)
        return sign * value if isinstance(value, int) and not isinstance(value, bool) else None
    if token.kind != "number":
        return None
    try:
        return sign * int(token.text.replace("_", ""), 0)
    except ValueError:
        return None


def _is_size(argument: Sequence[Token]) -> bool:
    """``size(name)`` or ``length(name)``, also with a number added or taken away."""
    if len(argument) == 6 and argument[4].is_symbol("-", "+") and argument[5].kind == "number":
        if len(argument[5].text) > 3:
            return False
        argument = argument[:4]
    return (
        len(argument) == 4 and argument[0].folded in ("SIZE", "LENGTH") and argument[1].is_symbol("(")
        and argument[2].kind in ("word", "quoted", "parameter") and argument[3].is_symbol(")")
    )


def _check_reduce(tokens: Sequence[Token], index: int, closing: int) -> None:
    """An accumulator that is used twice and joined, or replaced into, doubles with every step."""
    inner = tokens[index + 2:closing]
    bar = next((position for position, token in enumerate(inner) if token.is_symbol("|")), None)
    if bar is None or not inner:
        return
    body = inner[bar + 1:]
    uses = sum(token.kind in ("word", "quoted") and token.text == inner[0].text for token in body)
    grows = any(token.is_symbol("+", "[", "{", "||") for token in body)
    if (uses > 1 and grows) or any(token.folded in ("REPLACE", "RANGE") for token in body):
        raise _refusal("reduce() that grows with every step", tokens[index], "use the accumulator once, no replace()")


def _check_pattern(tokens: Sequence[Token], index: int, parameters: Mapping[str, Any]) -> None:
    """A regular expression with a repeat inside a repeat takes exponential time."""
    token = tokens[index + 1] if index + 1 < len(tokens) else None
    after = tokens[index + 2] if index + 2 < len(tokens) else None
    joined = after is not None and after.is_symbol("+", "||", "[", ".")
    pattern: Any = None
    if token is not None and token.kind == "string":
        pattern = token.text[1:-1]
    elif token is not None and token.kind == "parameter":
        pattern = parameters.get(token.text, "")
    if not isinstance(pattern, str) or joined:
        raise _refusal("a regular expression that is no text or parameter", tokens[index], "write it out")
    if _REPEATED_GROUP.search(pattern) or _repeats_too_much(pattern) or "\\1" in pattern:
        raise _refusal(
            "a regular expression with repeated groups or many repeats", tokens[index], "use CONTAINS or STARTS WITH"
        )


def _repeats_too_much(pattern: str) -> bool:
    """Repeats within one alternative multiply; alternatives, of which one after the other is tried, add up."""
    if len(_UNBOUNDED.findall(pattern)) <= _MAX_UNBOUNDED:
        return False
    alternatives = _alternatives(pattern)
    return len(alternatives) > _MAX_ALTERNATIVES or any(
        len(_UNBOUNDED.findall(one)) > _MAX_UNBOUNDED_EACH for one in alternatives
    )


def _alternatives(pattern: str) -> list[str]:
    """The pattern's parts between bars that stand in no group; the whole of one that could be read otherwise."""
    parts, start, depth = [], 0, 0
    for place, sign in enumerate("" if _OTHER_READING.search(pattern) else pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            parts.append(pattern[start:place])
            start = place + 1
    return [*parts, pattern[start:]]


def _depth(tokens: Sequence[Token], index: int, closings: Mapping[int, int]) -> int:
    """How many lists are walked at an ``IN``: the walks around it, and one more for a membership test inside them."""
    if tokens[index].folded != "IN":
        return 0
    around = sum(start < index < end and _walks(tokens, start, end) for start, end in closings.items())
    return around + (1 if around and not _opens_walk(tokens, index) else 0)


def _walks(tokens: Sequence[Token], opening: int, closing: int) -> bool:
    """Is the bracket a list comprehension, a reduce or a quantifier over a list?"""
    if tokens[opening].is_symbol("["):
        return opening + 2 < closing and tokens[opening + 1].kind in ("word", "quoted") and (
            tokens[opening + 2].folded == "IN"
        )
    return tokens[opening].is_symbol("(") and opening > 0 and tokens[opening - 1].folded in _ITERATORS and any(
        token.folded == "IN" for token in tokens[opening:closing]
    )


def _opens_walk(tokens: Sequence[Token], index: int) -> bool:
    """Is this IN the one that binds a walk's variable?"""
    before = tokens[index - 2] if index >= 2 else None
    if before is None:
        return False
    if before.is_symbol("["):
        return True
    if before.is_symbol("("):
        return index >= 3 and tokens[index - 3].folded in _ITERATORS
    return before.is_symbol(",")  # reduce(total = 0, x IN list | …)


def _closings(tokens: Sequence[Token]) -> dict[int, int]:
    """Closing bracket by opening bracket; raises RefusedStatement where they do not fit."""
    pairs = {"(": ")", "[": "]", "{": "}"}
    found: dict[int, int] = {}
    stack: list[int] = []
    for index, token in enumerate(tokens):
        if token.is_symbol("(", "[", "{"):
            stack.append(index)
        elif token.is_symbol(")", "]", "}"):
            if not stack or pairs[tokens[stack[-1]].text] != token.text:
                raise _refusal(f"a bracket {token.text} that closes nothing", token, "balance the brackets")
            found[stack.pop()] = index
    if stack:
        raise _refusal("a bracket that is not closed", tokens[stack[-1]], "balance the brackets")
    return found


def _arguments(tokens: Sequence[Token]) -> list[list[Token]]:
    arguments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += token.is_symbol("(", "[", "{") - token.is_symbol(")", "]", "}")
        if depth == 0 and token.is_symbol(","):
            arguments.append([])
        else:
            arguments[-1].append(token)
    return arguments


def _is_call(tokens: Sequence[Token], index: int, name: str) -> bool:
    token = tokens[index]
    return (
        token.kind in ("word", "quoted") and token.text.upper() == name
        and index + 1 < len(tokens) and tokens[index + 1].is_symbol("(")
    )


def _refusal(what: str, token: Token, fix: str) -> RefusedStatement:
    return RefusedStatement(f"{what} is not allowed", where=f"character {token.offset + 1}", fix=fix)
