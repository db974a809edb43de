"""In which order did members come to each target?  The replay of a finding as a table of its records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pandas as pd

from graph.detect.finding import Finding
from graph.detect.reason import AS_WRITTEN, Reason
from graph.detect.wordings import Language
from graph.text_forms.names import as_seen
from ingest.lake import Record
from workbench.views.models.names import Names

_ONE_TARGET, _OTHERS = "replay", "replay_of_the_other_targets"
MOST_TARGETS, MOST_MEMBERS, MOST_ROWS, MOST_RECORDS = 50, 15, 200, 600
_HEADS: Mapping[Language, tuple[str, str]] = {"en": ("Target", "First (UTC)"), "fr": ("Cible", "Première fois (UTC)")}
_ONE_HEADS: Mapping[Language, tuple[str, str, str]] = {
    "en": ("Member", "First message (UTC)", "After the first"),
    "fr": ("Membre", "Premier message (UTC)", "Après le premier"),
}
_FIRST: Mapping[Language, str] = {"en": "first", "fr": "1er"}


def is_scene(reason: Reason) -> bool:
    """Does the reason tell of one target only, so that the table says the same?  Older documents had one a target."""
    return reason.code == AS_WRITTEN and _code(reason) == _ONE_TARGET


def _code(reason: Reason) -> str:
    """The code, of a document from before there were any the measure's."""
    return str(reason.values["measure"].value).replace(" ", "_") if reason.code == AS_WRITTEN else reason.code


def references(finding: Finding) -> tuple[str, ...]:
    """The first contacts that the replay tells of, in order; none for a finding without a replay."""
    told = (reason.records for reason in finding.reasons if _code(reason) in (_ONE_TARGET, _OTHERS))
    return tuple(dict.fromkeys(ref for records in told for ref in records))


def table(finding: Finding, records: Sequence[Record], names: Names, language: Language = "en") -> pd.DataFrame:
    """One row a target in order of time, one column a member: ``first``, how long after, or nothing.

    Members who came to most targets stand first; who cannot be shown is for ``told`` to say.  Of a single target,
    one row a member in order of arrival.
    """
    arrivals = _arrivals(finding, records)
    if len(arrivals) == 1:
        return _one_target(next(iter(arrivals.values())), names, language)
    came = Counter(member for row in arrivals.values() for member in row)
    members = sorted(finding.members, key=lambda member: (-came[member], member))[:MOST_MEMBERS]
    target, first = _HEADS[language]
    heads = _distinct(members, names, (target, first))
    rows = []
    for identity in sorted(arrivals, key=lambda target: (min(arrivals[target].values()), target))[:MOST_TARGETS]:
        start = min(arrivals[identity].values())
        cells = {
            heads[member]: _FIRST[language] if at == start else after(at - start)
            for member in members
            if (at := arrivals[identity].get(member)) is not None
        }
        rows.append({target: names.of(identity), first: f"{start:%Y-%m-%d %H:%M}", **cells})
    return pd.DataFrame(rows, columns=[target, first, *heads.values()]).fillna("")


def _one_target(came: Mapping[str, datetime], names: Names, language: Language) -> pd.DataFrame:
    member, at, since = _ONE_HEADS[language]
    order = sorted(came, key=lambda identity: (came[identity], identity))[:MOST_ROWS]
    rows = [
        {
            member: names.of(identity),
            at: f"{came[identity]:%Y-%m-%d %H:%M:%S}",
            since: after(came[identity] - came[order[0]]) if number else _FIRST[language],
        }
        for number, identity in enumerate(order)
    ]
    return pd.DataFrame(rows, columns=[member, at, since])


def told(finding: Finding, frame: pd.DataFrame, language: Language = "en") -> str:
    """How much of the replay its table ``frame`` shows."""
    single = tuple(frame.columns) == _ONE_HEADS[language]
    shown = (1, len(frame)) if single else (len(frame), len(frame.columns) - len(_HEADS[language]))
    if language == "fr":
        targets = "Une seule cible" if len(finding.targets) == 1 else f"{shown[0]} des {len(finding.targets)} cibles"
        said = f"{targets}, {shown[1]} des {len(finding.members)} membres"
        return f"{said}\u00a0: premiers messages privés, et le temps écoulé depuis le premier des membres."
    targets = "One target" if len(finding.targets) == 1 else f"{shown[0]} of {len(finding.targets)} targets"
    said = f"{targets}, {shown[1]} of {len(finding.members)} members"
    return f"{said}: first private messages, and the time since the first member's."


def widths(frame: pd.DataFrame) -> tuple[tuple[int, ...], int]:
    """The pixels of each column, and how many lines a cell has: of a crew of three all is whole beside the list, a
    larger one's table scrolls beside its targets."""
    others = len(frame.columns) - 2
    return ((112, 128, *[74] * others), 1) if others <= 3 else ((92, 94, *[80] * others), 2)


def after(passed: timedelta) -> str:
    """``+95 s``, ``+12 min``, ``+7 h 06``."""
    seconds = round(passed.total_seconds())
    if seconds < 600:
        return f"+{seconds} s"
    minutes = round(seconds / 60)
    return f"+{minutes} min" if minutes < 100 else f"+{minutes // 60} h {minutes % 60:02d}"


def _arrivals(finding: Finding, records: Sequence[Record]) -> dict[str, dict[str, datetime]]:
    """By target and member, the moment of the first of these messages."""
    members, found = set(finding.members), dict[str, dict[str, datetime]]()
    for record in records:
        sender, recipient, sent = (record.columns.get(name) for name in ("sender", "recipient", "sent_at"))
        if sender in members and sender and recipient and sent:
            row, at = found.setdefault(recipient, {}), datetime.fromisoformat(sent)
            row[sender] = min(at, row.get(sender, at))
    return found


def _distinct(members: Sequence[str], names: Names, taken: Sequence[str]) -> dict[str, str]:
    """A heading for each member: the name, with the id where it is not the only one of that name, and told apart."""
    plain = {member: names.of(member, limit=28) for member in members}
    times = Counter(map(as_seen, (*plain.values(), *taken)))
    heads: dict[str, str] = {}
    for member, name in plain.items():
        head = name if times[as_seen(name)] == 1 else names.full(member)
        same = sum(head == other for other in (*heads.values(), *taken))
        heads[member] = head if not same else f"{head} · {same + 1}"
    return heads
