"""Which saved queries are there?  The shipped library, and a team's own beside it."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from queries.errors import UnknownQuery
from queries.files.cypher_file import parse
from queries.saved_query import SavedQuery


@cache
def library() -> tuple[SavedQuery, ...]:
    """The shipped queries by id, read once; each file is named for its query's id."""
    folder = files("queries") / "library"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".cypher")]
    found.sort(key=lambda entry: entry.name.removesuffix(".cypher"))
    return tuple(parse(entry.read_text(encoding="utf-8"), source=entry.name) for entry in found)


def merge(own: Iterable[SavedQuery]) -> tuple[SavedQuery, ...]:
    """Library and own queries, the library first, each part by id; an own query never hides a library one.

    Of own queries with one id the earlier given stays first (the casebook gives the user's own before shared ones).
    """
    shipped = library()
    taken = {query.id for query in shipped}
    rest = (query for query in own if query.id not in taken)
    return (*shipped, *sorted(rest, key=lambda query: query.id))


def find(name: str, own: Iterable[SavedQuery] = ()) -> SavedQuery:
    """The query of that id; UnknownQuery names the nearest ones."""
    queries = {query.id: query for query in reversed(merge(own))}
    if name in queries:
        return queries[name]
    near = get_close_matches(name, queries, n=3)
    raise UnknownQuery(
        f"no saved query {name!r}",
        fix=f"did you mean {', '.join(near)}" if near else "`filature query list` shows them all",
    )
