"""Who posts in a room?  Ages, adults who came late, and accounts with a role that watch over it."""

from dataclasses import dataclass

from graph.detect.context import DetectionContext


@dataclass(frozen=True)
class Audience:
    """Accounts that post in a room: minors and adults among them, adults who came first in its second half of time.

    ``hours`` are hours with posts of all accounts together, ``minor_hours`` those of minors; ``wardens``: accounts with
    a role, and their ``warden_hours``.
    """

    name: str | None
    kind: str | None
    people: int
    minors: int
    adults: int
    wardens: int
    warden_hours: int
    hours: int
    minor_hours: int
    newcomers: int


COUNTS = ("people", "minors", "adults", "wardens", "warden_hours", "hours", "minor_hours", "newcomers")


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
    counted = known.mutate(late=late.cast("int64"), young=known.minor.cast("int64")).group_by("room").agg(
        people=lambda t: t.count(), minors=lambda t: t.young.sum().cast("int64"),
        adults=lambda t: t.adult.sum().cast("int64"), wardens=lambda t: t.warden.sum().cast("int64"),
        warden_hours=lambda t: (t.warden * t.hours).sum().cast("int64"), hours=lambda t: t.hours.sum().cast("int64"),
        minor_hours=lambda t: (t.young * t.hours).sum().cast("int64"),
        newcomers=lambda t: (t.adult * t.late).sum().cast("int64"),
    )
    rooms = context.table("rooms").group_by("room").agg(name=lambda t: t.name.max(), kind=lambda t: t.kind.max())
    named = counted.left_join(rooms, "room")
    rows = context.rows(named.select("room", "name", "kind", *COUNTS))
    return {room: Audience(name, kind, *map(int, counts)) for room, name, kind, *counts in rows}
