"""Which picture stands beside a lead, and what does it show in words?"""

from dataclasses import replace

from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.masking.telling import HIDDEN, native
from workbench.plain_text import plain_text
from workbench.report.content import Block, Figure, Table, Text
from workbench.report.material import LeadMaterial, Material
from workbench.report.parts.bounds import shown_of
from workbench.report.people import People
from workbench.report.pictures.by_kind import arrivals_told
from workbench.report.pictures.marks import SEPARATOR
from workbench.report.pictures.shapes import Bars, Chart, Lanes, Matrix
from workbench.views.models.leads.lead import figure

MOST_LEVELS = 500
_AXIS = 28
"""Characters beside an axis."""


def drawn_title(lead: LeadMaterial, words: Words) -> str:
    """What the blocks stand under: an owner's tree is a table, no picture."""
    return words.gettext("Chains of ownership") if lead.drawn.tree else words.gettext("Picture")


def drawn_blocks(material: Material, lead: LeadMaterial) -> tuple[Block, ...]:
    """The picture with its caption, or the tree of an owner as a table; nothing where pictures are not asked for."""
    words = material.words
    if not material.choice.pictures:
        return ()
    if lead.drawn.tree:
        return _tree(material, lead)
    if lead.drawn.picture is None:
        return (Text(words.gettext("The cited records give nothing to draw.")),)
    picture = _labelled(lead.drawn.picture, material.people)
    return (Figure(picture, _caption(picture, material, lead)),)


def _labelled(picture: Chart, people: People) -> Chart:
    if isinstance(picture, Lanes):
        return picture.labelled(lambda one: _beside_an_axis(one, people))
    if isinstance(picture, Matrix):
        rows = []
        for number, label in enumerate(picture.rows):
            kind, _, value = label.partition(SEPARATOR)
            held = [picture.columns[column] for row, column in picture.cells if row == number]
            shown = HIDDEN if people.minors_of(held) else people.value(value, limit=40)
            rows.append(f"{people.value(mark_kind(kind, people.words), limit=20)} {shown}")
        columns = tuple(_beside_an_axis(one, people) for one in picture.columns)
        return replace(picture, rows=tuple(rows), columns=columns)
    return picture


def _beside_an_axis(identity: str, people: People) -> str:
    """The name as far as there is room; where another's looks the same it gives way, and the id stands whole."""
    name = people.of(identity, limit=_AXIS)
    if people.apart(identity, limit=_AXIS) == name:
        return name
    own = plain_text(native(identity), limit=14)
    return f"{people.of(identity, limit=_AXIS - len(own) - 3)} ({own})"


def _caption(picture: Chart, material: Material, lead: LeadMaterial) -> str:
    words, kind = material.words, lead.finding.kind
    if isinstance(picture, Bars):
        figures = ", ".join(f"{name} {words.number(sum(counts))}" for name, counts in picture.series)
        if kind == "room":
            return words.gettext("Who wrote in the room by month, by the age known then ({figures}).", figures=figures)
        return words.gettext(
            "Everybody whom the account wrote to in private before they wrote to it, by the age known then, whatever "
            "their role ({figures}). The sentences count those whom the method draws on.", figures=figures,
        )
    if isinstance(picture, Matrix):
        return words.gettext(
            "Marks that two or more of the accounts used, the rarest in the case first: {rows} marks, {columns} "
            "accounts.",
            rows=len(picture.rows), columns=len(picture.columns),
        )
    if kind == "ambush":
        return arrivals_told(lead.finding, picture, words)
    if kind == "convergence":
        return words.gettext(
            "When each account first wrote to the target, by the cited messages: {shown} of {total} accounts.",
            shown=len(picture.lanes), total=len(lead.finding.members),
        )
    return words.gettext("The cited messages in order of time, one line a person written to or from.")


def _tree(material: Material, lead: LeadMaterial) -> tuple[Block, ...]:
    words, people, levels = material.words, material.people, lead.drawn.tree
    rows = tuple(
        (
            "– " * (level.depth - 1) + people.called(level.owner), people.called(level.owned),
            "–" if level.share is None else f"{figure(level.share * 100, words)} %",
            people.value(words.gettext(level.kind)) if level.kind else "–",
            words.short_day(level.holding.since) if level.holding.since else words.gettext("not recorded"),
            ", ".join(map(people.source_reference, lead.records.get(f"ownerships:{level.holding.record}", ()))) or "–",
            words.gettext("closes a circle") if level.circle else "",
        )
        for level in levels[:MOST_LEVELS]
    )
    heads = tuple(words.gettext(head) for head in (
        "Owner", "Holds", "Share", "Kind", "Since", "File and row", "Remark",
    ))
    caption = words.gettext(
        "Holdings above the company that have no end in the evidence, nearest first: {shown} of {total}.",
        shown=len(rows), total=len(levels),
    )
    return (
        *shown_of(len(rows), len(levels), words), Table(heads, rows, (22, 20, 8, 13, 11, 16, 10)), Text(caption, "note")
    )
