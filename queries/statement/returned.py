"""How are the columns of a statement's answer called?  Read off its last RETURN, before it runs."""

from queries.errors import QueryError
from queries.statement.tokens import Token, tokenize

_AFTER = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})


def returned_columns(cypher: str) -> tuple[str, ...] | None:
    """The names in order; None where the text does not tell: ``RETURN *``, a CALL alone, a text that cannot be read."""
    try:
        tokens = tokenize(cypher)
    except QueryError:
        return None
    items: list[list[Token]] | None = None
    depth = 0
    for index, token in enumerate(tokens):
        depth += token.is_symbol("(", "[", "{") - token.is_symbol(")", "]", "}")
        if depth:
            if items is not None:
                items[-1].append(token)
        elif token.folded == "RETURN":
            items = [[]]
        elif token.folded in _AFTER or token.is_symbol(";"):
            if token.folded != "UNION" and items is not None:
                return _named(cypher, items, token.offset)
        elif items is None:
            continue
        elif token.is_symbol(","):
            items.append([])
        elif not (token.folded == "DISTINCT" and tokens[index - 1].folded == "RETURN"):
            items[-1].append(token)
    return None if items is None else _named(cypher, items, len(cypher))


def _named(cypher: str, items: list[list[Token]], end: int) -> tuple[str, ...] | None:
    if not all(items) or items[0][0].is_symbol("*"):
        return None
    ends = [*(item[0].offset for item in items[1:]), end]
    return tuple(_name(cypher, item, after) for item, after in zip(items, ends, strict=True))


def _name(cypher: str, item: list[Token], after: int) -> str:
    """What stands behind AS, or the name or expression as it is written."""
    if len(item) > 2 and item[-2].folded == "AS":
        return item[-1].text
    if len(item) == 1:
        return item[0].text
    return cypher[item[0].offset:after].rstrip().rstrip(",").rstrip()
