"""On what does the report rest, and what does it leave out?  Counts, sources, times, tools, parameters, words."""

import json
import platform
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from graph.detect.finding import TIERS
from ingest.case_folder.manifest import Counts
from workbench import __version__
from workbench.language import Words
from workbench.language.glossary import glossary
from workbench.language.kinds import kind_label
from workbench.plain_text import plain_text
from workbench.report.beside import MOST_CONTACTS, MOST_MESSAGES
from workbench.report.content import Block, Items, Pairs, Section, Table, Text
from workbench.report.material import Material
from workbench.report.parts.bounds import shown_of
from workbench.report.parts.lead import MOST_PEOPLE, MOST_RELATED
from workbench.report.parts.notes import notes_told
from workbench.report.parts.records import MOST_RECORDS, source_numbers
from workbench.report.terms import tier_word
from workbench.runs.earlier_methods import part_label
from workbench.runs.parameters import MINORS, parameter_label
from workbench.views.models.faults.sources import reason_text
from workbench.views.models.leads.parameters_form import value_told
from workbench.views.models.leads.searched import searched
from workbench.views.models.words.contract import column_word, format_word, table_word

MOST_REASONS, MOST_SOURCES, LONGEST_VALUE = 20, 500, 160
_NOTES = "notes"
TOOLS = ("duckdb", "ibis-framework", "pyarrow", "numpy", "scipy", "networkx", "matplotlib", "reportlab", "jinja2")
"""Whose versions may change a figure, a picture or a byte of the report."""


def evidence_section(material: Material) -> Section:
    """Counts by table and batch, the basis of times, and every source with its hash."""
    words = material.words
    return Section(words.gettext("The evidence"), (
        Section(words.gettext("Rows read"), (_counts(material),)),
        Section(words.gettext("Basis of times"), _bases(material)),
        Section(words.gettext("Sources"), _sources(material)),
    ))


def method_section(material: Material) -> Section:
    """Tools with versions, what the detections looked for, and the parameters of the chosen kinds."""
    words = material.words
    own = (("Filature", __version__), ("Python", platform.python_version()))
    tools = (*own, *((name, version(name)) for name in TOOLS))
    kinds = sorted({lead.finding.kind for lead in material.leads})
    parameters = material.document.parameters
    rows = [
        (part_label(part, words), _named(part, name, words), written)
        for part in (MINORS, *kinds)
        if isinstance(parameters.get(part), Mapping)
        for name, written in _parameters(part, material.people.telling.cleared(parameters[part]), words)
    ]
    heads = (words.gettext("Kind"), words.gettext("Parameter"), words.gettext("Value"))
    told: tuple[Block, ...] = (Table(heads, tuple(rows), (14, 36, 50)),) if rows else ()
    came = tuple(searched(material.document, words).items())
    looked: tuple[Block, ...] = (
        Table((words.gettext("Kind"), words.gettext("What came of it")), came, (20, 80)),
    ) if came else ()
    return Section(words.gettext("Tools and parameters"), (
        Pairs(tools), *looked, *told,
        Text(words.gettext(
            "Parameters of the kinds in this report and of what counts as a minor; the manifest beside the report "
            "holds those of every kind that ran."
        ), "note"),
    ))


def left_out_section(material: Material, *, withheld: int = 0) -> Section:
    """Leads that were not chosen, rejected rows, words withheld, and how long lists may be."""
    words = material.words
    chosen = {lead.finding.finding_id for lead in material.leads}
    rest = [one for one in material.document.findings if one.finding_id not in chosen]
    others = Counter[tuple[str, str]]((one.kind, one.tier) for one in rest)
    blocks: list[Block] = []
    if others:
        rows = tuple(
            (kind_label(kind, words), *(words.number(others[(kind, tier)]) for tier in TIERS))
            for kind in sorted({kind for kind, _ in others})
        )
        heads = (words.gettext("Leads not in this report"), *(tier_word(tier, words) for tier in TIERS))
        blocks.append(Table(heads, rows, (40, 20, 20, 20)))
    else:
        blocks.append(Text(words.gettext("Every lead of the case is in this report.")))
    total = sum(material.rejects.values())
    if total:
        most = sorted(material.rejects.items(), key=lambda item: (-item[1], item[0]))
        rows = tuple(
            (material.people.value(reason_text(reason, words)), words.number(number))
            for reason, number in most[:MOST_REASONS]
        )
        blocks += shown_of(len(rows), len(most), words)
        blocks.append(Table((words.gettext("Reason of rejection"), words.gettext("Rejected rows")), rows, (80, 20)))
    else:
        blocks.append(Text(words.gettext("No row was rejected.")))
    if withheld:
        blocks.append(Text(words.ngettext(
            "{number} text that a person wrote is withheld at its place: a minor's name or number is among its words.",
            "{number} texts that people wrote are withheld at their places: a minor's name or number is among their "
            "words.", withheld,
        )))
    blocks.append(Items((
        words.gettext("Of a lead, at most {number} cited records are shown; where there are more it is said above "
                      "them.", number=MOST_RECORDS),
        words.gettext("Of a lead, at most {people} people and {leads} related leads are listed; where there are more "
                      "it is said above them.", people=MOST_PEOPLE, leads=MOST_RELATED),
        words.gettext("Of a chosen account, at most {contacts} contacts are listed, of a chosen conversation the first "
                      "{messages} messages; no other conversation is in this report: the workbench opens them.",
                      contacts=MOST_CONTACTS, messages=MOST_MESSAGES),
    )))
    return Section(words.gettext("What was left out"), tuple(blocks))


def words_section(material: Material) -> Section:
    words = material.words
    return Section(words.gettext("Words used"), (
        Pairs(glossary(words)),
        Text(words.gettext(
            "A lead says that records are consistent with something. It is no verdict about anybody; only a named "
            "person's judgement changes its status, and a court's or an authority's finding is another matter still."
        )),
    ))


def _counts(material: Material) -> Table:
    words = material.words
    rows = [
        (batch.batch_id, table_word(table, words), *_four(counts, words))
        for batch in material.batches
        for table, counts in sorted(batch.tables.items())
    ]
    totals: dict[str, Counts] = {}
    for batch in material.batches:
        for table, counts in batch.tables.items():
            totals[table] = totals[table] + counts if table in totals else counts
    if len(material.batches) == 1:
        totals = {}
    rows += [
        (words.gettext("all"), table_word(table, words), *_four(counts, words))
        for table, counts in sorted(totals.items())
    ]
    heads = tuple(
        words.gettext(head) for head in ("Batch", "Table", "Read", "Accepted", "Rejected", "Duplicate")
    )
    return Table(heads, tuple(rows), (24, 20, 14, 14, 14, 14))


def _four(counts: Counts, words: Words) -> tuple[str, str, str, str]:
    read, accepted, rejected, duplicate = (
        words.number(number) for number in (counts.read, counts.accepted, counts.rejected, counts.duplicate)
    )
    return read, accepted, rejected, duplicate


def _bases(material: Material) -> tuple[Block, ...]:
    words = material.words
    rows = tuple(
        (batch.batch_id, _column(column, words), _basis(basis, words), words.number(number))
        for batch in material.batches
        for column, bases in sorted(batch.bases.items())
        for basis, number in sorted(bases.items())
    )
    zones = tuple(
        (batch.batch_id, plain_text(batch.timezone) if batch.timezone else words.gettext("none given"))
        for batch in material.batches
    )
    heads = tuple(words.gettext(head) for head in ("Batch", "Times of", "Zone taken from", "Rows"))
    return (
        Table((words.gettext("Batch"), words.gettext("Zone of times that state none")), zones, (40, 60)),
        Table(heads, rows, (24, 34, 28, 14)),
    )


def _basis(basis: str, words: Words) -> str:
    """``explicit-offset``, ``epoch``, ``assumed:ZONE`` or ``assumed:ZONE;ambiguous`` in words."""
    known = {
        "explicit-offset": words.gettext("the offset it states"), "epoch": words.gettext("seconds since 1970, in UTC"),
    }
    kind, _, rest = basis.partition(":")
    if kind != "assumed":
        return known.get(basis, plain_text(basis))
    zone, _, twice = rest.partition(";")
    if twice:
        return words.gettext("the zone given when it was read, {zone}; its clocks showed that time twice",
                             zone=plain_text(zone))
    return words.gettext("the zone given when it was read, {zone}", zone=plain_text(zone))


def _column(name: str, words: Words) -> str:
    """``messages.sent_at`` as the screens say it."""
    table, _, column = name.partition(".")
    return words.pair(table_word(table, words), column_word(column, words))


def _sources(material: Material) -> tuple[Block, ...]:
    words, numbers = material.words, source_numbers(material.sources)
    rows = tuple(
        (numbers[source.sha256], plain_text(material.people.file(source.path), limit=200), source.sha256,
         words.number(source.bytes), plain_text(format_word(source.format, words)))
        for source in material.sources[:MOST_SOURCES]
    )
    heads = tuple(words.gettext(head) for head in ("Source", "File", "SHA-256", "Bytes", "Format"))
    return (*shown_of(len(rows), len(material.sources), words), Table(heads, rows, (8, 24, 42, 12, 14)))


def _named(part: str, name: str, words: Words) -> str:
    """Its label, and the name that the manifest has; that alone where it has no label."""
    label, own = parameter_label(part, name, words.language), plain_text(name)
    if name == _NOTES:
        label = words.gettext("remarks of the method")
    return own if label == own else f"{label} ({own})"


def _parameters(part: str, values: Mapping[str, Any], words: Words) -> list[tuple[str, str]]:
    found = []
    for key, value in sorted(values.items()):
        if key == _NOTES and not value:
            continue  # what the method remarks on a run: nothing
        if key == _NOTES and isinstance(value, list):
            text = notes_told([str(note) for note in value], words)
        elif isinstance(value, Mapping):
            text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        else:
            text = value_told(part, key, value, words)
        if len(text) > LONGEST_VALUE:
            cut = words.gettext("showing {shown} of {total} characters", shown=LONGEST_VALUE, total=len(text))
            text = f"{text[:LONGEST_VALUE]}… ({cut})"
        found.append((key, plain_text(text, limit=400)))
    return found
