"""Who held the company before, and who after?  Its successive owners, from every date that the chains above it name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.detect.owners.holding import Holding
from graph.detect.owners.integrated import integrated_ownership
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.state import ownership_at

Held = tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True)
class Period:
    """From ``since`` (None: as far back as the evidence goes) to ``until`` (None: open) these held so much.

    ``owners``: ultimate owners with their integrated shares, largest first; ``records``: the rows that held then.
    """

    since: datetime | None
    until: datetime | None
    owners: Held
    records: tuple[str, ...]


def by_company(holdings: Iterable[Holding]) -> dict[str, list[Holding]]:
    """The holdings by the company they are held in."""
    found: dict[str, list[Holding]] = {}
    for row in holdings:
        found.setdefault(row.owned, []).append(row)
    return found


def successive_owners(
    holdings: Mapping[str, Sequence[Holding]], company: str, parameters: OwnerParameters
) -> tuple[tuple[Period, ...], bool]:
    """The periods of the company's ultimate owners of note, first to last, and whether that is all of them.

    Of note: ``control_share`` or more; where nobody has as much, the largest.  Neighbouring periods of the same owners
    with the same shares (to a ten-thousandth) are one; the last ``counted_changes`` dates are looked at.
    """
    above = _above(holdings, company)
    named = sorted({instant for row in above for instant in (row.since, row.until) if instant is not None})
    kept = named[-parameters.counted_changes :]
    moments: list[datetime | None] = [*(() if len(kept) < len(named) else (None,)), *kept]
    periods: list[Period] = []
    for place, moment in enumerate(moments):
        held = [row for row in above if _held(row, moment)]
        state = ownership_at(held, moment)
        whole = integrated_ownership(state.shares(), company)
        owners = _notable(tuple((owner.members, owner.share) for owner in whole.owners), parameters)
        records = tuple(sorted({record for stake in state.stakes.values() for record in stake.records}))
        until = moments[place + 1] if place + 1 < len(moments) else None
        if periods and _same(periods[-1].owners, owners):
            before = periods.pop()
            periods.append(Period(before.since, until, before.owners, tuple(sorted({*before.records, *records}))))
        elif owners or periods:
            periods.append(Period(moment, until, owners, records))
    while periods and not periods[-1].owners and periods[-1].since is None:
        periods.pop()
    return tuple(periods), len(kept) == len(named)


def _held(row: Holding, moment: datetime | None) -> bool:
    """At a moment; before any named date (None) only what has no beginning holds."""
    return row.since is None if moment is None else row.holds(moment)


def _above(holdings: Mapping[str, Sequence[Holding]], company: str) -> list[Holding]:
    seen, waiting = {company}, [company]
    found: list[Holding] = []
    while waiting:
        for row in holdings.get(waiting.pop(), ()):
            found.append(row)
            for name in (row.owner, row.holds_for):
                if name and name not in seen:
                    seen.add(name)
                    waiting.append(name)
    return [row for row in found if not row.office]


def _notable(owners: Held, parameters: OwnerParameters) -> Held:
    large = tuple(item for item in owners if item[1] >= parameters.control_share)
    return large or owners[:1]


def _same(one: Held, other: Held) -> bool:
    return [(who, round(share, 4)) for who, share in one] == [(who, round(share, 4)) for who, share in other]
