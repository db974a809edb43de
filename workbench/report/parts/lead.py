"""What does the report say of one lead?  Facts apart from inference, and as much room for what speaks against it."""

from collections.abc import Iterable, Sequence

from graph.detect.wordings import Catalogue, catalogue
from graph.detect.wordings.catalogue import has_catalogue
from workbench.language import Words
from workbench.language.kinds import finding_period, kind_label
from workbench.language.vocabulary import judged_earlier_told
from workbench.plain_text import plain_text
from workbench.related import tie_told
from workbench.report.content import Block, Items, Pairs, Section, Table, Text
from workbench.report.material import LeadMaterial, Material
from workbench.report.parts.bounds import shown_of
from workbench.report.parts.drawn import drawn_blocks, drawn_title
from workbench.report.parts.records import Part, marked, records_blocks
from workbench.report.parts.subjects import subject_told
from workbench.report.people import People
from workbench.report.terms import part_word, status_word, tier_word
from workbench.views.models.leads.lead import as_said, is_clear, q_value, told_figure
from workbench.views.models.leads.who import added_up, not_known_told

MOST_PEOPLE, MOST_RELATED = 500, 60


def lead_section(material: Material, lead: LeadMaterial, number: int) -> Section:
    """The lead number ``number`` of the report."""
    words, finding = material.words, lead.finding
    described = _described(finding.kind, words)
    title = words.gettext(
        "Lead {number} of {all}: {kind}, {tier}", number=number, all=len(material.leads),
        kind=kind_label(finding.kind, words), tier=tier_word(finding.tier, words),
    )
    return Section(f"{title} – {subject_told(finding, material.people)}", (
        Text(material.people.said(finding, finding.reasons[0]).detail, "lead"),
        Pairs(_about(material, lead)),
        Section(drawn_title(lead, words), drawn_blocks(material, lead)),
        Section(words.gettext("Inference: why this is a lead"), _why(material, lead, described), "inference"),
        Section(
            words.gettext("Counter-evidence: what speaks against it"), _against(material, lead, described), "against"
        ),
        Section(words.gettext("Fact: what the sources record"), records_blocks(material, lead), "fact"),
        Section(words.gettext("People and companies involved"), _people(material, lead)),
        Section(words.gettext("Judgements and notes"), _judged(material, lead)),
        Section(words.gettext("Related leads"), _related(material, lead)),
    ))


def _about(material: Material, lead: LeadMaterial) -> tuple[tuple[str, str], ...]:
    words, finding, called = material.words, lead.finding, material.people.telling.lead
    status = material.status.get(finding.finding_id)
    told = words.gettext("open: nobody has judged it") if status is None else words.gettext(
        "{status}, by {user}, {at}", status=status_word(status.status, words, opposed=status.opposed),
        user=plain_text(status.user), at=words.instant(status.at),
    )
    if lead.judged_as is not None:
        told = words.joined([told, judged_earlier_told(lead.judged_as, words)])
    rows = [
        (words.gettext("Finding"), called(finding.finding_id)),
        (words.gettext("Tier"), tier_word(finding.tier, words)),
        (words.gettext("Score within its kind"), words.decimals(finding.score)),
        (words.gettext("q-value"), q_value(finding, words)),
        (words.gettext("Status"), told),
    ]
    if period := finding_period(finding, words):
        rows.append((words.gettext("Period"), period))
    if lead.assigned:
        rows.append((words.gettext("Assigned to"), plain_text(lead.assigned)))
    if lead.tags:
        rows.append((words.gettext("Tags"), ", ".join(material.people.note(tag) for tag in lead.tags)))
    return tuple(rows)


def _why(material: Material, lead: LeadMaterial, described: Catalogue | None) -> tuple[Block, ...]:
    words = material.words
    blocks: list[Block] = [_lines(material, lead, marked(lead.finding)[0])]
    if described is not None:
        named = (
            (words.gettext("What would be ordinary (null model)"), described.described["null"]),
            (words.gettext("How it is measured"), described.described["statistic"]),
        )
        told = tuple((label, plain_text(text, limit=2_000)) for label, text in named if text)
        blocks += [Pairs(told)] if told else []
    blocks.append(Text(words.gettext("A conclusion from the records below, not a record itself."), "note"))
    return tuple(blocks)


def _against(material: Material, lead: LeadMaterial, described: Catalogue | None) -> tuple[Block, ...]:
    words, finding = material.words, lead.finding
    against = [(mark, item) for mark, item in marked(finding)[1] if not is_clear(item)]
    blocks: list[Block] = (
        [_lines(material, lead, against)]
        if against
        else [Text(words.gettext("The detection found nothing in the evidence that speaks against it."))]
    )
    if told := added_up(finding, lead.beyond, words):
        blocks.append(Text(told, "note"))
    clears = [material.people.said(finding, item).detail for item in finding.counter_evidence if is_clear(item)]
    if not clears and described is not None and described.described["clears"]:
        clears = [plain_text(described.described["clears"], limit=2_000)]
    rows = [(words.gettext("What would clear it"), " ".join(clears))] if clears else []
    if described is not None and described.described["limits"]:
        rows.append((words.gettext("Limits of the method"), plain_text(described.described["limits"], limit=2_000)))
    return (*blocks, Pairs(tuple(rows))) if rows else tuple(blocks)


def _lines(material: Material, lead: LeadMaterial, items: Sequence[tuple[str, Part]]) -> Table:
    """Measure, sentence, observed beside expected; by the marks that stand beside the records."""
    words, rows = material.words, []
    for mark, item in items:
        said = material.people.said(lead.finding, item)
        rows.append((
            f"{mark}. {said.measure}", said.detail,
            *(told_figure(as_said(item, value), item.unit, words) for value in (item.observed, item.expected)),
        ))
    heads = (words.gettext("Measure"), words.gettext("In words"), words.gettext("Observed"), words.gettext("Expected"))
    return Table(heads, tuple(rows), (18, 56, 13, 13))


def _people(material: Material, lead: LeadMaterial) -> tuple[Block, ...]:
    words, people = material.words, material.people
    accounts = lead.finding.kind not in ("owner", "room")
    listed = _involved(lead, people)
    table = _people_table(lead, listed[:MOST_PEOPLE], people, accounts=accounts)
    elsewhere = words.gettext("leads.json of a disclosure package holds all members and targets.")
    told = (not_known_told(lead.beyond, words), added_up(lead.finding, lead.beyond, words))
    meaning = tuple(Text(sentence, "note") for sentence in told if sentence)
    if accounts and any(people.minor(one) and people.age_from(one) != "–" for _part, one in listed):
        meaning = (Text(words.gettext(
            "Of a minor's declared age the file alone is given: where rows stand in the order of ids, a row would tell "
            "the id. The workbench shows it."
        ), "note"), *meaning)
    return (*shown_of(len(table.rows), len(listed), words, where=elsewhere), table, *meaning)


def _involved(lead: LeadMaterial, people: People) -> list[tuple[str, str]]:
    """Part and id, part by part; in each minors last, since a label between ids in order would tell the id."""
    finding, beyond = lead.finding, lead.beyond
    named = {one for item in finding.parts for one in item.ids} - {*finding.members, *finding.targets, *beyond}
    parts: list[tuple[str, Iterable[str]]] = [("member", finding.members), ("target", finding.targets)]
    parts += [(part, [one for one in beyond if beyond[one] == part]) for part in dict.fromkeys(beyond.values())]
    parts += [("named", sorted(named)), ("cited", [one for one in lead.met if one not in named])]
    return [(part, one) for part, several in parts for one in people.listed(several)]


def _people_table(
    lead: LeadMaterial, listed: Sequence[tuple[str, str]], people: People, *, accounts: bool
) -> Table:
    """Name and id of each; the role where somebody has one, and of accounts the age and where it stands."""
    words, ids = people.words, [one for _part, one in listed]
    roles, likely = [people.role(one) for one in ids], set(lead.likely_elsewhere(people.names.likely))
    ages = [people.age(one, by_another=one in likely, until=lead.finding.last_at) for one in ids] if accounts else []
    columns = [
        (words.gettext("Part"), 17, [part_word(part, words) for part, _one in listed]),
        (words.gettext("Name"), 21, [people.of(one) for one in ids]),
        (words.gettext("Id"), 21, [people.identity(one) for one in ids]),
    ]
    if any(roles):
        columns.append((words.gettext("Role on the platform"), 13, [role or "–" for role in roles]))
    if accounts:
        columns += [
            (words.gettext("Age by the evidence"), 23, ages),
            (words.gettext("File and row"), 20, [people.age_from(one, until=lead.finding.last_at) for one in ids]),
        ]
    heads, widths, cells = zip(*columns, strict=True)
    return Table(heads, tuple(zip(*cells, strict=True)), widths)


def _judged(material: Material, lead: LeadMaterial) -> tuple[Block, ...]:
    words, people = material.words, material.people
    if not lead.judgements and not lead.notes:
        return (Text(words.gettext("Nobody has judged it or written a note.")),)
    rows = [
        (words.instant(item.at), plain_text(item.user), status_word(item.status, words), people.note(item.note))
        for item in lead.judgements
    ]
    rows += [
        (words.instant(item.at), plain_text(item.user), words.gettext("note"), people.note(item.text))
        for item in lead.notes
    ]
    heads = (words.gettext("When"), words.gettext("By"), words.gettext("Status"), words.gettext("Reasons"))
    return (Table(heads, tuple(rows), (22, 18, 16, 44)),)


def _related(material: Material, lead: LeadMaterial) -> tuple[Block, ...]:
    """Leads that name a member or half of the targets, with what is in common; those that share fewer are counted.

    A target in common ties nobody to anybody.
    """
    words = material.words
    if not lead.related:
        return (Text(words.gettext("No other lead names anybody whom this one names.")),)
    near = [tie for tie in lead.related if tie.near]
    told = words.gettext(
        "Leads that name a member of this one, or at least half of its targets: {near}. Leads that share fewer of its "
        "targets: {far}; they are not listed, since a target in common ties nobody to anybody.",
        near=len(near), far=len(lead.related) - len(near),
    )
    if not near:
        return (Text(told),)
    items = tuple(
        words.pair(
            words.gettext(
                "{kind}, {tier} – {who} ({finding})", finding=material.people.telling.lead(tie.other.finding_id),
                kind=kind_label(tie.other.kind, words), tier=tier_word(tie.other.tier, words),
                who=subject_told(tie.other, material.people),
            ),
            tie_told(lead.finding, tie, words),
        )
        for tie in near[:MOST_RELATED]
    )
    return (Text(told), *shown_of(len(items), len(near), words), Items(items))


def _described(kind: str, words: Words) -> Catalogue | None:
    return catalogue(kind, words.language) if has_catalogue(kind, words.language) else None
