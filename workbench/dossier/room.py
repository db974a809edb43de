"""Who writes in a room over time, of which age, and which private contacts begin there?"""

from dataclasses import dataclass
from datetime import datetime

import ibis

from graph.detect.minors import MinorParameters, with_minority
from ingest.lake import Lake
from workbench.dossier.ages import ruling
from workbench.dossier.rows import one, rows

HOUR_S = 3600


@dataclass(frozen=True)
class RoomFile:
    """``audience``: month, minors, adults, people of unknown age who wrote in it; ``writers``: account, messages, first
    and last, most first; ``begun``: first private contacts within an hour of both writing here: initiator, target, at,
    is the target a minor then; in order of time."""

    room: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    messages: int
    first_at: datetime | None
    last_at: datetime | None
    audience: tuple[tuple[datetime, int, int, int], ...]
    writers: tuple[tuple[str, int, datetime, datetime], ...]
    begun: tuple[tuple[str, str, datetime, bool], ...]


def room_file(lake: Lake, room: str) -> RoomFile:
    """All of it, from evidence."""
    table = lake.table("rooms")
    own = rows(table.filter(table.room == room).select("name", "kind").order_by("name"))
    messages = lake.table("messages")
    posted = messages.filter(messages.room == room)
    total, first, last = one(posted.aggregate(n=posted.count(), first=posted.sent_at.min(), last=posted.sent_at.max()))
    writers = rows(posted.group_by("sender").aggregate(
        n=lambda t: t.count(), first=lambda t: t.sent_at.min(), last=lambda t: t.sent_at.max()
    ))
    people = [row[0] for row in writers]
    return RoomFile(
        room, tuple(dict.fromkeys(row[0] for row in own if row[0])),
        tuple(dict.fromkeys(row[1] for row in own if row[1])),
        int(total), first, last, tuple(_audience(lake, posted, people)),
        tuple(sorted(writers, key=lambda row: (-row[1], row[0]))), tuple(_begun(lake, posted, people)),
    )


def _audience(lake: Lake, posted: ibis.Table, people: list[str]) -> list[tuple[datetime, int, int, int]]:
    months = posted.select(account="sender", month=posted.sent_at.truncate("M")).distinct()
    known = with_minority(months, ruling(lake, people), account="account", at="month", parameters=MinorParameters())
    counted = known.group_by("month").aggregate(
        minors=lambda t: t.minor.sum(), adults=lambda t: (t.basis.notnull() & ~t.minor).sum(),
        unknown=lambda t: t.basis.isnull().sum(),
    )
    return sorted((month, int(minors), int(adults), int(unknown)) for month, minors, adults, unknown in rows(counted))


def _begun(lake: Lake, posted: ibis.Table, people: list[str]) -> list[tuple[str, str, datetime, bool]]:
    """First private contacts of two who both wrote here within the hour before."""
    messages = lake.table("messages")
    here = ibis.memtable({"account": people}, schema={"account": "string"})
    private = messages.filter(messages.recipient.notnull(), messages.sender != messages.recipient)
    private = private.semi_join(here, [("sender", "account")]).semi_join(here, [("recipient", "account")])
    low, high = ibis.least(private.sender, private.recipient), ibis.greatest(private.sender, private.recipient)
    pairs = private.select("sender", "recipient", "sent_at", "record_id", low=low, high=high)
    nth = ibis.row_number().over(ibis.window(group_by=["low", "high"], order_by=["sent_at", "record_id"]))
    first = pairs.mutate(nth=nth).filter(lambda t: t.nth == 0).select("sender", "recipient", "sent_at")
    for side in ("sender", "recipient"):
        seen = posted.select(who="sender", posted_at="sent_at").view()
        near = first.join(seen, first[side] == seen.who).filter(
            lambda t: (t.posted_at <= t.sent_at) & (t.posted_at >= t.sent_at - ibis.interval(hours=1))
        )
        first = near.select("sender", "recipient", "sent_at").distinct()
    known = with_minority(
        first, ruling(lake, people), account="recipient", at="sent_at", parameters=MinorParameters()
    )
    found = rows(known.select("sender", "recipient", "sent_at", "minor"))
    return sorted(((a, b, at, bool(minor)) for a, b, at, minor in found), key=lambda row: (row[2], row[0], row[1]))
