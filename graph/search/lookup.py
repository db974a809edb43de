"""Which accounts, rooms, identifiers, companies and persons are meant by a text?  Exact, begun, alike, within."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from graph.search.entity import Entity, entities
from graph.search.exact import ACCOUNT, Exact, exact
from graph.search.forms import one_edit, skeleton
from graph.search.hit import LARGEST_PAGE, Hit, Hits, Match, SearchInvalid, SearchUnavailable
from graph.search.index import SearchIndex
from graph.search.likeness import look_alikes, one_letter_away
from graph.search.query import Query
from graph.search.tables import LEAST_WITHIN

_OLD = "the newest evidence is being indexed: names that it brought are not found yet"
_SHORT = f"texts of fewer than {LEAST_WITHIN} letters are looked for at the beginning of names only"
_MANY = "of the many names that begin or end like this one only the most active were compared for a wrong letter"


def find(
    index: SearchIndex, text: str, *, labels: Sequence[str] = (), limit: int = 20, offset: int = 0
) -> Hits:
    """The page of ``limit`` hits after ``offset``, best first, and how many hits there are.

    First what is called exactly so (id, name, earlier name, value of an identifier however it is written, in these
    letters and then in capital or small ones; then the accounts that used that identifier), then what begins so, then
    names that look alike or, where nothing is called so, are one letter away, then what holds the text, then what
    holds all its words.  Within each, the more active first, then the shorter name, then the id.  Any text is safe.

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
    prefix, within = query.prefix, query.within
    known = set(called.order)
    alike, whole = look_alikes(query), True
    if not known:
        near, whole = one_letter_away(query)
        alike = list(dict.fromkeys((*alike, *near)))
    alike = [entity for entity in alike if entity not in known]
    begun = query.inside(set(alike), prefix)
    alike = [entity for entity in alike if entity not in begun]
    either = " OR ".join((prefix, *within))
    beside = known - called.begun
    total = (
        query.count(either)
        + len(beside) - len(query.inside(beside, either))
        + len(alike) - (len(query.inside(set(alike), " OR ".join(within))) if within else 0)
    )
    page = list(islice(_classes(query, called, alike), offset, offset + limit))
    notes = (_OLD if not query.index.current else "", "" if within else _SHORT, "" if whole else _MANY)
    return Hits(tuple(_hits(query, called, page)), total, offset, "; ".join(filter(None, notes)))


def _classes(query: Query, called: Exact, alike: list[int]) -> Iterator[tuple[int, Match]]:
    known = set(called.order)
    yield from ((entity, "exact") for entity in called.order)
    yield from ((entity, "prefix") for entity in query.matching(query.prefix) if entity not in known)
    yield from ((entity, "lookalike") for entity in alike)
    known.update(alike)
    before = query.prefix
    for statement in query.within:
        held = query.matching(f"{statement} NOT ({before})")
        yield from ((entity, "within") for entity in held if entity not in known)
        before = f"{before} OR {statement}"


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
