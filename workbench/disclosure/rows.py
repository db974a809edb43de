"""The rows of a disclosure: leads, the records they cite, sources and custody; minors by their labels alone."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from graph.detect.reason import CounterEvidence
from ingest.lake import Record
from ingest.lake.columns import STORED
from workbench.exports.tables.csv_files import neutral
from workbench.masking.telling import HIDDEN, native
from workbench.report.material import LeadMaterial, Material
from workbench.report.parts.records import Part, citing, marked
from workbench.report.people import People
from workbench.views.models.leads.lead import is_clear

RECORD_HEADS = ("lead", "reasons", "against", "record", "table", "file", "row", "source_sha256", "column", "value")
_PEOPLE = frozenset((
    "account", "account_id", "sender", "sender_id", "recipient", "recipient_id", "reporter", "reporter_id", "reported",
    "reported_id",
))
_FREE = frozenset(("text", "reason"))
_OF_A_MINOR = frozenset(("platform", "kind", "role", "status"))
_OF_ITS_OWN_ROW = frozenset(("platform",))
"""A rare role or status finds the row in the file."""
_INTERNAL = frozenset(("source_sha256", "row", "batch_id"))


def leads_rows(material: Material) -> list[dict[str, Any]]:
    """The chosen leads: whom they are about, their reasons in words with the records of each, how they were judged.

    Minors stand last among members and targets, by their labels; ``roles``: of those who are more than members of
    their platform.
    """
    people = material.people
    return [
        {
            "finding_id": people.telling.lead(lead.finding.finding_id), "kind": lead.finding.kind,
            "tier": lead.finding.tier, "score": lead.finding.score,
            "members": [people.identity(one) for one in people.listed(lead.finding.members)],
            "targets": [people.identity(one) for one in people.listed(lead.finding.targets)],
            "roles": {
                people.identity(one): ", ".join(people.roles[one])
                for one in (*lead.finding.members, *lead.finding.targets) if people.role(one)
            },
            "first_at": lead.finding.first_at, "last_at": lead.finding.last_at, "q_value": lead.finding.q_value,
            "status": _status(lead, material),
            "reasons": [_part(lead, one, people) for one in lead.finding.reasons],
            "counter_evidence": [_part(lead, one, people) for one in lead.finding.counter_evidence],
        }
        for lead in material.leads
    ]


def _status(lead: LeadMaterial, material: Material) -> str:
    """What the judgements come to; open where nobody judged the lead."""
    judged = material.status.get(lead.finding.finding_id)
    return "open" if judged is None else "disputed" if judged.opposed else judged.status


def _part(lead: LeadMaterial, part: Part, people: People) -> dict[str, Any]:
    said = people.said(lead.finding, part)
    clears = isinstance(part, CounterEvidence) and is_clear(part)
    measure = people.words.gettext("what would clear it") if clears else said.measure  # as the report heads it
    return {
        "code": part.code, "measure": measure, "detail": said.detail, "observed": part.observed,
        "expected": part.expected, "unit": part.unit, "records": sorted({_ref(ref, people) for ref in part.records}),
    }


def record_rows(material: Material) -> Iterable[Sequence[str]]:
    """A row a filled column of every cited record, in the order of leads, records and columns.

    Minors' own rows of accounts stand last, without the number of the row and with nothing but the platform.

    ``reasons``, ``against``: which of the lead's reasons, and of what speaks against it, cite the record, by the
    numbers and letters that stand beside them in the report; moments are UTC.
    """
    people = material.people
    for lead in material.leads:
        reasons, against = (_marks(parts) for parts in marked(lead.finding))
        for ref, record in _records(lead, people):
            for name, value in sorted(record.columns.items()):
                if value is not None and name not in _INTERNAL:
                    yield (
                        people.telling.lead(lead.finding.finding_id), reasons.get(ref, ""), against.get(ref, ""),
                        _ref(ref, people), record.table,
                        people.file(record.source), HIDDEN if people.own_row(record) else str(record.row),
                        record.sha256, name,
                        _shown(name, value, record, material),
                    )


def _marks(parts: Iterable[tuple[str, Part]]) -> dict[str, str]:
    """By reference the marks of the parts that cite it."""
    return {ref: " ".join(marks) for ref, marks in citing(parts).items()}


def _records(lead: LeadMaterial, people: People) -> Iterable[tuple[str, Record]]:
    """By reference; minors' own rows last by their labels, since their references are their ids."""
    found = [(ref, record) for ref, several in lead.records.items() for record in several]
    return sorted(found, key=lambda one: (people.record_sort_key(one[1]), one[0], one[1].sha256, one[1].row))


def _ref(ref: str, people: People) -> str:
    """The reference of a record; where that is the id of a minor, its label."""
    table, _, record = ref.partition(":")
    if people.minor(record):
        return f"{table}:{people.identity(record)}"
    return f"{table}:{HIDDEN}" if people.names_a_minor(record) else ref


def _shown(name: str, value: str, record: Record, material: Material) -> str:
    people = material.people
    if name in _FREE and not material.choice.texts:
        return HIDDEN
    if name in _moments(record.table):
        value = f"{value.replace(' ', 'T')}Z"
    holder = next((whom for key in ("account", "account_id") if (whom := record.columns.get(key))), "")
    if people.minor(value):
        return people.identity(value)
    if name in _PEOPLE:
        return _bare(value, people)
    if holder and people.minor(holder) and name not in (_OF_ITS_OWN_ROW if people.own_row(record) else _OF_A_MINOR):
        return HIDDEN
    if record.table == "accounts" and name == "pseudonym":
        return HIDDEN if people.telling.hides("Account", value) else value
    return HIDDEN if people.names_a_minor(value) else value


@cache
def _moments(table: str) -> frozenset[str]:
    """The columns of that table that hold moments, which are stored as UTC without saying so."""
    return frozenset(name for name, kind in STORED[table].canonical if kind == "TIMESTAMP")


def _bare(value: str, people: People) -> str:
    """An id as its platform has it, which is a minor's if any full id that ends so is."""
    for identity in people.names.minors:
        if identity.partition(":")[2] == value:
            return people.identity(identity)
    return HIDDEN if people.telling.hides("Account", native(value)) else value


def source_rows(material: Material) -> Iterable[Sequence[str]]:
    for one in material.sources:
        yield (material.people.file(one.path), str(one.bytes), one.sha256, one.sha1, one.format)


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180 in UTF-8, every cell quoted, none of them a formula; what is absent is empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([neutral(cell) if cell else "" for cell in row])
    return stream.getvalue().encode("utf-8", "replace")
