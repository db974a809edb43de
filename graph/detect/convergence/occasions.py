"""Did most members come out of one room on a day when it was far fuller than usual: a public occasion?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.convergence.around import Around
from graph.detect.convergence.contacts import DAY, HOUR, Contacts

CROWD, TIMES = 10, 3.0  # so many accounts writing in a room in an hour, and so many times its usual number


@dataclass(frozen=True)
class Occasion:
    """The room, how many members wrote there when they came, and how many accounts it held and usually holds."""

    room: str
    members: int
    crowd: int
    usual: float


def occasions(context: DetectionContext, contacts: Contacts, leads: Sequence[Around]) -> list[Occasion | None]:
    """For each lead the room in which half of its members wrote within the hour before they came, on one day, if it was
    full."""
    when = {
        (account, hour): place
        for around in leads
        for account, at in zip(
            contacts.names(contacts.initiator[around.rows]), contacts.at[around.rows].tolist(), strict=True
        )
        for place, hour in enumerate((at // HOUR, at // HOUR - 1))
    }
    if not when:
        return []
    wanted = pa.table({
        "account": pa.array([account for account, _ in when], pa.string()),
        "hour": pa.array([hour * HOUR * 1000 for _, hour in when], pa.timestamp("us")),
    })
    presence = context.presence
    by_hour = presence.group_by(["room", "hour"]).agg(crowd=lambda t: t.count())
    usual = _Usual.of(context, by_hour)
    there = presence.join(ibis.memtable(wanted), ["account", "hour"]).select("account", "hour", "room")
    full: dict[tuple[str, int], list[_Full]] = {}
    for account, at, room, crowd in context.rows(
        there.join(by_hour, ["room", "hour"]).select("account", "hour", "room", "crowd")
    ):
        hour = _hour(at)
        one = _Full(room, int(crowd), usual.crowd(room, hour, int(crowd)))
        if one.crowd >= max(CROWD, TIMES * one.usual):
            full.setdefault((account, hour), []).append(one)
    return [_of(contacts, around, full) for around in leads]


@dataclass(frozen=True)
class _Full:
    room: str
    crowd: int
    usual: float


@dataclass(frozen=True)
class _Usual:
    """By room ``mean``, of the hours in which anybody wrote, and ``days``, on how many anybody did; ``at``: by room and
    hour of the day, the crowds of all days together."""

    mean: Mapping[str, float]
    days: Mapping[str, int]
    at: Mapping[tuple[str, int], int]

    @classmethod
    def of(cls, context: DetectionContext, by_hour: Any) -> "_Usual":
        """Read from the accounts of each room and hour."""
        whole = by_hour.group_by("room").agg(
            mean=lambda t: t.crowd.mean(), days=lambda t: t.hour.truncate("D").nunique()
        )
        daily = by_hour.group_by("room", of_day=by_hour.hour.hour()).agg(crowds=lambda t: t.crowd.sum())
        rooms = context.rows(whole.select("room", "mean", "days"))
        return cls(
            {room: float(mean) for room, mean, _ in rooms}, {room: int(days) for room, _, days in rooms},
            {(room, int(hour)): int(crowds) for room, hour, crowds in context.rows(daily)},
        )

    def crowd(self, room: str, hour: int, crowd: int) -> float:
        """How many accounts are usual: on average, or at that hour of other days where that is more."""
        others = (self.at[room, hour % 24] - crowd) / max(self.days[room] - 1, 1)
        return max(self.mean[room], others)


def _of(contacts: Contacts, around: Around, full: Mapping[tuple[str, int], Sequence[_Full]]) -> Occasion | None:
    """The fullest hour counts of those that brought as many; a day has its room once."""
    members: Counter[tuple[str, int]] = Counter()
    fullest: dict[tuple[str, int], _Full] = {}
    names = contacts.names(contacts.initiator[around.rows])
    for account, at in zip(names, contacts.at[around.rows].tolist(), strict=True):
        found = {one.room: one for back in (0, 1) for one in full.get((account, at // HOUR - back), ())}
        for room, one in found.items():
            day = (room, at // DAY)
            members[day] += 1
            fullest[day] = max(one, fullest.get(day, one), key=lambda each: each.crowd)
    best = min(members, key=lambda day: (-members[day], day), default=None)
    if best is None or 2 * members[best] < len(around.rows):
        return None
    return Occasion(best[0], members[best], fullest[best].crowd, fullest[best].usual)


def _hour(at: datetime) -> int:
    return int(at.replace(tzinfo=UTC).timestamp()) * 1000 // HOUR
