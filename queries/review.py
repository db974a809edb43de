"""Is a query fit to be shared?  What a reviewer would ask for, as a list of what is missing."""

from queries.errors import ParameterInvalid, RefusedStatement
from queries.headline import headline_fields
from queries.parameters import bind
from queries.saved_query import SavedQuery
from queries.statement.guard import check_text
from queries.statement.tokens import Token, tokenize
from queries.value_types import item_type


def review(query: SavedQuery) -> list[str]:
    """Everything that a query of the library must have and this one has not; empty where it is fit.

    A query that runs may still be unfit: nobody finds it, reads its answer in French, or gets the same order twice.
    """
    return [*_words(query), *_french(query), *_parameters(query), *_statement(query)]


def _words(query: SavedQuery) -> list[str]:
    faults = [
        f"it has no {name}" for name, value in (
            ("category", query.category), ("tags", query.tags), ("description", query.description),
            ("columns", query.columns), ("headline", query.headline), ("not-shown", query.not_shown),
            ("example", query.example),
        ) if not value
    ]
    faults += [f"column {one.name} has no title" for one in query.columns if not one.title]
    titles = [one.title for one in query.columns]
    faults += [f"two columns are titled {one!r}" for one in sorted({one for one in titles if titles.count(one) > 1})]
    if query.headline and "rows" not in headline_fields(query.headline):
        faults.append("the headline does not say how many {rows}")
    return faults


def _french(query: SavedQuery) -> list[str]:
    french = query.french
    pairs = (
        ("title", query.title, french.title), ("description", query.description, french.description),
        ("not-shown", query.not_shown, french.not_shown), ("headline", query.headline, french.headline),
    )
    faults = [f"there is no fr.{name}" for name, own, other in pairs if own and not other]
    faults += [f"there is no fr.param {one.name}" for one in query.parameters if not french.parameters.get(one.name)]
    faults += [f"there is no fr.column {one.name}" for one in query.columns if not french.columns.get(one.name)]
    if french.headline and headline_fields(query.headline) != headline_fields(french.headline):
        faults.append("the two headlines name different fields")
    return faults


def _parameters(query: SavedQuery) -> list[str]:
    faults = [f"parameter {one.name} has no description" for one in query.parameters if not one.description]
    faults += [
        f"parameter {one.name} has no limits" for one in query.parameters
        if item_type(one.type) in ("integer", "number") and one.least is None and one.most is None
    ]
    if query.example is not None:
        try:
            bind(query, query.example.parameters)
        except ParameterInvalid as error:
            faults.append(f"the example cannot be run: {error.what}")
    return faults


def _statement(query: SavedQuery) -> list[str]:
    try:
        check_text(query.cypher)
    except RefusedStatement as error:
        return [str(error)]
    tokens = list(tokenize(query.cypher))
    aliases = _returned(tokens)
    described = [one.name for one in query.columns]
    faults = [] if any(_is(tokens, place, "ORDER", "BY") for place in range(len(tokens))) else ["it has no ORDER BY"]
    if aliases and aliases != described:
        faults.append(f"it returns {', '.join(aliases)} and describes {', '.join(described)}")
    return faults


def _returned(tokens: list[Token]) -> list[str]:
    """The names after the last RETURN, the drawn one left out; empty where one has no name of its own."""
    starts = [place for place, token in enumerate(tokens) if token.folded == "RETURN"]
    names: list[str] = []
    depth, last = 0, None
    for place in range(starts[-1] + 1 if starts else len(tokens), len(tokens) + 1):
        token = tokens[place] if place < len(tokens) else None
        if token is not None:
            depth += token.is_symbol("(", "[", "{") - token.is_symbol(")", "]", "}")
        ends = token is None or (depth == 0 and token.folded in ("ORDER", "LIMIT", "SKIP"))
        if ends or (token is not None and depth == 0 and token.is_symbol(",")):
            if last is not None:
                names.append(last.text)
            if ends:
                break
        else:
            last = token
    return [name for name in names if name != "graph"]


def _is(tokens: list[Token], place: int, *words: str) -> bool:
    return [token.folded for token in tokens[place:place + len(words)]] == list(words)
