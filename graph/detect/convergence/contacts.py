"""Who wrote first to whom, when, how old were both, and when was each account there?"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.detect.arrays import Flags, Ints, numbers_of
from graph.detect.context import DetectionContext

HOUR = 3_600_000  # milliseconds
DAY = 24 * HOUR
UNENDED = 24  # hours that one session counts at most
YOUNG, ADULT, UNKNOWN = 0, 1, 2


@dataclass(frozen=True)
class Contacts:
    """First private contacts between accounts without a role, in order of target, time and record.

    ``people``: ids in order; accounts are places in it.  ``at``: milliseconds since 1970.  ``side`` and
    ``target_side``: YOUNG (a minor by the evidence of that moment), ADULT or UNKNOWN; ``age`` of the target in years,
    below zero where unknown.  ``appeared``: by account, its first trace.  ``present`` and ``present_from``: the hours
    in which accounts left a trace, as milliseconds in order of account, and where each account's begin.
    """

    people: pa.Array
    initiator: Ints
    target: Ints
    at: Ints
    record: pa.Array
    answered: Flags
    side: Ints
    target_side: Ints
    age: Ints
    appeared: Ints
    present: Ints
    present_from: Ints

    def __len__(self) -> int:
        return len(self.at)

    def names(self, accounts: Ints) -> tuple[str, ...]:
        """The ids of accounts."""
        return tuple(self.people.take(pa.array(accounts)).to_pylist())


def read_contacts(context: DetectionContext) -> Contacts:
    """All first contacts of a run with what is known of both sides at that moment."""
    first = context.first_contacts
    wanted = first.filter(first.initiator_role.isnull(), first.target_role.isnull()).select(
        "initiator", "target", "at", "record", "initiator_minor", "initiator_basis", "target_minor", "target_basis",
        "target_age", answered=first.replies > 0,
    )
    table = wanted.order_by(["target", "at", "record", "initiator"]).to_pyarrow().combine_chunks()
    seen = context.appearances.order_by("account").to_pyarrow().combine_chunks()
    people = seen["account"].combine_chunks().cast(pa.string())
    present, present_from = _present(context, people)
    return Contacts(
        people=people,
        initiator=_places(table["initiator"], people), target=_places(table["target"], people),
        at=_milliseconds(table["at"]), record=table["record"].combine_chunks(),
        answered=table["answered"].to_numpy().astype(bool),
        side=_side(table, "initiator"), target_side=_side(table, "target"),
        age=numbers_of(table["target_age"].fill_null(-1)),
        appeared=_milliseconds(seen["first_at"]), present=present, present_from=present_from,
    )


def _present(context: DetectionContext, people: pa.Array) -> tuple[Ints, Ints]:
    """Hours with a session, a room message or the first message of a chat, by account."""
    directed, sessions = context.directed, context.table("sessions")
    wrote = [
        hours.distinct().to_pyarrow()
        for hours in (
            context.presence.select("account", "hour"),
            directed.select(account="sender", hour=directed.first_at.truncate("h")),
        )
    ]
    visits = sessions.select(
        "account", begin="started_at", until=ibis.coalesce(sessions.ended_at, sessions.started_at)
    ).to_pyarrow()
    begin, until = (_milliseconds(visits[name]) // HOUR for name in ("begin", "until"))
    account = np.concatenate([_places(part["account"], people) for part in (*wrote, visits)])
    hour = np.concatenate([*(_milliseconds(part["hour"]) // HOUR for part in wrote), begin])
    lengths = np.ones(len(hour), dtype=np.int64)
    lengths[len(hour) - len(begin) :] = np.clip(until - begin + 1, 1, UNENDED)
    known = account >= 0
    account, hour, lengths = account[known], hour[known], lengths[known]
    base = int(hour.min()) if len(hour) else 0
    span = int((hour + lengths).max()) - base if len(hour) else 1
    there = account * span + (hour - base)
    every = np.repeat(there - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
    every = np.sort(every.astype(np.uint32 if len(people) * span < 2**32 else np.int64))  # half as wide: twice as fast
    every = every[np.append(True, every[1:] != every[:-1])[: len(every)]].astype(np.int64)
    return (every % span + base) * HOUR, np.searchsorted(every // span, np.arange(len(people) + 1))


def _places(names: Any, people: pa.Array) -> Ints:
    """Places in ``people``; -1 for who is not there."""
    found = pc.fill_null(pc.index_in(names.cast(pa.string()), value_set=people), -1)
    return np.asarray(found.to_numpy(), dtype=np.int64)


def _side(table: pa.Table, who: str) -> Ints:
    known = table[f"{who}_basis"].is_valid().to_numpy()
    return np.where(known, np.where(table[f"{who}_minor"].to_numpy(), YOUNG, ADULT), UNKNOWN).astype(np.int64)


def _milliseconds(instants: pa.ChunkedArray) -> Ints:
    return numbers_of(instants) // 1000
