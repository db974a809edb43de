"""Which queries do these words mean?  Titles, descriptions and tags of every language, accents and plurals apart."""

import unicodedata
from collections.abc import Iterable

from queries.saved_query import CATEGORIES, SavedQuery

_SHORTEST = 4  # letters of a word whose plural is looked for by its singular


def matching(queries: Iterable[SavedQuery], text: str) -> tuple[SavedQuery, ...]:
    """The queries that hold every word of the text, those first whose title or id holds them all; all for no words."""
    words = [_singular(word) for word in folded(text).split()]
    if not words:
        return tuple(queries)
    found = [(query, all(word in _title(query) for word in words)) for query in queries if _holds(query, words)]
    return tuple(query for query, titled in sorted(found, key=lambda item: not item[1]))


def _holds(query: SavedQuery, words: Iterable[str]) -> bool:
    french = query.french
    told = " ".join((
        _title(query), query.description, french.description, query.not_shown, french.not_shown, query.category,
        CATEGORIES.get(query.category, ""), *query.tags,
        *(one.description for one in query.parameters), *french.parameters.values(),
        *(one.title for one in query.columns), *french.columns.values(),
    ))
    bare = folded(told)
    return all(word in bare for word in words)


def _title(query: SavedQuery) -> str:
    return folded(f"{query.title} {query.french.title} {query.id} {query.id.replace('-', ' ')}")


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > _SHORTEST else word


def folded(text: str) -> str:
    """In small letters without accents; typographic apostrophes as plain ones."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
