"""Did most members come out of one room on a day when it was far fuller than usual: a public occasion?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any

import ibis
import numpy as np

from graph.detect.arrays import listed
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
    hours = np.array([hour * HOUR * 1000 for _, hour in when], dtype="datetime64[us]")
    wanted = listed(account=[account for account, _ in when], hour=hours)
    there = context.presence.join(wanted, ["account", "hour"]).select("account", "hour", "room")
    rows = there.join(_crowds(context.presence), ["room", "hour"]).select("account", "hour", "room", "crowd", "usual")
    full: dict[tuple[str, int], list[Occasion]] = {}
    for account, at, room, crowd, usual in context.rows(rows):
        if crowd >= max(CROWD, TIMES * usual):
            hour = int(at.replace(tzinfo=UTC).timestamp()) * 1000 // HOUR
            full.setdefault((account, hour), []).append(Occasion(room, 0, int(crowd), float(usual)))
    return [_of(contacts, around, full) for around in leads]


def _crowds(presence: Any) -> Any:
    """room, hour, crowd: accounts that wrote, and usual: how many do, on average of the hours in which anybody does, or
    at that hour of other days where that is more."""
    crowds = presence.group_by(["room", "hour"]).agg(crowd=lambda t: t.count())
    crowds = crowds.mutate(of_day=crowds.hour.hour())
    whole = crowds.group_by("room").agg(mean=lambda t: t.crowd.mean(), days=lambda t: t.hour.truncate("D").nunique())
    daily = crowds.group_by(["room", "of_day"]).agg(at_that_hour=lambda t: t.crowd.sum().cast("int64"))
    told = crowds.join(whole, "room").join(daily, ["room", "of_day"])
    others = (told.at_that_hour - told.crowd) / ibis.greatest(told.days - 1, 1)
    return told.select("room", "hour", "crowd", usual=ibis.greatest(told["mean"], others))


def _of(contacts: Contacts, around: Around, full: Mapping[tuple[str, int], Sequence[Occasion]]) -> Occasion | None:
    """The fullest hour counts of those that brought as many; a day has its room once."""
    members: Counter[tuple[str, int]] = Counter()
    fullest: dict[tuple[str, int], Occasion] = {}
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
    return replace(fullest[best], members=members[best])
