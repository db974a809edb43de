"""How is an account's timeline shown?  One row an event, in the words of a language, minors masked."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from workbench.casebook.mentions import mentioned, told
from workbench.cited import hidden_text
from workbench.dossier import LANES, Event
from workbench.language import Words
from workbench.language.vocabulary import remark_word
from workbench.plain_text import plain_text
from workbench.views.models.dossiers.account import lasting, moment
from workbench.views.models.names import Names
from workbench.views.models.records import reference
from workbench.views.models.reported import reason_told

_BY_PEOPLE = frozenset(LANES["casework"])


def lane_name(lane: str, words: Words) -> str:
    """What a lane of events is called."""
    _ = words.gettext
    return {
        "account": _("Account made"), "session": _("Sessions"), "private": _("Private messages"),
        "rooms": _("Messages in rooms"), "contact": _("First contacts"), "mark": _("Marks first used"),
        "age": _("Ages told"), "report": _("Reports"), "lead": _("Leads"), "casework": _("Judgements and notes"),
    }[lane]


def event_rows(
    events: Sequence[Event], names: Names, places: Mapping[str, str], words: Words, *,
    lead: Callable[[str], str], account: str,
) -> pd.DataFrame:
    """One row an event of the account; ``places``: ``file:row`` by record, ``lead``: what an id of one is called."""
    _ = words.gettext
    rows = [
        (
            moment(event.at), _said(event, words), _who(event, names), _more(event, names, words, lead, account),
            plain_text(places[event.record], limit=120) if event.record in places
            else reference(event.record, names) if event.record else "",
        )
        for event in events
    ]
    return pd.DataFrame(rows, columns=[
        _("When (UTC)"), _("What"), _("Who or where"), _("More"), _("File and row"),
    ])


def ids_in(events: Sequence[Event]) -> set[str]:
    """The accounts and rooms that the events name, also those picked into notes."""
    named = {event.who for event in events if event.who and event.code not in _BY_PEOPLE}
    return named.union(*(mentioned(event.what) for event in events if event.code == "note"))


def marks_in(events: Sequence[Event]) -> set[str]:
    """The ids of the marks that the events name."""
    return {f"{event.word}:{event.what}" for event in events if event.code == "mark"}


def lane_days(days: Sequence[tuple[str, object, int]], words: Words) -> pd.DataFrame:
    """lane (its name), day (UTC), events: the points of the picture."""
    frame = pd.DataFrame([(lane_name(lane, words), day, n) for lane, day, n in days], columns=["lane", "day", "events"])
    frame["day"] = pd.to_datetime(frame["day"], utc=True)
    return frame


def _said(event: Event, words: Words) -> str:
    _ = words.gettext
    return {
        "created": _("account made"), "session": _("session"), "messages": _("private messages"),
        "posts": _("messages in a room"), "wrote_to": _("wrote first to"), "written_by": _("was written to first by"),
        "mark": _("first use"), "age": _("age"), "reported": _("was reported by"), "reports": _("reported"),
        "lead": _("lead"), "judgement": _("judgement"),
    }.get(event.code) or remark_word(event.code, words)


def _who(event: Event, names: Names) -> str:
    if not event.who:
        return ""
    return plain_text(event.who, limit=60) if event.code in _BY_PEOPLE else names.of(event.who)


def _more(event: Event, names: Names, words: Words, lead: Callable[[str], str], account: str) -> str:
    """What the event's row adds to its name."""
    _ = words.gettext
    if event.code == "messages":
        return _("{sent} sent, {received} received", sent=event.sent, received=event.received)
    if event.code == "posts":
        return words.ngettext("{number} message", "{number} messages", event.sent)
    if event.code == "session":
        lasted = lasting(event.at, event.until, words)
        return " · ".join(filter(None, (lasted, plain_text(event.what, limit=160) if event.what else "")))
    if event.code == "mark":
        return f"{_(event.word)} {names.mark_value(event.word, event.what, (account,))}"
    if event.code == "age":
        age, basis = event.what or _("unknown, a minor"), _(event.word)
        return f"{age} ({basis})"
    if event.code == "lead":
        return lead(event.what)
    if event.code == "judgement":
        return f"{_(event.word)} · {lead(event.what)}"
    if event.code == "note":
        return plain_text(told(event.what, names.called), limit=400)
    if event.code == "reported":
        return reason_told(event.what, event.who, names, words)
    if event.code == "reports":  # whose mask decides is not known here: the list of reports has the words
        return hidden_text(event.what, words) if event.what else ""
    return plain_text(event.what, limit=400) if event.what else ""
