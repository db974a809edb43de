"""What do the weights read?  All first contacts and hours of writing as arrays, accounts by their place."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graph.detect.hubs_ages import Ints
from graph.detect.hubs_hours import Hours
from graph.detect.hubs_opportunity import numbers
from graph.detect.statistics import Floats


@dataclass(frozen=True)
class Contacts:
    """First contacts of all accounts, sorted by account: whose (its place), to which group, who was present.

    ``own``: each account's own group; ``recipient``: the place of the account written to (-1: it began none),
    ``sender_group`` and ``group`` as known then; ``closed``: 1 where the two share a third contact, -1 where not
    looked at; ``role``: 1 for accounts with a role, which tell neither of ordinary life nor of anybody's age.
    """

    account: Ints
    group: Ints
    sender_group: Ints
    recipient: Ints
    opportunity: Floats
    closed: Ints
    own: Ints
    role: Ints
    hours: Hours


def counted(table: pa.Table, hours: pa.Table, opportunity: Floats) -> Contacts:
    """The contacts of ``hubs_contacts.first_contacts``; an account's own group is what is known at its last one.

    ``hours``: of ``hubs_hours.written_hours``.
    """
    whose, target = (numbers(table, name).astype(np.int64) for name in ("number", "target_number"))
    new = np.diff(whose, prepend=-1) > 0
    account = np.cumsum(new) - 1
    begun = whose[new]
    writer = numbers(hours, "number").astype(np.int64)
    (place, known), (spot, there) = (_found(begun, wanted) for wanted in (target, writer))
    cell, count = numbers(hours, "cell").astype(np.int64)[there], numbers(hours, "hours")[there]
    last = np.flatnonzero(np.append(new[1:], True))
    sender_group = numbers(table, "own_group").astype(np.int64)
    role = np.asarray(table.column("role").take(pa.array(last)).is_valid(), dtype=np.int64)
    return Contacts(
        account=account,
        group=numbers(table, "target_group").astype(np.int64),
        sender_group=sender_group,
        recipient=np.where(known, place, -1),
        opportunity=opportunity,
        closed=numbers(table, "closed", missing=-1.0).astype(np.int64),
        own=sender_group[last],
        role=role,
        hours=Hours(spot[there], cell, count),
    )


def _found(begun: Ints, wanted: Ints) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The place of each wanted number among those ``begun`` (ascending), and whether it is there."""
    place = np.minimum(np.searchsorted(begun, wanted), len(begun) - 1)
    return place, begun[place] == wanted
