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
import pyarrow.compute as pc

from graph.detect.ambush.contacts import SECOND, Ints, listed, numbers_of
from graph.detect.ambush.meetings import Visits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.context import DetectionContext
from graph.detect.statistics import Floats

APART_H = 2  # hours without a post after which somebody appears anew, and within which a contact follows an appearance
ANYWHERE = ""  # the place of arrivals: beside them is who wrote anything in that hour


@dataclass(frozen=True)
class Customs:
    """Occasions of some accounts: somebody appeared beside them whom they could have written to first.

    Columns sorted by actor (a place among the contacts' names): ``occasion`` numbers the appearances, ``kind`` 1 for
    arrivals, ``taken`` whether the actor's first contact followed, ``habit`` how likely it does so on such an occasion.
    ``asked``: the pairs and hours of the occasions, sorted (see ``_key``), and ``row``: where each stands.
    ``followed``: actor and target where the first contact followed an occasion; ``accounts``: all,
    sorted; ``prior``: occasions of no custom that are added (shrinkage).
    """

    actor: Ints
    occasion: Ints
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
        return cls(some, some, some, some, some.astype(np.float64), some, some, frozenset(), some, 0, 1.0)

    def habit_of(self, actor: int, target: Ints, at_us: Ints) -> tuple[Floats, Ints]:
        """How likely an account writes to each target at that instant, for what it saw in the hours before, and on
        which kind of occasion; 0 and 2 where it saw nothing."""
        if not len(self.asked):
            return np.zeros(len(target)), np.full(len(target), 2)
        wanted = _key(np.searchsorted(self.accounts, actor), target, at_us // (3600 * SECOND), self.people)
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
        place = np.unique(self.occasion[rows], return_inverse=True)[1]
        left, spread = self.taken[rows] - habit, np.sqrt(habit * (1.0 - habit))
        pairs = [
            float((np.bincount(place, weights=value) ** 2).sum() - (value**2).sum()) for value in (left, spread)
        ]
        return pairs[0], pairs[1]


def read_customs(context: DetectionContext, parameters: AmbushParameters, visits: Visits) -> Customs:
    """The customs of the accounts of the visits, for arrivals and for others apart.

    An occasion: somebody appears (its first post in a room after ``APART_H`` hours, or its first trace on the platform)
    while the account posts there within an hour; taken if the account writes to it first within ``APART_H`` hours.
    Habit: taken / (all + ``custom_prior``).
    """
    names = visits.contacts.names
    accounts = [names[number] for number in np.unique(visits.actor).tolist()]
    table = _occasions(context, parameters, accounts).to_pyarrow()
    actor, target, place = (_coded(table[name]) for name in ("actor", "target", "place"))
    hour, kind, taken = (numbers_of(table[name]) for name in ("hour", "new", "taken"))
    order = np.lexsort((hour, place[0], target[0], actor[0]))
    actors, targets, places, hour, kind, taken = (
        column[order] for column in (actor[0], target[0], place[0], hour, kind, taken)
    )
    occasion = (targets * (len(place[1]) + 1) + places) * 1_000_000 + hour  # hours since 1970 are below a million
    groups = actors * 2 + kind
    had = np.bincount(groups, minlength=2 * len(actor[1])) + parameters.custom_prior
    habit = (np.bincount(groups, weights=taken, minlength=len(had)) / np.maximum(had, 1e-9))[groups]
    number = {name: place for place, name in enumerate(names)}
    own, other = (np.array([number.get(name, -1) for name in found], dtype=np.int64) for found in (actor[1], target[1]))
    actors, targets = (coded[places] if len(coded) else places for coded, places in ((own, actors), (other, targets)))
    known = np.isin(targets, visits.target)  # others nobody wrote to
    everybody = np.unique(visits.actor)
    asked = _key(np.searchsorted(everybody, actors[known]), targets[known], hour[known], len(names))
    by_key = np.argsort(asked, kind="stable")
    wrote = known & (taken > 0)
    return Customs(
        actors, occasion, kind, taken, habit, asked[by_key], np.flatnonzero(known)[by_key],
        frozenset(zip(actors[wrote].tolist(), targets[wrote].tolist(), strict=True)), everybody, len(names),
        parameters.custom_prior,
    )


def _key(actor: Ints, target: Ints, hour: Ints, people: int) -> Ints:
    """A number for a pair and hour since 1970 (below a million) that sorts as they do."""
    return (actor * people + target) * 1_000_000 + hour


def _coded(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """A column of text as places in the sorted list of its values."""
    coded = pc.dictionary_encode(column.cast(pa.string()).combine_chunks())
    values = coded.dictionary.to_pylist()
    order = sorted(range(len(values)), key=values.__getitem__)
    places = np.empty(len(values), dtype=np.int64)
    places[order] = np.arange(len(values))
    codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return places[codes] if len(values) else codes, [values[place] for place in order]


def _occasions(context: DetectionContext, parameters: AmbushParameters, accounts: Sequence[str]) -> Any:
    """actor, target, place, hour, new (the target is an arrival), taken: one row an account and occasion."""
    presence = context.presence
    posts = presence.select("account", place="room", hour=_hour(presence.hour))
    own = posts.semi_join(listed(accounts, "account"), "account")
    first_messages = context.pairs.select(record_id="first_record")  # that one wrote to the target shows no presence
    wrote = context.private.semi_join(listed(accounts, "sender"), "sender").anti_join(first_messages, "record_id")
    anywhere = wrote.select(account="sender", place=ibis.literal(ANYWHERE), hour=_hour(wrote.sent_at))
    there = ibis.union(ibis.union(own, anywhere), own.mutate(place=ibis.literal(ANYWHERE)), distinct=True)
    around = [there.select(actor="account", place="place", hour=there.hour + shift) for shift in (-1, 0, 1)]
    near = ibis.union(ibis.union(around[0], around[1]), around[2], distinct=True)
    posted = posts.semi_join(own.select("place").distinct(), "place")
    begun = posted.mutate(before=posted.hour.lag().over(ibis.window(group_by=["account", "place"], order_by="hour")))
    begun = begun.filter(begun.before.isnull() | (begun.before + APART_H < begun.hour))
    first = context.appearances.select(target="account", seen_at="first_at")
    seen = ibis.union(
        begun.select("place", "hour", target="account"),
        first.select(place=ibis.literal(ANYWHERE), hour=_hour(first.seen_at), target="target"),
    )
    beside = near.join(seen, ["place", "hour"])
    known = beside.filter(beside.actor != beside.target).left_join(_met(context, accounts), ["actor", "target"])
    fresh = known.filter(known.met_at.isnull() | (_hour(known.met_at) >= known.hour))
    dated = fresh.left_join(first, "target")
    return dated.select(
        "actor", "target", "place", "hour",
        new=(dated.hour <= _hour(dated.seen_at) + parameters.arrival_s // 3600).fill_null(False),
        taken=(dated.own & (_hour(dated.met_at) < dated.hour + APART_H)).fill_null(False),
    )


def _hour(at: Any) -> Any:
    """Whole hours since 1970."""
    return (at.epoch_seconds().cast("float64") / 3600).floor().cast("int64")


def _met(context: DetectionContext, accounts: Sequence[str]) -> Any:
    """actor, target, met_at, own (the actor wrote first): every pair of an account, from its side."""
    pairs = context.pairs.select("initiator", "target", "first_at")
    own = pairs.semi_join(listed(accounts, "initiator"), "initiator")
    other = pairs.semi_join(listed(accounts, "target"), "target")
    return ibis.union(
        own.select(actor="initiator", target="target", met_at="first_at", own=ibis.literal(True)),
        other.select(actor="target", target="initiator", met_at="first_at", own=ibis.literal(False)),
    )
