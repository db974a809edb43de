"""Does a statement name what the graph does not have?  Labels, types and properties, with the nearest known name.

An engine answers a misspelt name with no rows and no word; here it is said.  Only names whose kind the text itself
tells are looked at: labels and types after a colon, properties of variables that a pattern binds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from graph.schema import CASE, LABELS, NODES, RELATIONSHIPS, TYPES
from graph.store import Store
from queries.statement.allowed import BEFORE_BRACKET
from queries.statement.tokens import Token, tokenize

NameKind = Literal["label", "type", "property"]
_JOINS = (":", "|", "&", "!", "(", "%")
_BEFORE_PATTERN = ("MATCH", "WHERE", "OPTIONAL", "AND", "OR", "XOR", "NOT")
_OPENINGS, _CLOSINGS = ("(", "[", "{"), (")", "]", "}")


@dataclass(frozen=True)
class KnownNames:
    """The labels, relationship types and property names of a graph, sorted."""

    labels: tuple[str, ...]
    types: tuple[str, ...]
    properties: tuple[str, ...]

    def of(self, kind: NameKind) -> tuple[str, ...]:
        return {"label": self.labels, "type": self.types, "property": self.properties}[kind]


@dataclass(frozen=True)
class UnknownName:
    """A name that the graph does not have; ``offset`` into the text, ``nearest`` empty where none is near."""

    kind: NameKind
    name: str
    offset: int
    nearest: str = ""

    def __str__(self) -> str:
        return f"no {self.kind} {self.name} in the graph" + (f": {self.nearest}?" if self.nearest else "")


SCHEMA = KnownNames(
    tuple(sorted((CASE.label, *LABELS))),
    tuple(sorted(TYPES)),
    tuple(sorted({
        *CASE.names, *(name for node in NODES.values() for name in node.names),
        *(name for item in RELATIONSHIPS.values() for name in item.names),
    })),
)
"""What every case's graph may have."""


def names_of(store: Store) -> KnownNames:
    """The schema's names and those that this graph has beside."""

    def asked(procedure: str, own: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({*own, *(str(name) for (name,) in store.read(f"CALL {procedure}()").rows)}))

    return KnownNames(
        asked("db.labels", SCHEMA.labels), asked("db.relationshipTypes", SCHEMA.types),
        asked("db.propertyKeys", SCHEMA.properties),
    )


def unknown_names(cypher: str, store: Store) -> tuple[UnknownName, ...]:
    """The names that neither the schema nor this graph has, in the order of the text; asks only where need be."""
    tokens = tokenize(cypher)
    if not any(True for _ in _unknown(tokens, SCHEMA)):
        return ()
    return tuple(_unknown(tokens, names_of(store)))


def bound_names(tokens: Sequence[Token]) -> frozenset[str]:
    """The variables that patterns bind."""
    bound: set[str] = set()
    for _name in _named(tokens, bound):
        pass
    return frozenset(bound)


def nearest(name: str, known: Sequence[str]) -> str:
    """The known name that is written most alike, case apart; empty where none is.

    Before one that is only somewhat alike comes the one that it ends with: a table's ``account_id`` is the graph's
    ``id``, not its ``accounts``.
    """
    folded, sought = {item.casefold(): item for item in known}, name.casefold()
    found = get_close_matches(sought, folded, n=1, cutoff=0.8)
    last = sought.rpartition("_")[2]
    if not found and last in folded:
        return folded[last]
    found = found or get_close_matches(sought, folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def _unknown(tokens: Sequence[Token], known: KnownNames) -> Iterator[UnknownName]:
    for kind, token in _named(tokens, set()):
        name = token.text.replace("``", "`")
        if name not in known.of(kind) and not (kind == "label" and name in known.types):
            yield UnknownName(kind, name, token.offset, nearest(name, known.of(kind)))


def _named(tokens: Sequence[Token], bound: set[str]) -> Iterator[tuple[NameKind, Token]]:
    """Every token that names a label, a type or a property; ``bound`` gets the variables that patterns bind."""
    stack: list[tuple[str, str]] = []  # each open bracket with what it holds: node, relationship, keys, other
    naming = False  # within a label or type expression
    for index, token in enumerate(tokens):
        here = stack[-1][1] if stack else "other"
        name = token.kind in ("word", "quoted")
        if token.is_symbol(*_OPENINGS):
            if not (naming and token.text == "("):
                naming = False
            stack.append((token.text, _holds(tokens, index, here)))
        elif token.is_symbol(*_CLOSINGS):
            naming = False
            if stack:
                stack.pop()
        elif token.is_symbol(":"):
            naming = not _is_key(tokens, index, stack)
            if not naming and here == "keys":
                yield "property", tokens[index - 1]
        elif name and naming and tokens[index - 1].is_symbol(*_JOINS):
            if not _at(tokens, index + 1).is_symbol("."):
                yield "type" if here == "relationship" else "label", token
        elif name and here in ("node", "relationship") and tokens[index - 1].is_symbol("(", "["):
            bound.add(token.text)
            naming = False
        elif name and _at(tokens, index - 1).is_symbol(".") and _is_property(tokens, index, bound):
            yield "property", token
        elif not token.is_symbol(*_JOINS) or (token.text == "|" and here == "other" and stack):
            naming = False


def _holds(tokens: Sequence[Token], index: int, around: str) -> str:
    """What a bracket that opens here holds."""
    before = _at(tokens, index - 1)
    if tokens[index].is_symbol("["):
        return "relationship" if before.is_symbol("-") and not _is_value(_at(tokens, index - 2)) else "other"
    if tokens[index].is_symbol("{"):
        pattern = around in ("node", "relationship") and before.folded not in BEFORE_BRACKET
        follows = before.kind in ("word", "quoted", "number") or before.is_symbol("(", "[", "*")
        return "keys" if pattern and follows else "other"
    called = before.kind in ("word", "quoted") and before.folded not in _BEFORE_PATTERN
    return "other" if called else "node"


def _is_value(token: Token) -> bool:
    """Is the minus after this a subtraction?"""
    return token.kind in ("number", "string", "parameter")


def _is_key(tokens: Sequence[Token], colon: int, stack: Sequence[tuple[str, str]]) -> bool:
    """``{key: value}``, not ``n:Label``."""
    if not stack or stack[-1][0] != "{" or colon < 2:
        return False
    return tokens[colon - 1].kind in ("word", "quoted") and tokens[colon - 2].is_symbol("{", ",")


def _is_property(tokens: Sequence[Token], index: int, bound: set[str]) -> bool:
    """``variable.name`` of a variable that a pattern binds, not a function's or a procedure's name."""
    owner = _at(tokens, index - 2)
    return (
        owner.kind in ("word", "quoted") and owner.text in bound
        and not _at(tokens, index - 3).is_symbol(".") and not _at(tokens, index + 1).is_symbol("(")
    )


_NOTHING = Token("symbol", "", -1)


def _at(tokens: Sequence[Token], index: int) -> Token:
    return tokens[index] if 0 <= index < len(tokens) else _NOTHING
