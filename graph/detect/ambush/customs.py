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
import pyarrow as pa

from graph.detect.ambush.contacts import SECOND, Ints, arrays, listed, numbers_of
from graph.detect.ambush.meetings import Visits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.context import DetectionContext
from graph.detect.statistics import Floats

APART_H = 2  # hours without a post after which somebody appears anew, and within which a contact follows an appearance
ANYWHERE = 0  # the place of arrivals: beside them is who wrote anything in that hour


@dataclass(frozen=True)
class Customs:
    """Occasions of some accounts: somebody appeared beside them whom they could have written to first.

    Columns sorted by actor (a place among the contacts' names): ``occasion`` numbers the appearances, ``times`` says of
    how many people (those whom none of the accounts ever met count together), ``kind`` 1 for arrivals, ``taken``
    whether the actor's first contact followed, ``habit`` how likely it does so on such an occasion.
    ``asked``: the pairs and hours of the occasions, sorted (see ``_key``), and ``row``: where each stands.
    ``followed``: actor and target where the first contact followed an occasion; ``accounts``: all,
    sorted; ``prior``: occasions of no custom that are added (shrinkage).
    """

    actor: Ints
    occasion: Ints
    times: Ints
    kind: Ints
    taken: Ints
    habit: Floats
    asked: Ints
    row: Ints
    followed: Set[tuple[int, int]]
    accounts: Ints
    people: int
    prior: float

    @classmethod
    def none(cls) -> "Customs":
        """Of nobody: as if nobody ever appeared."""
        some = np.empty(0, dtype=np.int64)
        return cls(some, some, some, some, some, some.astype(np.float64), some, some, frozenset(), some, 0, 1.0)

    def habit_of(self, actor: int, target: Ints, at_us: Ints) -> tuple[Floats, Ints]:
        """How likely an account writes to each target at that instant, for what it saw in the hours before, and on
        which kind of occasion; 0 and 2 where it saw nothing.  Of somebody at least an occasion is known."""
        actors = np.searchsorted(self.accounts, np.full(len(target), actor))
        wanted = _key(actors, target, at_us // (3600 * SECOND), self.people)
        place = np.searchsorted(self.asked, wanted, side="right") - 1
        saw = (place >= 0) & (wanted - self.asked[place] < APART_H)
        row = self.row[place]
        return np.where(saw, self.habit[row], 0.0), np.where(saw, self.kind[row], 2)

    def together(self, group: Sequence[int]) -> tuple[float, float]:
        """How much likelier one writes where another did, to others and to arrivals: the intra-class correlation of
        occasions by moments, in [0, 0.9], over all pairs of accounts that shared an occasion but those within the group
        (Williams 1982)."""
        spans = [np.arange(*np.searchsorted(self.actor, [member, member + 1])) for member in sorted(group)]
        own = np.concatenate([np.empty(0, dtype=np.int64), *spans])
        found = []
        for kind in (0, 1):
            every, inside = self.every[kind], self._pairs(own[self.kind[own] == kind])
            surplus, spread = every[0] - inside[0], every[1] - inside[1]
            found.append(min(0.9, max(0.0, surplus / max(spread + self.prior, 1e-9))))
        return found[0], found[1]

    @cached_property
    def every(self) -> tuple[tuple[float, float], ...]:
        """``_pairs`` of all accounts, by kind."""
        return tuple(self._pairs(np.flatnonzero(self.kind == kind)) for kind in (0, 1))

    def _pairs(self, rows: Ints) -> tuple[float, float]:
        """Over pairs of accounts on one occasion: co-takings beyond habit, and the sum of their standard deviations."""
        if not len(rows):
            return 0.0, 0.0
        habit = self.habit[rows]
        _, first, place = np.unique(self.occasion[rows], return_index=True, return_inverse=True)
        left, spread, times = self.taken[rows] - habit, np.sqrt(habit * (1.0 - habit)), self.times[rows[first]]
        pairs = [
            float((times * (np.bincount(place, weights=value) ** 2 - np.bincount(place, weights=value**2))).sum())
            for value in (left, spread)
        ]
        return pairs[0], pairs[1]


def read_customs(context: DetectionContext, parameters: AmbushParameters, visits: Visits) -> Customs:
    """The customs of the accounts of the visits, for arrivals and for others apart.

    An occasion: somebody appears (its first post in a room after ``APART_H`` hours, or its first trace on the platform)
    while the account posts there within an hour; taken if the account writes to it first within ``APART_H`` hours.
    Habit: taken / (all + ``custom_prior``).
    """
    names, everybody = visits.contacts.names, np.unique(visits.actor)
    found = _occasions(context, parameters, [names[number] for number in everybody.tolist()])
    columns = ("actor", "target", "place", "hour", "new", "taken", "times")
    table = found.cast({name: "int8" if name in ("new", "taken") else "int32" for name in columns}).to_pyarrow()
    actor, target, place, hour = (numbers_of(table[name]) for name in columns[:4])
    occasion = (target * (int(place.max(initial=0)) + 1) + place) * 1_000_000 + hour  # hours are below a million
    order = np.lexsort((occasion, actor))
    del place
    actor, target, occasion, hour = actor[order], target[order], occasion[order], hour[order]
    kind, taken, times = (np.asarray(table[name].to_numpy())[order] for name in columns[4:])
    del table, order
    groups = actor * 2 + kind
    had = np.bincount(groups, weights=times) + parameters.custom_prior
    habit = (np.bincount(groups, weights=taken, minlength=len(had)) / np.maximum(had, 1e-9))[groups]
    coded = arrays(context.numbers.join(_numbered(names), "account").select("number", "own"))
    own = np.full(int(coded["number"].max(initial=0)) + 2, -1)  # of strangers, too
    own[coded["number"]] = coded["own"]
    actor, target = own[actor], own[np.where(target < 0, len(own) - 1, np.minimum(target, len(own) - 1))]
    known = np.isin(target, visits.target)  # others nobody wrote to
    asked = _key(np.searchsorted(everybody, actor[known]), target[known], hour[known], len(names))
    by_key = np.argsort(asked, kind="stable")
    wrote = known & (taken > 0)
    return Customs(
        actor, occasion, times, kind, taken, habit, asked[by_key], np.flatnonzero(known)[by_key],
        frozenset(zip(actor[wrote].tolist(), target[wrote].tolist(), strict=True)), everybody, len(names),
        parameters.custom_prior,
    )


def _key(actor: Ints, target: Ints, hour: Ints, people: int) -> Ints:
    """A number for a pair and hour since 1970 (below a million) that sorts as they do."""
    return (actor * people + target) * 1_000_000 + hour


def _numbered(names: Sequence[str]) -> Any:
    return ibis.memtable(pa.table({"account": pa.array(names, pa.string()), "own": pa.array(range(len(names)))}))


def _occasions(context: DetectionContext, parameters: AmbushParameters, accounts: Sequence[str]) -> Any:
    """actor, target (numbers of the context), place, hour, new (the target is an arrival), taken, times: one row an
    account and occasion; those of strangers, whom no account ever met, are counted together with a target below 0."""
    presence, numbers, by = context.presence, context.numbers, (parameters, tuple(accounts))
    members = numbers.semi_join(listed(accounts, "account"), "account").select("account", actor="number")
    rooms = presence.select("room").distinct()
    rooms = rooms.mutate(place=ibis.row_number().over(ibis.window(order_by="room")) + ANYWHERE + 1)
    posts = presence.join(rooms, "room").select("account", "place", hour=_hour(presence.hour))
    own = posts.join(members, "account").select("actor", "place", "hour")
    first_messages = context.pairs.select(record_id="first_record")  # that one wrote to the target shows no presence
    wrote = context.private.rename(account="sender").join(members, "account").anti_join(first_messages, "record_id")
    anywhere = wrote.select("actor", place=ibis.literal(ANYWHERE, "int64"), hour=_hour(wrote.sent_at))
    there = ibis.union(
        ibis.union(own, anywhere), own.mutate(place=ibis.literal(ANYWHERE, "int64")), distinct=True
    )
    around = [there.mutate(hour=there.hour + shift) for shift in (-1, 0, 1)]
    near = context.kept(
        "ambush.near", lambda: ibis.union(ibis.union(around[0], around[1]), around[2], distinct=True), by=by
    )
    posted = posts.semi_join(own.select("place").distinct(), "place")
    begun = posted.mutate(before=posted.hour.lag().over(ibis.window(group_by=["account", "place"], order_by="hour")))
    begun = begun.filter(begun.before.isnull() | (begun.before + APART_H < begun.hour))
    first = context.appearances.select("account", seen=_hour(context.appearances.first_at))
    seen = ibis.union(
        begun.select("account", "place", "hour"),
        first.select("account", place=ibis.literal(ANYWHERE, "int64"), hour="seen"),
    ).left_join(first, "account")
    new = (seen.hour <= seen.seen + parameters.arrival_s // 3600).fill_null(False)
    dated = seen.select("account", "place", "hour", new=new)
    seen = context.kept("ambush.seen", lambda: dated, by=by)
    met = _met(context, members)
    acquainted = ibis.union(met.select(number="target"), members.select(number="actor"), distinct=True)
    acquainted = numbers.semi_join(acquainted, "number")
    there = seen.join(acquainted, "account").select("place", "hour", "new", target="number")
    known = near.join(there, ["place", "hour"])
    known = known.filter(known.actor != known.target).left_join(met, ["actor", "target"])
    known = known.filter(known.met.isnull() | (known.met >= known.hour))
    strangers = seen.anti_join(acquainted, "account").group_by(["place", "hour", "new"]).agg(times=lambda t: t.count())
    beside = near.join(strangers, ["place", "hour"])
    return ibis.union(
        known.select(
            "actor", "target", "place", "hour", "new",
            taken=(known.own & (known.met < known.hour + APART_H)).fill_null(False), times=ibis.literal(1, "int64"),
        ),
        beside.select(
            "actor", target=-1 - beside.new.cast("int64"), place="place", hour="hour", new="new",
            taken=ibis.literal(False), times="times",
        ),
    )


def _hour(at: Any) -> Any:
    """Whole hours since 1970."""
    return (at.epoch_seconds().cast("float64") / 3600).floor().cast("int64")


def _met(context: DetectionContext, members: Any) -> Any:
    """actor, target, met (hour), own (the actor wrote first): every pair of a member, from its side."""
    pairs, numbers = context.pairs, context.numbers.select("account", target="number")
    sides = []
    for side, other in (("initiator", "target"), ("target", "initiator")):
        mine = pairs.select(account=side, other=other, met=_hour(pairs.first_at)).join(members, "account")
        mine = mine.select("actor", "met", account="other").join(numbers, "account")
        sides.append(mine.select("actor", "target", "met", own=ibis.literal(side == "initiator")))
    return ibis.union(sides[0], sides[1])
