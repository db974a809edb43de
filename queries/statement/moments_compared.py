"""Does a statement compare a moment with what none equals?  A day, a local time or a text; what to write instead.

The engines answer such a comparison with no rows and no word, as they do a misspelt name; Neo4j leaves out local times,
which the embedded engine takes for UTC.  Only what the text itself tells is looked at: a property of a variable that a
pattern binds, and right beside the comparison a call, a text or a parameter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.schema import CASE, NODES, RELATIONSHIPS, NodeType, RelationshipType
from queries.statement.names_known import bound_names
from queries.statement.tokens import Token, tokenize

_COMPARES = ("<", ">", "<=", ">=", "=", "<>")
_NO_MOMENT = ("DATE", "LOCALDATETIME")
_ITEMS: tuple[NodeType | RelationshipType, ...] = (CASE, *NODES.values(), *RELATIONSHIPS.values())
_KINDS = {(one.name, one.kind == "datetime") for item in _ITEMS for one in item.properties}
MOMENTS = frozenset(name for name, moment in _KINDS if moment and (name, False) not in _KINDS)
"""Properties of the schema that are moments wherever they stand."""


@dataclass(frozen=True)
class MomentCompared:
    """``name`` is the property as written (``a.created_at``) at ``offset`` of the text; ``other`` what it is compared
    with, ``instead`` what to compare it with.
    """

    name: str
    offset: int
    other: str
    instead: str

    def __str__(self) -> str:
        return f"{self.name} is a moment, which is not compared with {self.other}: write {self.instead}"


def moments_compared(cypher: str, parameters: Mapping[str, Any] | None = None) -> tuple[MomentCompared, ...]:
    """Every such comparison, in the order of the text; a parameter is one where its value is a text."""
    tokens = tokenize(cypher)
    return tuple(_comparisons(cypher, tokens, bound_names(tokens), parameters or {}))


def _comparisons(
    cypher: str, tokens: Sequence[Token], bound: frozenset[str], parameters: Mapping[str, Any]
) -> Iterator[MomentCompared]:
    for index, token in enumerate(tokens):
        if not token.is_symbol(*_COMPARES):
            continue
        for start, other in ((index - 3, _after(tokens, index + 1)), (index + 1, _before(tokens, index - 1))):
            if other is not None and _is_moment(tokens, start, bound):
                first, last = (tokens[place] for place in other)
                text = cypher[first.offset:_end(cypher, last)]
                if first.kind != "parameter" or isinstance(parameters.get(first.text), str):
                    here = tokens[start]
                    name = cypher[here.offset:_end(cypher, tokens[start + 2])]
                    yield MomentCompared(name, here.offset, text, _instead(cypher, tokens, other, text))


def _is_moment(tokens: Sequence[Token], start: int, bound: frozenset[str]) -> bool:
    """``variable.property`` begins there, alone beside the comparison."""
    if start < 0 or start + 2 >= len(tokens):
        return False
    variable, dot, name = tokens[start:start + 3]
    if variable.text not in bound or not dot.is_symbol(".") or name.text not in MOMENTS:
        return False
    follows = start + 3 < len(tokens) and tokens[start + 3].is_symbol(".", "(", "[")
    return not follows and not (start and tokens[start - 1].is_symbol("."))


def _after(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """First and last place of what is compared with, where it is no moment; a call with its brackets."""
    if start >= len(tokens):
        return None
    if tokens[start].kind in ("string", "parameter"):
        follows = tokens[start + 1] if start + 1 < len(tokens) else None
        return None if follows is not None and follows.is_symbol(".", "[", "+") else (start, start)
    if tokens[start].folded in _NO_MOMENT and start + 1 < len(tokens) and tokens[start + 1].is_symbol("("):
        depth = 0
        for place in range(start + 1, len(tokens)):
            depth += tokens[place].is_symbol("(") - tokens[place].is_symbol(")")
            if not depth:
                return start, place
    return None


def _before(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """As ``_after``, of what stands before the comparison."""
    if end < 0:
        return None
    if tokens[end].kind in ("string", "parameter"):
        return None if end and tokens[end - 1].is_symbol("+") else (end, end)
    starts = range(end - 1, -1, -1) if tokens[end].is_symbol(")") else ()
    return next((found for start in starts if (found := _after(tokens, start)) is not None and found[1] == end), None)


def _instead(cypher: str, tokens: Sequence[Token], other: tuple[int, int], text: str) -> str:
    """The same within ``datetime()``; of a call its arguments."""
    first, last = other
    inner = text if first == last else cypher[tokens[first + 1].offset + 1:tokens[last].offset].strip()
    return f"datetime({inner})"


def _end(cypher: str, token: Token) -> int:
    """Where a token ends in the text, with the signs around it that its own text leaves out."""
    if token.kind == "parameter":
        quoted = cypher[token.offset + 1:token.offset + 2] == "`"
        return token.offset + 1 + len(token.text) + 2 * quoted
    return token.offset + len(token.text) + 2 * (token.kind == "quoted")
