"""How are two accounts shown side by side?  What they share, whom both wrote to, and when each was there."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from workbench.dossier import Contact, Presence, Shared
from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.views.models.dossiers.account import duration, moment
from workbench.views.models.names import Names

Pair = tuple[str, str]
DAY = "%Y-%m-%d"


def labels(pair: Pair, names: Names) -> Pair:
    """What the two are called in heads and legends; told apart where they are called alike."""
    one, other = (names.of(who, limit=28) for who in pair)
    return (one, other) if one != other else (f"{one} (1)", f"{other} (2)")


def mark_rows(shared: Shared, pair: Pair, names: Names, words: Words) -> pd.DataFrame:
    """The marks both used, with how many accounts hold each."""
    _ = words.gettext
    rows = [
        (mark_kind(kind, words), names.mark_value(kind, value, pair), holders) for kind, value, holders in shared.marks
    ]
    return pd.DataFrame(rows, columns=[_("Kind"), _("Value"), _("Accounts")])


def room_rows(shared: Shared, called: Pair, names: Names, words: Words) -> pd.DataFrame:
    """The rooms both wrote in, with the messages of each."""
    rows = [(names.of(room), mine, theirs) for room, mine, theirs in shared.rooms]
    return pd.DataFrame(rows, columns=[words.gettext("Room"), *called])


def people_rows(pairs: Sequence[tuple[Contact, Contact]], called: Pair, names: Names, words: Words) -> pd.DataFrame:
    """Counterparts of both: messages each wrote to them, when each contact began and who of the two came first."""
    _ = words.gettext
    rows = []
    for mine, theirs in pairs:
        ahead = called[0] if mine.first_at < theirs.first_at else called[1] if theirs.first_at < mine.first_at else ""
        rows.append((
            names.of(mine.other), _("yes") if mine.minor else "", mine.sent, theirs.sent, moment(mine.first_at),
            moment(theirs.first_at), ahead, duration(abs(theirs.first_at - mine.first_at), words),
        ))
    return pd.DataFrame(rows, columns=[
        _("Name"), _("Minor"), _("sent by {who}", who=called[0]), _("sent by {who}", who=called[1]),
        _("since, {who}", who=called[0]), _("since, {who}", who=called[1]), _("First"), _("The other after"),
    ])


def hours(presence: Presence, called: Pair, words: Words) -> pd.DataFrame:
    """day, hour (UTC), who was there: the cells of the picture."""
    who = (*called, words.gettext("both"))
    rows = [(hour.replace(hour=0), hour.hour, who[which - 1]) for hour, which in presence.hours]
    frame = pd.DataFrame(rows, columns=["day", "hour", "who"])
    frame["day"] = pd.to_datetime(frame["day"], utc=True)
    return frame


def presence_rows(presence: Presence, called: Pair, words: Words) -> pd.DataFrame:
    """One row a day: hours in which the one alone, the other alone, or both were there."""
    _ = words.gettext
    days: dict[datetime, list[int]] = {}
    for hour, which in presence.hours:
        days.setdefault(hour.replace(hour=0), [0, 0, 0])[which - 1] += 1
    rows = [(f"{day:{DAY}}", *counts) for day, counts in sorted(days.items())]
    return pd.DataFrame(rows, columns=[
        _("Day (UTC)"), _("hours of {who} alone", who=called[0]), _("hours of {who} alone", who=called[1]),
        _("hours of both"),
    ])


def presence_said(presence: Presence, called: Pair, words: Words) -> str:
    """The picture in words: hours of each alone and of both, sessions at once, the shortest change-over."""
    one, other, both = presence.counts()
    parts = [words.gettext(
        "Hours in which {first} alone was there: {one}; {second} alone: {other}; both: {both}.", first=called[0],
        second=called[1], one=one, other=other, both=both,
    )]
    if presence.together:
        start, end = presence.together[0]
        parts.append(words.ngettext(
            "Sessions of both ran at once {number} time, first on {at} for {lasted}.",
            "Sessions of both ran at once {number} times, first on {at} for {lasted}.", len(presence.together),
            at=words.instant(start), lasted=duration(end - start, words),
        ))
    elif all(presence.sessions):
        parts.append(words.gettext("No session of one ever ran while a session of the other did."))
    if presence.nearest is not None:
        parts.append(words.gettext(
            "The shortest time from the end of one's session to the start of the other's: {gap}.",
            gap=duration(presence.nearest, words),
        ))
    return " ".join(parts)
