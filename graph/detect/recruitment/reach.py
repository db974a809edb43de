"""Whom does a call reach, and who comes?  Ages and acquaintance of the recipients, and what they did afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    message to them, ``answered``, ``knew`` the subject before (contact with the person, a post in the room);
    ``came`` and ``before``: first contact with person or room in the days after and before, of recipients who were on
    the platform as long before (a newcomer comes to every place for the first time).
    """

    adults: int = 0
    minors: int = 0
    strangers: int = 0
    answered: int = 0
    knew: int = 0
    came: int = 0
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
    begun = context.pairs.select("first_at", "replies", sender="initiator", recipient="target")
    met = context.with_minority(table, account="recipient", at="sent_at").left_join(begun, ["sender", "recipient"])
    soon = met.sent_at <= met.first_at + ibis.interval(hours=parameters.call_hours)
    rows = met.select("place", "recipient", "minor", "basis", soon=soon, replies=met.replies)
    for place, _, minor, basis, strange, replies in context.rows(rows):
        reach = found[place]
        reach.minors += bool(minor)
        reach.adults += basis is not None and not minor
        reach.strangers += bool(strange)
        reach.answered += bool(replies)
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
    met = ibis.union(
        pairs.select(recipient="initiator", subject="target", met_at="first_at"),
        pairs.select(recipient="target", subject="initiator", met_at="first_at"),
        posted.group_by(recipient=posted.sender, subject=posted.room).agg(met_at=lambda t: t.sent_at.min()),
    )
    joined = sent.join(subjects, "place").join(met, ["recipient", "subject"])
    earliest = joined.group_by(["place", "recipient", "sent_at", "main"]).agg(met_at=lambda t: t.met_at.min())
    seen = context.appearances.select(recipient="account", seen_at="first_at")
    dated = earliest.left_join(seen, "recipient").select("place", "recipient", "sent_at", "main", "met_at", "seen_at")
    first: dict[tuple[int, str], timedelta] = {}
    for place, recipient, sent_at, main, met_at, seen_at in context.rows(dated):
        after = met_at - sent_at
        found[place].knew += bool(main) and after <= timedelta()
        if seen_at is not None and sent_at - seen_at >= span:
            first[place, recipient] = min(after, first.get((place, recipient), after))
    for (place, _), after in first.items():
        found[place].came += timedelta() < after <= span
        found[place].before += -span <= after <= timedelta()


def _table(columns: Sequence[tuple[str, pa.DataType]], rows: Sequence[tuple[Any, ...]]) -> Any:
    """Rows as an ibis table of those columns and types."""
    return ibis.memtable(pa.table({
        name: pa.array([row[place] for row in rows], kind) for place, (name, kind) in enumerate(columns)
    }))
