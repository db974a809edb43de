"""What do the likelihoods read?  All first contacts as arrays, accounts by their number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from graph.detect.arrays import Flags, Floats, Ints, numbers_of
from graph.detect.hubs.ages import AgeGroups, Claim


@dataclass(frozen=True)
class Chats:
    """First contacts sorted by account: who (``account``) wrote to whom (``other``), ages, who was there.

    ``own_group`` and ``group``: ages of both, as known then; ``told``: the other's by the end of their chat; ``there``
    and ``around``: shares of the groups among the others present for the account and for the other, all above 0;
    ``arrival``: the other was new; ``looked``: it is asked whom of the account's others it knows; ``tied``: two rows
    each whose others are in contact.  By account number: ``stated``, the group by what was known last, ``claimed``, the
    group of an adult's age that it gives beside a minor's (``ages.two_ages``), and ``role``, which accounts have
    one: they tell neither of ordinary life nor of anybody's age.
    """

    account: Ints
    other: Ints
    own_group: Ints
    group: Ints
    told: Ints
    there: Floats
    around: Floats
    arrival: Flags
    looked: Flags
    tied: Ints
    stated: Ints
    claimed: Ints
    role: Flags

    @property
    def size(self) -> int:
        """How many accounts there are."""
        return len(self.stated)

    def but(self, whose: Flags, other: "Chats") -> "Chats":
        """The same with the groups that ``other`` has of the accounts ``whose`` number is marked."""
        return replace(
            self, group=np.where(whose[self.other], other.group, self.group),
            own_group=np.where(whose[self.account], other.own_group, self.own_group),
        )

    def sums(self, whose: Ints, values: Any = None) -> Floats:
        """The sum of ``values`` (None: 1 each) over the contacts of each account."""
        return np.bincount(whose, weights=values, minlength=self.size).astype(np.float64)

    def counts(self, whose: Ints, group: Ints, groups: AgeGroups, rows: Flags | None = None) -> Floats:
        """How many contacts with people of each known group: a row an account."""
        whose, group = (whose, group) if rows is None else (whose[rows], group[rows])
        counted = np.bincount(whose * groups.size + group, minlength=self.size * groups.size)
        return counted.reshape(self.size, groups.size)[:, : groups.known].astype(np.float64)


def chats(
    contacts: pa.Table, ties: pa.Table, days: pa.Table, claims: Mapping[int, Claim], groups: AgeGroups, *,
    present_people: float, egonet: int,
) -> Chats:
    """The arrays of ``contacts.contact_rows``, ``contacts.ties_among`` (``egonet`` contacts), ``contacts.active_days``
    and ``ages.two_ages``.

    The people present are drawn by ``present_people`` people's weight to all who wrote on that day; where the account
    was in no room the day alone tells who was there.
    """
    account, other, own_group, group, told = (
        numbers_of(contacts[name]) for name in ("number", "target_number", "own_group", "target_group", "told_group")
    )
    day = np.stack([numbers_of(days[f"day_{g}"]) for g in range(groups.size)], axis=1) + 0.1
    day = (day / day.sum(axis=1, keepdims=True))[np.searchsorted(numbers_of(days["day"]), numbers_of(contacts["day"]))]
    size = int(max(account.max(), other.max())) + 1
    order = np.argsort(numbers_of(contacts["at"]), kind="stable")
    stated = np.full(size, groups.unknown, dtype=np.int64)
    both = np.stack([account[order], other[order]], axis=1).ravel()
    stated[both] = np.stack([own_group[order], group[order]], axis=1).ravel()  # the last one stays
    claimed = np.full(size, groups.unknown, dtype=np.int64)
    for account_number, claim in claims.items():
        if account_number < size:
            claimed[account_number] = np.searchsorted(groups.bounds, claim.adult, side="right")
    role = np.zeros(size, dtype=np.bool_)
    role[account[np.asarray(contacts.column("own_role").is_valid())]] = True
    shares = {}
    for side in ("own", "met"):
        people = np.stack([numbers_of(contacts[f"{side}_{g}"]) for g in range(groups.size)], axis=1)
        shares[side] = (people + present_people * day) / (people.sum(axis=1, keepdims=True) + present_people)
    return Chats(
        account=account, other=other, own_group=own_group, group=group, told=told, there=shares["own"],
        around=shares["met"], arrival=numbers_of(contacts["arrival"]) > 0, looked=_nth(account) < egonet,
        tied=_tied(account, other, ties, size),
        stated=stated, claimed=claimed, role=role,
    )


def _nth(account: Ints) -> Ints:
    """Which contact of its account each is, from 0."""
    return np.arange(len(account)) - np.searchsorted(account, account)


def _tied(account: Ints, other: Ints, ties: pa.Table, size: int) -> Ints:
    """The rows of both contacts of each tie."""
    key = account * size + other
    order = np.argsort(key, kind="stable")
    number, *sides = (numbers_of(ties[name]) for name in ("number", "one", "other"))
    return order[np.searchsorted(key, [number * size + side for side in sides], sorter=order)]
