"""Who directly owned what at an instant?  Ownership rows become one stake a pair, with what is doubtful about it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from graph.detect.owners.holdings import ROUNDING, Holding, Interval, order

Pair = tuple[str, str]
"""(owner, owned)."""
Claim = tuple[float, float, tuple[str, ...]]
"""Least and largest share, and the records that state it."""


@dataclass(frozen=True)
class Declared:
    """What the rows of one pair declare, before the whole is looked at; ``interval`` is None where none gives a share.

    ``nominee``: it holds for somebody whom none names; ``through``: nominees whose shares were counted for this owner,
    ``paired`` those of them whose rows do not name it: both sides are only recorded on the same company;
    ``until``: the first end of its rows; ``replaced``: rows still in force that a later one of their kind was taken to
    replace; ``undated``: records of what counts that have no beginning; ``withheld``: why the owner is not named.
    """

    interval: Interval | None
    nominee: bool
    nominator: bool
    records: tuple[str, ...]
    since: datetime | None
    until: datetime | None = None
    holds_for: str = ""
    through: tuple[str, ...] = ()
    paired: tuple[str, ...] = ()
    superseded: bool = False
    withheld: str = ""
    replaced: int = 0
    undated: tuple[str, ...] = ()

    @property
    def low(self) -> float:
        return 0.0 if self.interval is None else self.interval[0]

    @property
    def high(self) -> float:
        return 0.0 if self.interval is None else self.interval[1]


@dataclass(frozen=True)
class Stake:
    """What one owner holds of one company at the instant.

    ``share`` is as declared; of a range its middle, or less where the whole leaves less; where nothing is declared an
    equal part of what the others leave (``estimated``).  It lies between ``low`` and ``high``.
    """

    share: float
    low: float
    high: float
    estimated: bool
    declared: Declared

    @property
    def records(self) -> tuple[str, ...]:
        return self.declared.records


@dataclass(frozen=True)
class OwnershipState:
    """Direct stakes at ``at`` by (owner, owned).

    ``totals``: least declared shares in total by company; ``claims``: what a register states of a pair as held through
    others, where the chains themselves are in the evidence.
    """

    at: datetime | None
    stakes: Mapping[Pair, Stake]
    totals: Mapping[str, float]
    claims: Mapping[Pair, Claim] = field(default_factory=dict)

    @cached_property
    def _owners(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for owner, owned in self.stakes:
            found.setdefault(owned, []).append(owner)
        return found

    def above(self, company: str) -> "OwnershipState":
        """The stakes of the chains that lead to a company, and nothing else."""
        names = upward(company, lambda name: self._owners.get(name, ()))
        pairs = sorted((owner, owned) for owned in names for owner in self._owners.get(owned, ()))
        claims = {(owner, company): self.claims[owner, company] for owner in names if (owner, company) in self.claims}
        return OwnershipState(self.at, {pair: self.stakes[pair] for pair in pairs}, self.totals, claims)

    def shares(self) -> dict[Pair, float]:
        return {pair: stake.share for pair, stake in self.stakes.items()}

    def least(self) -> dict[Pair, float]:
        """The stakes at their least: what is not declared as nothing."""
        return {pair: stake.low for pair, stake in self.stakes.items()}

    def most(self) -> dict[Pair, float]:
        """The stakes at their largest, each for itself."""
        return {pair: stake.high for pair, stake in self.stakes.items()}


def ownership_at(holdings: Iterable[Holding], at: datetime | None) -> OwnershipState:
    """The direct stakes at an instant (None: rows without any time limit and all others alike).

    Of several rows of one owner, company and kind those with the latest ``since`` hold, and add up among themselves
    (parcels).  Different kinds never add up: shareholding, equity or unnamed rows count first; voting rights and
    other interests stand in only where there is none, by the largest.  Seats on a board are no stakes.  What is held
    through others is a stake only where the evidence has no chain for it; a nominator's part, which is always held
    through the nominee, is one.
    """
    held = [row for row in sorted(holdings, key=order) if row.holds(at)]
    nominated = {row.owned for row in held if row.nominee and not row.indirect}
    direct: dict[Pair, dict[str, list[Holding]]] = {}
    through: dict[Pair, dict[str, list[Holding]]] = {}
    for row in held:
        if not row.office and not (row.withheld and row.interval is None):
            answers = row.nominator and row.owned in nominated
            group = through if row.indirect and not answers else direct
            group.setdefault((row.owner, row.owned), {}).setdefault(row.kind, []).append(row)
    declared = _look_through({pair: _declared(kinds) for pair, kinds in direct.items()})
    above: dict[str, set[str]] = {}
    for owner, owned in declared:
        above.setdefault(owned, set()).add(owner)
    claims: dict[Pair, Claim] = {}
    alone: dict[Pair, Declared] = {}
    for pair, kinds in sorted(through.items()):
        stated = _declared(kinds)
        if not _chained(pair, above):
            if pair not in declared:
                alone[pair] = stated
        elif stated.interval is not None:
            claims[pair] = (*stated.interval, stated.records)
    return _settled(at, {**declared, **alone}, claims)


def _declared(kinds: Mapping[str, list[Holding]]) -> Declared:
    """One pair's rows by kind: see ``ownership_at`` for what counts."""
    current = {kind: _latest(rows) for kind, rows in sorted(kinds.items())}
    rows = [row for group in current.values() for row in group]
    equity = [row for row in rows if row.equity]
    counted, interval = equity or rows, _sum(equity)
    if not equity:
        sums = [(found, group) for group in current.values() if (found := _sum(group)) is not None]
        if sums:
            interval, counted = max(sums, key=lambda item: (item[0][0] + item[0][1], item[0]))
    return Declared(
        interval, nominee=any(row.nominee for row in rows), nominator=any(row.nominator for row in rows),
        records=tuple(sorted({f"ownerships:{row.record}" for row in rows})),
        since=min((row.since for row in rows if row.since is not None), default=None),
        until=min((row.until for row in rows if row.until is not None), default=None),
        holds_for=max((row.holds_for for row in rows), default=""), superseded=any(row.superseded for row in rows),
        withheld=max((row.withheld for row in rows), default=""),
        replaced=sum(len(group) for group in kinds.values()) - len(rows),
        undated=tuple(sorted({f"ownerships:{row.record}" for row in counted if row.since is None})),
    )


def _latest(rows: list[Holding]) -> list[Holding]:
    """The rows of the latest ``since`` (a row without one counts as earliest)."""
    newest = max((row.since for row in rows if row.since is not None), default=None)
    return [row for row in rows if row.since == newest]


def _sum(rows: list[Holding]) -> Interval | None:
    known = [row.interval for row in rows if row.interval is not None]
    return (sum(low for low, _ in known), sum(high for _, high in known)) if known else None


def _look_through(declared: Mapping[Pair, Declared]) -> dict[Pair, Declared]:
    """The stakes with nominees' shares counted for their nominators; whoever holds for nobody named stays, marked.

    BODS records a nomination as rows of kind ``nominee`` and ``nominator`` on the same company or arrangement; a row
    may also name the nominator itself (attribute ``nominee_for`` or ``on_behalf_of``).
    """
    looked = _named(declared)
    companies: dict[str, list[str]] = {}
    for owner, owned in sorted(looked):
        companies.setdefault(owned, []).append(owner)
    for owned, owners in companies.items():
        nominees = [name for name in owners if looked[name, owned].nominee and not looked[name, owned].nominator]
        nominators = [name for name in owners if looked[name, owned].nominator]
        if nominees and nominators:
            only = len(nominees) + len(nominators) == len(owners)
            _nominated(looked, owned, nominees, nominators, only=only)
    return looked


def _named(declared: Mapping[Pair, Declared]) -> dict[Pair, Declared]:
    """Stakes of nominees who name their nominator become the nominator's."""
    looked = dict(declared)
    for (owner, owned), item in sorted(declared.items()):
        whom = item.holds_for
        if whom and whom != owner:
            del looked[owner, owned]
            moved = replace(item, nominee=False, holds_for="", through=(owner,))
            before = looked.get((whom, owned))
            looked[whom, owned] = moved if before is None else _together(before, moved)
    return looked


def _nominated(
    looked: dict[Pair, Declared], owned: str, nominees: list[str], nominators: list[str], *, only: bool
) -> None:
    held = [looked[name, owned] for name in nominees]
    total: Interval | None = None
    if any(item.interval is not None for item in held):
        total = sum(item.low for item in held), sum(item.high for item in held)
    elif only:
        total = 1.0, 1.0  # an arrangement that consists of nothing else
    silent = [name for name in nominators if looked[name, owned].interval is None]
    stated = sum(looked[name, owned].low for name in nominators)
    records = {record for item in held for record in item.records}
    for name in nominators:
        item = looked[name, owned]
        interval = item.interval
        if name in silent and total is not None:
            rest = max(0.0, total[0] - stated), max(0.0, total[1] - stated)
            interval = (rest[0] if len(silent) == 1 else 0.0, rest[1])
        looked[name, owned] = replace(
            item, interval=interval, nominator=False, through=tuple(sorted({*item.through, *nominees})),
            paired=tuple(sorted({*item.paired, *nominees})),
            records=tuple(sorted({*item.records, *records})),
            superseded=item.superseded or any(other.superseded for other in held),
            undated=tuple(sorted({*item.undated, *(record for other in held for record in other.undated)})),
        )
    left = 0.0 if silent or total is None else total[0] - stated
    for name in nominees:
        item = looked[name, owned]
        if left <= ROUNDING or total is None or not total[0] or item.interval is None:
            del looked[name, owned]
        else:
            part = left / total[0]
            looked[name, owned] = replace(item, interval=(item.low * part, item.high * part))


def _together(one: Declared, other: Declared) -> Declared:
    """Two holdings of one owner in one company."""
    known = one.interval is not None or other.interval is not None
    since = [item.since for item in (one, other) if item.since is not None]
    until = [item.until for item in (one, other) if item.until is not None]
    return replace(
        one, interval=(one.low + other.low, one.high + other.high) if known else None,
        records=tuple(sorted({*one.records, *other.records})), since=min(since, default=None),
        until=min(until, default=None),
        through=tuple(sorted({*one.through, *other.through})), paired=tuple(sorted({*one.paired, *other.paired})),
        superseded=one.superseded or other.superseded, replaced=one.replaced + other.replaced,
        undated=tuple(sorted({*one.undated, *other.undated})),
    )


def _chained(pair: Pair, above: Mapping[str, set[str]]) -> bool:
    """Does a chain of two stakes or more lead from the owner to the company?"""
    owner, company = pair
    return owner in upward(company, lambda name: above.get(name, set()) - ({owner} if name == company else set()))


def upward(company: str, owners: Callable[[str], Iterable[str]]) -> set[str]:
    """A company and all that stand above it."""
    seen, waiting = {company}, [company]
    while waiting:
        fresh = set(owners(waiting.pop())) - seen
        seen |= fresh
        waiting.extend(fresh)
    return seen


def _settled(at: datetime | None, declared: Mapping[Pair, Declared], claims: Mapping[Pair, Claim]) -> OwnershipState:
    """Shares within what the whole leaves: ranges are narrowed, missing shares estimated."""
    rows = sorted(declared.items())
    totals: dict[str, float] = {}
    missing: dict[str, int] = {}
    rise: dict[str, float] = {}  # by how much ranges could rise
    for (_, owned), item in rows:
        totals[owned] = totals.get(owned, 0.0) + item.low
        missing[owned] = missing.get(owned, 0) + (item.interval is None)
    highs: dict[Pair, float] = {}
    for (owner, owned), item in rows:
        if item.interval is not None:
            left = max(item.low, 1.0 - (totals[owned] - item.low))
            highs[owner, owned] = min(item.high, left)
            rise[owned] = rise.get(owned, 0.0) + highs[owner, owned] - item.low
    taken: dict[str, float] = {}
    points: dict[Pair, float] = {}
    for (owner, owned), high in highs.items():
        low = declared[owner, owned].low
        part = min(0.5, max(0.0, 1.0 - totals[owned]) / rise[owned]) if rise[owned] > 0.0 else 0.0
        points[owner, owned] = low + part * (high - low)
        taken[owned] = taken.get(owned, 0.0) + points[owner, owned]
    stakes = {}
    for pair, item in rows:
        owned = pair[1]
        if item.interval is None:
            free = max(0.0, 1.0 - taken.get(owned, 0.0)) / missing[owned]
            stakes[pair] = Stake(free, 0.0, max(0.0, 1.0 - totals[owned]), estimated=True, declared=item)
        else:
            stakes[pair] = Stake(points[pair], item.low, highs[pair], estimated=False, declared=item)
    return OwnershipState(at, stakes, totals, claims)
