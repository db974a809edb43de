"""What did two accounts write to each other, or people in a room?  Pages of a thread in order of time; nothing is cut.

A thread is read by number: the first message is 1.  A page holds the messages around the one asked for, so that a
thread of 100,000 is as quick as one of ten.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.minors import MinorParameters, with_minority
from ingest.lake import Lake
from workbench.dossier.ages import ruling
from workbench.dossier.rows import rows

PAGE = 100
GAP = timedelta(hours=6)
"""A silence longer than that is marked."""


@dataclass(frozen=True)
class Thread:
    """Two accounts (``room`` is empty), or one room (``one`` and ``other`` are empty); ids as in evidence."""

    one: str = ""
    other: str = ""
    room: str = ""

    def __post_init__(self) -> None:
        if bool(self.room) == bool(self.one or self.other) or bool(self.one) != bool(self.other):
            raise ValueError("a thread has two accounts, or a room")

    def messages(self, lake: Lake) -> Any:
        """Its messages as an ibis table of sent_at, record_id, sender, text."""
        table = lake.table("messages")
        if self.room:
            wanted = table.room == self.room
        else:
            there = (table.sender == self.one) & (table.recipient == self.other)
            back = (table.sender == self.other) & (table.recipient == self.one)
            wanted = there | back
        return table.filter(wanted).select("sent_at", "record_id", "sender", "text")


@dataclass(frozen=True)
class Message:
    """One message; ``number`` from 1 in the thread, ``location`` as ``file:row``, ``age`` at that moment if known."""

    number: int
    record: str
    at: datetime
    sender: str
    text: str
    location: str
    age: int | None = None
    minor: bool = False


@dataclass(frozen=True)
class Page:
    """Messages ``first`` to ``last`` of ``total``; ``last`` is 0 in an empty thread."""

    messages: tuple[Message, ...]
    total: int
    began: datetime | None = None
    ended: datetime | None = None

    @property
    def first(self) -> int:
        return self.messages[0].number if self.messages else 0

    @property
    def last(self) -> int:
        return self.messages[-1].number if self.messages else 0


def page(lake: Lake, thread: Thread, *, number: int = 1, size: int = PAGE) -> Page:
    """The page that holds message ``number``; the last one where the thread is shorter."""
    messages = thread.messages(lake)
    ((total, began, ended),) = rows(
        messages.aggregate(n=messages.count(), began=messages.sent_at.min(), ended=messages.sent_at.max())
    )
    if not total:
        return Page((), 0)
    start = (min(max(number, 1), total) - 1) // size * size
    listed = rows(messages.order_by(["sent_at", "record_id"]).limit(size, offset=start))
    known = _ages(lake, listed)
    places = _locations(lake, [row[1] for row in listed])
    return Page(
        tuple(
            Message(start + place, record, at, sender, text or "", places.get(record, ""), age, minor)
            for place, ((at, record, sender, text), (age, minor)) in enumerate(zip(listed, known, strict=True), start=1)
        ),
        total, began, ended,
    )


def number_at(lake: Lake, thread: Thread, moment: datetime) -> int:
    """The number of the first message at or after that (naive UTC) moment; the last one's where none is."""
    messages = thread.messages(lake)
    before = int(messages.filter(messages.sent_at < moment).count().to_pyarrow().as_py())
    return before + 1


def number_of(lake: Lake, thread: Thread, record: str) -> int | None:
    """The number of the message with that record id; None where the thread has none."""
    messages = thread.messages(lake)
    found = rows(messages.filter(messages.record_id == record).select("sent_at"))
    if not found:
        return None
    at = found[0][0]
    earlier = (messages.sent_at < at) | ((messages.sent_at == at) & (messages.record_id < record))
    return int(messages.filter(earlier).count().to_pyarrow().as_py()) + 1


def numbers_with(lake: Lake, thread: Thread, text: str, *, most: int = 1_000) -> tuple[tuple[int, ...], int]:
    """Numbers of the first ``most`` messages that contain the text, in any case, and how many there are in all."""
    messages = thread.messages(lake)
    order = ibis.row_number().over(ibis.window(order_by=["sent_at", "record_id"]))
    counted = messages.mutate(number=order + 1)
    hits = counted.filter(counted.text.lower().contains(text.lower())).select("number").order_by("number")
    numbers = [row[0] for row in rows(hits)]
    return tuple(numbers[:most]), len(numbers)


def silences(messages: Sequence[Message]) -> Mapping[int, timedelta]:
    """By message number, how long nothing had been written before it, where that is longer than ``GAP``."""
    return {
        later.number: later.at - earlier.at
        for earlier, later in pairwise(messages)
        if later.at - earlier.at > GAP
    }



def _ages(lake: Lake, listed: Sequence[tuple[Any, ...]]) -> list[tuple[int | None, bool]]:
    """Age and minority of each message's sender at its moment, by the evidence on these senders alone."""
    known = ruling(lake, {row[2] for row in listed})
    events = ibis.memtable(
        pa.table({
            "place": pa.array(range(len(listed)), pa.int64()),
            "sender": [row[2] for row in listed],
            "at": pa.array([row[0] for row in listed], pa.timestamp("us")),
        })
    )
    found = with_minority(events, known, account="sender", at="at", parameters=MinorParameters())
    by_place = {row[0]: (row[1], bool(row[2])) for row in rows(found.select("place", "age", "minor"))}
    return [by_place[place] for place in range(len(listed))]


def _locations(lake: Lake, records: Collection[str]) -> dict[str, str]:
    """``file:row`` by record id."""
    opened = lake.records([f"messages:{record}" for record in records])
    return {record.ref.removeprefix("messages:"): record.location for record in opened}
