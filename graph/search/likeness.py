"""Whose name looks like this, or is one letter away from it?"""

from collections.abc import Callable, Sequence
from itertools import islice

from graph.search.entity import entities
from graph.search.forms import PLACE, SKELETON, one_edit, skeleton
from graph.search.query import Query
from graph.search.tables import EDGE, phrase

LEAST_LETTERS = 5  # of a text in which a wrong letter is looked for
MOST_COMPARED = 1_000  # names that share two thirds of the text


def look_alikes(query: Query) -> list[int]:
    """Entries whose name has the text's skeleton, and addresses of its IPv6 network; best first."""
    found: set[int] = set()
    letters = skeleton(query.text)
    if letters is not None:
        found.update(entity for _, entity in query.forms(SKELETON, letters))
    if query.written.place is not None:
        found.update(entity for _, entity in query.forms(PLACE, query.written.place))
    return sorted(found)


def one_letter_away(query: Query) -> tuple[list[int], bool]:
    """Entries with a name one letter from the text, best first; and whether all that could be were compared.

    One edit leaves two of three parts of the text as they are, so only entries that hold two of them are compared.
    """
    low = query.low
    if len(low) < LEAST_LETTERS:
        return [], True
    third = max(2, len(low) // 3)
    head, tail = low[:third], low[-third:]
    statements = (
        phrase(EDGE * 2 + low[:-third]),
        phrase(low[third:] + EDGE),
        f"{phrase(EDGE * 2 + head)} AND {phrase(tail + EDGE)}",
    )
    return _compared(query, statements, lambda fold: one_edit(fold, low))


def words_one_letter_away(query: Query) -> tuple[list[int], bool]:
    """The same of names of several words: each word of the text is one of theirs, or one letter from it.

    ``Almquist`` finds *Viktor Almqvist*, whom nobody looks for by both names.
    """
    words = query.low.split()
    longest = max(words, key=len)
    if len(longest) < LEAST_LETTERS:
        return [], True
    third = max(2, len(longest) // 3)
    head, tail = longest[:third], longest[-third:]
    begun = f"({phrase(EDGE * 2 + head)} OR {phrase(f' {head}')})"
    ended = f"({phrase(tail + EDGE)} OR {phrase(f'{tail} ')})"
    statements = (phrase(longest[:-third]), phrase(longest[third:]), f"{begun} AND {ended}")
    return _compared(query, statements, lambda fold: all(_among(word, fold.split()) for word in words))


def _among(word: str, words: Sequence[str]) -> bool:
    return word in words or (len(word) >= LEAST_LETTERS and any(one_edit(word, other) for other in words))


def _compared(
    query: Query, statements: Sequence[str], alike: Callable[[str], bool]
) -> tuple[list[int], bool]:
    candidates: set[int] = set()
    whole = True
    for statement in statements:
        part = list(islice(query.matching(query.labelled(statement), limit=MOST_COMPARED + 1), MOST_COMPARED + 1))
        whole &= len(part) <= MOST_COMPARED
        candidates.update(part[:MOST_COMPARED])
    found = [
        entry.row.entity
        for entry in entities(query.base, sorted(candidates))
        if any(map(alike, entry.folds))
    ]
    return found, whole
