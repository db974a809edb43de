"""Who writes in a room over time, of which age, and which private contacts begin there?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import ibis

from graph.detect.minors import MinorParameters, with_minority
from ingest.lake import Lake
from workbench.dossier.ages import ruling
from workbench.dossier.rows import one, rows

Step = Literal["W", "M"]
BY_WEEKS = timedelta(days=366)
"""A room's audience is counted by weeks up to that span, by months beyond."""


@dataclass(frozen=True)
class Begun:
    """A first private contact: who wrote to whom, when, was the target a minor then, the first message's record."""

    initiator: str
    target: str
    at: datetime
    minor: bool
    record: str


@dataclass(frozen=True)
class RoomFile:
    """``audience``: week or month (``step``), minors, adults, people of unknown age who wrote in it; ``writers``:
    account, messages, first and last, most first; ``begun``: first private contacts within an hour of both writing."""

    room: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    created_at: datetime | None
    messages: int
    first_at: datetime | None
    last_at: datetime | None
    step: Step
    audience: tuple[tuple[datetime, int, int, int], ...]
    writers: tuple[tuple[str, int, datetime, datetime], ...]
    begun: tuple[Begun, ...]


def room_file(lake: Lake, room: str) -> RoomFile:
    """All of it, from evidence."""
    table = lake.table("rooms")
    own = rows(table.filter(table.room == room).select("name", "kind", "created_at").order_by("name"))
    messages = lake.table("messages")
    posted = messages.filter(messages.room == room)
    total, first, last = one(posted.aggregate(n=posted.count(), first=posted.sent_at.min(), last=posted.sent_at.max()))
    writers = rows(posted.group_by("sender").aggregate(
        n=lambda t: t.count(), first=lambda t: t.sent_at.min(), last=lambda t: t.sent_at.max()
    ))
    people = [row[0] for row in writers]
    step: Step = "M" if total and last - first > BY_WEEKS else "W"
    return RoomFile(
        room, tuple(dict.fromkeys(row[0] for row in own if row[0])),
        tuple(dict.fromkeys(row[1] for row in own if row[1])), min((row[2] for row in own if row[2]), default=None),
        int(total), first, last, step, tuple(_audience(lake, posted, people, step)),
        tuple(sorted(writers, key=lambda row: (-row[1], row[0]))), tuple(_begun(lake, posted, people)),
    )


def rooms_of_case(lake: Lake) -> list[tuple[str, int, int]]:
    """room, messages, people who wrote in it: every room of the case, most messages first."""
    messages, table = lake.table("messages"), lake.table("rooms")
    posted = messages.filter(messages.room.notnull()).group_by("room").aggregate(
        n=lambda t: t.count(), people=lambda t: t.sender.nunique()
    )
    written = {room: (int(n), int(people)) for room, n, people in rows(posted)}
    named = {row[0] for row in rows(table.select("room").distinct())}
    listed = [(room, *written.get(room, (0, 0))) for room in named | written.keys()]
    return sorted(listed, key=lambda row: (-row[1], row[0]))


def _audience(
    lake: Lake, posted: ibis.Table, people: list[str], step: Step
) -> list[tuple[datetime, int, int, int]]:
    """Who wrote, by the age known at the first message of that week or month."""
    spoke = posted.group_by(account="sender", since=posted.sent_at.truncate(step)).aggregate(
        at=lambda t: t.sent_at.min()
    )
    known = with_minority(spoke, ruling(lake, people), account="account", at="at", parameters=MinorParameters())
    counted = known.group_by("since").aggregate(
        minors=lambda t: t.minor.sum(), adults=lambda t: (t.basis.notnull() & ~t.minor).sum(),
        unknown=lambda t: t.basis.isnull().sum(),
    )
    return sorted((since, int(minors), int(adults), int(unknown)) for since, minors, adults, unknown in rows(counted))


def _begun(lake: Lake, posted: ibis.Table, people: list[str]) -> list[Begun]:
    """First private contacts of two who both wrote here within the hour before."""
    messages = lake.table("messages")
    here = ibis.memtable({"account": people}, schema={"account": "string"})
    private = messages.filter(messages.recipient.notnull(), messages.sender != messages.recipient)
    private = private.semi_join(here, [("sender", "account")]).semi_join(here, [("recipient", "account")])
    low, high = ibis.least(private.sender, private.recipient), ibis.greatest(private.sender, private.recipient)
    pairs = private.select("sender", "recipient", "sent_at", "record_id", low=low, high=high)
    nth = ibis.row_number().over(ibis.window(group_by=["low", "high"], order_by=["sent_at", "record_id"]))
    first = pairs.mutate(nth=nth).filter(lambda t: t.nth == 0).select("sender", "recipient", "sent_at", "record_id")
    for side in ("sender", "recipient"):
        seen = posted.select(who="sender", posted_at="sent_at").view()
        near = first.join(seen, first[side] == seen.who).filter(
            lambda t: (t.posted_at <= t.sent_at) & (t.posted_at >= t.sent_at - ibis.interval(hours=1))
        )
        first = near.select("sender", "recipient", "sent_at", "record_id").distinct()
    known = with_minority(
        first, ruling(lake, people), account="recipient", at="sent_at", parameters=MinorParameters()
    )
    listed = rows(known.select("sender", "recipient", "sent_at", "minor", "record_id"))
    found = [Begun(one, other, at, bool(minor), f"messages:{record}") for one, other, at, minor, record in listed]
    return sorted(found, key=lambda item: (item.at, item.initiator, item.target))
