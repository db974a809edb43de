"""What do the rows of one owner and company say together?  An interval of shares, before the whole is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.detect.owners.holding import Holding

Interval = tuple[float, float]


@dataclass(frozen=True)
class Pending:
    """The rows of one pair; ``low`` and ``high`` are None where no row gives a share.

    ``replaced``: how many rows that are in force as well, but from an earlier day, were taken as replaced.
    """

    low: float | None
    high: float | None
    nominee: bool
    nominator: bool
    kinds: tuple[str, ...]
    records: tuple[str, ...]
    since: datetime | None
    holds_for: str = ""
    through: tuple[str, ...] = ()
    superseded: bool = False
    withheld: str = ""
    replaced: int = 0


def pend(kinds: Mapping[str, list[Holding]]) -> Pending:
    """One pair's rows by kind: see ``ownership_at`` for what counts."""
    current = {kind: _latest(rows) for kind, rows in sorted(kinds.items())}
    rows = [row for group in current.values() for row in group]
    equity = [row for row in rows if row.equity]
    if equity:
        interval = _sum(equity)
    else:
        sums = [found for group in current.values() if (found := _sum(group)) is not None]
        interval = max(sums, key=lambda item: (item[0] + item[1], item), default=None)
    since = [row.since for row in rows if row.since is not None]
    return Pending(
        low=None if interval is None else interval[0], high=None if interval is None else interval[1],
        nominee=any(row.nominee for row in rows), nominator=any(row.nominator for row in rows),
        kinds=tuple(sorted({row.kind for row in rows if row.kind})),
        records=tuple(sorted({f"ownerships:{row.record}" for row in rows})), since=min(since, default=None),
        holds_for=max((row.holds_for for row in rows), default=""), superseded=any(row.superseded for row in rows),
        withheld=max((row.withheld for row in rows), default=""),
        replaced=sum(len(group) for group in kinds.values()) - len(rows),
    )


def _latest(rows: list[Holding]) -> list[Holding]:
    """The rows of the latest ``since`` (a row without one counts as earliest)."""
    newest = max((row.since for row in rows if row.since is not None), default=None)
    return [row for row in rows if row.since == newest]


def _sum(rows: list[Holding]) -> Interval | None:
    known = [row.interval for row in rows if row.interval is not None]
    if not known:
        return None
    return sum(low for low, _ in known), sum(high for _, high in known)
