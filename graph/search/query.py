"""What is asked?  A text in its forms, the labels it may have, and the full text statements that follow from it."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.search.entity import Entity, entities
from graph.search.forms import Written, cleaned, folded, written
from graph.search.hit import SEARCHED, SearchInvalid
from graph.search.index import SearchIndex
from graph.search.tables import EDGE, ID, LEAST_WITHIN, head_mark, label_mark, phrase

_SOME = 6  # trigrams
_LONG = 9  # signs of a text that is first looked for by some of its trigrams
LONGEST = 1_000  # signs of a text that is looked for


@dataclass(frozen=True)
class Query:
    """``text`` cleaned, ``low`` folded; ``rests``: (heads, native part) where the text begins like an id."""

    index: SearchIndex
    text: str
    low: str
    labels: tuple[int, ...]
    rests: tuple[tuple[tuple[int, ...], str], ...]
    written: Written

    @classmethod
    def of(cls, index: SearchIndex, text: str, *, labels: Sequence[str]) -> "Query":
        """Raises SearchInvalid for an empty or endless text and for labels there are none of."""
        low = folded(text)
        if not low:
            raise SearchInvalid("nothing to search for", where="the search text", fix="give a name, an id or a value")
        if len(low) > LONGEST:
            raise SearchInvalid(
                f"a text of {len(low):,} signs is longer than any that is searched for", where="the search text",
                fix=f"give at most {LONGEST:,}",
            )
        unknown = sorted(set(labels) - set(SEARCHED))
        if unknown:
            raise SearchInvalid(
                f"no label {', '.join(map(repr, unknown))} is searched", where="--label",
                fix="one of " + ", ".join(SEARCHED),
            )
        return cls(
            index, cleaned(text), low, tuple(sorted(SEARCHED.index(label) for label in set(labels))),
            _rests(index, low), written(text),
        )

    @property
    def base(self) -> sqlite3.Connection:
        return self.index.base

    @property
    def prefix(self) -> str:
        """The statement of all entries one of whose names, or whose id, begins with the text."""
        return self.labelled(" OR ".join((phrase(EDGE * 2 + self.low), *self._ids())))

    @property
    def either(self) -> str:
        """The statement of all entries that begin with the text or hold it or its words."""
        if not self.within:
            return self.prefix
        return self._either(phrase(self.low))

    @property
    def rough(self) -> str:
        """A statement that all entries of ``either`` answer and few others: of a long text some trigrams.

        The engine walks through the entries of each trigram of a phrase, and those of an e-mail's domain are many.
        """
        if len(self.low) < _LONG:
            return self.either
        places = (*range(0, len(self.low) - LEAST_WITHIN, LEAST_WITHIN), len(self.low) - LEAST_WITHIN)
        parts = dict.fromkeys(self.low[place : place + LEAST_WITHIN] for place in places[:_SOME])
        return self._either(f"({' AND '.join(map(phrase, parts))})")

    def _either(self, held: str) -> str:
        words = [f"({' AND '.join(map(phrase, self.words))})"] if self.words else []
        return self.labelled(" OR ".join((held, *self._ids(), *words)))

    def _ids(self) -> tuple[str, ...]:
        """The statements of entries whose whole id begins with the text."""
        return tuple(
            f"({phrase(ID + EDGE * 2 + rest)} AND ({' OR '.join(phrase(head_mark(head)) for head in heads)}))"
            for heads, rest in self.rests
        )

    @property
    def within(self) -> tuple[str, ...]:
        """Statements of entries that hold the text, then of those that hold all its words; none for a short text."""
        if len(self.low) < LEAST_WITHIN:
            return ()
        words = self.words
        parts = [phrase(self.low), *([" AND ".join(map(phrase, words))] if words else [])]
        return tuple(map(self.labelled, parts))

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text where it has several, all of them long enough to be looked for."""
        words = tuple(dict.fromkeys(self.low.split()))
        return words if len(words) > 1 and min(map(len, words)) >= LEAST_WITHIN else ()

    def labelled(self, statement: str) -> str:
        """A full text statement that only entries of the labels asked for answer."""
        if not self.labels:
            return f"({statement})"
        marks = " OR ".join(phrase(label_mark(label)) for label in self.labels)
        return f"(({statement}) AND ({marks}))"

    def matching(self, statement: str, *, limit: int = -1) -> Iterator[int]:
        """Entries that answer a full text statement, best first."""
        rows = self.base.execute("SELECT rowid FROM within WHERE within MATCH ? LIMIT ?", (statement, limit))
        return (int(row[0]) for row in rows)

    def count(self, statement: str) -> int:
        return int(self.base.execute("SELECT count(*) FROM within WHERE within MATCH ?", (statement,)).fetchone()[0])

    def begins(self, entry: Entity) -> bool:
        """Is the entry one that answers ``prefix``, its label apart?"""
        return any(fold.startswith(self.low) for fold in entry.folds) or any(
            entry.row.head in heads and entry.folds[0].startswith(rest) for heads, rest in self.rests
        )

    def holds(self, entry: Entity) -> bool:
        """Does one of its names hold the text, where that is long enough to be looked for?"""
        return len(self.low) >= LEAST_WITHIN and any(self.low in fold for fold in entry.folds)

    def holds_words(self, entry: Entity) -> bool:
        """Do its names hold all words of the text, where there are several and all long enough?"""
        return bool(self.words) and all(any(word in fold for fold in entry.folds) for word in self.words)

    def forms(self, space: int, key: str, *, any_label: bool = False) -> list[tuple[int, int]]:
        """(cased, entry) of a form that is met whole; of the labels asked for, unless ``any_label``."""
        if any_label or not self.labels:
            rows = self.base.execute("SELECT cased, entity FROM form WHERE space = ? AND key = ?", (space, key))
        else:
            holes = ", ".join("?" * len(self.labels))
            rows = self.base.execute(
                "SELECT cased, entity FROM form JOIN entity USING (entity) WHERE space = ? AND key = ?"
                f" AND label IN ({holes})", (space, key, *self.labels),
            )
        return [(int(cased), int(entity)) for cased, entity in rows]

    def of_label(self, numbers: set[int]) -> set[int]:
        """Those of the entries that have a label asked for."""
        if not self.labels:
            return numbers
        return {entry.row.entity for entry in entities(self.base, sorted(numbers)) if entry.row.label in self.labels}


def _rests(index: SearchIndex, low: str) -> tuple[tuple[tuple[int, ...], str], ...]:
    heads: dict[str, list[int]] = {}
    for text, number in index.heads.items():
        heads.setdefault(folded(text), []).append(number)
    places = [place for place, sign in enumerate(low) if sign == ":"]
    return tuple(
        (tuple(sorted(heads[low[:place]])), low[place + 1 :]) for place in places if low[:place] in heads
    )
