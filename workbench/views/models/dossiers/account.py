"""How is an account's dossier shown?  Its tables in the words of a language, minors masked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import pandas as pd

from workbench.dossier import CROWD, AgeBasis, Contact, Figures, Holder, Mark, Profile, Report, Reported, Session
from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.plain_text import plain_text
from workbench.views.models.names import Names
from workbench.views.models.records import reference
from workbench.views.models.reported import reason_told
from workbench.views.models.words.contract import account_status_word, gender_word, role_word
from workbench.views.models.words.marks import holders_told

_DAY = "%Y-%m-%d"
_MINUTE = "%Y-%m-%d %H:%M"
_FIRST = {"device": 0, "ip": 1}


def profile_rows(profile: Profile, names: Names, words: Words) -> dict[str, str]:
    """Name and value of everything that is known; of a masked minor without a name."""
    _ = words.gettext
    called = () if names.masked(profile.account) else profile.pseudonyms
    values = {
        _("Platform"): profile.platform,
        _("Pseudonyms"): ", ".join(called),
        _("Role"): ", ".join(role_word(role, words) for role in profile.roles),
        _("Status"): ", ".join(account_status_word(status, words) for status in profile.statuses),
        _("Gender declared"): ", ".join(gender_word(gender, words) for gender in profile.genders),
        _("Account made"): _instant(profile.created_at, words),
        _("First seen"): _instant(profile.first_at, words),
        _("Last seen"): _instant(profile.last_at, words),
        _("All sent in private"): words.number(profile.sent),
        _("All received in private"): words.number(profile.received),
        _("Written in rooms"): words.number(profile.in_rooms),
    }
    return {name: value for name, value in values.items() if value}


def age_rows(ages: Iterable[AgeBasis], names: Names, places: Mapping[str, str], words: Words) -> pd.DataFrame:
    """Every basis of an age with its record, in order of time; ``places``: ``file:row`` by record."""
    _ = words.gettext
    rows = [
        (
            _("unknown, a minor") if basis.age is None else words.number(basis.age), _(basis.basis),
            moment(basis.as_of), moment(basis.since) or _("always"), moment(basis.until) or _("now"),
            plain_text(places.get(basis.record, ""), limit=120), reference(basis.record, names),
        )
        for basis in ages
    ]
    return pd.DataFrame(rows, columns=[
        _("Age"), _("Basis"), _("As of (UTC)"), _("Holds from"), _("Until"), _("File and row"), _("Record"),
    ])


def figure_rows(counted: Figures, words: Words) -> pd.DataFrame:
    """The counts of an account's contacts, each with how it is counted."""
    _ = words.gettext
    then_alone = [(
        _("… minors then alone"), counted.begun_then_alone,
        _("of age by what was told since: not among the minors below"),
    )] if counted.begun_then_alone else []
    rows = [
        (_("Private contacts"), counted.contacts, _("people with whom it exchanged at least one private message")),
        (_("Begun by this account"), counted.begun, _("the first message between the two is its own")),
        (_("… with people of known age"), counted.begun_known, _("something told the other's age before that message")),
        (_("… of them minors"), counted.begun_minors, _("minors by what was known then: the figure of a hub's lead")),
        *then_alone,
        (_("… known as minors only later"), counted.begun_later,
         _("minors by all evidence there is; then nothing told their age, or it told an adult's")),
        (_("Minors among all contacts"), counted.minors, _("by all evidence there is, whoever wrote first")),
        (_("… who wrote to it first"), counted.written_by_minors, _("the first message of the two is the minor's")),
    ]
    return pd.DataFrame(rows, columns=[_("Figure"), _("People"), _("How it is counted")])


def contact_rows(
    contacts: Sequence[Contact], names: Names, words: Words, leads: Mapping[str, int]
) -> pd.DataFrame:
    """One row a counterpart; ``leads``: in how many leads each stands."""
    _ = words.gettext
    rows = [
        (
            names.of(item.other), names.beside(item.other), _minority(item, names, words), item.sent, item.received,
            _("this account") if item.initiator else _("the other"), moment(item.first_at), moment(item.last_at),
            leads.get(item.other, 0),
        )
        for item in contacts
    ]
    return pd.DataFrame(rows, columns=[
        _("Name"), _("Id"), _("Minor"), _("Sent"), _("Received"), _("Wrote first"), _("First (UTC)"), _("Last (UTC)"),
        _("Leads"),
    ])


def _minority(contact: Contact, names: Names, words: Words) -> str:
    """A minor when the contact began, only later, or then alone (an age told since says otherwise); or a likely one."""
    _ = words.gettext
    if contact.minor_then:
        return _("yes") if contact.minor else _("then")
    if contact.minor:
        return _("known later")
    return _("likely") if contact.other in names.likely else ""


def mark_rows(
    marks: Sequence[Mark], names: Names, words: Words, *, account: str, letters: int = 120
) -> pd.DataFrame:
    """One row a mark of the account, with who else used it; of a crowd nobody is named, as it is nobody's.

    ``letters`` of a value, a longer one with an ellipsis.
    """
    _ = words.gettext
    rows = [
        (
            mark_kind(mark.kind, words),
            names.mark_value(mark.kind, mark.value, _holders(mark, account), limit=letters),
            mark.times, mark.holders,
            names.joined((other for other, _times in mark.others), most=1, more=_("and {number} more"),
                         total=mark.holders - 1, apart=True)
            if mark.holders <= CROWD else _("many: it tells little"),
            day(mark.first_at), day(mark.last_at),
        )
        for mark in marks
    ]
    return pd.DataFrame(rows, columns=[
        _("Kind"), _("Value"), _("Times"), _("Accounts"), _("Also used by"), _("First"), _("Last")
    ])


def _holders(mark: Mark, account: str) -> Iterator[str]:
    """Whose the mark is as well."""
    yield account
    yield from (other for other, _times in mark.others)


def crowds_told(marks: Sequence[Mark], names: Names, words: Words, *, account: str) -> str:
    """How many of the marks so many used that they tell little, and the most used one; empty where none is so."""
    crowds = sorted((mark for mark in marks if mark.holders > CROWD), key=lambda mark: -mark.holders)
    if not crowds:
        return ""
    most = crowds[0]
    value = names.mark_value(most.kind, most.value, _holders(most, account), limit=40)
    called = f"{mark_kind(most.kind, words)} {value}"
    told = holders_told(most.kind, most.holders, words)
    if len(crowds) == len(marks) > 1:
        return words.gettext(
            "Every one of them has more than {most} accounts, as the address of a carrier or a school, or a picture "
            "that many take; most of all {mark} ({told}).", most=CROWD, mark=called, told=told,
        )
    return words.ngettext(
        "{number} of them has more than {most} accounts, as the address of a carrier or a school, or a picture that "
        "many take: {mark} ({told}).",
        "{number} of them have more than {most} accounts, as the address of a carrier or a school, or a picture that "
        "many take; most of all {mark} ({told}).", len(crowds), most=CROWD, mark=called, told=told,
    )


def alone_told(marks: Sequence[Mark], words: Words) -> str:
    """Of which kinds nobody else used any, with how many marks they are; empty where somebody used one of each kind."""
    number = Counter(mark.kind for mark in marks)
    shared = {mark.kind for mark in marks if mark.holders > 1}
    kinds = [
        f"{plain_text(mark_kind(kind, words), limit=60)} ({words.number(found)})"
        for kind, found in sorted(number.items(), key=lambda item: (_FIRST.get(item[0], 9), item[0]))
        if kind not in shared
    ]
    if not kinds:
        return ""
    return words.gettext(
        "The evidence names nobody else who used its marks of these kinds: {kinds}.", kinds=", ".join(kinds)
    )


def session_rows(
    sessions: Sequence[Session], marks: Iterable[Mark], places: Mapping[str, str], words: Words
) -> pd.DataFrame:
    """One row a session, with how many accounts used its device and its address; ``places``: ``file:row`` by record."""
    _ = words.gettext
    holders = {(mark.kind, mark.value): mark.holders for mark in marks}
    rows = [
        (
            moment(item.started_at), lasting(item.started_at, item.ended_at, words),
            plain_text(item.device, limit=60) if item.device else "", holders.get(("device", item.device)),
            plain_text(item.ip, limit=60) if item.ip else "", holders.get(("ip", item.ip)),
            plain_text(places.get(item.record, ""), limit=120), plain_text(item.agent, limit=200) if item.agent else "",
        )
        for item in sessions
    ]
    return pd.DataFrame(rows, columns=[
        _("Start (UTC)"), _("Lasted"), _("Device"), _("Accounts on it"), _("Address"), _("Accounts there"),
        _("File and row"), _("User agent"),
    ])


def room_rows(rooms: Sequence[tuple[str, int, datetime, datetime]], names: Names, words: Words) -> pd.DataFrame:
    """One row a room it wrote in."""
    _ = words.gettext
    rows = [(names.of(room), n, moment(first), moment(last)) for room, n, first, last in rooms]
    return pd.DataFrame(rows, columns=[_("Room"), _("Messages"), _("First (UTC)"), _("Last (UTC)")])


def holder_rows(found: Sequence[Holder], names: Names, words: Words) -> pd.DataFrame:
    """One row an account that used an identifier."""
    _ = words.gettext
    rows = [
        (names.of(who), names.beside(who), times, moment(first), moment(last)) for who, times, first, last in found
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Id"), _("Times"), _("First (UTC)"), _("Last (UTC)")])


def report_rows(reports: Sequence[Report], account: str, names: Names, words: Words) -> pd.DataFrame:
    _ = words.gettext
    rows = [
        (
            moment(item.at), _("was reported by") if item.reported == account else _("reported"),
            names.of(other) if (other := item.reporter if item.reported == account else item.reported)
            else _("nobody named"),
            reason_told(item.reason, item.reporter, names, words), item.record,
        )
        for item in reports
    ]
    return pd.DataFrame(rows, columns=[_("When (UTC)"), _("What"), _("Who"), _("Reason"), _("Record")])


def reported_told(counted: Reported, words: Words) -> str:
    """Which reports there are, and which of them a lead counts."""
    return words.gettext(
        "Reports of it: {times}, by different people: {people}; by people it had written to first, before they "
        "reported it: {met} (a hub's lead counts these alone, each once). Reports by it: {made}.",
        times=counted.times, people=counted.people, met=counted.met, made=counted.made,
    )


def lasting(start: datetime, end: datetime | None, words: Words) -> str:
    """How long from the one to the other, in hours and minutes; empty without an end."""
    return "" if end is None else duration(end - start, words)


def duration(passed: timedelta, words: Words) -> str:
    """``45 min``, ``3 h 20 min``, ``2 d 4 h``; below a minute in seconds."""
    seconds = int(passed.total_seconds())
    if abs(seconds) < 60:
        return words.gettext("{seconds} s", seconds=seconds)
    minutes = seconds // 60
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return words.gettext("{days} d {hours} h", days=days, hours=hours)
    if hours:
        return words.gettext("{hours} h {minutes} min", hours=hours, minutes=rest)
    return words.gettext("{minutes} min", minutes=rest)


def moment(at: datetime | None) -> str:
    return "" if at is None else f"{at:{_MINUTE}}"


def _instant(at: datetime | None, words: Words) -> str:
    """A moment where no head of a column says of which zone it is."""
    return "" if at is None else words.instant(at)


def day(at: datetime | None) -> str:
    return "" if at is None else f"{at:{_DAY}}"


