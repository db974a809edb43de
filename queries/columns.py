"""What are a statement's columns called?  An engine that names none of an empty answer is helped from its RETURN."""

from collections.abc import Sequence

from queries.tokens import Token, tokenize

_END = frozenset(("ORDER", "SKIP", "LIMIT", "OFFSET"))
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")


def column_names(cypher: str) -> tuple[str, ...]:
    """The names of the last RETURN's items; empty where one is neither aliased nor a plain name."""
    tokens = tokenize(cypher)
    starts = [index for index, token in enumerate(tokens) if token.folded == "RETURN" and _outside(tokens, index)]
    if not starts:
        return ()
    names: list[str] = []
    for item in _items(tokens[starts[-1] + 1:]):
        if (len(item) >= 2 and item[-2].folded == "AS") or (len(item) == 1 and item[0].kind in ("word", "quoted")):
            names.append(item[-1].text)
        else:
            return ()
    return tuple(names)


def _outside(tokens: Sequence[Token], index: int) -> bool:
    depth = 0
    for token in tokens[:index]:
        depth += token.is_symbol(*_OPENING) - token.is_symbol(*_CLOSING)
    return depth == 0


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    items: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += token.is_symbol(*_OPENING) - token.is_symbol(*_CLOSING)
        if depth == 0 and (token.folded in _END or token.is_symbol(";")):
            break
        if depth == 0 and token.is_symbol(","):
            items.append([])
        elif token.folded != "DISTINCT" or items[-1]:
            items[-1].append(token)
    return items
