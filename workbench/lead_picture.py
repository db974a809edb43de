"""A lead as a picture that leaves the workbench: its drawing, named and masked as on the screens, with its reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from types import MappingProxyType

from graph import fetch
from graph.detect.chains import chained_ids
from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.fetch import Fetched
from graph.store import Store
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.bootstrap import Workbench
from workbench.exports import Scene, scene_of
from workbench.exports.pictures.scene import Part
from workbench.language import Words, words
from workbench.language.kinds import finding_period
from workbench.lead_graphs import drawing_of, order_lines
from workbench.lead_graphs.caption import caption_text
from workbench.lead_graphs.drawing import NOT_KNOWN_THEN
from workbench.lead_graphs.names_alike import bearers
from workbench.masking.nodes import with_minors
from workbench.masking.sentences import Hiding, lacking
from workbench.masking.telling import Telling, telling_of
from workbench.views.models.explore.rows import label_of
from workbench.views.models.leads import lead as told
from workbench.views.models.leads import listing
from workbench.views.models.leads.replay import is_scene
from workbench.views.models.leads.who import added_up
from workbench.views.models.names import Names, Said, names_in, names_of, names_without

_ENGLISH = words("en")
_NOBODY: Mapping[str, str] = MappingProxyType({})


def lead_picture(
    workbench: Workbench, case: CaseFolder, store: Store, finding_id: str, *, words: Words = _ENGLISH
) -> tuple[Fetched, Scene] | None:
    """The drawing of a lead of the last run and how it looks; None for a lead that the run does not have."""
    document = workbench.findings(case)
    lead = document.of(finding_id) if document else None
    if lead is None:
        return None
    with workbench.lake(case) as lake:
        return picture_of(lake, case, store, lead, words=words)


def picture_of(
    lake: Lake, case: CaseFolder, store: Store, lead: Finding, *, words: Words = _ENGLISH
) -> tuple[Fetched, Scene]:
    """The same of a lead at hand."""
    drawing = drawing_of(lake, lambda keys: fetch.nodes(store, keys).subgraph, lead)
    subgraph = with_minors(case, drawing.subgraph)
    telling = telling_of(case)
    names = names_leaving(lake, subgraph, [lead], telling, words=words)
    scene = scene_of(subgraph, drawing=drawing, words=words, telling=telling)
    labels = {node.key: label_of(node, names, words) for node in subgraph.nodes}
    for key, mark in drawing.marks.items():
        labels[key] = f"{labels[key]} · {caption_text(mark, words)}"
    lines = [period] if (period := _period(lead, words)) else []
    lines += order_lines(subgraph.edges, drawing.captions, words)
    title = f"{listing.title(lead, names, words, tier=True)} · {telling.lead(lead.finding_id)}"
    shown = len(subgraph.nodes)
    said = explanation(lead, hiding_of(names, telling, words), parts=drawing.parts)
    lines += lines_lacking((line for part in said for line in part.lines), words)
    return (
        Fetched(subgraph, shown, shown + drawing.left_out),
        replace(scene, labels=labels, title=title, lines=tuple(lines), told=said),
    )


def _period(lead: Finding, words: Words) -> str:
    """Its days; of what lasts still since when; empty where it has none."""
    if not lead.first_at or not lead.last_at:
        return finding_period(lead, words)
    first, last = (words.short_day(date.fromisoformat(at[:10])) for at in (lead.first_at, lead.last_at))
    return f"{first} – {last} (UTC)"


def hiding_of(names: Names, telling: Telling, words: Words, *, texts: bool = True) -> Hiding:
    """How sentences stand in a picture in which people and things are called so."""
    called, chained = (partial(say, language=words.language) for say in (names.called, names.chained))
    noted = telling.beside(names.shown).tells
    return Hiding(words, called, chained, names.masked, partial(names.telling, telling), noted, texts, telling.leads)


def lines_lacking(texts: Iterable[str], words: Words) -> list[str]:
    """What of people's own words a picture lacks, and why: a line each; none where it lacks nothing."""
    held, out = lacking(texts, words)
    told_held = words.ngettext(
        "{number} text that a person wrote is withheld: a minor's name or number is among its words.",
        "{number} texts that people wrote are withheld: a minor's name or number is among their words.", held,
    )
    told_out = words.ngettext(
        "{number} text that a person wrote is left out: it may name somebody.",
        "{number} texts that people wrote are left out: they may name somebody.", out,
    )
    return [line for number, line in ((held, told_held), (out, told_out)) if number]


def explanation(
    lead: Finding, hiding: Hiding, *, whose: str = "", parts: Mapping[str, str] = _NOBODY
) -> tuple[Part, ...]:
    """Why, why not and what would clear it; ``whose``: the lead, where the title does not name it; ``parts``: of the
    nodes of its picture, by which its figures add up."""
    words = hiding.words
    beyond = {key.partition("/")[2]: part for key, part in parts.items() if part in NOT_KNOWN_THEN}
    against = [hiding.rendered(lead, item).detail for item in lead.counter_evidence if not told.is_clear(item)]
    against = against or [words.gettext("Nothing that the detection looks at speaks against it.")]
    clears = [hiding.rendered(lead, item).detail for item in lead.counter_evidence if told.is_clear(item)]
    told_of = (
        (words.gettext("Why"), [hiding.rendered(lead, item).detail for item in lead.reasons if not is_scene(item)]),
        (words.gettext("Why not"), [*against, added_up(lead, beyond, words)]),
        (words.gettext("What would clear it"), clears or [told.usually_clears(lead.kind, words.language) or "–"]),
    )
    return tuple(
        Part(words.pair(heading, whose) if whose else heading, tuple(line for line in lines if line))
        for heading, lines in told_of
    )


def names_leaving(
    lake: Lake, subgraph: Subgraph, leads: Sequence[Finding], telling: Telling, *, words: Words,
    opened: frozenset[str] = frozenset(),
) -> Names:
    """Of all whom a picture shows or its leads name, as the screens of that language call them.

    Minors are masked but those who are ``opened``; so is every thing whose name or id would tell one.
    """
    drawn = names_in(subgraph, key=telling.key)
    told_of = names_of(lake, listing.people(leads), named=drawn.pseudonyms)
    called = {**told_of.pseudonyms, **drawn.pseudonyms}
    items: list[Reason | CounterEvidence] = []
    for lead in leads:
        items += [*lead.reasons, *lead.counter_evidence]
    labels = {one: "Account" for lead in leads for one in (*lead.members, *lead.targets)}
    labels.update({one: "Room" for lead in leads if lead.kind == "room" for one in lead.members})
    labels.update({one: "Company" for lead in leads if lead.kind == "owner" for one in (*lead.members, *lead.targets)})
    for value in (value for item in items for value in item.values.values()):
        labels.update((one, value.type.capitalize()) for one in value.ids)
    labels.update((one, "Owner") for item in items for one in chained_ids(item.code, item.values))
    labels.update((node.id, "Account" if bearers(node) else node.label) for node in subgraph.nodes)
    names = replace(drawn.and_of(told_of), opened=opened, said=Said.of(words))
    return names_without(names, telling, {**dict.fromkeys(called, "Account"), **labels})
