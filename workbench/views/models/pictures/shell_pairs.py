"""Which pairs of a shell's accounts are tied by which kind of evidence?  Told from the records that the lead cites."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations

import pandas as pd

from graph.detect.finding import Finding
from graph.detect.reason import Reason
from graph.detect.wordings import catalogue
from graph.text_forms.names import readings
from graph.text_forms.written import place_of
from ingest.lake import Record
from workbench.language import Words
from workbench.views.models.names import Names
from workbench.views.models.pictures.picture import Picture, told_apart

MOST_PAIRS, _SHORT = 28, 13
_HAND_OVER_S = 180.0
_COLUMNS = {
    "same_device": ("device_id",), "common_targets": ("recipient",), "same_age": ("declared_age",),
}
"""By the code of a reason the columns in which two accounts have one value; other marks are kind and value."""
_PLACES = ("same_address", "same_line", "same_ip")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Tie:
    """How often the records of one reason tie a pair: values in common, hand-overs, people both wrote to."""

    pair: Pair
    code: str
    number: int
    records: tuple[str, ...]


def ties(finding: Finding, records: Sequence[Record]) -> tuple[Tie, ...]:
    """By reason in the lead's order, then by pair; reasons whose records tie no pair have none."""
    by_ref: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_ref[record.ref].append(record)
    found = []
    for reason in finding.reasons:
        own = [record for ref in reason.records for record in by_ref[ref]]
        shared = _hand_overs(own, reason) if reason.code == "hand_overs" else _in_common(own, reason.code)
        found += [
            Tie(pair, reason.code, len(values), tuple(sorted(set().union(*values.values()))))
            for pair, values in sorted(shared.items())
            if set(pair) <= set(finding.members)
        ]
    return tuple(found)


def picture(finding: Finding, found: Sequence[Tie], names: Names, words: Words) -> Picture:
    """A row a pair, a column a reason, as a table a row each; the pairs with most families first."""
    often: dict[Pair, int] = defaultdict(int)
    for tie in found:
        often[tie.pair] += 1
    pairs = sorted(often, key=lambda pair: (-often[pair], pair))[:MOST_PAIRS]
    labels, in_full = (
        {pair: " – ".join(called[one] for one in pair) for pair in pairs}
        for limit in (_SHORT, 48)
        for called in (dict(zip(finding.members, told_apart(finding.members, names, limit=limit), strict=True)),)
    )
    entries = catalogue(finding.kind, words.language).entries
    measures = {reason.code: entries[reason.code].measure for reason in finding.reasons if reason.code in entries}
    codes = [code for code in measures if any(tie.code == code for tie in found)]
    frame = pd.DataFrame(
        [
            (pairs.index(tie.pair), labels[tie.pair], codes.index(tie.code), measures[tie.code], tie.number)
            for tie in found
            if tie.pair in labels and tie.code in codes
        ],
        columns=["row", "pair", "column", "family", "number"],
    )
    held = {(tie.pair, tie.code): tie.number for tie in found}
    table = pd.DataFrame(  # a row a figure: a column for each kind has no room beside a lead
        [(in_full[pair], measures[code], held[pair, code]) for pair in pairs for code in codes if (pair, code) in held],
        columns=[words.gettext("Pair"), words.gettext("Evidence"), words.gettext("In common")],
    )
    every = len(finding.members) * (len(finding.members) - 1) // 2
    told = words.gettext(
        "Pairs of accounts and what the cited records tell of both: {shown} of {total} pairs, those with most kinds of "
        "evidence first. A number says how many marks of the kind both have, in this way or another (1: one device, "
        "one address on one day, names that read alike), how often the one left and the other came, or to how many "
        "people both wrote.", shown=len(pairs), total=every,
    )
    if silent := [measures[code] for code in measures if code not in codes]:
        told += " " + words.gettext("Not told by pair: {measures}.", measures=", ".join(silent))
    return Picture("pairs", frame, table, told)


def _in_common(records: Iterable[Record], code: str) -> dict[Pair, dict[str, set[str]]]:
    """Values that two accounts have in these records, each with the records that say so."""
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for record in records:
        who = record.columns.get("sender") or record.columns.get("account")
        for value in _values(record.columns, code) if who else ():
            held[value][str(who)].add(record.ref)
    shared: dict[Pair, dict[str, set[str]]] = defaultdict(dict)
    for value, accounts in held.items():
        for one, other in combinations(sorted(accounts), 2):
            shared[one, other]["" if code == "same_name" else value] = accounts[one] | accounts[other]
    return shared


def _values(columns: Mapping[str, str | None], code: str) -> list[str]:
    if code == "same_name":
        return sorted(readings(columns.get("pseudonym") or ""))
    if code == "same_mailbox":  # cited for one mailbox, in whatever spellings
        return [code] if columns.get("value") else []
    if code in _PLACES and (ip := columns.get("ip")):
        place = place_of(ip) if ":" in ip else ip.strip()
        # an address is in common on a day, as the reason counts it: on different days it is another reason's
        return [f"{place}\x1f{day}" for day in _days(columns)] if code == "same_address" else [place]
    if code in _COLUMNS:
        return [value for name in _COLUMNS[code] if (value := columns.get(name))]
    return [f"{columns['kind']}\x1f{columns['value']}"] if columns.get("kind") and columns.get("value") else []


def _days(columns: Mapping[str, str | None]) -> list[date]:
    """The days (UTC) on which a session began and ended."""
    ends = (columns.get("started_at"), columns.get("ended_at"))
    return sorted({datetime.fromisoformat(end).astimezone(UTC).date() for end in ends if end})


def _hand_overs(records: Iterable[Record], reason: Reason) -> dict[Pair, dict[str, set[str]]]:
    """Within the reason's own time, one account's session ended and another's began."""
    within = reason.values.get("within")
    window = float(within.value) if within is not None and isinstance(within.value, int | float) else _HAND_OVER_S
    spans = []
    for record in records:
        who, began, ended = (record.columns.get(name) for name in ("account", "started_at", "ended_at"))
        if who and began and ended:
            spans.append((datetime.fromisoformat(began), datetime.fromisoformat(ended), who, record.ref))
    spans.sort()
    shared: dict[Pair, dict[str, set[str]]] = defaultdict(dict)
    for _, left_at, who, left in spans:
        for came_at, _, other, came in spans:
            if other != who and 0 <= (came_at - left_at).total_seconds() <= window:
                pair = (who, other) if who < other else (other, who)
                shared[pair][f"{left}\x1f{came}"] = {left, came}
    return shared
