"""What happened to an account, in order, by pages: sessions, messages, contacts, marks, ages, reports, casework?

Messages stand by counterpart (or room) and day; every single one is in its conversation.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from graph.detect.finding import Finding
from ingest.lake import Lake
from workbench.casebook import Judgement, Remark
from workbench.dossier.account import Contact, Profile
from workbench.dossier.ages import AgeBasis
from workbench.dossier.marks import used
from workbench.dossier.reports import Report

LANES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "account": ("created",), "session": ("session",), "private": ("messages",), "rooms": ("posts",),
    "contact": ("wrote_to", "written_by"), "mark": ("mark",), "age": ("age",), "report": ("reported", "reports"),
    "lead": ("lead",), "casework": ("judgement", "note", "tag", "untag", "assign"),
})
"""Which events stand together: lane to the codes of its events."""
_SCHEMA = pa.schema([
    ("at", pa.timestamp("us")), ("until", pa.timestamp("us")), ("code", pa.string()), ("who", pa.string()),
    ("what", pa.string()), ("word", pa.string()), ("sent", pa.int64()), ("received", pa.int64()),
    ("record", pa.string()),
])
_PARTS = pa.schema([("lead", pa.string()), ("first", pa.timestamp("us")), ("last", pa.timestamp("us"))])
_NAMING = (
    ("messages", "sent_at", ("sender", "recipient")), ("sessions", "started_at", ("account",)),
    ("identifiers", "first_seen_at", ("account",)), ("reports", "made_at", ("reporter", "reported")),
)
"""Tables whose rows name accounts at a moment: name, moment, columns of accounts."""
_ORDER = ("at", "code", "who", "what", "record")


@dataclass(frozen=True)
class Event:
    """One event from ``at`` to ``until`` (None: a moment); ``code`` names it (the screen has its words).

    ``who``: an id it concerns; ``what``: a text of the data, or the id of a lead; ``word``: one of our words (a kind, a
    status); ``sent`` and ``received``: messages; ``record``: the row that says so, the first of several.
    """

    at: datetime
    until: datetime | None
    code: str
    who: str = ""
    what: str = ""
    word: str = ""
    sent: int = 0
    received: int = 0
    record: str = ""


@dataclass(frozen=True)
class Timeline:
    """The events of one account in order of time, read by pages; what has no time stands in the other tables."""

    events: pa.Table

    def count(self, lanes: Collection[str] = ()) -> int:
        """How many there are in these lanes (none: all)."""
        return int(self._of(lanes).num_rows)

    def before(self, moment: datetime, lanes: Collection[str] = ()) -> int:
        """How many are earlier than a moment: the number of the first one from then on."""
        earlier = pc.less(self._of(lanes)["at"], pa.scalar(moment, pa.timestamp("us")))
        return int(pc.sum(earlier).as_py() or 0)

    def page(self, lanes: Collection[str] = (), *, first: int = 0, most: int = 200) -> list[Event]:
        """``most`` events from number ``first`` (from 0), in order of time."""
        return [Event(**row) for row in self._of(lanes).slice(first, most).to_pylist()]

    def days(self) -> list[tuple[str, datetime, int]]:
        """lane, day, events on it, of what evidence and leads tell; in order."""
        by_code = {code: lane for lane, codes in LANES.items() for code in codes}
        days = pc.floor_temporal(self.events["at"], unit="day").to_pylist()
        found = Counter(
            (by_code[code], day) for code, day in zip(self.events["code"].to_pylist(), days, strict=True)
        )
        lanes = [lane for lane in LANES if lane != "casework"]
        return sorted(
            ((lane, day, n) for (lane, day), n in found.items() if lane in lanes),
            key=lambda row: (lanes.index(row[0]), row[1]),
        )

    def _of(self, lanes: Collection[str]) -> pa.Table:
        if not lanes:
            return self.events
        codes = [code for lane in lanes for code in LANES[lane]]
        return self.events.filter(pc.is_in(self.events["code"], pa.array(codes)))


def timeline(
    lake: Lake, profile: Profile, *, ages: Iterable[AgeBasis] = (), contacts: Iterable[Contact] = (),
    reports: Iterable[Report] = (), findings: Iterable[Finding] = (), judgements: Iterable[Judgement] = (),
    remarks: Iterable[Remark] = (),
) -> Timeline:
    """All of it; sessions, messages and marks are read from the evidence, the others are those given."""
    account = profile.account
    given = [*_created(profile), *_ages(ages), *_contacts(contacts), *_reports(reports, account)]
    given += [*_leads(lake, profile, tuple(findings)), *_casework(judgements, remarks)]
    columns = [
        [getattr(event, name) for event in given] for name in _SCHEMA.names
    ]
    arrays = [pa.array(values, kind) for values, kind in zip(columns, _SCHEMA.types, strict=True)]
    told = ibis.memtable(pa.Table.from_arrays(arrays, schema=_SCHEMA))
    types = {name: told.schema()[name] for name in _SCHEMA.names}
    parts = [_sessions(lake, account), _private(lake, account), _posts(lake, account), _marks(lake, account)]
    everything = ibis.union(told.cast(types), *(part.select(*_SCHEMA.names).cast(types) for part in parts))
    return Timeline(everything.order_by(list(_ORDER)).to_pyarrow().cast(_SCHEMA))


def _columns(**given: Any) -> dict[str, Any]:
    """The columns of an event; what is not given is empty."""
    empty = {
        "until": ibis.null("timestamp"), "who": ibis.literal(""), "what": ibis.literal(""), "word": ibis.literal(""),
        "sent": ibis.literal(0), "received": ibis.literal(0), "record": ibis.literal(""),
    }
    return {**empty, **given}


def _sessions(lake: Lake, account: str) -> Any:
    table = lake.table("sessions")
    own = table.filter(table.account == account)
    places = [own.device_id.nullif(""), own.ip.nullif("")]
    return own.select(**_columns(
        at=own.started_at, until=own.ended_at, code=ibis.literal("session"),
        what=ibis.coalesce(places[0] + " · " + places[1], *places, ""),
        record=ibis.literal("sessions:") + own.record_id,
    ))


def _private(lake: Lake, account: str) -> Any:
    """By counterpart and day: messages sent and received."""
    messages = lake.table("messages")
    there = messages.filter(messages.sender == account, messages.recipient.notnull()).select(
        "sent_at", "record_id", who="recipient", own=ibis.literal(1)
    )
    back = messages.filter(messages.recipient == account, messages.sender != account).select(
        "sent_at", "record_id", who="sender", own=ibis.literal(0)
    )
    return _by_day(ibis.union(there, back), "messages")


def _posts(lake: Lake, account: str) -> Any:
    """By room and day: messages written."""
    messages = lake.table("messages")
    posted = messages.filter(messages.sender == account, messages.room.notnull())
    return _by_day(posted.select("sent_at", "record_id", who="room", own=ibis.literal(1)), "posts")


def _by_day(listed: Any, code: str) -> Any:
    grouped = listed.group_by("who", day=listed.sent_at.truncate("D")).aggregate(
        at=lambda t: t.sent_at.min(), until=lambda t: t.sent_at.max(), sent=lambda t: t.own.sum(),
        total=lambda t: t.count(), record=lambda t: t.record_id.argmin(t.sent_at),
    )
    return grouped.select(**_columns(
        at=grouped["at"], until=grouped.until, code=ibis.literal(code), who=grouped.who, sent=grouped.sent,
        received=grouped.total - grouped.sent, record=ibis.literal("messages:") + grouped.record,
    ))


def _marks(lake: Lake, account: str) -> Any:
    """Each mark when it was used first."""
    every = used(lake)
    own = every.filter(every.account == account, every["first"].notnull())
    grouped = own.group_by(["kind", "value"]).aggregate(
        at=lambda t: t["first"].min(), record=lambda t: t.record.argmin(t["first"])
    )
    return grouped.select(**_columns(
        at=grouped["at"], code=ibis.literal("mark"), what=grouped["value"], word=grouped.kind, record=grouped.record,
    ))


def _created(profile: Profile) -> list[Event]:
    record = profile.records[0] if profile.records else ""
    return [Event(profile.created_at, None, "created", record=record)] if profile.created_at else []


def _ages(ages: Iterable[AgeBasis]) -> list[Event]:
    """When an age was told; one declared at no known moment stands in the table of ages."""
    return [
        Event(moment, None, "age", what="" if basis.age is None else str(basis.age), word=basis.basis,
              record=basis.record)
        for basis in ages
        if (moment := basis.since or basis.as_of)
    ]


def _contacts(contacts: Iterable[Contact]) -> list[Event]:
    return [
        Event(item.first_at, None, "wrote_to" if item.initiator else "written_by", who=item.other, record=item.record)
        for item in contacts
    ]


def _reports(reports: Iterable[Report], account: str) -> list[Event]:
    return [
        Event(item.at, None, "reported" if item.reported == account else "reports",
              who=item.reporter if item.reported == account else item.reported, what=item.reason, record=item.record)
        for item in reports
        if item.at
    ]


def _leads(lake: Lake, profile: Profile, findings: Sequence[Finding]) -> list[Event]:
    """Each at the account's own part in it: the first of the records it cites that name the account.

    Where none does, at its start, but not before there was any trace of the account: others may have begun it.
    """
    parts = _parts(lake, profile.account, findings)
    traces = [moment for moment in (profile.created_at, profile.first_at) if moment]
    events = []
    for item in findings:
        if not item.first_at:
            continue
        begun = max([_naive(item.first_at), *([min(traces)] if traces else [])])
        at, until = parts.get(item.finding_id) or (begun, _naive(item.last_at) if item.last_at else None)
        events.append(Event(at, until, "lead", what=item.finding_id, word=item.kind))
    return events


def _parts(lake: Lake, account: str, findings: Sequence[Finding]) -> dict[str, tuple[datetime, datetime]]:
    """By lead when the first and the last of its records that name the account are of; of sessions, the beginning."""
    cited = sorted({(item.finding_id, ref) for item in findings for why in item.reasons for ref in why.records})
    if not cited:
        return {}
    refs = ibis.memtable(pa.table({
        "lead": pa.array([lead for lead, _ref in cited], pa.string()),
        "ref": pa.array([ref for _lead, ref in cited], pa.string()),
    }))
    named = []
    for name, moment, who in _NAMING:
        rows = lake.table(name)
        own = rows.filter(ibis.or_(*(rows[column] == account for column in who)), rows[moment].notnull())
        named.append(own.select(ref=ibis.literal(f"{name}:") + own.record_id, at=own[moment].cast("timestamp")))
    found = ibis.union(*named).join(refs, "ref").group_by("lead").aggregate(
        first=lambda rows: rows["at"].min(), last=lambda rows: rows["at"].max()
    ).to_pyarrow().cast(_PARTS)
    return {row["lead"]: (row["first"], row["last"]) for row in found.to_pylist()}


def _casework(judgements: Iterable[Judgement], remarks: Iterable[Remark]) -> list[Event]:
    """``who`` is the person's name, not an id: ``word`` is the status, ``what`` the lead or the text."""
    judged = [
        Event(_naive(item.at), None, "judgement", who=item.user, what=item.finding_id, word=item.status)
        for item in judgements
    ]
    return judged + [
        Event(_naive(item.at), None, item.kind, who=item.user, what=item.text) for item in remarks
    ]


def _naive(text: str) -> datetime:
    """An instant of ISO 8601 as naive UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=None)
