"""When was each account there to be written to?  In its sessions, and in the hours in which it wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph.detect.context import DetectionContext
from graph.detect.statistics import Floats

UNENDED = 1800  # seconds that a session without an end counts
SPAN = 2.0**33  # seconds; more than there are from 1970 to any record, so accounts do not touch on one line of time


@dataclass(frozen=True)
class Presence:
    """Spans of time in which accounts were there: apart, in order of account (a place) and time, in seconds.

    Who has no span at all left no trace of its presence: nothing is known about it.
    """

    account: NDArray[np.int64]
    begin: Floats
    until: Floats

    @classmethod
    def of_spans(cls, account: NDArray[np.int64], begin: Floats, until: Floats) -> "Presence":
        """From spans in any order, which may overlap: those that touch become one."""
        order = np.argsort(account * SPAN + begin, kind="stable")
        account, begin, until = account[order], begin[order], np.maximum(until, begin)[order]
        reach = np.maximum.accumulate(account * SPAN + until) if len(account) else until
        opens = np.append(True, account[1:] * SPAN + begin[1:] > reach[:-1])[: len(account)]
        first = np.flatnonzero(opens)
        last = np.append(first[1:], len(account)) - 1 if len(first) else first
        return cls(account[first], begin[first], reach[last] - account[first] * SPAN)

    @cached_property
    def line(self) -> Floats:
        """The beginnings on one line of time for all accounts, in order."""
        return np.asarray(self.account * SPAN + self.begin, dtype=np.float64)

    def places(self, account: NDArray[np.int64], at: Floats) -> NDArray[np.int64]:
        """For each account and instant the place of its last span begun by then; below zero where there is none."""
        place = np.searchsorted(self.line, account * SPAN + at, side="right") - 1
        own = (place >= 0) & (self.account[np.maximum(place, 0)] == account) if len(self.account) else place >= 0
        return np.where(own, place, -1)


def presence_of(context: DetectionContext, people: pa.Array) -> Presence:
    """When the people were there; an account's place is that in ``people``.

    Platforms that keep sessions do not keep them all, so what somebody wrote tells as well.
    """
    sessions = context.table("sessions")
    spans = sessions.select(
        "account", begin="started_at",
        until=ibis.coalesce(sessions.ended_at, sessions.started_at + ibis.interval(seconds=UNENDED)),
    )
    rooms = context.presence.select("account", "hour").distinct()
    private = context.private
    chats = private.select(account="sender", hour=private.sent_at.truncate("h")).distinct()
    wrote = (
        hours.select("account", begin="hour", until=hours.hour + ibis.interval(hours=1))
        for hours in (rooms, chats)
    )
    return Presence.of_spans(*_joined([_columns(part, people) for part in (spans, *wrote)]))


def _columns(spans: Any, people: pa.Array) -> tuple[NDArray[np.int64], Floats, Floats]:
    table = spans.to_pyarrow().combine_chunks()
    place = pc.index_in(table["account"].cast(pa.string()), value_set=people).combine_chunks()
    known = place.is_valid().to_numpy(zero_copy_only=False)
    begin, until = (
        table[name].cast(pa.timestamp("us")).cast(pa.int64()).to_numpy()[known] / 1e6 for name in ("begin", "until")
    )
    return place.drop_null().to_numpy().astype(np.int64), begin, until


def _joined(parts: Sequence[tuple[Any, Any, Any]]) -> tuple[Any, Any, Any]:
    account, begin, until = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return account, begin, until
