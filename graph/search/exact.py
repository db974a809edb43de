"""Who or what is called exactly so?  By name, id or value, as it may be written; then who used that identifier."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from graph.search.entity import Entity, entities
from graph.search.forms import NAME, VALUE, WRITTEN, folded, phone, same_phone
from graph.search.hit import SEARCHED
from graph.search.query import Query

ACCOUNT, _IDENTIFIER = SEARCHED.index("Account"), SEARCHED.index("Identifier")


@dataclass(frozen=True)
class Exact:
    """``order``: entries, best first; ``begun``: those of them that also begin with the text.

    ``used``: identifiers that are meant, each with the accounts that used it.
    """

    order: tuple[int, ...]
    begun: frozenset[int]
    used: tuple[tuple[Entity, "array[int]"], ...]

    def identifier_of(self, account: int) -> str | None:
        """The id of an identifier that is meant and that the account used."""
        for identifier, accounts in self.used:
            place = bisect_left(accounts, account)
            if place < len(accounts) and accounts[place] == account:
                return identifier.row.id
        return None


def exact(query: Query) -> Exact:
    """Letter by letter first, then in other letters, then otherwise written, then accounts of these identifiers."""
    values = [entity for _, entity in query.forms(VALUE, query.low, any_label=True)]
    by_id = [entry for heads, rest in query.rests for entry in _under(query, heads, rest)]
    same, other = _by_case(query, by_id)
    otherwise = _otherwise(query)
    identifiers = dict.fromkeys((
        *values, *(entry.row.entity for entry in by_id if entry.row.label == _IDENTIFIER), *sorted(otherwise),
    ))
    used = tuple(_used(query, identifiers))
    accounts: set[int] = set()
    if not query.labels or ACCOUNT in query.labels:
        accounts.update(*(numbers for _, numbers in used))
    order = dict.fromkeys((*sorted(same), *sorted(other), *sorted(query.of_label(otherwise)), *sorted(accounts)))
    return Exact(tuple(order), frozenset(same | other), used)


def _by_case(query: Query, by_id: list[Entity]) -> tuple[set[int], set[int]]:
    named = [*query.forms(NAME, query.low), *query.forms(VALUE, query.low)]
    if query.text == query.low:
        same, other = ({entity for cased, entity in named if cased == way} for way in (0, 1))
    else:
        candidates = sorted({entity for cased, entity in named if cased})
        same = {entry.row.entity for entry in entities(query.base, candidates) if entry.called(query.text)}
        other = {entity for _, entity in named}
    for entry in by_id:
        if not query.labels or entry.row.label in query.labels:
            (same if entry.called(query.text) else other).add(entry.row.entity)
    return same, other - same


def _under(query: Query, heads: tuple[int, ...], rest: str) -> Iterable[Entity]:
    """Entries with that native id below one of these heads."""
    found = {entity for space in (NAME, VALUE) for _, entity in query.forms(space, rest, any_label=True)}
    for entry in entities(query.base, sorted(found)):
        if entry.row.head in heads and folded(entry.native) == rest:
            yield entry


def _otherwise(query: Query) -> set[int]:
    """Identifiers that the text writes in another way."""
    found: set[int] = set()
    for key in query.written.keys:
        numbers = sorted({entity for _, entity in query.forms(WRITTEN, key, any_label=True)})
        if not key.startswith("p") and key[1:] != query.low:
            found.update(entity for _, entity in query.forms(VALUE, key[1:], any_label=True))
        if key.startswith("p"):
            digits = phone(query.low)
            numbers = [
                entry.row.entity
                for entry in entities(query.base, numbers)
                if digits and (own := phone(folded(entry.native))) and same_phone(own, digits)
            ]
        found.update(numbers)
    if query.written.mail is not None:
        found.update(entity for _, entity in query.forms(VALUE, query.written.mail, any_label=True))
    return found


def _used(query: Query, identifiers: Iterable[int]) -> Iterable[tuple[Entity, "array[int]"]]:
    for entry in entities(query.base, identifiers):
        row = query.base.execute("SELECT accounts FROM entity WHERE entity = ?", (entry.row.entity,)).fetchone()
        numbers = array("I")
        numbers.frombytes(row[0] or b"")
        yield entry, numbers
