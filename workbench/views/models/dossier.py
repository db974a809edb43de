"""How are dossiers shown?  Tables of accounts, rooms and companies in the words of a language, minors masked."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd

from workbench.dossier import AgeBasis, CompanyFile, Contact, Event, Holder, Mark, Profile, Report, RoomFile, Shared
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.names import Names
from workbench.views.models.records import reference

_DAY = "%Y-%m-%d"
_MINUTE = "%Y-%m-%d %H:%M"
_EVENTS = {
    "created": "account made", "first_message": "first message", "last_message": "last message", "age": "age",
    "mark": "used", "wrote_to": "wrote first to", "written_by": "was written to first by",
    "reported": "was reported by", "reports": "reported", "finding": "lead",
}


def profile_rows(profile: Profile, names: Names, words: Words) -> dict[str, str]:
    """Name and value of everything that is known; of a masked minor without a name."""
    _ = words.gettext
    called = () if names.masked(profile.account) else profile.pseudonyms
    values = {
        _("Platform"): profile.platform,
        _("Pseudonyms"): ", ".join(called),
        _("Role"): ", ".join(profile.roles),
        _("Status"): ", ".join(profile.statuses),
        _("Gender declared"): ", ".join(profile.genders),
        _("Account made"): moment(profile.created_at),
        _("First seen"): moment(profile.first_at),
        _("Last seen"): moment(profile.last_at),
        _("Private messages sent"): words.number(profile.sent),
        _("Private messages received"): words.number(profile.received),
        _("Messages in rooms"): words.number(profile.in_rooms),
    }
    return {name: value for name, value in values.items() if value}


def age_rows(ages: Iterable[AgeBasis], names: Names, words: Words) -> pd.DataFrame:
    """Every basis of an age with its record, in order of time."""
    _ = words.gettext
    rows = [
        (
            _("unknown, a minor") if basis.age is None else words.number(basis.age), _(basis.basis),
            moment(basis.as_of), moment(basis.since) or _("always"), moment(basis.until) or _("now"),
            reference(basis.record, names),
        )
        for basis in ages
    ]
    return pd.DataFrame(
        rows, columns=[_("Age"), _("Basis"), _("As of (UTC)"), _("Holds from"), _("Until"), _("Record")]
    )


def contact_rows(
    contacts: Sequence[Contact], names: Names, words: Words, leads: dict[str, int]
) -> pd.DataFrame:
    """One row a counterpart; ``leads``: in how many leads each stands."""
    _ = words.gettext
    rows = [
        (
            names.of(item.other), names.identity(item.other), _("yes") if item.minor else "", item.sent, item.received,
            _("this account") if item.initiator else _("the other"), moment(item.first_at), moment(item.last_at),
            leads.get(item.other, 0),
        )
        for item in contacts
    ]
    return pd.DataFrame(rows, columns=[
        _("Name"), _("Id"), _("Minor"), _("Sent"), _("Received"), _("Wrote first"), _("First (UTC)"), _("Last (UTC)"),
        _("Leads"),
    ])


def mark_rows(marks: Sequence[Mark], names: Names, words: Words) -> pd.DataFrame:
    """One row a mark, with who else used it."""
    _ = words.gettext
    rows = [
        (
            _(mark.kind), plain_text(mark.value, limit=120), mark.times, mark.holders,
            names.joined((other for other, _times in mark.others), most=4, more=_("and {number} more")),
            moment(mark.first_at), moment(mark.last_at),
        )
        for mark in marks
    ]
    return pd.DataFrame(rows, columns=[
        _("Kind"), _("Value"), _("Times"), _("Accounts"), _("Also used by"), _("First (UTC)"), _("Last (UTC)")
    ])


def holder_rows(found: Sequence[Holder], names: Names, words: Words) -> pd.DataFrame:
    """One row an account that used an identifier."""
    _ = words.gettext
    rows = [
        (names.of(who), names.identity(who), times, moment(first), moment(last)) for who, times, first, last in found
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Id"), _("Times"), _("First (UTC)"), _("Last (UTC)")])


def room_rows(rooms: Sequence[tuple[str, int, datetime, datetime]], names: Names, words: Words) -> pd.DataFrame:
    _ = words.gettext
    rows = [(names.of(room), names.identity(room), n, moment(first), moment(last)) for room, n, first, last in rooms]
    return pd.DataFrame(rows, columns=[_("Room"), _("Id"), _("Messages"), _("First (UTC)"), _("Last (UTC)")])


def report_rows(reports: Sequence[Report], account: str, names: Names, words: Words) -> pd.DataFrame:
    _ = words.gettext
    rows = [
        (
            moment(item.at), _("was reported by") if item.reported == account else _("reported"),
            names.of(other) if (other := item.reporter if item.reported == account else item.reported)
            else _("nobody named"),
            plain_text(item.reason, limit=400), item.record,
        )
        for item in reports
    ]
    return pd.DataFrame(rows, columns=[_("When (UTC)"), _("What"), _("Who"), _("Reason"), _("Record")])


def event_rows(events: Sequence[Event], names: Names, words: Words) -> pd.DataFrame:
    _ = words.gettext
    rows = [
        (
            moment(event.at), _(_EVENTS[event.code]), names.of(event.who) if event.who else "",
            plain_text(event.what, limit=200) if event.what else "",
            reference(event.record, names) if event.record else "",
        )
        for event in events
    ]
    return pd.DataFrame(rows, columns=[_("When (UTC)"), _("What"), _("Who"), _("More"), _("Record")])


def shared_tables(shared: Shared, pair: tuple[str, str], names: Names, words: Words) -> dict[str, pd.DataFrame]:
    """Title to table of what two accounts have in common."""
    _ = words.gettext
    one, other = (names.of(who, limit=28) for who in pair)
    other = other if other != one else f"{other} (2)"
    marks = [(_(kind), plain_text(value, limit=120), holders) for kind, value, holders in shared.marks]
    rooms = [(names.of(room), mine, theirs) for room, mine, theirs in shared.rooms]
    people = [
        (names.of(who), _("yes") if minor else "", mine, theirs) for who, mine, theirs, minor in shared.counterparts
    ]
    days = [(f"{day:{_DAY}}", mine, theirs) for day, mine, theirs in shared.days]
    return {
        _("Marks both used"): pd.DataFrame(marks, columns=[_("Kind"), _("Value"), _("Accounts")]),
        _("Whom both wrote with"): pd.DataFrame(people, columns=[_("Name"), _("Minor"), one, other]),
        _("Rooms of both"): pd.DataFrame(rooms, columns=[_("Room"), one, other]),
        _("Messages by day"): pd.DataFrame(days, columns=[_("Day (UTC)"), one, other]),
    }


def writer_rows(room: RoomFile, names: Names, words: Words) -> pd.DataFrame:
    _ = words.gettext
    rows = [
        (names.of(who), names.identity(who), n, moment(first), moment(last)) for who, n, first, last in room.writers
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Id"), _("Messages"), _("First (UTC)"), _("Last (UTC)")])


def begun_rows(room: RoomFile, names: Names, words: Words) -> pd.DataFrame:
    """Private contacts that began within an hour after both wrote in the room."""
    _ = words.gettext
    rows = [
        (moment(at), names.of(one), names.of(other), _("yes") if minor else "") for one, other, at, minor in room.begun
    ]
    return pd.DataFrame(rows, columns=[_("When (UTC)"), _("Wrote first"), _("To"), _("A minor then")])


def owner_rows(company: CompanyFile, names: Names, words: Words) -> pd.DataFrame:
    """The tree of owners, each level further to the right."""
    _ = words.gettext
    rows = [
        (
            f"{'    ' * (level.depth - 1)}{names.of(level.owner)}", names.of(level.owned), _share(level.share, words),
            plain_text(level.kind, limit=60) if level.kind else "", _("closes a circle") if level.circle else "",
            names.identity(level.owner),
        )
        for level in company.tree
    ]
    return pd.DataFrame(rows, columns=[_("Owner"), _("Holds"), _("Share"), _("Kind"), _("Circle"), _("Id")])


def holding_rows(company: CompanyFile, names: Names, words: Words) -> pd.DataFrame:
    """Everybody who ever held it directly, in order of time."""
    _ = words.gettext
    rows = [
        (
            names.of(owner), _share(share, words), plain_text(kind, limit=60) if kind else "", day(since), day(until),
            record,
        )
        for owner, _owned, share, kind, since, until, record in company.successive
    ]
    return pd.DataFrame(rows, columns=[_("Owner"), _("Share"), _("Kind"), _("From"), _("To"), _("Record")])


def moment(at: datetime | None) -> str:
    return "" if at is None else f"{at:{_MINUTE}}"


def day(at: datetime | None) -> str:
    return "" if at is None else f"{at:{_DAY}}"


def _share(share: float | None, words: Words) -> str:
    return words.gettext("not told") if share is None else words.percent(share)
