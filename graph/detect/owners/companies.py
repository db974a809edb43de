"""Who owns a company at an instant, and who held it before and after?  From every date its chains name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

from graph.detect.owners.doubles import Doubles
from graph.detect.owners.holdings import ROUNDING, Holding
from graph.detect.owners.links import Links, SharedValues
from graph.detect.owners.model import (
    Integrated,
    Paths,
    Share,
    Ultimate,
    integrated_ownership,
    ownership_paths,
    settled_shares,
)
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.register import Register
from graph.detect.owners.stakes import OwnershipState, Pair, Stake, ownership_at, upward

Held = tuple[tuple[tuple[str, ...], float], ...]
_MOST_DATES = 200
_JUST = timedelta(microseconds=1)


@dataclass(frozen=True)
class Period:
    """From ``since`` (None: as far back as the evidence goes) to ``until`` (None: open) these held so much.

    ``owners``: ultimate owners with their integrated shares, largest first; ``records``: the rows that held then;
    ``beneath``: of the owners of the period before, those who have control still, beneath others now recorded.
    """

    since: datetime | None
    until: datetime | None
    owners: Held
    records: tuple[str, ...]
    beneath: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True)
class Company:
    """A company that was looked at: the chains above it, its ultimate owners and their shares, its owners over time.

    ``lost``: since when nobody is recorded; the rest is then as it was just before.
    """

    name: str
    state: OwnershipState
    whole: Integrated
    shares: Mapping[tuple[str, ...], Share]
    paths: Mapping[tuple[str, ...], Paths]
    periods: tuple[Period, ...]
    all_periods: bool
    lost: datetime | None = None

    @property
    def unrecorded(self) -> float:
        """The part that no recorded ultimate owner holds."""
        return 1.0 - sum(self.recorded.values())

    @cached_property
    def recorded(self) -> Mapping[tuple[str, ...], float]:
        """What each ultimate owner holds where shares above the whole fill no gap elsewhere, the largest first."""
        totals: dict[str, float] = {}
        stakes = self.state.shares()
        for (_, owned), share in stakes.items():
            totals[owned] = totals.get(owned, 0.0) + share
        if all(total <= 1.0 + ROUNDING for total in totals.values()):
            return {owner.members: self.shares[owner.members].point for owner in self.whole.owners}
        scaled = {pair: share / max(1.0, totals[pair[1]]) for pair, share in stakes.items()}
        return {owner.members: owner.share for owner in integrated_ownership(scaled, self.name).owners}


@dataclass(frozen=True)
class Hiding:
    """The signs by which a company's owners are hidden, and the share of companies that would have them all."""

    signs: tuple[str, ...]
    customary: float


@dataclass(frozen=True)
class Standing:
    """One ultimate owner of one company, with what the register adds; ``hiding``: None where a platform is operated."""

    company: Company
    owner: Ultimate
    share: Share
    register: Register
    hiding: Hiding | None
    shared: SharedValues | None
    doubles: Doubles
    parameters: OwnerParameters

    @property
    def who(self) -> str:
        return self.owner.members[0]

    @property
    def paths(self) -> Paths:
        return self.company.paths[self.owner.members]

    @cached_property
    def stakes(self) -> Sequence[tuple[Pair, Stake]]:
        """The stakes on the owner's chains."""
        steps = sorted({step for path in self.paths.paths for step in path.steps})
        return [(step, self.company.state.stakes[step]) for step in steps]

    @property
    def since(self) -> datetime | None:
        """Since when one of the owner's chains holds in all its steps, as far as beginnings are recorded."""
        whole = []
        for path in self.paths.paths:
            begun = [self.company.state.stakes[step].declared.since for step in path.steps]
            whole.append(max((moment for moment in begun if moment is not None), default=None))
        return min((moment for moment in whole if moment is not None), default=None)

    @cached_property
    def links(self) -> Links | None:
        """Companies beside those on the owner's chains."""
        chains = {self.company.name, *(name for pair, _ in self.stakes for name in pair)} - set(self.register.persons)
        return self.shared.beside(chains, self.owner.members, self.parameters) if self.shared else None

    @property
    def records(self) -> tuple[str, ...]:
        return tuple(sorted({record for _, stake in self.stakes for record in stake.records}))


def by_company(holdings: Iterable[Holding]) -> dict[str, list[Holding]]:
    """The holdings by the company they are held in."""
    found: dict[str, list[Holding]] = {}
    for row in holdings:
        found.setdefault(row.owned, []).append(row)
    return found


def company_at(
    name: str, holdings: Mapping[str, Sequence[Holding]], state: OwnershipState, control_share: float,
    present: datetime | None,
) -> Company:
    """A company at the instant of ``state``; ``holdings`` by company, of all times.

    What begins after ``present`` and after the instant is to come, and not told.
    """
    chains = state.above(name)
    shares = chains.shares()
    whole = integrated_ownership(shares, name)
    paths = {owner.members: ownership_paths(shares, owner.members, name) for owner in whole.owners}
    periods, complete = successive_owners(holdings, name, control_share)
    told = max((moment for moment in (present, state.at) if moment is not None), default=None)
    periods = tuple(item for item in periods if item.since is None or told is None or item.since <= told)
    return Company(name, chains, whole, settled_shares(whole, chains), paths, periods, complete)


def last_owned(company: Company, holdings: Mapping[str, Sequence[Holding]], control_share: float) -> Company:
    """The company as it was just before its last owners went, where none is recorded at its instant; else as it is."""
    at = company.state.at
    ends = [item.until for item in company.periods if item.owners and item.until is not None]
    lost = max((end for end in ends if at is None or end <= at), default=None)
    if company.whole.owners or lost is None:
        return company
    above = upward(company.name, lambda name: [row.owner for row in holdings.get(name, ())])
    rows = [row for name in sorted(above) for row in holdings.get(name, ())]
    before = company_at(company.name, holdings, ownership_at(rows, lost - _JUST), control_share, at)
    return replace(before, lost=lost)


def successive_owners(
    holdings: Mapping[str, Sequence[Holding]], company: str, control_share: float
) -> tuple[tuple[Period, ...], bool]:
    """The periods of the company's ultimate owners of note, first to last, and whether that is all of them.

    Of note: ``control_share`` or more; where nobody has as much, the largest.  Neighbouring periods of the same owners
    with the same shares (to a ten-thousandth) are one; the last 200 dates are looked at.
    """
    chains = upward(company, lambda name: [
        who for row in holdings.get(name, ()) for who in (row.owner, row.holds_for) if who
    ])
    above = [row for name in sorted(chains) for row in holdings.get(name, ()) if not row.office]
    named = sorted({instant for row in above for instant in (row.since, row.until) if instant is not None})
    kept = named[-_MOST_DATES:]
    moments: list[datetime | None] = [*(() if len(kept) < len(named) else (None,)), *kept]
    periods: list[Period] = []
    for moment, until in zip(moments, [*moments[1:], None], strict=True):
        # before any named date only what has no beginning holds
        held = [row for row in above if (row.since is None if moment is None else row.holds(moment))]
        state = ownership_at(held, moment)
        whole = tuple((owner.members, owner.share) for owner in integrated_ownership(state.shares(), company).owners)
        owners = tuple(item for item in whole if item[1] >= control_share) or whole[:1]
        records = {record for stake in state.stakes.values() for record in stake.records}
        if periods and _same(periods[-1].owners, owners):
            periods[-1] = replace(
                periods[-1], until=until, records=tuple(sorted({*periods[-1].records, *records}))
            )
        elif owners or periods:
            shares = state.shares()
            beneath = frozenset(
                who for who, _ in (periods[-1].owners if periods else ())
                if _held_beneath(who, shares, company) >= control_share
            )
            periods.append(Period(moment, until, owners, tuple(sorted(records)), beneath))
    while periods and not periods[-1].owners and periods[-1].since is None:
        periods.pop()
    return tuple(periods), len(kept) == len(named)


def changed_hands(periods: Sequence[Period], control_share: float) -> bool:
    """Did anybody who had control leave to others?  Who joins, or holds beside or above, takes nobody's place."""
    held = [period for period in periods if period.owners]
    return any(share >= control_share for before, after in pairwise(held) for _, share in _left(before, after))


def owners_in_turn(periods: Iterable[Period]) -> int:
    """How many owners of note came one after the other: the first, and each time somebody of them left to others."""
    held = [period for period in periods if period.owners]
    return sum(bool(_left(before, after)) for before, after in pairwise(held)) + bool(held)


def _left(before: Period, after: Period) -> Held:
    """The owners of the one period who have nothing of note in the next, beneath others neither."""
    return tuple((who, share) for who, share in before.owners
                 if who not in dict(after.owners) and who not in after.beneath)


def _held_beneath(who: tuple[str, ...], shares: Mapping[Pair, float], company: str) -> float:
    """What they hold through all chains, whoever stands above them."""
    own = {pair: share for pair, share in shares.items() if pair[1] not in who}
    return sum(owner.share for owner in integrated_ownership(own, company).owners if set(owner.members) <= {*who})


def _same(one: Held, other: Held) -> bool:
    return [(who, round(share, 4)) for who, share in one] == [(who, round(share, 4)) for who, share in other]
