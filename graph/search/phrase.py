"""Who uses this phrase?  The conversations and rooms whose messages hold it; what they say stays unread.

A phrase is literal: no sign of it has a meaning of its own.  Capital letters and accents make no difference.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from ingest.lake import Lake

LEAST, MOST = 3, 1_000
"""Letters or digits that a phrase has at least, since nearly every message holds two; characters at most."""

_MOST_HINTED = 24
_BEYOND = r"\x{80}-\x{10ffff}"


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def strip_accents(text: str) -> str:  # type: ignore[empty-body]
    """DuckDB's own."""


@dataclass(frozen=True)
class Occurrence:
    """A conversation (``room`` is empty; ``one`` before ``other`` by id) or a room, with its messages that hold it.

    ``by_one``: how many of them ``one`` wrote; ``writers``: how many people wrote them, ``writer`` the first by id.
    """

    one: str
    other: str
    room: str
    messages: int
    first_at: datetime
    last_at: datetime
    by_one: int = 0
    writers: int = 0
    writer: str = ""


@dataclass(frozen=True)
class Occurrences:
    """All conversations and rooms that hold a phrase, those with most such messages first."""

    table: pa.Table

    @property
    def total(self) -> int:
        return int(self.table.num_rows)

    @property
    def messages(self) -> int:
        return int(pc.sum(self.table["messages"]).as_py() or 0)

    def page(self, first: int, size: int) -> list[Occurrence]:
        """``size`` of them from the ``first`` on (from 0)."""
        return [Occurrence(**row) for row in self.table.slice(first, size).to_pylist()]


def holds(texts: Any, phrase: str) -> Any:
    """Whether each of a column of texts holds the phrase."""
    exactly = _folded(texts).contains(_folded(ibis.literal(phrase)))
    return ibis.ifelse(texts.re_search(_hint(phrase)), exactly, False)


def long_enough(phrase: str) -> bool:
    """Has it ``LEAST`` letters, digits or other signs?  Blanks and accents alone are none."""
    signs = unicodedata.normalize("NFD", phrase)
    return sum(unicodedata.category(sign)[0] not in "MZC" for sign in signs) >= LEAST


def occurrences(lake: Lake, phrase: str) -> Occurrences:
    """The conversations and rooms that hold the phrase; ValueError where it is not ``long_enough``."""
    if not long_enough(phrase):
        raise ValueError(f"a phrase has at least {LEAST} letters")
    messages = lake.table("messages")
    private = messages.room.isnull()
    found = messages.filter(holds(messages.text, phrase)).group_by(
        one=ibis.ifelse(private, ibis.least(messages.sender, messages.recipient), ""),
        other=ibis.ifelse(private, ibis.greatest(messages.sender, messages.recipient), ""),
        room=messages.room.coalesce(""),
    ).aggregate(
        messages=lambda t: t.count(), first_at=lambda t: t.sent_at.min(), last_at=lambda t: t.sent_at.max(),
        by_one=lambda t: (t.room.isnull() & (t.sender <= t.recipient)).sum(), writers=lambda t: t.sender.nunique(),
        writer=lambda t: t.sender.min(),
    )
    return Occurrences(found.order_by([ibis.desc("messages"), "room", "one", "other"]).to_pyarrow())


def _folded(text: Any) -> Any:
    return strip_accents(text.lower())


def _hint(phrase: str) -> str:
    """A pattern that every text which holds the phrase fits, and few others: taking accents off costs five times more.

    Each ASCII letter is itself, in either case, or any sign beyond ASCII, of which more may stand between.  All signs
    are written as numbers: none has a meaning of its own.
    """
    folded = unicodedata.normalize("NFD", phrase.lower())
    letters = [sign for sign in folded if sign.isascii()][:_MOST_HINTED]
    return f"[{_BEYOND}]*".join(
        f"[\\x{{{ord(sign):x}}}\\x{{{ord(sign.upper()):x}}}{_BEYOND}]" for sign in letters
    ) or f"[{_BEYOND}]"
