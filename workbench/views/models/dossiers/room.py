"""How is a room's dossier shown?  Its audience by age, its writers, the contacts that begin there, the hubs in it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from graph.detect.finding import Finding
from workbench.dossier import RoomFile
from workbench.language import Words
from workbench.views.models.dossiers.account import moment
from workbench.views.models.names import Names


@dataclass(frozen=True)
class Hub:
    """An account that a lead names as a hub and that wrote in the room: its messages here, the private contacts it
    began within an hour after both wrote here, and how many of those were with minors."""

    account: str
    finding: Finding
    messages: int
    begun: int
    minors: int


def hubs(room: RoomFile, findings: Iterable[Finding]) -> list[Hub]:
    """Writers of the room whom leads name as hubs; the best lead first."""
    messages = {row[0]: row[1] for row in room.writers}
    begun = Counter(item.initiator for item in room.begun)
    minors = Counter(item.initiator for item in room.begun if item.minor)
    return [
        Hub(who, finding, messages[who], begun[who], minors[who])
        for finding in findings if finding.kind == "hub" for who in finding.members if who in messages
    ]


def hub_rows(found: Sequence[Hub], names: Names, words: Words) -> pd.DataFrame:
    """One row a hub."""
    _ = words.gettext
    rows = [
        (names.of(hub.account), names.beside(hub.account), _(hub.finding.tier), len(hub.finding.targets),
         hub.messages, hub.begun, hub.minors)
        for hub in found
    ]
    return pd.DataFrame(rows, columns=[
        _("Name"), _("Id"), _("Evidence"), _("Minors of the lead"), _("Messages here"), _("Contacts begun here"),
        _("… with minors"),
    ])


def case_rooms(rooms: Sequence[tuple[str, int, int]], names: Names, words: Words) -> pd.DataFrame:
    """One row a room of the case."""
    _ = words.gettext
    rows = [(names.of(room), names.identity(room), n, people) for room, n, people in rooms]
    return pd.DataFrame(rows, columns=[_("Room"), _("Id"), _("Messages"), _("People")])


def writer_rows(room: RoomFile, names: Names, words: Words) -> pd.DataFrame:
    """One row an account that wrote in it."""
    _ = words.gettext
    rows = [
        (names.of(who), names.beside(who), n, moment(first), moment(last)) for who, n, first, last in room.writers
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Id"), _("Messages"), _("First (UTC)"), _("Last (UTC)")])


def begun_rows(room: RoomFile, names: Names, words: Words) -> pd.DataFrame:
    """Private contacts that began within an hour after both wrote in the room."""
    _ = words.gettext
    rows = [
        (moment(item.at), names.of(item.initiator), names.of(item.target), _("yes") if item.minor else "")
        for item in room.begun
    ]
    return pd.DataFrame(rows, columns=[_("When (UTC)"), _("Wrote first"), _("To"), _("A minor then")])


def ages(words: Words) -> tuple[str, str, str]:
    """What the parts of an audience are called, minors first."""
    _ = words.gettext
    return _("minors"), _("adults"), _("age unknown")


def audience(room: RoomFile, words: Words) -> pd.DataFrame:
    """since (as text), age, people: the bars of the picture; weeks and months in which nobody wrote are there too."""
    known = {since: counts for since, *counts in room.audience}
    rows = [
        (_since(at.to_pydatetime(), room), part, count)
        for at in pd.date_range(min(known), max(known), freq="7D" if room.step == "W" else "MS")
        for part, count in zip(ages(words), known.get(at.to_pydatetime(), (0, 0, 0)), strict=True)
    ]
    return pd.DataFrame(rows, columns=["since", "age", "people"])


def audience_rows(room: RoomFile, words: Words) -> pd.DataFrame:
    """One row a week or month, with the share of minors among those of known age."""
    _ = words.gettext
    rows = [
        (_since(since, room), minors, adults, unknown,
         words.percent(minors / (minors + adults)) if minors + adults else "")
        for since, minors, adults, unknown in room.audience
    ]
    head = _("Week from") if room.step == "W" else _("Month")
    return pd.DataFrame(rows, columns=[head, *ages(words), _("Minors of known ages")])


def _since(at: datetime, room: RoomFile) -> str:
    return f"{at:%Y-%m-%d}" if room.step == "W" else f"{at:%Y-%m}"
