"""Whom does a call reach, and who comes?  Ages and acquaintance of the recipients, and what they did afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.recruitment.calls import Call
from graph.detect.recruitment.parameters import RecruitmentParameters


@dataclass
class Reach:
    """Recipients of one call, counted; ``grown``: the caller is known as an adult.

    ``adults`` and ``minors`` at the moment (others: unknown age), ``strangers`` reached soon after the account's first
    message to them: the messages that called them.  ``sought``: they had written to the account first, ``answered``:
    they wrote to it after the call, ``knew`` the subject before (contact with the person, a post in the room: the first
    message); ``came`` and ``before``: first contact with person or room in the days after (its message) and before, of
    recipients who were on the platform as long before (a newcomer comes to every place for the first time).
    """

    adults: list[str] = field(default_factory=list)
    minors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    sought: int = 0
    answered: int = 0
    knew: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    before: int = 0
    grown: bool = False


def reaches(
    context: DetectionContext, calls: Sequence[Call], parameters: RecruitmentParameters
) -> list[Reach]:
    """Whom each call reached, in the order of ``calls``."""
    found = [Reach() for _ in calls]
    table = _table(
        [("place", pa.int64()), ("sender", pa.string()), ("recipient", pa.string()), ("sent_at", pa.timestamp("us"))],
        [(place, call.sender, one.recipient, one.at) for place, call in enumerate(calls) for one in call.sent],
    )
    begun = context.pairs.select("first_at", sender="initiator", recipient="target")
    back = context.directed.select(sender="recipient", recipient="sender", wrote_at="last_at").view()
    aged = context.with_minority(table, account="recipient", at="sent_at")
    met = aged.left_join(begun, ["sender", "recipient"]).drop("sender_right", "recipient_right")
    met = met.left_join(back, ["sender", "recipient"])
    rows = met.select(
        "place", "recipient", "minor", "basis", sought=met.first_at.isnull(), answered=met.wrote_at > met.sent_at,
        soon=met.sent_at <= met.first_at + ibis.interval(hours=parameters.call_hours),
    )
    record = {(place, one.recipient): one.record for place, call in enumerate(calls) for one in call.sent}
    for place, recipient, minor, basis, sought, answered, soon in context.rows(rows):
        reach = found[place]
        if basis is not None:
            (reach.minors if minor else reach.adults).append(record[place, recipient])
        if soon:
            reach.strangers.append(record[place, recipient])
        reach.sought += sought
        reach.answered += bool(answered)
    own = table.group_by("place", account="sender").agg(at=lambda t: t.sent_at.max())
    own = context.with_minority(own, account="account", at="at").select("place", "minor", "basis")
    for place, minor, basis in context.rows(own):
        found[place].grown = basis is not None and not minor
    _follow(context, calls, table, found, timedelta(days=parameters.follow_days))
    return found


def _follow(
    context: DetectionContext, calls: Sequence[Call], sent: Any, found: Sequence[Reach], span: timedelta
) -> None:
    """Count who met the person or place after the call, and who before; the earliest meeting of each rules."""
    named = [
        (place, id_, id_ in call.ids)
        for place, call in enumerate(calls) for id_ in sorted({*call.named("person"), *call.named("room")})
    ]
    if not named:
        return
    subjects = _table([("place", pa.int64()), ("subject", pa.string()), ("main", pa.bool_())], named)
    pairs, messages = context.pairs, context.table("messages")
    rooms = _table([("room", pa.string())], [(id_,) for id_ in sorted({i for c in calls for i in c.named("room")})])
    posted = messages.filter(messages.room.notnull()).semi_join(rooms, "room")
    order = ibis.row_number().over(ibis.window(group_by=["sender", "room"], order_by=["sent_at", "record_id"]))
    met = ibis.union(
        pairs.select(recipient="initiator", subject="target", met_at="first_at", record="first_record"),
        pairs.select(recipient="target", subject="initiator", met_at="first_at", record="first_record"),
        posted.mutate(nth=order).filter(lambda t: t.nth == 0).select(
            recipient="sender", subject="room", met_at="sent_at", record="record_id"
        ),
    )
    joined = sent.join(subjects, "place").join(met, ["recipient", "subject"])
    seen = context.appearances.select(recipient="account", seen_at="first_at")
    dated = joined.left_join(seen, "recipient").select(
        "place", "recipient", "sent_at", "main", "met_at", "record", "seen_at"
    )
    knew: dict[tuple[int, str], tuple[timedelta, str]] = {}
    first: dict[tuple[int, str], tuple[timedelta, str]] = {}
    for place, recipient, sent_at, main, met_at, record, seen_at in context.rows(dated):
        one, meeting = (place, recipient), (met_at - sent_at, record)
        if main and met_at <= sent_at:
            knew[one] = min(meeting, knew.get(one, meeting))
        if seen_at is not None and sent_at - seen_at >= span:
            first[one] = min(meeting, first.get(one, meeting))
    for (place, _), (_, record) in knew.items():
        found[place].knew.append(record)
    for (place, _), (after, record) in first.items():
        if timedelta() < after <= span:
            found[place].came.append(record)
        found[place].before += -span <= after <= timedelta()


def _table(columns: Sequence[tuple[str, pa.DataType]], rows: Sequence[tuple[Any, ...]]) -> Any:
    """Rows as an ibis table of those columns and types."""
    return ibis.memtable(pa.table({
        name: pa.array([row[place] for row in rows], kind) for place, (name, kind) in enumerate(columns)
    }))
