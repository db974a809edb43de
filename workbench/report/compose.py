"""What does the whole report say, from its first page to the glossary?"""

from workbench.language.kinds import kind_label
from workbench.language.vocabulary import judged_earlier_told
from workbench.masking.sentences import lacking
from workbench.plain_text import plain_text
from workbench.report.beside import beside_sections
from workbench.report.content import Block, Content, Pairs, Section, Table, Text, texts_in
from workbench.report.material import Material
from workbench.report.parts.appendix import evidence_section, left_out_section, method_section, words_section
from workbench.report.parts.lead import lead_section
from workbench.report.parts.subjects import subject_told
from workbench.report.parts.views import view_sections
from workbench.report.terms import status_word, tier_word
from workbench.runs.earlier_methods import of_before, part_label
from workbench.runs.parameters import MINORS


def content_of(material: Material) -> Content:
    """The report of what was read; the same material gives the same content."""
    words = material.words
    said = (
        _opening(material),
        *(lead_section(material, lead, number) for number, lead in enumerate(material.leads, start=1)),
        *beside_sections(material), *view_sections(material),
    )
    held, _ = lacking(texts_in(said), words)
    sections = (
        *said, evidence_section(material), method_section(material),
        left_out_section(material, withheld=held), words_section(material),
    )
    return Content(
        _title(material), words.language, plain_text(material.user),
        words.gettext("Case {case} · leads, no verdicts · evidence {digest}", case=material.case,
                      digest=material.digest[:23]),
        sections, material.as_of, held,
    )


def _title(material: Material) -> str:
    """The case, the first lead and whom it is about, and how many leads there are beside it."""
    words, (first, *more) = material.words, material.leads
    about = words.pair(kind_label(first.finding.kind, words), subject_told(first.finding, material.people))
    title = words.gettext("Case report: {case} – {about}", case=material.case, about=about)
    if not more:
        return title
    return words.ngettext("{title}, and {number} more lead", "{title}, and {number} more leads", len(more), title=title)


def _opening(material: Material) -> Section:
    words, choice = material.words, material.choice
    rows = [
        (words.gettext("Case"), material.case),
        (words.gettext("Leads in this report"), words.gettext(
            "{shown} of {total}", shown=len(material.leads), total=len(material.document.findings)
        )),
        (words.gettext("State of the case"), _as_of(material)),
        (words.gettext("Made by"), plain_text(material.user)),
        (words.gettext("Authority"), material.people.note(choice.authority) if choice.authority else "–"),
        (words.gettext("Scope"), material.people.note(choice.scope) if choice.scope else "–"),
        (words.gettext("Times are in"), words.gettext("UTC; the text of the source stands beside each cited time")),
        (words.gettext("Message texts"), (
            words.gettext("shown as written, without those that name a minor; they may name people") if choice.texts
            else words.gettext("hidden, with their numbers of characters")
        )),
        (words.gettext("Minors"), words.gettext(
            "under a label each, likely minors too; neither names nor ids are given"
        )),
        (words.gettext("Evidence digest"), material.digest),
        (words.gettext("Run of the detections"), material.document.run_id),
    ]
    blocks: list[Block] = [
        Text(words.gettext(
            "Everything here is a lead to be checked by a person, none is a verdict. What the sources record stands "
            "apart from what is concluded from it, and beside it what speaks against it."
        ), "lead"),
        Pairs(tuple(rows)),
    ]
    if material.document.evidence_digest != material.digest:
        blocks.append(Text(words.gettext(
            "The evidence has changed since the detections ran: they ran on {digest}, these leads do not know all of "
            "it.", digest=material.document.evidence_digest,
        )))
    if earlier := _earlier(material):
        blocks.append(Text(earlier))
    if material.description:
        blocks.append(Section(words.gettext("Description of the case"), tuple(
            Text(words.gettext(
                "{text} ({user}, {at})", text=material.people.note(item.text), user=plain_text(item.user),
                at=words.instant(item.at),
            ))
            for item in material.description
        )))
    blocks.append(_overview(material))
    return Section(words.gettext("Summary"), tuple(blocks))


def _earlier(material: Material) -> str:
    """The kinds of this report, and the ages, that another version of their method found; empty without any."""
    words, kinds = material.words, {MINORS, *(lead.finding.kind for lead in material.leads)}
    named = [part_label(part, words) for part in of_before(material.document) if part in kinds]
    if not named:
        return ""
    return words.gettext(
        "Found by another version of the method: {parts}. The present one has not run.",
        parts=", ".join(named),
    )


def _overview(material: Material) -> Section:
    words = material.words
    rows = []
    for number, lead in enumerate(material.leads, start=1):
        judged = material.status.get(lead.finding.finding_id)
        rows.append((
            str(number), kind_label(lead.finding.kind, words), tier_word(lead.finding.tier, words),
            subject_told(lead.finding, material.people),
            material.people.said(lead.finding, lead.finding.reasons[0]).detail,
            "; ".join((
                status_word(judged.status, words, opposed=judged.opposed) if judged else status_word("open", words),
                *([judged_earlier_told(lead.judged_as, words)] if lead.judged_as else []),
            )),
        ))
    heads = (
        words.gettext("Lead"), words.gettext("Kind"), words.gettext("Tier"), words.gettext("About"),
        words.gettext("In one sentence"), words.gettext("Status"),
    )
    return Section(words.gettext("Leads"), (Table(heads, tuple(rows), (7, 13, 9, 24, 35, 12)),))


def _as_of(material: Material) -> str:
    """The report's date: no clock is read."""
    if not material.as_of:
        return "–"
    return material.words.gettext("as last changed on {at}", at=material.words.instant(material.as_of))
