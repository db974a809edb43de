"""Who directly owned what at an instant?  Ownership rows become one stake a pair, with what is doubtful about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from graph.detect.owners.holding import Holding, order
from graph.detect.owners.nominees import look_through
from graph.detect.owners.pending import Pending, pend

Pair = tuple[str, str]


@dataclass(frozen=True)
class Stake:
    """What one owner holds of one company at the instant.

    ``share`` is as declared; of a range its middle, or less where the whole leaves less; where nothing is declared an
    equal part of what the others leave (``estimated``).  It lies between ``low`` and ``high``.  ``nominee``: a row says
    the owner holds for somebody else, whom none names; ``through``: nominees whose shares were counted for this owner;
    ``replaced``: rows still in force that a later one of their kind was taken to replace.
    """

    share: float
    estimated: bool
    nominee: bool
    kinds: tuple[str, ...]
    records: tuple[str, ...]
    since: datetime | None
    low: float
    high: float
    through: tuple[str, ...] = ()
    superseded: bool = False
    withheld: str = ""
    replaced: int = 0


@dataclass(frozen=True)
class OwnershipState:
    """Direct stakes at ``at`` by (owner, owned); declared shares in total by company, and what is stated of chains.

    ``totals``: least declared shares in total by company; ``claims``: (low, high, records) that a register states of a
    pair as held through others, where the chains themselves are in the evidence.
    """

    at: datetime | None
    stakes: Mapping[Pair, Stake]
    totals: Mapping[str, float]
    claims: Mapping[Pair, tuple[float, float, tuple[str, ...]]] = field(default_factory=dict)

    @cached_property
    def _owners(self) -> Mapping[str, tuple[Pair, ...]]:
        """The stakes by company."""
        found: dict[str, list[Pair]] = {}
        for pair in self.stakes:
            found.setdefault(pair[1], []).append(pair)
        return {owned: tuple(pairs) for owned, pairs in found.items()}

    def above(self, company: str) -> "OwnershipState":
        """The stakes of the chains that lead to a company, and nothing else."""
        stakes: dict[Pair, Stake] = {}
        seen, waiting = {company}, [company]
        while waiting:
            for pair in self._owners.get(waiting.pop(), ()):
                stakes[pair] = self.stakes[pair]
                if pair[0] not in seen:
                    seen.add(pair[0])
                    waiting.append(pair[0])
        claims = {(owner, company): self.claims[owner, company] for owner in seen if (owner, company) in self.claims}
        return OwnershipState(self.at, dict(sorted(stakes.items())), self.totals, claims)

    @property
    def exact(self) -> bool:
        """Every share is declared exactly."""
        return all(stake.low == stake.high for stake in self.stakes.values())

    def shares(self) -> dict[Pair, float]:
        return {pair: stake.share for pair, stake in self.stakes.items()}

    def least(self) -> dict[Pair, float]:
        """The stakes at their least: what is not declared as nothing."""
        return {pair: stake.low for pair, stake in self.stakes.items()}

    def most(self) -> dict[Pair, float]:
        """The stakes at their largest, each for itself."""
        return {pair: stake.high for pair, stake in self.stakes.items()}


def last_instant(holdings: Iterable[Holding]) -> datetime | None:
    """The latest instant any row names; None when none does."""
    named = [instant for row in holdings for instant in (row.since, row.until) if instant is not None]
    return max(named, default=None)


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
    pending = {pair: pend(kinds) for pair, kinds in direct.items()}
    pending = look_through(pending)
    above: dict[str, set[str]] = {}
    for owner, owned in pending:
        above.setdefault(owned, set()).add(owner)
    claims: dict[Pair, tuple[float, float, tuple[str, ...]]] = {}
    alone: dict[Pair, Pending] = {}
    for pair, kinds in sorted(through.items()):
        stated = pend(kinds)
        if not _chained(pair, above):
            if pair not in pending:
                alone[pair] = stated
        elif stated.low is not None and stated.high is not None:
            claims[pair] = (stated.low, stated.high, stated.records)
    return _settled(at, {**pending, **alone}, claims)


def _chained(pair: Pair, above: Mapping[str, set[str]]) -> bool:
    """Does a chain of two stakes or more lead from the owner to the company?"""
    owner, company = pair
    seen = {company}
    waiting = [name for name in above.get(company, ()) if name != owner]
    while waiting:
        name = waiting.pop()
        if name == owner:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(above.get(name, ()))
    return False


def _settled(
    at: datetime | None, pending: Mapping[Pair, Pending], claims: Mapping[Pair, tuple[float, float, tuple[str, ...]]]
) -> OwnershipState:
    """Shares within what the whole leaves: ranges are narrowed, missing shares estimated."""
    totals: dict[str, float] = {}
    missing: dict[str, int] = {}
    room: dict[str, float] = {}  # by how much ranges could rise
    for (_, owned), item in sorted(pending.items()):
        totals[owned] = totals.get(owned, 0.0) + (item.low or 0.0)
        missing[owned] = missing.get(owned, 0) + (item.low is None)
    highs: dict[Pair, float] = {}
    for (owner, owned), item in sorted(pending.items()):
        if item.low is not None and item.high is not None:
            left = max(item.low, 1.0 - (totals[owned] - item.low))
            highs[owner, owned] = min(item.high, left)
            room[owned] = room.get(owned, 0.0) + highs[owner, owned] - item.low
    taken: dict[str, float] = {}
    points: dict[Pair, float] = {}
    for (owner, owned), high in highs.items():
        low = pending[owner, owned].low or 0.0
        free = max(0.0, 1.0 - totals[owned])
        part = min(0.5, free / room[owned]) if room[owned] > 0.0 else 0.0
        points[owner, owned] = low + part * (high - low)
        taken[owned] = taken.get(owned, 0.0) + points[owner, owned]
    stakes = {}
    for (owner, owned), item in sorted(pending.items()):
        estimated = item.low is None
        free = max(0.0, 1.0 - taken.get(owned, 0.0)) / missing[owned] if estimated else 0.0
        stakes[owner, owned] = Stake(
            share=free if estimated else points[owner, owned], estimated=estimated, nominee=item.nominee,
            kinds=item.kinds, records=item.records, since=item.since,
            low=0.0 if item.low is None else item.low,
            high=max(0.0, 1.0 - totals[owned]) if estimated else highs[owner, owned],
            through=item.through, superseded=item.superseded, withheld=item.withheld, replaced=item.replaced,
        )
    return OwnershipState(at, stakes, totals, claims)
