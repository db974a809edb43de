"""Which first contacts of adults start in which room, and whom could they have met there at that hour?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis

from graph.detect.context import DetectionContext


@dataclass(frozen=True)
class Meeting:
    """A first private contact by a known adult to somebody who had just posted in a room the adult uses as well.

    ``people`` and ``minors``: others who posted there in that hour or the one before, of known age.
    """

    room: str
    adult: str
    target: str
    at: datetime
    record: str
    minor: bool
    replied: bool
    people: int
    minors: int


def meetings(context: DetectionContext) -> list[Meeting]:
    """Meetings of accounts without a role, by room, adult and time.

    "Just": in the hour of the contact or the one before.  An adult reads every room it ever posts in, whether it speaks
    or not.  A contact that fits several rooms starts in each.
    """
    present, census, begun = _present(context), _census(context), _begun(context)
    homes = present.select(adult="account", room="room").distinct()
    near = begun.join(present.select("room", "hour", target="account"), ["target", "hour"])
    near = near.join(homes, ["adult", "room"])
    near = near.join(census, ["room", "hour"])
    own = present.select("room", "hour", adult="account").mutate(here=1)
    near = near.left_join(own, ["adult", "room", "hour"])
    rows = near.select(
        "room", "adult", "at", "record", "target", "minor", "replied",
        people=near.people - ibis.coalesce(near.here, 0), minors=near.minors,
    )
    return [
        Meeting(room, adult, target, at, record, bool(minor), bool(replied), int(people), int(minors))
        for room, adult, at, record, target, minor, replied, people, minors in context.rows(rows)
        if people > 0
    ]


def chosen(context: DetectionContext) -> list[tuple[str, int, int]]:
    """(adult, first contacts with people of known age, minors among them), anywhere, by adult."""
    counted = _begun(context).group_by("adult").agg(
        contacts=lambda t: t.count(), minors=lambda t: t.minor.cast("int64").sum().cast("int64")
    )
    return [(adult, int(contacts), int(minors)) for adult, contacts, minors in context.rows(counted)]


def _begun(context: DetectionContext) -> Any:
    """adult, target, at, record, replied, hour, minor: first contacts by known adults to people of known age."""

    def build() -> Any:
        pairs = context.pairs.anti_join(context.roles.select(initiator="account"), "initiator")
        pairs = pairs.anti_join(context.roles.select(target="account"), "target")
        begun = pairs.select(
            "target", adult="initiator", at="first_at", record="first_record", replied=pairs.replies > 0,
            hour=pairs.first_at.truncate("h"),
        )
        begun = context.with_minority(begun, account="adult", at="at", prefix="own_")
        begun = begun.filter(begun.own_basis.notnull(), ~begun.own_minor)
        begun = context.with_minority(begun, account="target", at="at", prefix="its_")
        begun = begun.filter(begun.its_basis.notnull())
        return begun.select("adult", "target", "at", "record", "replied", "hour", minor=begun.its_minor)

    return context.kept("room_begun", build)


def _present(context: DetectionContext) -> Any:
    """account, room, hour, minor, known: who posted in a room in an hour or the one before."""

    def build() -> Any:
        presence = context.presence.select("account", "room", "hour")
        known = context.with_minority(presence, account="account", at="hour")
        known = known.select("account", "room", "hour", "minor", known=known.basis.notnull())
        shifted = known.mutate(hour=known.hour + ibis.interval(hours=1))
        both = ibis.union(known, shifted)
        return both.group_by(["account", "room", "hour"]).agg(
            minor=lambda t: t.minor.cast("int64").max(), known=lambda t: t.known.cast("int64").max()
        )

    return context.kept("room_present", build)


def _census(context: DetectionContext) -> Any:
    """room, hour, people, minors: how many of known age were there."""
    present = _present(context).filter(lambda t: t.known == 1)
    return present.group_by(["room", "hour"]).agg(
        people=lambda t: t.count().cast("int64"), minors=lambda t: t.minor.sum().cast("int64")
    )


@dataclass(frozen=True)
class Audience:
    """Who posts in a room: accounts, minors and adults among them, adults who came first in its second half of time.

    ``wardens``: accounts with a role that post there, and their ``warden_hours``.
    """

    name: str | None
    kind: str | None
    people: int
    minors: int
    adults: int
    wardens: int
    warden_hours: int
    hours: int
    newcomers: int


def audiences(context: DetectionContext) -> dict[str, Audience]:
    """Every room with posts, by id."""
    presence = context.presence
    first = presence.group_by(["account", "room"]).agg(first_hour=lambda t: t.hour.min(), hours=lambda t: t.count())
    known = context.with_minority(first, account="account", at="first_hour")
    known = known.left_join(context.roles, "account")
    roles = known.role.notnull()
    bounds = presence.group_by("room").agg(start=lambda t: t.hour.min(), end=lambda t: t.hour.max())
    known = known.mutate(warden=roles.cast("int64"), adult=(known.basis.notnull() & ~known.minor).cast("int64"))
    known = known.join(bounds, "room")
    late = known.first_hour.epoch_seconds() * 2 > known.start.epoch_seconds() + known.end.epoch_seconds()
    counted = known.mutate(late=late.cast("int64")).group_by("room").agg(
        people=lambda t: t.count(), minors=lambda t: t.minor.cast("int64").sum().cast("int64"),
        adults=lambda t: t.adult.sum().cast("int64"), wardens=lambda t: t.warden.sum().cast("int64"),
        warden_hours=lambda t: (t.warden * t.hours).sum().cast("int64"), hours=lambda t: t.hours.sum().cast("int64"),
        newcomers=lambda t: (t.adult * t.late).sum().cast("int64"),
    )
    rooms = context.table("rooms").group_by("room").agg(name=lambda t: t.name.max(), kind=lambda t: t.kind.max())
    named = counted.left_join(rooms, "room")
    columns = ("name", "kind", "people", "minors", "adults", "wardens", "warden_hours", "hours", "newcomers")
    rows = context.rows(named.select("room", *columns))
    return {room: Audience(name, kind, *map(int, counts)) for room, name, kind, *counts in rows}
