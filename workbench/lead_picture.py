"""A lead as a picture that leaves the workbench: its drawing, named and masked as on the screens, with its reasons."""

from dataclasses import replace

from graph import fetch
from graph.detect.finding import Finding
from graph.fetch import Fetched
from graph.store import Store
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.bootstrap import Workbench
from workbench.exports import Scene, scene_of
from workbench.exports.pictures.scene import Part
from workbench.language import Words, words
from workbench.lead_graphs import drawing_of
from workbench.lead_graphs.caption import caption_text
from workbench.masking.nodes import with_minors
from workbench.views.models.explore.rows import label_of
from workbench.views.models.leads import lead as told
from workbench.views.models.leads import listing
from workbench.views.models.names import Names, names_in, names_of

_ENGLISH = words("en")


def lead_picture(
    workbench: Workbench, case: CaseFolder, store: Store, finding_id: str, *, words: Words = _ENGLISH
) -> tuple[Fetched, Scene] | None:
    """The drawing of a lead of the last run and how it looks; None for a lead that the run does not have."""
    document = workbench.findings(case)
    lead = next((one for one in document.findings if one.finding_id == finding_id), None) if document else None
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
    names = _names(lake, subgraph, lead)
    scene = scene_of(subgraph, drawing=drawing, words=words)
    labels = {node.key: label_of(node, names, words) for node in subgraph.nodes}
    for key, mark in drawing.marks.items():
        labels[key] = f"{labels[key]} · {caption_text(mark, words)}"
    lines = [f"{lead.first_at[:10]} – {(lead.last_at or lead.first_at)[:10]} (UTC)"] if lead.first_at else []
    title = f"{listing.title(lead, names, words, tier=True)} · {lead.finding_id}"
    shown = len(subgraph.nodes)
    return (
        Fetched(subgraph, shown, shown + drawing.left_out),
        replace(scene, labels=labels, title=title, lines=tuple(lines), told=told_parts(lead, names, words)),
    )


def told_parts(lead: Finding, names: Names, words: Words, *, whose: str = "") -> tuple[Part, ...]:
    """Why, why not and what would clear it; ``whose``: the lead, where a picture is of several."""
    against = [line.sentence for line in told.against(lead, names, words.language)]
    against = against or [words.gettext("Nothing that the detection looks at speaks against it.")]
    parts = (
        (words.gettext("Why"), [line.sentence for line in told.reasons(lead, names, words.language)]),
        (words.gettext("Why not"), against),
        (words.gettext("What would clear it"), [told.clears(lead, names, words.language) or "–"]),
    )
    return tuple(
        Part(words.pair(heading, whose) if whose else heading, tuple(line for line in lines if line))
        for heading, lines in parts
    )


def _names(lake: Lake, subgraph: Subgraph, lead: Finding) -> Names:
    """Of all whom the picture shows or the lead names, as the screens call them; minors masked."""
    drawn = names_in(subgraph)
    told_of = names_of(lake, listing.people([lead]), named=drawn.pseudonyms)
    return Names({**told_of.pseudonyms, **drawn.pseudonyms}, drawn.minors | told_of.minors)
