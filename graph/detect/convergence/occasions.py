"""Did most members come out of one room that was far fuller than usual: a public occasion?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.convergence.around import Around
from graph.detect.convergence.contacts import HOUR, Contacts

CROWD, TIMES = 10, 3.0  # so many accounts writing in a room in an hour, and so many times its usual number


@dataclass(frozen=True)
class Occasion:
    """The room, how many members wrote there when they came, and how many accounts it held and holds usually."""

    room: str
    members: int
    crowd: int
    usual: float


def occasions(context: DetectionContext, contacts: Contacts, leads: Sequence[Around]) -> list[Occasion | None]:
    """For each lead the room in which half of its members wrote within the hour before they came, if it was full."""
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
    usual = {
        room: crowds / hours
        for room, crowds, hours in context.rows(
            by_hour.group_by("room").agg(crowds=lambda t: t.crowd.sum(), hours=lambda t: t.count())
        )
    }
    there = presence.join(ibis.memtable(wanted), ["account", "hour"]).select("account", "hour", "room")
    full: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for account, hour, room, crowd in context.rows(
        there.join(by_hour, ["room", "hour"]).select("account", "hour", "room", "crowd")
    ):
        if crowd >= max(CROWD, TIMES * usual[room]):
            full.setdefault((account, _hour(hour)), []).append((room, int(crowd)))
    return [_of(contacts, around, full, usual) for around in leads]


def _of(
    contacts: Contacts, around: Around, full: dict[tuple[str, int], list[tuple[str, int]]], usual: dict[str, float]
) -> Occasion | None:
    members: Counter[str] = Counter()
    crowds: dict[str, int] = {}
    names = contacts.names(contacts.initiator[around.rows])
    for account, at in zip(names, contacts.at[around.rows].tolist(), strict=True):
        rooms = dict(full.get((account, at // HOUR), []) + full.get((account, at // HOUR - 1), []))
        for room, crowd in rooms.items():
            members[room] += 1
            crowds[room] = max(crowd, crowds.get(room, 0))
    best = min(members, key=lambda room: (-members[room], room), default=None)
    if best is None or 2 * members[best] < len(around.rows):
        return None
    return Occasion(best, members[best], crowds[best], usual[best])


def _hour(at: datetime) -> int:
    return int(at.replace(tzinfo=UTC).timestamp()) * 1000 // HOUR
