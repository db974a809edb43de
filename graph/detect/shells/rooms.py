"""In which rooms does each account write, and do two share one habit?  A Bayes factor over Dirichlet-multinomials."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from math import lgamma, log
from typing import Any, NamedTuple

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.shells.logins import Logins

_LEAST_CONCENTRATION = 0.01


class Likeness(NamedTuple):
    """``bits``: log2 of how much likelier one habit made the days of both than two habits did; ``alike``: the share of
    their days that lie alike; ``rooms``: those in common; ``days``: of each, a day counted in each room of it.
    """

    bits: float
    alike: float
    rooms: int
    days: tuple[int, int]


class Rooms:
    """The rooms by number.  ``days``: by account on how many days it wrote in which room; ``pull``: by room the prior
    weight of the Dirichlet from which habits are drawn; rooms of a platform without habits have none.
    """

    def __init__(self, days: Mapping[int, Mapping[int, int]], pull: Mapping[int, float], places: Mapping[int, int]):
        self._days, self._pull, self._places = days, pull, places
        self._fits: dict[int, float] = {}

    def likeness(self, one: int, other: int) -> Likeness | None:
        """None where one wrote in no room, or the two are of two platforms, or rooms tell nobody's habits."""
        a, b = self._days.get(one), self._days.get(other)
        if a is None or b is None:
            return None
        (place, *more) = {self._places[room] for room in (*a, *b)}
        if more or next(iter(a)) not in self._pull:
            return None
        both = {room: a.get(room, 0) + b.get(room, 0) for room in sorted({*a, *b})}
        bits = (self._fit(both, place) - self._own(one, a, place) - self._own(other, b, place)) / log(2.0)
        n = sum(a.values()), sum(b.values())
        common = a.keys() & b.keys()
        return Likeness(bits, sum(min(a[room] / n[0], b[room] / n[1]) for room in sorted(common)), len(common), n)

    def _own(self, who: int, days: Mapping[int, int], place: int) -> float:
        if who not in self._fits:
            self._fits[who] = self._fit(days, place)
        return self._fits[who]

    @cached_property
    def _whole(self) -> Mapping[int, float]:
        whole: dict[int, float] = defaultdict(float)
        for room, weight in self._pull.items():
            whole[self._places[room]] += weight
        return whole

    def _fit(self, days: Mapping[int, int], place: int) -> float:
        """ln of the chance of these days under a habit drawn from the Dirichlet, their order given."""
        whole, n = self._whole[place], sum(days.values())
        parts = (lgamma(self._pull[room] + k) - lgamma(self._pull[room]) for room, k in days.items())
        return lgamma(whole) - lgamma(whole + n) + sum(parts)


def read_rooms(context: DetectionContext, logins: Logins, members: Any) -> Rooms:
    """Days by account and room for the accounts of ``members`` (who); habits are told by all accounts."""
    presence = context.presence
    days = presence.select("account", "room", day=presence.hour.truncate("D")).distinct()
    counts = days.group_by(["account", "room"]).agg(n=lambda t: t.count())
    numbered_accounts = counts.join(logins.accounts, "account").select("who", "room", "n")
    counts = context.kept("shells.room_days", lambda: numbered_accounts)
    sizes = context.rows(counts.group_by("room").agg(n=counts.n.sum().cast("int64")))
    platforms = sorted({room.partition(":")[0] for room, _ in sizes})
    places = {number: platforms.index(room.partition(":")[0]) for number, (room, _) in enumerate(sizes)}
    numbered = ibis.memtable(pa.table({
        "room": pa.array([room for room, _ in sizes], pa.string()),
        "number": pa.array(range(len(sizes)), pa.int64()),
        "place": pa.array([places[number] for number in range(len(sizes))], pa.int64()),
    }))
    told = counts.join(numbered, "room")
    found: dict[int, dict[int, int]] = {}
    for who, number, n in context.rows(told.semi_join(members, "who").select("who", "number", "n")):
        found.setdefault(who, {})[number] = n
    lives = told.group_by(["who", "place"]).agg(
        days=told.n.sum().cast("int64"), same=(told.n * (told.n - 1)).sum().cast("int64")
    )
    lives = lives.filter(lives.days >= 2)
    spread = lives.group_by(["place", "days"]).agg(accounts=lives.count(), same=lives.same.sum().cast("int64"))
    pull: dict[int, float] = {}
    moments = context.rows(spread)
    for place in range(len(platforms)):
        own = {number: n for number, (_, n) in enumerate(sizes) if places[number] == place}
        total = sum(own.values())
        whole = _concentration(
            [(n, accounts, same) for where, n, accounts, same in moments if where == place],
            sum((n / total) ** 2 for n in own.values()),
        )
        if whole is not None:
            pull |= {number: whole * n / total for number, n in own.items()}
    return Rooms(found, pull, places)


def _concentration(moments: list[tuple[int, int, int]], chance: float) -> float | None:
    """The Dirichlet's whole weight A, from how often two days of one account are of one room: S + (1 - S) / (1 + A).

    ``moments``: days, accounts with so many, ordered pairs of their days in one room; ``chance``: S, two days of
    anybody.  None where accounts keep to no rooms.
    """
    accounts = sum(number for _, number, _ in moments)
    if not accounts:
        return None
    same = sum(pairs / (n * (n - 1)) for n, _, pairs in moments) / accounts
    return max(_LEAST_CONCENTRATION, (1.0 - same) / (same - chance)) if same > chance else None
