"""Which of these accounts are minors, by the index?  Asked for every page of names, so it must take no time."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from graph.search.hit import SearchUnavailable
from graph.search.index import SearchIndex

_AT_ONCE = 500


def minors_among(index: SearchIndex, identities: Iterable[str]) -> Mapping[str, str]:
    """Those of the accounts that are minors, each with the basis of that: ``declared``, ``stated`` or ``report``."""
    return dict(looked_up(index, "SELECT id, basis FROM minor WHERE id", identities))


def every_minor(index: SearchIndex) -> frozenset[str]:
    """The ids of all minors of the case."""
    try:
        return frozenset(row[0] for row in index.base.execute("SELECT id FROM minor"))
    except sqlite3.Error as error:
        raise _unreadable(error) from error


def minors_behind(index: SearchIndex, beginning: str) -> tuple[str, ...]:
    """The ids of the minors whose tokens (``graph.opaque``) begin so: hex digits, a few or all of them."""
    after = f"{beginning}g"  # sorts behind whatever begins so
    try:
        found = index.base.execute("SELECT id FROM minor WHERE token >= ? AND token < ?", (beginning, after))
        return tuple(str(row[0]) for row in found)
    except sqlite3.Error as error:
        raise _unreadable(error) from error


def looked_up(index: SearchIndex, statement: str, values: Iterable[str]) -> list[Any]:
    """Rows of a statement that ends before ``IN (…)``, for many values."""
    wanted = sorted(set(values))
    found: list[Any] = []
    try:
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found += index.base.execute(f"{statement} IN ({', '.join('?' * len(part))})", part)
    except sqlite3.Error as error:
        raise _unreadable(error) from error
    return found


def _unreadable(error: sqlite3.Error) -> SearchUnavailable:
    return SearchUnavailable(
        f"the search index cannot be read ({error})", where="search", fix="run filature rebuild"
    )
