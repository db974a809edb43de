"""What did two accounts write to each other, or people in a room?  Pages of a thread in order of time; nothing is cut.

A thread is read by number: the first message is 1.  A page holds the messages around the one asked for, so that a
thread of 100,000 is as quick as one of ten.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.finding import Finding
from graph.search.phrase import holds
from ingest.lake import Lake
from workbench.dossier.ages import AgeBasis, age_bases, known_at
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
    """One message; ``number`` from 1 in the thread, ``location`` as ``file:row``, ``age`` at that moment if known.

    ``later_basis``: where nothing was known of it then, what said it first since.
    """

    number: int
    record: str
    at: datetime
    sender: str
    text: str
    location: str
    age: int | None = None
    minor: bool = False
    later_basis: AgeBasis | None = None


@dataclass(frozen=True)
class Only:
    """Which messages somebody looks for: by a sender, with a text (case and accents aside), of these records; all."""

    sender: str = ""
    text: str = ""
    records: frozenset[str] | None = None

    @property
    def anything(self) -> bool:
        """Is nothing asked for?"""
        return not (self.sender or self.text or self.records is not None)


@dataclass(frozen=True)
class Page:
    """Some messages of a thread of ``total``, in order; ``before``: when the message before the first one was sent.

    ``earlier`` and ``later``: the numbers to ask for to read on; None at the ends.
    """

    messages: tuple[Message, ...]
    total: int
    began: datetime | None = None
    ended: datetime | None = None
    before: datetime | None = None
    earlier: int | None = None
    later: int | None = None

    @property
    def first(self) -> int:
        return self.messages[0].number if self.messages else 0

    @property
    def last(self) -> int:
        return self.messages[-1].number if self.messages else 0


def page(
    lake: Lake, thread: Thread, *, number: int = 1, size: int = PAGE, among: Sequence[int] | None = None
) -> Page:
    """The page that holds message ``number``; the last one where the thread is shorter.

    ``among``: the numbers of the only messages that are shown (``numbers_of``), in order; None: all.
    """
    messages = thread.messages(lake)
    ((total, began, ended),) = rows(
        messages.aggregate(n=messages.count(), began=messages.sent_at.min(), ended=messages.sent_at.max())
    )
    if not total or (among is not None and not among):
        return Page((), total, began, ended)
    if among is None:
        start = (min(max(number, 1), total) - 1) // size * size
        listed = rows(messages.order_by(["sent_at", "record_id"]).limit(size + 1, offset=max(start - 1, 0)))
        before = listed.pop(0)[0] if start else None
        numbers: Sequence[int] = range(start + 1, start + min(len(listed), size) + 1)
        earlier, later = start - size + 1 if start else None, start + size + 1 if start + size < total else None
    else:
        place = min(bisect_left(among, number), len(among) - 1) // size * size
        numbers, before = among[place : place + size], None
        wanted = ibis.memtable(pa.table({"number": pa.array(numbers, pa.int64())}))
        chosen = _numbered(messages).semi_join(wanted, "number").order_by("number")
        listed = rows(chosen.select("sent_at", "record_id", "sender", "text"))
        earlier = among[place - size] if place else None
        later = among[place + size] if place + size < len(among) else None
    listed = listed[: len(numbers)]
    known = known_at(lake, [(sender, at) for at, _record, sender, _text in listed])
    places = _locations(lake, [row[1] for row in listed])
    unknown = {sender for (_at, _record, sender, _text), age in zip(listed, known, strict=True) if age.basis is None}
    bases = [basis for basis in age_bases(lake, unknown) if basis.since is not None]
    found = tuple(
        Message(
            place, record, at, sender, text or "", places.get(record, ""), age.age, age.minor,
            _next_basis(bases, sender, at) if age.basis is None else None,
        )
        for place, (at, record, sender, text), age in zip(numbers, listed, known, strict=True)
    )
    return Page(found, total, began, ended, before, earlier, later)


def _next_basis(bases: Iterable[AgeBasis], sender: str, at: datetime) -> AgeBasis | None:
    """What first said the sender's age after a moment; ``bases``: by account, then by time."""
    return next((one for one in bases if one.account == sender and one.since is not None and one.since > at), None)


def numbers_of(lake: Lake, thread: Thread, only: Only) -> list[int]:
    """The numbers of the messages that are asked for, in order."""
    found = _numbered(thread.messages(lake))
    if only.sender:
        found = found.filter(found.sender == only.sender)
    if only.text:
        found = found.filter(holds(found.text, only.text))
    if only.records is not None:
        wanted = ibis.memtable(pa.table({"record_id": pa.array(sorted(only.records), pa.string())}))
        found = found.semi_join(wanted, "record_id")
    return [row[0] for row in rows(found.select("number").order_by("number"))]


@dataclass(frozen=True)
class Cited:
    """Which messages, or reports, leads cite: columns ``finding`` and ``record_id``, made once for all of a case."""

    table: pa.Table

    @classmethod
    def by(cls, findings: Iterable[Finding], *, table: str = "messages") -> "Cited":
        leads: list[str] = []
        records: list[str] = []
        for finding in findings:
            head = f"{table}:"
            cited = {ref for reason in finding.reasons for ref in reason.records if ref.startswith(head)}
            records += (ref.removeprefix(head) for ref in cited)
            leads += [finding.finding_id] * len(cited)
        return cls(pa.table({"finding": pa.array(leads, pa.string()), "record_id": pa.array(records, pa.string())}))

    def within(self, lake: Lake, thread: Thread) -> Mapping[str, frozenset[str]]:
        """By finding id the record ids of the messages of the thread that it cites; who cites none is left out."""
        return self._among(thread.messages(lake).select("record_id"))

    def _among(self, here: Any) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for finding, record in rows(ibis.memtable(self.table).semi_join(here, "record_id")):
            found.setdefault(finding, set()).add(record)
        return {finding: frozenset(records) for finding, records in found.items()}


def citing(lake: Lake, account: str, findings: Iterable[Finding]) -> frozenset[str]:
    """Ids of the leads that cite a message which the account wrote or received, or a report of it or by it."""
    listed = tuple(findings)
    found: set[str] = set()
    for name, ends in (("messages", ("sender", "recipient")), ("reports", ("reported", "reporter"))):
        cited, table = Cited.by(listed, table=name), lake.table(name)
        if cited.table.num_rows:  # two conditions of one column each, as in ``dossier.both_ways``
            here = ibis.union(*(table.filter(table[end] == account).select("record_id") for end in ends))
            found |= cited._among(here).keys()
    return frozenset(found)


def senders(lake: Lake, thread: Thread) -> list[tuple[str, int]]:
    """Who wrote in it and how many messages; most first."""
    messages = thread.messages(lake)
    return sorted(rows(messages.group_by("sender").aggregate(n=lambda t: t.count())), key=lambda row: (-row[1], row[0]))


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


def silences(messages: Sequence[Message], *, before: datetime | None = None) -> Mapping[int, timedelta]:
    """By message number, how long nothing had been written before it, where that is longer than ``GAP``.

    ``before``: when the message before the first of these was sent.  Only neighbours in the thread count.
    """
    found = {
        later.number: later.at - earlier.at
        for earlier, later in pairwise(messages)
        if later.number == earlier.number + 1 and later.at - earlier.at > GAP
    }
    if messages and before is not None and messages[0].at - before > GAP:
        found[messages[0].number] = messages[0].at - before
    return found


def _numbered(messages: Any) -> Any:
    order = ibis.row_number().over(ibis.window(order_by=["sent_at", "record_id"]))
    return messages.mutate(number=order + 1)


def _locations(lake: Lake, records: Collection[str]) -> dict[str, str]:
    """``file:row`` by record id."""
    opened = lake.records([f"messages:{record}" for record in records])
    return {record.ref.removeprefix("messages:"): record.location for record in opened}
