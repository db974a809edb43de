"""Which findings are there, why, what speaks against them, and which records stand behind them?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import pandas as pd

from graph.detect.finding import Finding
from graph.detect.reason import AS_WRITTEN, CounterEvidence, Number, Reason
from graph.detect.registry import DETECTIONS
from graph.detect.wordings import LANGUAGES, Language, Said, catalogue, render
from ingest.lake import Lake, Record
from workbench.casebook import Judgement
from workbench.plain_text import plain_text
from workbench.views.models import replay
from workbench.views.models.names import Names

MINOR_TARGETS = frozenset(item.kind for item in DETECTIONS if item.targets_are_minors)
"""Kinds whose targets are minors by the contract."""
MOST_RECORDS = 200
MOST_ROWS = 1_000
OPEN = "open"
_WHO = ("sender", "recipient", "account", "reported", "reporter", "owner", "owned", "company", "person", "room")
_WHEN = ("sent_at", "made_at", "started_at", "first_seen_at", "created_at", "from", "incorporated_at")
_CLEAR = "what_would_clear_it"
_ACCOUNTS = "accounts:"


def people(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Every id that the findings name, also among the accounts their reasons cite and in their sentences."""
    named: set[str] = set()
    for finding in findings:
        named.update(finding.members, finding.targets)
        for reason in finding.reasons:
            named.update(ref.removeprefix(_ACCOUNTS) for ref in reason.records if ref.startswith(_ACCOUNTS))
        items: tuple[Reason | CounterEvidence, ...] = (*finding.reasons, *finding.counter_evidence)
        for item in items:
            named.update(item.ids)
    return tuple(sorted(named))


def with_minor_targets(names: Names, findings: Iterable[Finding], opened: frozenset[str]) -> Names:
    """Names in which targets that are minors by the kind of finding are masked as well."""
    targets = {target for finding in findings if finding.kind in MINOR_TARGETS for target in finding.targets}
    return Names(names.pseudonyms, names.minors | frozenset(targets), opened)


def matching(
    findings: Sequence[Finding],
    names: Names,
    status: Mapping[str, Judgement],
    *,
    kinds: Sequence[str],
    tiers: Sequence[str],
    states: Sequence[str],
    text: str,
) -> tuple[Finding, ...]:
    """Findings of these kinds, tiers and states (none chosen: all) that name or mention ``text``; best first."""
    wanted = text.casefold().strip()
    return tuple(
        finding
        for finding in findings
        if (not kinds or finding.kind in kinds)
        and (not tiers or finding.tier in tiers)
        and (not states or status_of(finding, status) in states)
        and (not wanted or wanted in _searchable(finding, names))
    )


def status_of(finding: Finding, status: Mapping[str, Judgement]) -> str:
    judged = status.get(finding.finding_id)
    return judged.status if judged else OPEN


def table(findings: Sequence[Finding], names: Names, status: Mapping[str, Judgement]) -> pd.DataFrame:
    """One row a finding, in the order given."""
    rows = [
        {
            "Tier": finding.tier,
            "Kind": finding.kind,
            "Who": names.joined(finding.members, most=2),
            "Score": finding.score,
            "Status": status_of(finding, status),
        }
        for finding in findings
    ]
    return pd.DataFrame(rows, columns=["Tier", "Kind", "Who", "Score", "Status"])


def title(finding: Finding, names: Names) -> str:
    """The finding in one line of plain text."""
    return f"{finding.kind.capitalize()}: {names.joined(finding.members)}"


def members(finding: Finding, names: Names, *, most: int = 200) -> pd.DataFrame:
    """Members and targets, each with name and id; minors masked."""
    parts = [("member", identity) for identity in finding.members] + [
        ("target", identity) for identity in finding.targets
    ]
    rows = [
        {"Part": part, "Name": names.of(identity), "Id": names.identity(identity)} for part, identity in parts[:most]
    ]
    return pd.DataFrame(rows, columns=["Part", "Name", "Id"])


def reasons(finding: Finding, names: Names, language: Language = "en") -> list[tuple[str, str]]:
    """Why: each measure with observed and expected, and the sentence that explains it (English where no other is).

    What a replay tells of one target after the other stands in its table (``models.replay``).
    """
    return [_told(finding.kind, reason, names, language) for reason in finding.reasons if not replay.is_scene(reason)]


def against(finding: Finding, names: Names, language: Language = "en") -> list[tuple[str, str]]:
    """Why not: what speaks against the finding, in the same form; without what would clear it."""
    return [
        _told(finding.kind, item, names, language)
        for item in finding.counter_evidence
        if not _clears(item)
    ]


def clears(finding: Finding, names: Names, language: Language = "en") -> str:
    """What would clear the finding: its own sentence, else its kind's."""
    own = [
        _said(finding.kind, item, names, language).detail
        for item in finding.counter_evidence
        if _clears(item)
    ]
    return " ".join(own) if own else catalogue(finding.kind, language).described["clears"]


def citing(finding: Finding, language: Language = "en") -> dict[int, str]:
    """The reasons that cite records, by number: measure and how many."""

    def words(count: int) -> str:
        one = "enregistrement" if language == "fr" else "record"
        return f"{figure(count, language)} {one}{'' if count == 1 else 's'}"

    return {
        number: f"{_measure(finding.kind, reason, language)}{_COLON[language]} {words(len(reason.records))}"
        for number, reason in enumerate(finding.reasons)
        if reason.records
    }


_COLON: Mapping[Language, str] = {"en": ":", "fr": " :"}
_OLDER: Mapping[Language, str] = {
    "en": "Written by an earlier version, with names in it that cannot be masked one by one. Run the detections again.",
    "fr": "Écrit par une version antérieure, avec des noms que l'on ne peut masquer un à un. Relancez les détections.",
}
_OBSERVED: Mapping[Language, tuple[str, str]] = {"en": ("observed", "expected"), "fr": ("observé", "attendu")}


def _told(kind: str, item: Reason | CounterEvidence, names: Names, language: Language) -> tuple[str, str]:
    figures = [
        f"{figure(value, language)} {word}"
        for value, word in zip((item.observed, item.expected), _OBSERVED[language], strict=True)
        if value is not None
    ]
    said = _said(kind, item, names, language)
    head = said.measure
    if figures:
        head += f"{_COLON[language]} {', '.join(figures)}"
    return head, said.detail


def _said(kind: str, item: Reason | CounterEvidence, names: Names, language: Language) -> Said:
    """In words, whoever is named by id written or masked by that id.

    Prose of an older document, in which names are no values, is not shown while a minor is masked.
    """
    said = render(kind, item, language, lambda _, identity: names.called(identity))
    if item.code == AS_WRITTEN and names.minors - names.opened:  # prose may name anybody
        return Said(_measure(kind, item, language), _OLDER[language])
    return Said(_measure(kind, item, language), plain_text(said.detail, limit=4_000))


def _reference(ref: str, names: Names) -> str:
    """A record's reference; one to an account's own row holds its id."""
    table, _, identity = ref.partition(":")
    return f"{table}:{names.identity(identity)}" if table == "accounts" else plain_text(ref, limit=200)


def _measure(kind: str, item: Reason | CounterEvidence, language: Language) -> str:
    """The short name of what was measured; of an older document its own, as it was written."""
    return plain_text(render(kind, item, language).measure.replace("_", " "), limit=60)


def _clears(item: CounterEvidence) -> bool:
    return item.code == _CLEAR or (item.code == AS_WRITTEN and item.values["measure"].value == _CLEAR.replace("_", " "))


def figure(value: Number, language: Language = "en") -> str:
    """A number as people write it; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, int) or float(value).is_integer():
        text = f"{int(value):,}"
    else:
        text = f"{value:,.3g}" if abs(value) < 1_000 else f"{value:,.0f}"
    return text if language == "en" else text.replace(",", "\u202f").replace(".", ",")


def open_records(lake: Lake, references: Sequence[str]) -> list[Record]:
    """The rows behind the first of these references."""
    return lake.records(list(references[:MOST_RECORDS]))


def records_told(records: Sequence[Record], references: Sequence[str], names: Names) -> str:
    """How much of what is cited is shown, which ids open several rows, and how many open none."""
    cited = list(dict.fromkeys(references[:MOST_RECORDS]))
    rows = Counter(record.ref for record in records)
    said = [f"Showing {len(rows):,} records of {len(set(references)):,} cited."]
    if several := [ref for ref in cited if rows[ref] > 1]:
        first = f"{_reference(several[0], names)} stands in {rows[several[0]]:,} rows"
        more = f", {len(several) - 1:,} more in several" if len(several) > 1 else ""
        shown = f"each row is shown, {len(records):,} in all"
        if len(records) > MOST_ROWS:
            shown = f"the first {MOST_ROWS:,} of {len(records):,} rows are shown"
        said.append(f"The sources repeat ids: {first}{more}; {shown}.")
    if lacking := sum(1 for ref in cited if ref not in rows):
        said.append(f"Not in the evidence as it is now: {lacking:,}.")
    return " ".join(said)


def records_table(records: Sequence[Record], names: Names, *, texts: bool) -> pd.DataFrame:
    """The first ``MOST_ROWS`` rows: ``file:row``, when, who, and the text only where ``texts`` were opened.

    Files of one name are told apart by their paths.
    """
    files = Counter(PurePath(source).name for source in {record.source for record in records})
    rows = []
    for record in records[:MOST_ROWS]:
        who = [identity for column in _WHO if (identity := record.columns.get(column))]
        rows.append(
            {
                "When (UTC)": next((value for name in _WHEN if (value := record.columns.get(name))), ""),
                "Who": plain_text(" → ".join(names.of(identity, limit=28) for identity in who), limit=120),
                "File and row": plain_text(_located(record, files), limit=240),
                "Content": _content(record, names, texts=texts),
                "Record": _reference(record.ref, names),
            }
        )
    return pd.DataFrame(rows, columns=["When (UTC)", "Who", "File and row", "Content", "Record"])


def _located(record: Record, files: Mapping[str, int]) -> str:
    return record.location if files[PurePath(record.source).name] == 1 else f"{record.source}:{record.row}"


def judgement_rows(history: Sequence[Judgement]) -> pd.DataFrame:
    """Judgements, the newest first."""
    rows = [
        {
            "When (UTC)": item.at[:16].replace("T", " "),
            "Status": item.status,
            "By": plain_text(item.user),
            "Reasons": plain_text(item.note, limit=1_000),
        }
        for item in reversed(history)
    ]
    return pd.DataFrame(rows, columns=["When (UTC)", "Status", "By", "Reasons"])


def _content(record: Record, names: Names, *, texts: bool) -> str:
    text = record.columns.get("text")
    if text is not None:
        return plain_text(text, limit=4_000) if texts else f"hidden, {len(text):,} characters"
    shown: dict[str, Any] = {
        name: record.columns.get(name) for name in ("kind", "value", "ip", "device_id", "reason", "share", "role")
    }
    return plain_text(", ".join(f"{name} {names.written(str(value))}" for name, value in shown.items() if value))


def _searchable(finding: Finding, names: Names) -> str:
    named = " ".join(names.full(identity) for identity in (*finding.members, *finding.targets))
    told = " ".join(
        _said(finding.kind, item, names, language).detail for item in finding.reasons for language in LANGUAGES
    )
    return f"{finding.finding_id} {named} {told}".casefold()
