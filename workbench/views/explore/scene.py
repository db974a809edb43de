"""How does the canvas leave as a picture?  As it stands: places, looks, names and masks, captions, period, reasons."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from graph.detect.finding import Finding
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from workbench.canvas.words import axis_sentences, axis_told
from workbench.explore.board import OWN
from workbench.explore.shown import part
from workbench.exports.pictures.scene import Hull, Part, Scene, Slip, nameless
from workbench.lead_graphs import order_lines
from workbench.lead_picture import explanation, hiding_of, lines_lacking, names_leaving
from workbench.looks import looks_of
from workbench.looks.style import COLORS
from workbench.masking.nodes import is_minor
from workbench.masking.sentences import Hiding
from workbench.masking.telling import telling_of
from workbench.plain_text import plain_text
from workbench.report.pictures.styled import style_of
from workbench.views.explore import leads as explore_leads
from workbench.views.explore.hiding import hidden_summary
from workbench.views.explore.panels import style as explore_style
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.explore import View
from workbench.views.models.explore.rows import hides
from workbench.views.models.explore.words import period_told
from workbench.views.models.leads import listing
from workbench.views.models.names import NO_NAMES, Names
from workbench.views.session import server
from workbench.views.widgets.graph_panel import labels_of


def picture(
    case: CaseFolder, view: View, opened: frozenset[str], *, only: frozenset[str] = frozenset(), named: bool = True
) -> tuple[Subgraph, Scene]:
    """What is drawn, or of it the nodes in ``only``; without any name where not ``named``.

    ``opened``: the minors whose masks the person at the screen lifted.
    """
    words = words_here()
    leads = explore_leads.leads_of(case, view.board.leads)
    telling = telling_of(case, opened=opened)
    with server().workbench.lake(case) as lake:
        names = names_leaving(lake, view.subgraph, leads, telling, words=words, opened=opened)
    called = names if named else NO_NAMES
    hiding = hiding_of(called, telling, words, texts=named)
    overlay = explore_leads.overlay(case, view.board.leads)
    minors = {node.key for node in view.drawn.nodes if is_minor(node)}
    values = explore_style.values(case, view)
    style = explore_style.known(style_of(view.board.style), values)
    looks = looks_of(view.drawn, minors=minors, parts=overlay.parts, style=style, values=values, words=words)
    looks = replace(looks, legend=tuple(replace(one, name=telling.cleared(one.name)) for one in looks.legend))
    labels = {
        key: plain_text(hiding.note(label) if key.startswith(OWN) else label, limit=48)
        for key, label in labels_of(view, names, words, overlay).items()
    }
    masked = frozenset(
        node.key for node in view.drawn.nodes
        if names.masked(node.id) or hides(node, names)
    )
    captions = explore_leads.captions(view.drawn, overlay, words, view.weights)
    told = _explanations(leads, hiding, called, overlay.parts if len(leads) == 1 else {})
    drawn = part(view.drawn, only) if only else view.drawn
    shown = {node.key for node in drawn.nodes}
    slips, hulls = _slips(view, shown, hiding), _hulls(view, shown, hiding)
    texts = (*(line for one in told for line in one.lines), *(slip.text for slip in slips),
             *(hull.title for hull in hulls), *labels.values())
    steps = view.board.lit_steps_among(shown)  # as the canvas lights them
    hidden = _hidden(case, view, names if named else None)
    ordered = order_lines(drawn.edges, overlay.captions, words)
    lines = (*_period(view), *axis_sentences(view.axis, words), *ordered, *_lit(steps), *hidden,
             *lines_lacking(texts, words))
    nodes = len(view.drawn.nodes)
    title = ngettext("Case {case}: {number} node", "Case {case}: {number} nodes", nodes, case=case.name)
    scene = Scene(
        {key: place for key, place in view.places.items() if key in shown}, looks, labels, masked, captions,
        overlay.cited, title, lines, told, slips=slips, hulls=hulls,
        marks={key: COLORS[color] for key, color in view.board.marks.items() if key in shown}, telling=telling,
        steps=steps, words_on_links=style.link_labels, axis=axis_told(view.axis, words), words=words,
    )
    return drawn, scene if named else nameless(scene)


def _slips(view: View, shown: Set[str], hiding: Hiding) -> tuple[Slip, ...]:
    """Notes of the picture and of what is shown of it."""
    return tuple(
        Slip(hiding.note(note.text), note.place, COLORS[note.color], note.about) for note in view.board.notes.values()
        if not note.about or note.about in shown
    )


def _hulls(view: View, shown: Set[str], hiding: Hiding) -> tuple[Hull, ...]:
    """Groups that are drawn open, each around its members that are shown."""
    found = []
    for group in view.board.groups.values():
        members = tuple(key for key in group.members if key in shown and key not in view.shown.marks)
        if members:
            title = hiding.note(group.title) if group.title else ""
            found.append(Hull(plain_text(title, limit=80), members, COLORS[group.color]))
    return tuple(found)


def _period(view: View) -> tuple[str, ...]:
    told = period_told(view.filters, words_here())
    return (told,) if told else ()


def _lit(steps: Set[frozenset[str]]) -> tuple[str, ...]:
    return (_("Orange links are steps of the paths that are lit."),) if steps else ()


def _hidden(case: CaseFolder, view: View, names: Names | None) -> tuple[str, ...]:
    hidden = hidden_summary(case, view, names)
    return (hidden,) if hidden else ()


def _explanations(
    leads: Sequence[Finding], hiding: Hiding, names: Names, parts: Mapping[str, str]
) -> tuple[Part, ...]:
    """What the leads say whose picture it is, and as much what speaks against each; ``parts``: of one lead's nodes."""
    return tuple(
        part for lead in leads for part in explanation(
            lead, hiding, whose=listing.title(lead, names, hiding.words, tier=True), parts=parts,
        )
    )
