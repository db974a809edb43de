"""What does the index know of an entry?  Its row, read back by number, with all that it is called."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from graph.search.forms import cleaned, folded
from graph.search.hit import SEARCHED, Hit, Match

_COLUMNS = (
    "entity, label, id, head, text, platform, name, others, kind, declared_age, age, basis, minor, messages, links,"
    " first_day, last_day"
)
_AT_ONCE = 500


class _Row(NamedTuple):
    entity: int
    label: int
    id: str
    head: int
    head_text: str
    platform: str
    name: str | None
    others: str | None
    kind: str | None
    declared_age: int | None
    age: int | None
    basis: str | None
    minor: int
    messages: int
    links: int
    first_day: str | None
    last_day: str | None


class Entity:
    """One entry; ``names`` as they are written (id and name, then other ones), ``folds`` as compared."""

    def __init__(self, row: _Row) -> None:
        self.row = row
        self.native = row.id[len(row.head_text) + 1 :]
        self.others: tuple[str, ...] = tuple(json.loads(row.others)) if row.others else ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        return (self.native, *(() if self.row.name is None else (self.row.name,)), *self.others)

    @cached_property
    def folds(self) -> tuple[str, ...]:
        return tuple(map(folded, self.names))

    def called(self, text: str) -> bool:
        """Is this one of its names or its id, letter by letter?"""
        return any(cleaned(name) == text for name in (*self.names, self.row.id))

    def hit(self, match: Match, *, via: str | None) -> Hit:
        row = self.row
        return Hit(
            id=row.id, label=SEARCHED[row.label], name=row.name or self.native, match=match, platform=row.platform,
            via=via, declared_age=row.declared_age, age=row.age, basis=row.basis, minor=bool(row.minor), kind=row.kind,
            messages=row.messages, links=row.links, first_day=row.first_day, last_day=row.last_day,
        )


def entities(base: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[Entity]:
    """The entries of these numbers, in the order given."""
    wanted = list(numbers)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        holes = ", ".join("?" * len(part))
        found = {
            row[0]: Entity(_Row(*row))
            for row in base.execute(
                f"SELECT {_COLUMNS} FROM entity JOIN head ON head.number = entity.head WHERE entity IN ({holes})", part
            )
        }
        yield from (found[number] for number in part)
