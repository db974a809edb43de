"""Of which ages were the people an account could have written to, at each of its first contacts?"""

from typing import Any

import numpy as np
import pyarrow as pa

from graph.detect.hubs_ages import AgeGroups, Ints
from graph.detect.statistics import Floats


def opportunity(contacts: pa.Table, days: pa.Table, groups: AgeGroups, *, smoothing_people: float) -> Floats:
    """A row a contact of ``hubs_contacts.first_contacts``: the shares of the groups among those present, all above 0.

    The others in the account's rooms, drawn by ``smoothing_people`` people's weight to all who wrote on that day
    (``hubs_contacts.active_days``); where the account was in no room the day alone.
    """
    rooms = np.stack([numbers(contacts, f"room_{g}") for g in range(groups.size)], axis=1)
    own = numbers(contacts, "own_group").astype(np.int64)
    rows = np.arange(len(own))
    rooms[rows, own] = np.maximum(rooms[rows, own] - numbers(contacts, "own_people"), 0.0)
    day = np.stack([numbers(days, f"day_{g}") for g in range(groups.size)], axis=1) + 0.1
    shares = (day / day.sum(axis=1, keepdims=True))[_places(contacts, days)]
    whole = rooms.sum(axis=1, keepdims=True) + smoothing_people
    return np.asarray((rooms + smoothing_people * shares) / whole, dtype=np.float64)


def _places(contacts: pa.Table, days: pa.Table) -> Ints:
    """The row of ``days`` that each contact's day has; every contact is a message, so its day is there."""
    return np.asarray(np.searchsorted(_seconds(days), _seconds(contacts)), dtype=np.int64)


def _seconds(table: pa.Table) -> Ints:
    return np.asarray(table.column("day").cast(pa.timestamp("s")).cast(pa.int64()).to_numpy(), dtype=np.int64)


def numbers(table: pa.Table, name: str, *, missing: float = 0.0) -> Floats:
    """A column as floats; booleans as 0 and 1, nulls as ``missing``."""
    column: Any = table.column(name)
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    return np.array(column.cast(pa.float64()).fill_null(missing).to_numpy(), dtype=np.float64)
