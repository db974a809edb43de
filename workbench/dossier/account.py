"""Who is an account, when was it active, in which rooms and with whom?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis

from ingest.lake import Lake
from workbench.dossier.ages import known_at, minors_among
from workbench.dossier.first_written import both_ways
from workbench.dossier.rows import rows

WEEKDAYS = 7
_NAMING = (("sessions", "account"), ("identifiers", "account"), ("reports", "reported"), ("reports", "reporter"))


@dataclass(frozen=True)
class Profile:
    """What the account's own rows say (several where it was ingested several times), and what it wrote.

    ``first_at``, ``last_at``: of its messages and sessions.  ``elsewhere``: sessions, marks or reports alone name it.
    """

    account: str
    platform: str
    pseudonyms: tuple[str, ...]
    declared_ages: tuple[int, ...]
    genders: tuple[str, ...]
    roles: tuple[str, ...]
    statuses: tuple[str, ...]
    created_at: datetime | None
    records: tuple[str, ...]
    sent: int
    received: int
    in_rooms: int
    first_at: datetime | None
    last_at: datetime | None
    elsewhere: bool = False

    @property
    def known(self) -> bool:
        """Is there a row of its own, anything it wrote or received, or another row that names it?"""
        return bool(self.records or self.sent or self.received or self.in_rooms or self.elsewhere)


@dataclass(frozen=True)
class Contact:
    """One counterpart in private.

    ``initiator``: did this account write first?  ``minor``: by all evidence there is; ``minor_then`` and ``age_then``:
    by what was known when the contact began (``known_then``: was anything?), as the detections take it.
    """

    other: str
    sent: int
    received: int
    first_at: datetime
    last_at: datetime
    initiator: bool
    minor: bool
    minor_then: bool = False
    known_then: bool = False
    age_then: int | None = None
    record: str = ""


def profile(lake: Lake, account: str) -> Profile:
    """The account's rows and the totals of its messages."""
    table = lake.table("accounts")
    own = table.filter(table.account == account)
    listed = rows(
        own.select("pseudonym", "declared_age", "declared_gender", "role", "status", "created_at", "record_id")
        .order_by("record_id")
    )

    def several(place: int) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(row[place] for row in listed if row[place] not in (None, "")))

    messages = lake.table("messages")
    # two conditions of one column each, as in ``both_ways``; each is looked for once
    sent, received = messages.filter(messages.sender == account), messages.filter(messages.recipient == account)
    every = ibis.union(
        sent.select("sent_at", way=sent.recipient.isnull().ifelse("room", "private")),
        received.select("sent_at", way=ibis.literal("received")),
    )
    ways = {way: rest for way, *rest in rows(every.group_by("way").aggregate(
        n=lambda t: t.count(), first=lambda t: t.sent_at.min(), last=lambda t: t.sent_at.max()
    ))}

    def number(way: str) -> int:
        return int(ways[way][0]) if way in ways else 0

    created = several(5)
    visits = lake.table("sessions").filter(lambda t: t.account == account)
    ((visited, left),) = rows(visits.aggregate(
        first=lambda t: t.started_at.min(), last=lambda t: ibis.coalesce(t.ended_at, t.started_at).max()
    ))
    firsts = [first for _n, first, _last in ways.values()] + ([visited] if visited else [])
    lasts = [last for _n, _first, last in ways.values()] + ([left] if left else [])
    return Profile(
        account, account.partition(":")[0], several(0), several(1), several(2), several(3), several(4),
        min(created) if created else None, tuple(f"accounts:{row[6]}" for row in listed), number("private"),
        number("received"), number("room"), min(firsts, default=None), max(lasts, default=None),
        not listed and not ways and any(
            rows((named := lake.table(name)).filter(named[column] == account).select(column).limit(1))
            for name, column in _NAMING
        ),
    )


def rhythm(lake: Lake, account: str) -> list[tuple[int, int, int]]:
    """weekday (0 Monday), hour (UTC), messages sent: those that occur."""
    messages = lake.table("messages")
    sent = messages.filter(messages.sender == account)
    marked = sent.select(weekday=sent.sent_at.day_of_week.index(), hour=sent.sent_at.hour())
    grouped = marked.group_by(["weekday", "hour"]).aggregate(n=lambda t: t.count())
    return sorted((int(day), int(hour), int(n)) for day, hour, n in rows(grouped))


def by_day(lake: Lake, account: str) -> list[tuple[datetime, int, int]]:
    """day, messages in private, messages in rooms; in order of time."""
    messages = lake.table("messages")
    sent = messages.filter(messages.sender == account)
    days = sent.group_by(day=sent.sent_at.truncate("D")).aggregate(
        private=lambda t: t.recipient.count(), rooms=lambda t: t.room.count()
    )
    return sorted((day, int(private), int(posted)) for day, private, posted in rows(days))


def rooms(lake: Lake, account: str) -> list[tuple[str, int, datetime, datetime]]:
    """room, messages, first and last; most messages first."""
    messages = lake.table("messages")
    posted = messages.filter(messages.sender == account, messages.room.notnull())
    grouped = posted.group_by("room").aggregate(
        n=lambda t: t.count(), first=lambda t: t.sent_at.min(), last=lambda t: t.sent_at.max()
    )
    return sorted(rows(grouped), key=lambda row: (-row[1], row[0]))


def contacts(lake: Lake, account: str) -> list[Contact]:
    """Every counterpart in private; most messages first.  A contact's first message is its earliest, by record id."""
    both = both_ways(lake, account)
    first = ibis.row_number().over(ibis.window(group_by="other", order_by=["sent_at", "record_id"])) == 0
    marked = both.mutate(began=first & both.own, opening=first.ifelse(both.record_id, ibis.null("string")))
    grouped = marked.group_by("other").aggregate(
        sent=lambda t: t.own.sum(), total=lambda t: t.count(), first=lambda t: t.sent_at.min(),
        last=lambda t: t.sent_at.max(), began=lambda t: t.began.any(), record=lambda t: t.opening.max(),
    )
    listed = rows(grouped)
    minors = minors_among(lake.case, [row[0] for row in listed])
    then = known_at(lake, [(row[0], row[3]) for row in listed])
    found = [
        Contact(
            other, int(sent), int(total - sent), start, end, bool(began), other in minors, known.minor,
            known.basis is not None, known.age, f"messages:{record}",
        )
        for (other, sent, total, start, end, began, record), known in zip(listed, then, strict=True)
    ]
    return sorted(found, key=lambda contact: (-(contact.sent + contact.received), contact.other))
