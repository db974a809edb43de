"""What do the sources record?  The cited rows with file, row and hash, and their time as written; texts are hidden."""

import re
from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase
from typing import TypeAlias

from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from ingest.case_folder.manifest import ManifestSource
from ingest.lake import Record
from workbench.cited import hidden_text, holders_by_value, involved, moment, operated
from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.masking.sentences import withheld
from workbench.masking.telling import HIDDEN
from workbench.plain_text import plain_text
from workbench.report.content import Block, Table, Text
from workbench.report.material import LeadMaterial, Material
from workbench.report.parts.bounds import shown_of
from workbench.report.people import People
from workbench.views.models.leads.lead import is_clear, uncited_told
from workbench.views.models.leads.who import likely_elsewhere_told
from workbench.views.models.words.contract import column_word, property_value
from workbench.views.models.words.marks import crowd_told

MOST_RECORDS = 500
Part: TypeAlias = Reason | CounterEvidence
LONGEST_TEXT = 2_000
_FREE = ("text", "reason")
"""Columns in which people write: hidden unless texts are asked for."""
_TELLING = (("value", "value"), ("ip", "ip"), ("device", "device_id"))
"""What tells who somebody is, by column: a value of the row's own kind, or one of a kind of its own."""
_WIDTHS, _WIDTHS_OF_TEXTS = (21, 31, 35, 38, 34, 25, 16), (21, 25, 33, 46, 34, 25, 16)
"""A row's number and a day stay on one line, and a time as written on two where no text needs the room."""
_NUMBER = re.compile(r"\d+\.\d+")
_PLAIN = ("kind", "share", "role", "declared_age", "jurisdiction", "status")


def records_blocks(material: Material, lead: LeadMaterial) -> tuple[Block, ...]:
    """The cited rows in order of time; where there are more than ``MOST_RECORDS``, some of every reason, and of what
    speaks against."""
    words = material.words
    cited = set(lead.finding.cited)
    if not cited:
        return (Text(words.gettext("The lead cites no records.")),)
    lacking = cited - set(lead.records)
    chosen = _chosen(lead)
    listed = sorted(
        (record for ref in chosen for record in lead.records[ref]),
        key=lambda record: _order(record, material.people),
    )
    numbers = source_numbers(material.sources)
    reasons, against = marked(lead.finding)
    borne = citing((*reasons, *against))
    rows = tuple((*_row(record, material, numbers, lead.holders), ", ".join(borne[record.ref])) for record in listed)
    heads = tuple(words.gettext(head) for head in (
        "When (UTC)", "As written", "Who", "What", "File and row", "Source", "Reason",
    ))
    elsewhere = " ".join((
        words.gettext("Every reason gives its earliest in turn. All stand under Records of the lead in the workbench."),
        words.gettext("So they do in records.csv of a disclosure package."),
    ))
    blocks: list[Block] = [
        *shown_of(len(chosen), len(cited) - len(lacking), words, where=elsewhere),
        Table(heads, rows, _WIDTHS_OF_TEXTS if material.choice.texts else _WIDTHS),
        Text(words.gettext("Cited records shown: {shown} of {cited}.", shown=len(chosen), cited=len(cited)), "note"),
    ]
    blocks += [Text(f"{line}.", "note") for line in uncited_told(
        [mark for mark, part in reasons if not part.records],
        [mark for mark, part in against if not (part.records or is_clear(part))], words,
    )]
    if any(holders_by_value(record, lead.holders) for record in listed):
        blocks.append(Text(crowd_told(words), "note"))
    if elsewhere_told := likely_elsewhere_told(
        [material.people.of(one) for one in lead.likely_elsewhere(material.people.names.likely)], words
    ):
        blocks.append(Text(elsewhere_told, "note"))
    if any(map(material.people.own_row, listed)):
        blocks.append(Text(own_row_told(words), "note"))
    if lacking:
        blocks.append(Text(words.gettext("Not in the evidence as it is now: {number}.", number=len(lacking)), "note"))
    characters = [len(record.columns["text"] or "") for record in listed if record.columns.get("text")]
    if characters and not material.choice.texts:
        blocks.append(Text(words.ngettext(
            "The text of {number} message is hidden: {characters} characters.",
            "The texts of {number} messages are hidden: {characters} characters.", len(characters),
            characters=sum(characters),
        ), "note"))
    return tuple(blocks)


def own_row_told(words: Words) -> str:
    """What is not given of a minor's own row, and why."""
    return words.gettext(
        "Of a minor's own row among the accounts the file alone is given: its place there, and the day, age and status "
        "in it, would tell whoever has the file who it is. Such rows stand last. The workbench shows them."
    )


def _order(record: Record, people: People) -> tuple[tuple[bool, str], str, str, int]:
    """In order of time; minors' own rows last, by their labels, since their time is not given either."""
    at, row = ("", 0) if people.own_row(record) else (moment(record)[0], record.row)
    return people.record_sort_key(record), at, record.source, row


def source_numbers(sources: Sequence[ManifestSource]) -> Mapping[str, str]:
    """By SHA-256, the short name of a source in this report (``S1``)."""
    found: dict[str, str] = {}
    for source in sources:
        found.setdefault(source.sha256, f"S{len(found) + 1}")
    return found


def marked(finding: Finding) -> tuple[list[tuple[str, Reason]], list[tuple[str, CounterEvidence]]]:
    """The reasons, then what speaks against, each with what stands beside it and its records: 1, 2 …; a, b …"""
    reasons = [(str(number), part) for number, part in enumerate(finding.reasons, 1)]
    return reasons, [(ascii_lowercase[place % 26], part) for place, part in enumerate(finding.counter_evidence)]


def citing(parts: Iterable[tuple[str, Part]]) -> dict[str, list[str]]:
    """By reference the marks of those of these parts that rest on the record."""
    found: dict[str, list[str]] = {}
    for mark, part in parts:
        for ref in part.records:
            found.setdefault(ref, []).append(mark)
    return found


def _chosen(lead: LeadMaterial) -> list[str]:
    """References to show: each reason, and what speaks against, gives its earliest in turn until there are enough."""
    moments = {ref: (moment(several[0])[0], ref) for ref, several in lead.records.items()}
    queues = [
        sorted((ref for ref in part.records if ref in moments), key=moments.__getitem__)
        for part in lead.finding.parts
    ]
    found: dict[str, None] = {}
    for place in range(max(map(len, queues))):
        for queue in queues:
            if place < len(queue) and len(found) < MOST_RECORDS:
                found.setdefault(queue[place])
    return list(found)


def _row(
    record: Record, material: Material, numbers: Mapping[str, str], holders: Mapping[tuple[str, str], int]
) -> tuple[str, ...]:
    people = material.people
    own = people.own_row(record)
    at, written = ("", "") if own else moment(record)
    number = numbers.get(record.sha256, "–")
    return (
        at[:19] or "–", plain_text(written, limit=60) if written else "–",
        " → ".join(people.apart(identity, limit=28) for identity in involved(record)),
        HIDDEN if own else _content(record, people, material.words, holders, texts=material.choice.texts),
        people.source_reference(record), f"{number} · {record.sha256[:12]}",
    )


def _content(
    record: Record, people: People, words: Words, holders: Mapping[tuple[str, str], int], *, texts: bool
) -> str:
    by_value = holders_by_value(record, holders)
    parts = [words.gettext("report")] if record.table == "reports" else []
    if operates := operated(record, words):
        parts.append(operates)
    for name in _FREE:
        if (text := record.columns.get(name)) is not None:
            parts.append(_text(text, people) if texts else hidden_text(text, words))
    holder = record.columns.get("account") or ""
    of_kind = record.columns.get("kind") if record.columns.get("value") else None
    for name in _PLAIN:
        if (value := record.columns.get(name)) and not (name == "kind" and of_kind):
            parts.append(words.pair(column_word(name, words), people.value(_plain(name, value, words), limit=60)))
    for kind, name in _TELLING:
        if value := record.columns.get(name):
            called = of_kind or "value" if name == "value" else kind
            used_by = by_value.get(value)
            shown = f"{plain_text(mark_kind(called, words), limit=60)} {people.value(value, holder)}"
            accounts = words.ngettext("{number} account", "{number} accounts", used_by[1]) if used_by else ""
            parts.append(f"{shown} ({accounts})" if accounts else shown)
    return ", ".join(parts) or (HIDDEN if people.minor(holder) else "–")


def _plain(name: str, value: str, words: Words) -> str:
    """A role, a status or a kind in words, a share as the language writes numbers, any other value as it is written."""
    if name == "share":
        return _figure(value, words)
    said = words.gettext(value) if name == "kind" else property_value(name, value, words) or value
    return plain_text(said, limit=60)


def _figure(value: str, words: Words) -> str:
    """The same digits, whatever there are of them; what is no plain number, such as a range, stands as it is."""
    sign = words.locale.number_symbols["latn"]["decimal"]
    return value.replace(".", sign) if _NUMBER.fullmatch(value) else plain_text(value, limit=60)


def _text(text: str, people: People) -> str:
    words = people.words
    if people.names_a_minor(text):
        return withheld(words)
    shown = plain_text(text, limit=LONGEST_TEXT)
    if len(text) <= LONGEST_TEXT:
        return f"“{shown}”"
    cut = words.gettext("showing {shown} of {total} characters", shown=LONGEST_TEXT, total=len(text))
    return f"“{shown}” ({cut})"
