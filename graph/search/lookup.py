"""Which accounts, rooms, identifiers, companies and persons are meant by a text?  Exact, begun, alike, within."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from graph.search.entity import Entity, entities
from graph.search.exact import ACCOUNT, Exact, exact
from graph.search.forms import one_edit, skeleton
from graph.search.hit import LARGEST_PAGE, Hit, Hits, Match, SearchInvalid, SearchUnavailable
from graph.search.index import SearchIndex
from graph.search.likeness import look_alikes, one_letter_away, words_one_letter_away
from graph.search.query import Query
from graph.search.tables import LEAST_WITHIN

_AT_ONCE = 500  # entries that are rather read than asked for by another statement
_OLD = "the newest evidence is being indexed: names that it brought are not found yet"
_SHORT = f"texts of fewer than {LEAST_WITHIN} letters are looked for at the beginning of names only"
_MANY = "of the many names that begin or end like this one only the most active were compared for a wrong letter"
NOTES = (_OLD, _SHORT, _MANY)
"""All that a page of hits may say was not looked for."""


def find(
    index: SearchIndex, text: str, *, labels: Sequence[str] = (), limit: int = 20, offset: int = 0
) -> Hits:
    """The page of ``limit`` hits after ``offset``, best first, and how many hits there are.

    First what is called exactly so (id, name, earlier name, value of an identifier however it is written, in these
    letters and then in capital or small ones; then the accounts that used that identifier), then what begins so, then
    names that look alike or, where nothing is called so, are one letter away, then what holds the text, then what
    holds all its words; where all this finds nothing, names whose words are those of the text or one letter away.
    Within each, the more active first, then the shorter name, then the id.  Any text is safe.

    Raises SearchInvalid for an empty text, an unknown label or an impossible page, SearchUnavailable for a damaged
    index.
    """
    if not 0 <= limit <= LARGEST_PAGE or offset < 0:
        raise SearchInvalid(
            f"a page of {limit} hits after {offset} cannot be", where="--limit", fix=f"ask for 0 to {LARGEST_PAGE:,}"
        )
    query = Query.of(index, text, labels=labels)
    try:
        return _find(query, limit, offset)
    except sqlite3.Error as error:
        raise SearchUnavailable(
            f"the search index cannot be read ({error})", where="search", fix="run filature rebuild"
        ) from error


def _find(query: Query, limit: int, offset: int) -> Hits:
    called = exact(query)
    alike, whole = look_alikes(query), True
    if not called.order:
        near, whole = one_letter_away(query)
        alike = list(dict.fromkeys((*alike, *near)))
    some = list(query.matching(query.rough, limit=_AT_ONCE + 1))
    if len(some) <= _AT_ONCE:
        ordered = list(_sorted_out(query, called, alike, list(entities(query.base, some))))
        if not ordered:
            near, compared = words_one_letter_away(query)
            whole = whole and compared
            ordered = [(entity, "lookalike") for entity in near]
        page, total = ordered[offset : offset + limit], len(ordered)
    else:
        known = set(called.order)
        alike = _without(query, [entity for entity in alike if entity not in known], query.prefix, query.begins)
        page = list(islice(_streamed(query, called, alike), offset, offset + limit))
        total = query.count(query.either)
        total += len(_without(query, [*(known - called.begun), *alike], query.either, lambda entry: (
            query.begins(entry) or query.holds(entry) or query.holds_words(entry)
        )))
    notes = (_OLD if not query.index.current else "", "" if query.within else _SHORT, "" if whole else _MANY)
    return Hits(tuple(_hits(query, called, page)), total, offset, tuple(filter(None, notes)))


def _sorted_out(
    query: Query, called: Exact, alike: list[int], some: list[Entity]
) -> Iterator[tuple[int, Match]]:
    """All hits, where ``some`` are all that begin with the text or hold it or its words, and perhaps others."""
    begun = [entry for entry in some if query.begins(entry)]
    held = [entry for entry in some if query.holds(entry)]
    worded = [entry for entry in some if query.holds_words(entry)]
    classes: tuple[tuple[Match, Iterable[int]], ...] = (
        ("exact", called.order), ("prefix", _numbers(begun)), ("lookalike", alike), ("within", _numbers(held)),
        ("within", _numbers(worded)),
    )
    known: set[int] = set()
    for match, numbers in classes:
        for number in numbers:
            if number not in known:
                known.add(number)
                yield number, match


def _streamed(query: Query, called: Exact, alike: list[int]) -> Iterator[tuple[int, Match]]:
    """The same, read from the index as far as it is asked for; ``alike``: none of them begins with the text."""
    known = set(called.order)
    yield from ((entity, "exact") for entity in called.order)
    for entity in query.matching(query.prefix):
        if entity not in known:
            known.add(entity)
            yield entity, "prefix"
    known.update(alike)
    yield from ((entity, "lookalike") for entity in alike)
    for statement in query.within:
        for entity in query.matching(statement):
            if entity not in known:
                known.add(entity)
                yield entity, "within"


def _without(query: Query, numbers: list[int], statement: str, answers: Callable[[Entity], bool]) -> list[int]:
    """Those of the entries that do not answer a statement; few are looked at one by one."""
    if len(numbers) <= _AT_ONCE:
        return [entry.row.entity for entry in entities(query.base, numbers) if not answers(entry)]
    inside = set(query.matching(statement))
    return [number for number in numbers if number not in inside]


def _numbers(found: Iterable[Entity]) -> Iterator[int]:
    return (entry.row.entity for entry in found)


def _hits(query: Query, called: Exact, page: Sequence[tuple[int, Match]]) -> Iterable[Hit]:
    letters = skeleton(query.text)
    for entity, (_, match) in zip(entities(query.base, (number for number, _ in page)), page, strict=True):
        yield entity.hit(match, via=_via(query, called, entity, match, letters))


def _via(query: Query, called: Exact, entity: Entity, match: Match, letters: str | None) -> str | None:
    """Another name of the entry, or an identifier, that explains the hit where its own name and id do not."""
    own = len(entity.names) - len(entity.others)
    for place, (name, fold) in enumerate(zip(entity.names, entity.folds, strict=True)):
        if _meant(query, match, letters, name, fold):
            return None if place < own else f"the name {name}"
    return called.identifier_of(entity.row.entity) if match == "exact" and entity.row.label == ACCOUNT else None


def _meant(query: Query, match: Match, letters: str | None, name: str, fold: str) -> bool:
    if match == "exact":
        return fold == query.low
    if match == "prefix":
        return fold.startswith(query.low)
    if match == "lookalike":
        return one_edit(fold, query.low) or (letters is not None and skeleton(name) == letters)
    return query.low in fold or (bool(query.words) and all(word in fold for word in query.words))
