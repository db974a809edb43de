"""Which first private contacts are there between people of known age, and in which rooms could each have started?"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from graph.detect.arrays import Flags, Floats, Ints
from graph.detect.context import DetectionContext, once


@dataclass(frozen=True)
class Contacts:
    """One row a first contact and room its target ever posts in, ordered by both accounts and room.

    ``by`` and ``to`` are numbers of accounts (``context.numbers``), ``contact`` counts the pairs from 0, ``room``
    points into ``rooms`` (sorted).  ``by_minor``, ``to_minor``: the ages at that moment.  ``hours`` counts the target's
    hours with posts in the room, ``own`` those of the one who wrote; ``here`` and ``own_here``: whether they posted
    there in the hour of the contact or the one before.
    """

    rooms: tuple[str, ...]
    room: Ints
    contact: Ints
    by: Ints
    to: Ints
    by_minor: Flags
    to_minor: Flags
    hours: Floats
    own: Floats
    here: Floats
    own_here: Floats

    @property
    def platforms(self) -> NDArray[np.str_]:
        """The platform of each room."""
        return np.array([room.partition(":")[0] for room in self.rooms], dtype=np.str_)

    @property
    def accounts(self) -> int:
        """One more than the largest number of an account."""
        return int(max(self.by.max(initial=0), self.to.max(initial=0))) + 1

    def by_room(self, weights: Floats) -> csc_array:
        """The sums of ``weights`` by account that wrote (rows) and room (columns), without zeros."""
        summed = csc_array((weights, (self.by, self.room)), shape=(self.accounts, len(self.rooms)))
        summed.eliminate_zeros()
        return summed


def adults_wrote(context: DetectionContext) -> bool:
    """Whether any adult wrote first to a minor."""
    begun = first_contacts(context)
    return bool(context.rows(begun.filter(~begun.by_minor, begun.to_minor).select("record").limit(1)))


def contacts(context: DetectionContext) -> Contacts:
    """The rooms of each contact's target; a target that never posts in a room has no row."""
    begun, names = first_contacts(context), context.numbers
    present = context.presence.join(names, "account").select("number", "place", "hour")
    posted = ibis.union(present, present.mutate(hour=present.hour + ibis.interval(hours=1)), distinct=True)
    posted = context.kept("room_posted", lambda: posted.mutate(one=ibis.literal(1, "int64")))
    hours = present.group_by(["number", "place"]).agg(hours=lambda t: t.count().cast("int64"))
    hours = context.kept("room_hours", lambda: hours)
    near = begun.select("by", "to", "hour", "by_minor", "to_minor").join(hours.rename(to="number"), "to")
    near = near.left_join(hours.select("place", by="number", own="hours"), ["by", "place"])
    near = near.drop("by_right", "place_right")
    near = near.left_join(posted.select("place", "hour", to="number", here="one"), ["to", "place", "hour"])
    near = near.drop("to_right", "place_right", "hour_right")
    near = near.left_join(posted.select("place", "hour", by="number", own_here="one").view(), ["by", "place", "hour"])
    counts = {name: ibis.coalesce(near[name], 0) for name in ("own", "here", "own_here")}
    table = near.select("by", "to", "place", "by_minor", "to_minor", "hours", **counts).to_pyarrow()
    by, to, place = (table[name].to_numpy() for name in ("by", "to", "place"))
    pair = by * (int(to.max(initial=0)) + 1) + to
    order = np.lexsort((place, pair))
    column = {name: table[name].to_numpy()[order] for name in table.column_names}
    column["contact"] = np.cumsum(np.diff(pair[order], prepend=-1) != 0) - 1
    places = np.flatnonzero(np.bincount(place))
    column["room"] = np.searchsorted(places, column["place"])
    called = dict(context.rows(context.presence.select("place", "room").distinct()))
    whole = {name: column[name].astype(np.int64) for name in ("room", "contact", "by", "to")}
    flags = {name: column[name].astype(np.bool_) for name in ("by_minor", "to_minor")}
    numbers = {name: column[name].astype(np.float64) for name in ("hours", *counts)}
    return Contacts(tuple(called[place] for place in places.tolist()), **whole, **flags, **numbers)


def minor_hours(context: DetectionContext) -> dict[str, int]:
    """By id of every room with posts the hours in which a minor posted, all minors together."""
    hours = context.presence.group_by(["account", "room"]).agg(first=lambda t: t.hour.min(), hours=lambda t: t.count())
    known = context.with_minority(hours, account="account", at="first")
    counted = known.group_by("room").agg(minor_hours=known.minor.ifelse(known.hours, 0).sum().cast("int64"))
    return dict(context.rows(counted))


@once
def first_contacts(context: DetectionContext) -> Any:
    """record, initiator, target, at, hour, and by, to (their numbers), by_minor, to_minor.

    Between two people of known age, both without a role.
    """
    begun, names = context.first_contacts, context.numbers
    begun = begun.filter(
        begun.initiator_role.isnull(), begun.target_role.isnull(),
        begun.initiator_basis.notnull(), begun.target_basis.notnull(),
    )
    begun = begun.select(
        "record", "initiator", "target", "at", hour=begun.at.truncate("h"),
        by_minor=begun.initiator_minor, to_minor=begun.target_minor,
    )
    begun = begun.join(names.select(initiator="account", by="number"), "initiator")
    return begun.join(names.select(target="account", to="number").view(), "target")
