"""What does a row of the ownerships table say?  Its kind of interest, its share as an interval, its record and time."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from graph.detect.context import DetectionContext

Interval = tuple[float, float]
"""Least and largest share."""
_MOST_AT_ONCE = 1_000
_SHARE_LIKE = ("share", "equity", "capital", "ownership", "stock")
ROUNDING = 1e-4
"""Shares that differ by no more are the same."""
_ONE_DAY = timedelta(days=1)
_OFFICE = re.compile(
    r"board(member|chair)|seniormanagingofficial|director|officer|secretary|manager|g[eé]rant|administrateur|pr[eé]sident"
)
OFFICE_WORDS = "board|senior|director|officer|secretary|manager|gerant|gérant|administrateur|president|président"
"""A pattern that every office's kind matches in lower case, and some others."""


@dataclass(frozen=True, order=True)
class Holding:
    """A row of the ownerships table.

    ``low`` and ``high``: a share known only as a range; ``indirect``: it states what is held through others;
    ``declared``: the register's record, from a statement of day ``stated``; ``superseded``: a later statement of it
    says otherwise; ``holds_for``: on whose behalf; ``withheld``: why the register does not name the owner.
    """

    owner: str
    owned: str
    kind: str
    since: datetime | None
    until: datetime | None
    share: float | None
    record: str
    low: float | None = None
    high: float | None = None
    indirect: bool = False
    declared: str = ""
    stated: str = ""
    superseded: bool = False
    holds_for: str = ""
    withheld: str = ""

    @property
    def interval(self) -> Interval | None:
        """None where nothing is stated."""
        if self.share is not None:
            return self.share, self.share
        if self.low is None and self.high is None:
            return None
        low, high = self.low or 0.0, 1.0 if self.high is None else self.high
        return min(low, high), max(low, high)

    @property
    def office(self) -> bool:
        """A seat or post in the company: it links, but holds nothing of it."""
        if self.nominator or self.nominee or (self.kind and self.equity):
            return False
        return _OFFICE.search(_plain(self.kind)) is not None

    @property
    def equity(self) -> bool:
        return not self.kind or any(word in self.kind.lower() for word in _SHARE_LIKE)

    @property
    def nominee(self) -> bool:
        return bool(self.holds_for) or "nominee" in self.kind.lower()

    @property
    def nominator(self) -> bool:
        return is_nominator(self.kind)

    def holds(self, at: datetime | None) -> bool:
        """From ``since``, included, to ``until``, excluded; at no instant in particular every row holds."""
        if at is None:
            return True
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


def is_nominator(kind: str) -> bool:
    """Does the register record the side for which a nominee holds?"""
    return "nominator" in kind.lower()


def _plain(kind: str) -> str:
    return re.sub(r"[^a-zéè]", "", kind.lower())


def holding(row: tuple[Any, ...], *, prefix: str) -> Holding:
    """A holding from (owner, owned, kind, from, to, share, record, attributes); ``prefix``: of the register's ids."""
    owner, owned, kind, since, until, share, record, attributes = row
    more = attributes_of(attributes)
    whom = more.get("nominee_for") or more.get("on_behalf_of")
    withheld = more.get("unspecified")
    return Holding(
        owner, owned, kind or "", since, until, share, record,
        low=_share(more.get("share_min")), high=_share(more.get("share_max")),
        indirect=more.get("direct_or_indirect") == "indirect",
        declared=_text(more.get("record")), stated=_text(more.get("statement_date")),
        superseded="superseded_by" in more, holds_for=f"{prefix}{whom}" if isinstance(whom, str) and whom else "",
        withheld=_text(withheld.get("reason")) or "unknown" if isinstance(withheld, dict) else "",
    )


def read_holdings(context: DetectionContext, above: Sequence[str]) -> list[Holding]:
    """The ownership rows of these companies and of all that stand above them; all rows where none is named."""
    table = context.table("ownerships")
    rows = table.select("owner", "owned", "kind", "from", "to", "share", "record_id", "attributes")
    prefix = f"{context.lake.case.name}:"
    if not above:
        return without_gaps(folded(holding(row, prefix=prefix) for row in context.rows(rows)))
    found: list[Holding] = []
    seen, waiting = set(above), sorted(set(above))
    while waiting:
        batch, waiting = waiting[:_MOST_AT_ONCE], waiting[_MOST_AT_ONCE:]
        held = [holding(row, prefix=prefix) for row in context.rows(rows.filter(rows.owned.isin(batch)))]
        found += held
        fresh = {name for row in held for name in (row.owner, row.holds_for) if name} - seen
        seen |= fresh
        waiting += sorted(fresh)
    return without_gaps(folded(found))


def attributes_of(text: str | None) -> dict[str, Any]:
    """A row's attributes; nothing where they are no JSON object."""
    if not text:
        return {}
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _share(value: Any) -> float | None:
    """A share from 0 to 1, written as number or text; None if it is none."""
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        return None
    return number if 0.0 <= number <= 1.0 else None


def folded(holdings: Iterable[Holding]) -> list[Holding]:
    """The holdings, those of one record that came in different ingests fitted together.

    What a later statement of the record states alike is dropped; what it states otherwise holds until its day, and
    what takes its place since then.  Within one ingest the reader has done so.
    """
    records: dict[str, list[Holding]] = {}
    kept: list[Holding] = []
    for row in sorted(set(holdings), key=order):
        if row.declared and row.stated:
            records.setdefault(row.declared, []).append(row)
        else:
            kept.append(row)
    for group in records.values():
        kept.extend(_one_record(group))
    return sorted(kept, key=order)


def without_gaps(holdings: Iterable[Holding]) -> list[Holding]:
    """The holdings, an end on the day before another holding of the company begins being the end of that day.

    Registers write both: sold until 1 May, bought from 1 May; and held until 30 April, bought from 1 May.
    """
    rows = list(holdings)
    begun: dict[str, set[datetime]] = {}
    for row in rows:
        if row.since is not None:
            begun.setdefault(row.owned, set()).add(row.since)
    return [
        replace(row, until=row.until + _ONE_DAY)
        if row.until is not None and row.until.time() == time() and row.until not in begun.get(row.owned, ())
        and row.until + _ONE_DAY in begun.get(row.owned, ())
        else row
        for row in rows
    ]


def _one_record(rows: list[Holding]) -> Iterable[Holding]:
    days = sorted({row.stated for row in rows})
    left_open = [row for row in rows if row.until is None and row.stated < days[-1]]
    if not left_open:
        yield from rows
        return
    last: dict[tuple[object, ...], str] = {}  # by what is stated: the last day that states it
    for row in rows:
        last[_stated(row)] = max(row.stated, last.get(_stated(row), ""))
    first: dict[tuple[object, ...], str] = {}  # by stake and beginning: the first day that left it open
    for row in left_open:
        first[_begun(row)] = min(row.stated, first.get(_begun(row), row.stated))
    waiting = set(left_open)
    for row in rows:
        if row in waiting:
            if last[_stated(row)] == row.stated:
                yield replace(row, until=day_of(days[bisect_right(days, row.stated)]), superseded=True)
        elif row.stated > first.get(_begun(row), row.stated):
            alike = any(_stated(other) == _stated(row) for other in left_open if _begun(other) == _begun(row))
            day = day_of(row.stated)
            begins = max((moment for moment in (row.since, day) if moment is not None), default=None)
            yield row if alike else replace(row, since=begins)
        else:
            yield row


def _begun(row: Holding) -> tuple[object, ...]:
    return row.owner, row.owned, row.kind, row.since


def _stated(row: Holding) -> tuple[object, ...]:
    return *_begun(row), row.interval


def day_of(text: str) -> datetime | None:
    """A day of the register as a naive UTC datetime; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def order(row: Holding) -> tuple[str, ...]:
    """A total order by content."""
    return (row.owner, row.owned, row.kind, str(row.since), str(row.until), str(row.share), row.record, repr(row))
