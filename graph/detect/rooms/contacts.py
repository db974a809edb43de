"""Which first private contacts are there between people of known age, and in which rooms could each have started?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graph.detect.context import DetectionContext
from graph.detect.statistics import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Contact:
    """A first private contact; ``by_minor``, ``to_minor``: the ages of the two at that moment."""

    record: str
    by: str
    to: str
    at: datetime
    by_minor: bool
    to_minor: bool
    replied: bool


@dataclass(frozen=True)
class Places:
    """Where contacts could have started: one row a contact and room the target ever posts in, by contact and room.

    ``contact`` points into the contacts, ``room`` into ``rooms`` (sorted); ``hours`` counts the target's hours with
    posts in the room, ``own`` those of the one who wrote; ``here`` and ``own_here`` tell whether they posted there in
    the hour of the contact or the one before.
    """

    contact: Ints
    room: Ints
    rooms: tuple[str, ...]
    hours: Floats
    own: Floats
    here: Floats
    own_here: Floats


def first_contacts(context: DetectionContext) -> tuple[Contact, ...]:
    """First contacts between two people of known age, both without a role, by record id."""
    columns = ("record", "by", "to", "at", "by_minor", "to_minor", "replied")
    return tuple(
        Contact(record, by, to, at, bool(by_minor), bool(to_minor), bool(replied))
        for record, by, to, at, by_minor, to_minor, replied in context.rows(_begun(context).select(*columns))
    )


def places(context: DetectionContext, contacts: tuple[Contact, ...]) -> Places:
    """The rooms of each contact's target; a target that never posts in a room has no row."""
    begun = _begun(context)
    hours = context.presence.group_by(["account", "room"]).agg(hours=lambda t: t.count().cast("int64"))
    hours = context.kept("room_hours", lambda: hours)
    near = begun.select("record", "by", "hour", account="to").join(hours, "account")
    own = hours.select(by="account", room="room", own="hours")
    near = near.left_join(own, ["by", "room"]).select("record", "account", "by", "room", "hour", "hours", "own")
    posted = context.presence.select("account", "room", "hour")
    posted = ibis.union(posted, posted.mutate(hour=posted.hour + ibis.interval(hours=1))).distinct()
    posted = context.kept("room_posted", lambda: posted.mutate(one=ibis.literal(1, "int64")))
    near = near.left_join(posted.select("account", "room", "hour", here="one"), ["account", "room", "hour"])
    near = near.select("record", "by", "room", "hour", "hours", "own", "here")
    near = near.left_join(posted.select("room", "hour", by="account", own_here="one"), ["by", "room", "hour"])
    counts = {name: ibis.coalesce(near[name], 0) for name in ("own", "here", "own_here")}
    table = near.select("record", "room", "hours", **counts).to_pyarrow()
    rooms = tuple(sorted(table.column("room").unique().to_pylist()))
    contact = _numbered(table.column("record"), [contact.record for contact in contacts])
    room = _numbered(table.column("room"), rooms)
    order = np.lexsort((room, contact))  # here and not in the engine: numbers sort faster than ids

    def numbers(name: str) -> Floats:
        return np.asarray(table.column(name).to_numpy(), dtype=np.float64)[order]

    return Places(
        contact[order], room[order], rooms,
        numbers("hours"), numbers("own"), numbers("here"), numbers("own_here"),
    )


def _numbered(column: pa.ChunkedArray, names: Sequence[str]) -> Ints:
    """Each of a column's values as its place among ``names``."""
    number = {name: place for place, name in enumerate(names)}
    coded = column.combine_chunks().dictionary_encode()
    places = np.array([number[name] for name in coded.dictionary.to_pylist()], dtype=np.int64)
    return np.asarray(places[coded.indices.to_numpy()], dtype=np.int64)


def _begun(context: DetectionContext) -> Any:
    """record, by, to, at, hour, by_minor, to_minor, replied: first contacts between people of known age."""

    def build() -> Any:
        pairs = context.pairs.anti_join(context.roles.select(initiator="account"), "initiator")
        pairs = pairs.anti_join(context.roles.select(target="account"), "target")
        begun = pairs.select(
            record="first_record", by="initiator", to="target", at="first_at", replied=pairs.replies > 0,
            hour=pairs.first_at.truncate("h"),
        )
        begun = context.with_minority(begun, account="by", at="at", prefix="own_")
        begun = begun.filter(begun.own_basis.notnull())
        begun = context.with_minority(begun, account="to", at="at", prefix="its_")
        begun = begun.filter(begun.its_basis.notnull())
        return begun.select(
            "record", "by", "to", "at", "hour", "replied", by_minor=begun.own_minor, to_minor=begun.its_minor
        )

    return context.kept("room_begun", build)
