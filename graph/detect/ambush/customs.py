"""How often do accounts write to whoever appears beside them?  Custom as part of the null.

Regulars who rush to every arrival, or to whoever shows up in their room, meet on the same targets again and again
without a word between them.  What they share is the occasion.  So each account's habit is estimated from the occasions
it had, taken or not, and meetings at common occasions are expected as often as these habits give them.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis
import numpy as np

from graph.detect.ambush.contacts import SECOND, spread
from graph.detect.ambush.meetings import Visits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.arrays import Floats, Ints, arrays, listed
from graph.detect.context import DetectionContext
from graph.detect.instants import HOURS, at_hour, hours_of

APART_H = 2  # hours without a post after which somebody appears anew, and within which a contact follows an appearance
ANYWHERE = 0  # the place of arrivals, which is no room: beside them is who wrote anything in that hour


@dataclass(frozen=True)
class Customs:
    """Occasions of some accounts: somebody appeared beside them whom they could have written to first.

    A gathering is a place and hour; accounts there shared what appeared.  ``there`` sorts account and gathering (see
    ``_key``), ``appeared`` counts by kind (1: arrivals) and gathering.  ``had``: occasions by kind and account.
    ``taken``: account, kind, gathering and person of each occasion that was taken, by account; ``took_at`` counts them
    by kind and row of the visits.
    ``saw``: by row of the visits where its target had appeared in the hours before: row, gathering, kind.
    ``followed``: actor and target where the first contact followed an appearance; ``prior``: occasions of no custom
    that are added (shrinkage).
    """

    accounts: Ints
    there: Ints
    appeared: Ints
    had: Floats
    taken: Ints
    took_at: Floats
    saw: Ints
    followed: Set[tuple[int, int]]
    prior: float

    @cached_property
    def took(self) -> Floats:
        """How many occasions were taken, by kind and account."""
        found = np.zeros(self.had.shape)
        np.add.at(found, (self.taken[1], self.taken[0]), 1.0)
        return found

    @cached_property
    def habit(self) -> Floats:
        """By kind and account how likely it writes to who appears."""
        return self._habit(self.took, self.had)

    def beside(self, actors: Ints, apart: Floats) -> Floats:
        """By kind the part of their habit that accounts have left, if so many takings (kind, actor) are no custom."""
        at = np.searchsorted(self.accounts, actors)
        took, had = self.took[:, at], self.had[:, at]
        return self._habit(took - apart, had - apart) / np.maximum(self.habit[:, at], 1e-9)

    def _habit(self, took: Floats, had: Floats) -> Floats:
        return np.clip(took / np.maximum(had + self.prior, 1e-9), 0.0, 1.0)

    def habit_of(self, actor: int, rows: Ints) -> tuple[Floats, Ints]:
        """How likely an account writes to the target of each row of the visits for what it saw in the hours before, and
        on which kind of occasion; 0 and 2 where it saw nothing."""
        account = int(np.searchsorted(self.accounts, actor))
        begin = self._saw_from[rows]
        place, at = spread(begin, self._saw_from[rows + 1] - begin)
        first, after = np.searchsorted(self.there, (self._key(account, 0), self._key(account + 1, 0)))
        own, wanted = self._ended[first : after + 1], self._key(account, self.saw[1][at])  # few: found in no time
        beside = own[np.searchsorted(own[:-1], wanted)] == wanted
        found, kind = np.zeros(len(rows)), np.full(len(rows), 2)
        for one in (0, 1):
            seen = place[beside & (self.saw[2][at] == one)]
            seen = seen[found[seen] <= self.habit[one, account]]
            found[seen], kind[seen] = self.habit[one, account], one
        return found, kind

    def together(self, group: Sequence[int]) -> tuple[float, float]:
        """By how much likelier one writes where another did, to others and to arrivals: the variance of a common factor
        that occasions have (gamma, mean 1), by moments: co-takings beyond habit over those that habits give, of all
        pairs of accounts that shared an occasion but those within the group (Vaupel et al. 1979)."""
        own, found = np.searchsorted(self.accounts, np.sort(group)), []
        for kind in (0, 1):
            every, inside = self.every[kind], self._pairs(own, kind)
            surplus, usual = every[0] - inside[0], every[1] - inside[1]
            found.append(max(0.0, surplus / max(usual + self.prior, 1e-9)))
        return found[0], found[1]

    @cached_property
    def every(self) -> tuple[tuple[float, float], ...]:
        """``_pairs`` of all accounts, by kind."""
        return tuple(self._pairs(np.arange(len(self.accounts)), kind) for kind in (0, 1))

    def _pairs(self, accounts: Ints, kind: int) -> tuple[float, float]:
        """Over pairs of (sorted) accounts on one occasion: co-takings beyond habit, and how many habits give.

        Who was there shared all that appeared then, so a gathering counts as often, and takings come on top.
        """
        begin, end = (np.searchsorted(self.there, self._key(accounts + more, 0)) for more in (0, 1))
        place, at = spread(begin, end - begin)
        who = accounts[place]
        gathering = self.there[at] - self._key(who, 0)
        habit = self.habit[kind, who]
        which, place = np.unique(gathering, return_inverse=True)
        times, alone = self.appeared[kind, which], np.bincount(place, weights=habit)
        usual = float((times * (alone**2 - np.bincount(place, weights=habit**2))).sum())
        surplus, (taker, of_kind, when, person) = usual, self.taken
        begin, end = (np.searchsorted(taker, accounts, side=side) for side in ("left", "right"))
        own = spread(begin, end - begin)[1]
        own = own[of_kind[own] == kind]
        if len(own):
            taker, when = taker[own], when[own]
            _, together = np.unique(person[own] * self.appeared.shape[1] + when, return_counts=True)
            expected = alone[np.searchsorted(which, when)] - self.habit[kind, taker]
            surplus += float((together * (together - 1)).sum()) - 2.0 * float(expected.sum())
        return surplus, usual

    @cached_property
    def _saw_from(self) -> Ints:
        """Where what the target of each row of the visits did begins in ``saw``, and where that of the last ends."""
        return np.searchsorted(self.saw[0], np.arange(self.took_at.shape[1] + 1))

    @cached_property
    def _ended(self) -> Ints:
        return np.append(self.there, -1)

    def _key(self, account: Any, gathering: Any) -> Any:
        return account * self.appeared.shape[1] + gathering


def read_customs(context: DetectionContext, parameters: AmbushParameters, visits: Visits) -> Customs:
    """The customs of the accounts of the visits, for arrivals and for others apart.

    An occasion: somebody appears (its first post in a room after ``APART_H`` hours, or its first trace on the platform)
    while the account posts there within an hour; taken if the account writes to it first within ``APART_H`` hours.
    Habit: taken / (all with somebody it had not met + ``custom_prior``).
    """
    names, accounts = visits.contacts.names, np.unique(visits.actor)
    everybody = listed(account=names, number=np.arange(len(names)))
    numbers = context.kept("ambush.numbers", lambda: everybody, by=parameters)
    by = (parameters, tuple(accounts.tolist()))
    members = numbers.semi_join(listed(account=[names[one] for one in accounts.tolist()]), "account")
    members = context.kept("ambush.members", lambda: members.select("account", actor="number"), by=by)
    near = context.kept("ambush.near", lambda: _near(context, members), by=by)
    seen = context.kept("ambush.seen", lambda: _seen(context, parameters, near, numbers), by=by)
    rows = arrays(near)
    gatherings, gathering = np.unique(rows["gathering"], return_inverse=True)
    many = max(1, len(gatherings))
    appeared = np.zeros((2, many), dtype=np.int64)
    counted = arrays(seen.group_by(["gathering", "new"]).agg(times=seen.count()))
    appeared[counted["new"], np.searchsorted(gatherings, counted["gathering"])] = counted["times"]
    account = np.searchsorted(accounts, rows["actor"])
    had = np.array([np.bincount(account, weights=kind[gathering], minlength=len(accounts)) for kind in appeared])
    met = arrays(_met(context, members, numbers).join(seen, "target").join(near, ["actor", "gathering"]))
    ordered = np.lexsort((met["gathering"], met["target"], met["actor"]))  # an engine's own order would change sums
    met = {name: column[ordered] for name, column in met.items()}
    who, own, hour = np.searchsorted(accounts, met["actor"]), met["own"] > 0, met["gathering"] % HOURS
    taken = own & (met["met"] >= hour) & (met["met"] < hour + APART_H)
    np.subtract.at(had, (met["new"], who), met["met"] < hour)
    takes = np.array([who, met["new"], np.searchsorted(gatherings, met["gathering"]), met["target"]])[:, taken]
    took_at = np.zeros((2, len(visits.actor)))
    np.add.at(took_at, (takes[1], visits.rows_of(accounts[takes[0]], takes[3])), 1.0)
    return Customs(
        accounts, np.sort(account * many + gathering), appeared, had, takes, took_at,
        _saw(visits, seen, gatherings),
        frozenset(zip(met["actor"][taken].tolist(), met["target"][taken].tolist(), strict=True)),
        parameters.custom_prior,
    )


def _near(context: DetectionContext, members: Any) -> Any:
    """actor, gathering: where members wrote within an hour; rooms, and anywhere."""
    presence = context.presence
    own = presence.join(members, "account").select("actor", "place", hour=hours_of(presence.hour))
    first_messages = context.pairs.select(record_id="first_record")  # that one wrote to the target shows no presence
    wrote = context.private.rename(account="sender").join(members, "account").anti_join(first_messages, "record_id")
    anywhere = wrote.select("actor", place=ibis.literal(ANYWHERE, "int64"), hour=hours_of(wrote.sent_at))
    there = ibis.union(
        ibis.union(own, anywhere), own.mutate(place=ibis.literal(ANYWHERE, "int64")), distinct=True
    )
    around = [there.select("actor", gathering=at_hour(there.place, there.hour + shift)) for shift in (-1, 0, 1)]
    return ibis.union(ibis.union(around[0], around[1]), around[2], distinct=True)


def _seen(context: DetectionContext, parameters: AmbushParameters, near: Any, numbers: Any) -> Any:
    """target (its number), gathering, new (1 for an arrival): who appeared where a member was."""
    posts = context.presence.select("account", "place", hour=hours_of(context.presence.hour))
    begun = posts.mutate(before=posts.hour.lag().over(ibis.window(group_by=["account", "place"], order_by="hour")))
    begun = begun.filter(begun.before.isnull() | (begun.before + APART_H < begun.hour))
    first = context.appearances.select("account", seen=hours_of(context.appearances.first_at))
    seen = ibis.union(
        begun.select("account", "hour", gathering=at_hour(begun.place, begun.hour)),
        first.select("account", hour="seen", gathering=at_hour(ibis.literal(ANYWHERE), first.seen)),
    )
    placed = seen.semi_join(near, "gathering").left_join(first, "account").left_join(numbers, "account")
    new = (placed.hour <= placed.seen + parameters.arrival_s // 3600).fill_null(False)
    return placed.select("gathering", new=new.cast("int64"), target=placed.number.fill_null(-1))


def _met(context: DetectionContext, members: Any, numbers: Any) -> Any:
    """actor, target, met (hour), own (1: the actor wrote first): every pair of a member, and itself (met long ago)."""
    pairs, others = context.pairs, numbers.select(other="account", target="number")
    sides = [members.select("actor", target="actor", met=ibis.literal(-1, "int64"), own=ibis.literal(0, "int64"))]
    for side, other in (("initiator", "target"), ("target", "initiator")):
        mine = pairs.select(account=side, other=other, met=hours_of(pairs.first_at)).join(members, "account")
        mine = mine.select("actor", "met", "other").join(others, "other")
        sides.append(mine.select("actor", "target", "met", own=ibis.literal(int(side == "initiator"), "int64")))
    return ibis.union(ibis.union(sides[0], sides[1]), sides[2])


def _saw(visits: Visits, seen: Any, gatherings: Ints) -> Ints:
    """By row of the visits the gatherings where its target appeared in the hours before: row, gathering, kind."""
    hour = visits.at // (3600 * SECOND)
    joined = listed(row=np.arange(len(hour)), target=visits.target, hour=hour).join(seen, "target")
    since = joined.hour - joined.gathering % HOURS
    found = arrays(joined.filter((since >= 0) & (since < APART_H)).select("row", "gathering", "new"))
    order = np.lexsort((found["gathering"], found["row"]))
    return np.array([found["row"], np.searchsorted(gatherings, found["gathering"]), found["new"]])[:, order]
