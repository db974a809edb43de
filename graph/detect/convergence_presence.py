"""When was each account there to be written to?  In its sessions, and in the hours in which it wrote."""

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

    def without(self, other: "Presence") -> "Presence":
        """The spans less the time in which ``other`` holds the account."""
        account = np.concatenate([self.account, self.account, other.account, other.account])
        at = np.concatenate([self.begin, self.until, other.begin, other.until])
        held = np.repeat([1, -1, 0, 0], [len(self.account)] * 2 + [len(other.account)] * 2)
        taken = np.repeat([0, 0, 1, -1], [len(self.account)] * 2 + [len(other.account)] * 2)
        order = np.argsort(account * SPAN + at, kind="stable")
        account, at = account[order], at[order]
        alone = (np.cumsum(held[order]) > 0) & (np.cumsum(taken[order]) == 0)
        until = np.append(at[1:], 0.0)[: len(at)]
        piece = np.flatnonzero(alone[: len(at)] & (until > at) & (np.append(account[1:], -1)[: len(at)] == account))
        return Presence.of_spans(account[piece], at[piece], until[piece])

    @cached_property
    def line(self) -> Floats:
        """The beginnings on one line of time for all accounts, in order."""
        return np.asarray(self.account * SPAN + self.begin, dtype=np.float64)

    def places(self, account: NDArray[np.int64], at: Floats) -> NDArray[np.int64]:
        """For each account and instant the place of its last span begun by then; below zero where there is none."""
        place = np.searchsorted(self.line, account * SPAN + at, side="right") - 1
        own = (place >= 0) & (self.account[np.maximum(place, 0)] == account) if len(self.account) else place >= 0
        return np.where(own, place, -1)


def visits_of(context: DetectionContext, people: pa.Array) -> Presence:
    """The people's sessions; an account's place is that in ``people``."""
    sessions = context.table("sessions")
    return Presence.of_spans(*_columns(sessions.select(
        "account", begin="started_at",
        until=ibis.coalesce(sessions.ended_at, sessions.started_at + ibis.interval(seconds=UNENDED)),
    ), people))


def wrote_of(context: DetectionContext, people: pa.Array) -> Presence:
    """The hours in which the people wrote: platforms that keep sessions do not keep them all."""
    rooms = context.presence.select("account", "hour").distinct()
    private = context.private
    chats = private.select(account="sender", hour=private.sent_at.truncate("h")).distinct()
    parts = [
        _columns(hours.select("account", begin="hour", until=hours.hour + ibis.interval(hours=1)), people)
        for hours in (rooms, chats)
    ]
    account, begin, until = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return Presence.of_spans(account, begin, until)


def _columns(spans: Any, people: pa.Array) -> tuple[NDArray[np.int64], Floats, Floats]:
    table = spans.to_pyarrow().combine_chunks()
    place = pc.index_in(table["account"].cast(pa.string()), value_set=people).combine_chunks()
    known = place.is_valid().to_numpy(zero_copy_only=False)
    begin, until = (
        table[name].cast(pa.timestamp("us")).cast(pa.int64()).to_numpy()[known] / 1e6 for name in ("begin", "until")
    )
    return place.drop_null().to_numpy().astype(np.int64), begin, until
