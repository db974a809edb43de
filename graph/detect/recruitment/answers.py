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
    """Recipients of one call, counted.

    ``adults`` and ``minors`` at the moment (others: unknown age), ``strangers`` told soon after the account's first
    message to them, ``strange_adults`` and ``strange_minors`` of them, ``answered``, ``knew`` the main subject before
    (contact with the person, a post in the room);
    ``came`` and ``before``: first contact with person or room in the days after and before being told, of recipients
    who were on the platform as long before (a newcomer comes to every place for the first time).
    """

    adults: int = 0
    minors: int = 0
    strangers: int = 0
    strange_adults: int = 0
    strange_minors: int = 0
    answered: int = 0
    knew: int = 0
    came: int = 0
    before: int = 0


def reaches(
    context: DetectionContext, calls: Sequence[Call], parameters: RecruitmentParameters
) -> list[Reach]:
    """Whom each call reached, in the order of ``calls``."""
    found = [Reach() for _ in calls]
    table = _told(calls)
    pairs = context.pairs
    begun = pairs.select(sender="initiator", recipient="target", first_at="first_at", replies="replies")
    known = context.with_minority(table, account="recipient", at="told_at")
    met = known.left_join(begun, ["sender", "recipient"])
    soon = met.told_at <= met.first_at + ibis.interval(hours=parameters.call_hours)
    for place, _, minor, basis, strange, replies in context.rows(
        met.select("place", "recipient", "minor", "basis", soon=soon, replies=met.replies)
    ):
        reach, adult = found[place], basis is not None and not minor
        reach.minors += bool(minor)
        reach.adults += adult
        reach.strangers += bool(strange)
        reach.strange_adults += bool(strange) and adult
        reach.strange_minors += bool(strange) and bool(minor)
        reach.answered += bool(replies)
    _follow(context, calls, table, found, parameters)
    return found


def _told(calls: Sequence[Call]) -> Any:
    """place (of the call), sender, recipient, told_at: whom each call told and when."""
    told = [(place, call.sender, t.recipient, t.at) for place, call in enumerate(calls) for t in call.told]
    return ibis.memtable(
        pa.table(
            {
                "place": [row[0] for row in told], "sender": [row[1] for row in told],
                "recipient": [row[2] for row in told],
                "told_at": pa.array([row[3] for row in told], pa.timestamp("us")),
            }
        )
    )


def _follow(
    context: DetectionContext, calls: Sequence[Call], told: Any, found: Sequence[Reach],
    parameters: RecruitmentParameters,
) -> None:
    """Count who met the person or place after being told, and who before; the earliest meeting of each rules."""
    named = [
        (place, id_, id_ in call.ids)
        for place, call in enumerate(calls) for id_ in sorted({*call.persons, *call.rooms})
    ]
    if not named:
        return
    subjects = ibis.memtable(
        pa.table(
            {
                "place": [row[0] for row in named], "subject": [row[1] for row in named],
                "main": [row[2] for row in named],
            }
        )
    )
    table = told.join(subjects, "place")
    pairs, messages = context.pairs, context.table("messages")
    rooms = ibis.memtable(pa.table({"room": sorted({id_ for call in calls for id_ in call.rooms})},
                                   schema=pa.schema([("room", pa.string())])))
    posted = messages.filter(messages.room.notnull()).semi_join(rooms, "room")
    first_posts = posted.group_by(recipient=posted.sender, subject=posted.room).agg(met_at=lambda t: t.sent_at.min())
    met = ibis.union(
        pairs.select(recipient="initiator", subject="target", met_at="first_at"),
        pairs.select(recipient="target", subject="initiator", met_at="first_at"),
        first_posts.select("recipient", "subject", "met_at"),
    )
    joined = table.join(met, ["recipient", "subject"])
    earliest = joined.group_by(["place", "recipient", "told_at", "main"]).agg(met_at=lambda t: t.met_at.min())
    seen = context.appearances.select(recipient="account", seen_at="first_at")
    dated = earliest.left_join(seen, "recipient").select("place", "recipient", "told_at", "main", "met_at", "seen_at")
    span = timedelta(days=parameters.follow_days)
    first: dict[tuple[int, str], timedelta] = {}
    for place, recipient, told_at, main, met_at, seen_at in context.rows(dated):
        after = met_at - told_at
        found[place].knew += bool(main) and after <= timedelta()
        if seen_at is not None and told_at - seen_at >= span:
            first[place, recipient] = min(after, first.get((place, recipient), after))
    for (place, _), after in first.items():
        found[place].came += timedelta() < after <= span
        found[place].before += -span <= after <= timedelta()
