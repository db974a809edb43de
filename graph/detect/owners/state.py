"""Who directly owned what at an instant?  Ownership rows become one stake a pair, with what is doubtful about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

_SHARE_LIKE = ("share", "equity", "capital", "ownership", "stock")


@dataclass(frozen=True, order=True)
class Holding:
    """A row of the ownerships table."""

    owner: str
    owned: str
    kind: str
    since: datetime | None
    until: datetime | None
    share: float | None
    record: str


@dataclass(frozen=True)
class Stake:
    """What one owner holds of one company at the instant.

    ``share`` is as declared, or where no row gives one an equal part of what the others leave (``estimated``);
    ``nominee``: a row's kind says the owner holds for somebody else.
    """

    share: float
    estimated: bool
    nominee: bool
    kinds: tuple[str, ...]
    records: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True)
class OwnershipState:
    """Direct stakes at ``at`` by (owner, owned), and the companies whose declared shares exceed the whole."""

    at: datetime | None
    stakes: Mapping[tuple[str, str], Stake]
    totals: Mapping[str, float]  # by company: declared shares in total

    def declared(self) -> dict[tuple[str, str], float]:
        """The stakes with estimated shares as 0: a lower bound."""
        return {pair: 0.0 if stake.estimated else stake.share for pair, stake in self.stakes.items()}

    def shares(self) -> dict[tuple[str, str], float]:
        return {pair: stake.share for pair, stake in self.stakes.items()}


def last_instant(holdings: Iterable[Holding]) -> datetime | None:
    """The latest instant any row names; None when none does."""
    named = [instant for row in holdings for instant in (row.since, row.until) if instant is not None]
    return max(named, default=None)


def ownership_at(holdings: Iterable[Holding], at: datetime | None) -> OwnershipState:
    """The direct stakes at an instant (None: rows without any time limit and all others alike).

    Of several rows of one owner, company and kind those with the latest ``since`` hold, and add up among themselves
    (parcels).  Different kinds never add up: shareholding, equity or unnamed rows count first; voting rights and
    other interests stand in only where there is none, by the largest.
    """
    by_pair: dict[tuple[str, str], dict[str, list[Holding]]] = {}
    for row in sorted(holdings, key=_order):
        started = row.since is None or at is None or row.since <= at
        ended = row.until is not None and at is not None and row.until <= at
        if started and not ended:
            by_pair.setdefault((row.owner, row.owned), {}).setdefault(row.kind, []).append(row)
    pending: dict[tuple[str, str], tuple[float | None, list[Holding]]] = {}
    for pair, kinds in by_pair.items():
        current = {kind: _latest(rows) for kind, rows in kinds.items()}
        equity = [row for kind, rows in current.items() if _is_share(kind) for row in rows]
        rows = equity or [row for rows in current.values() for row in rows]
        if equity:
            known = [row.share for row in equity if row.share is not None]
            share = sum(known) if known else None
        else:
            sums = [
                sum(row.share for row in group if row.share is not None)
                for group in current.values()
                if any(row.share is not None for row in group)
            ]
            share = max(sums, default=None)
        pending[pair] = (share, [row for group in current.values() for row in group] if equity else rows)
    totals: dict[str, float] = {}
    missing: dict[str, int] = {}
    for (_, owned), (share, _) in pending.items():
        totals[owned] = totals.get(owned, 0.0) + (share or 0.0)
        missing[owned] = missing.get(owned, 0) + (share is None)
    stakes = {}
    for (owner, owned), (share, rows) in sorted(pending.items()):
        left = max(0.0, 1.0 - totals[owned]) / missing[owned] if share is None else 0.0
        since = [row.since for row in rows if row.since is not None]
        stakes[owner, owned] = Stake(
            share=left if share is None else share,
            estimated=share is None,
            nominee=any("nominee" in row.kind.lower() for row in rows),
            kinds=tuple(sorted({row.kind for row in rows if row.kind})),
            records=tuple(sorted(f"ownerships:{row.record}" for row in rows)),
            since=min(since, default=None),
        )
    return OwnershipState(at, stakes, totals)


def _is_share(kind: str) -> bool:
    return not kind or any(word in kind.lower() for word in _SHARE_LIKE)


def _latest(rows: list[Holding]) -> list[Holding]:
    """The rows of the latest ``since`` (a row without one counts as earliest)."""
    newest = max((row.since for row in rows if row.since is not None), default=None)
    return [row for row in rows if row.since == newest]


def _order(row: Holding) -> tuple[str, ...]:
    return (row.owner, row.owned, row.kind, str(row.since), str(row.until), str(row.share), row.record)
