"""Several nodes at once: selected by kind, link, colour mark or query; and what can be done with them."""

from collections import Counter

import streamlit as st

from graph.subgraph import Node
from ingest.case_folder import CaseFolder
from workbench.canvas.acts import Act
from workbench.casebook.remarks import MOST_CHARACTERS
from workbench.explore.board import COLORS
from workbench.language.counted import counted
from workbench.masking.nodes import is_minor
from workbench.views import show
from workbench.views.access.rights import barred
from workbench.views.access.withheld import warn_if_withheld
from workbench.views.explore import acts as explore_acts
from workbench.views.explore import state
from workbench.views.explore.leads import leads_of
from workbench.views.explore.panels.grouping import group_button
from workbench.views.explore.panels.lead import own_lead
from workbench.views.explore.query import select_by_query
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.about import leads_about
from workbench.views.models import explore as model
from workbench.views.models.explore import View
from workbench.views.models.explore import rows as explore_rows
from workbench.views.models.names import Names
from workbench.views.session import person, server
from workbench.views.widgets.fields import empty, line, too_long

_SUBJECTS = {"Account": "account", "Room": "room", "Identifier": "identifier", "Company": "company", "Person": "person"}


def selection(case: CaseFolder, view: View, names: Names) -> None:
    """What is selected, by kind and name, with the acts; where nothing is, how one selects."""
    nodes = [node for key in view.selection.nodes if (node := view.node(key)) is not None]
    with st.container(key="details_title"):
        st.text(_("{number} nodes are selected", number=len(nodes)) if nodes else _("Nothing is selected"))
    if not nodes:
        _leads(case, view)
        st.caption(_(
            "Click a node or a link to read its details; double-click a node to expand it, right-click it for all that "
            "can be done. Hold Shift to add to the selection, or drag over an empty place with Shift for a box. With "
            "the keyboard: tab to the graph, walk with the arrow keys, Enter selects, E expands, M opens the menu."
        ))
    _select(case, view)
    if not nodes:
        return
    counts = Counter(node.label for node in nodes).most_common()
    st.caption(", ".join(counted(label, number, words_here()) for label, number in counts))
    with st.container(horizontal=True, key="selection_actions", gap="xsmall"):
        for op, text in (
            ("hide", _("Hide")), ("keep", _("Hide all others")), ("expand", _("Expand")),
            ("common", _("What they have in common")), ("pin", _("Pin")), ("remove", _("Take off")),
        ):
            st.button(text, key=f"selected_{op}", on_click=explore_acts.hear,
                      args=(case, [Act(op, view.selection.nodes)]))
    with st.popover(_("Mark with a colour"), key="selected_mark"):
        for color in (*COLORS, ""):
            act = Act("mark", view.selection.nodes, values={"color": color})
            st.button(_(color) if color else _("Without a mark"), key=f"mark_{color or 'none'}", type="tertiary",
                      on_click=explore_acts.hear, args=(case, [act]))
    group_button(case, view)
    with st.popover(_("Tag them"), key="selected_tag", **barred("annotate", case)):
        _tag(case, view)
    with st.popover(_("Open as a lead"), key="selected_lead", **barred("annotate", case)):
        own_lead(case, view, names)
    st.caption(_("Selected"))
    listed = {explore_rows.label_of(node, names, words_here(), board=view.board): _(node.label) for node in nodes[:200]}
    show.fields(listed, key="selected_nodes", names=(_("Name"), _("Kind")))


def _leads(case: CaseFolder, view: View) -> None:
    """The leads whose picture it is, each to be opened."""
    if not view.board.leads:
        return
    found = leads_of(case, view.board.leads)
    st.caption(_("Leads of this picture"))
    if found:
        leads_about(case, found)
    if gone := len(view.board.leads) - len(found):
        st.caption(ngettext(
            "{number} lead of an earlier run: what its records alone tell (hand-overs, shared names) is not drawn.",
            "{number} leads of an earlier run: what their records alone tell (hand-overs, shared names) is not drawn.",
            gone,
        ))


def _select(case: CaseFolder, view: View) -> None:
    """Select by kind: every drawn node of it."""
    labels = sorted({node.label for node in view.drawn.nodes})
    with st.popover(_("Select by…"), key="select_by"):
        for label in labels:
            keys = [node.key for node in view.drawn.nodes if node.label == label]
            st.button(_("All of kind {kind} ({number})", kind=_(label), number=len(keys)), key=f"select_{label}",
                      type="tertiary", on_click=_choose, args=(case, keys))
        minors = [node.key for node in view.drawn.nodes if is_minor(node)]
        if minors:
            st.button(_("All minors ({number})", number=len(minors)), key="select_minors", type="tertiary",
                      on_click=_choose, args=(case, minors))
        if near := _next_to(view):
            st.button(_("What the selected link to ({number})", number=len(near)), key="select_near", type="tertiary",
                      on_click=_choose, args=(case, [*view.selection.nodes, *near]))
        others = [node.key for node in view.drawn.nodes if node.key not in view.selection.nodes]
        st.button(_("All others ({number})", number=len(others)), key="select_others", type="tertiary",
                  on_click=_choose, args=(case, others))
        marked = [node.key for node in view.drawn.nodes if node.key in view.board.marks]
        if marked:
            st.button(_("All with a mark ({number})", number=len(marked)), key="select_marked", type="tertiary",
                      on_click=_choose, args=(case, marked))
        select_by_query(case, view)


def _next_to(view: View) -> list[str]:
    chosen = set(view.selection.nodes)
    near = {edge.target for edge in view.drawn.edges if edge.source in chosen}
    near |= {edge.source for edge in view.drawn.edges if edge.target in chosen}
    return sorted(near - chosen)


def _choose(case: CaseFolder, keys: list[str]) -> None:
    state.keep(case, model.chosen(state.view_of(case), nodes=keys))


def _tag(case: CaseFolder, view: View) -> None:
    """A tag on every selected account, room, identifier, company and person: casework, not of the picture."""
    nodes = [node for node in view.subgraph.nodes if node.key in view.unfolded(view.selection.nodes)]
    subjects = [subject for node in nodes if (subject := _subject(node))]
    with st.form("tag_form", border=False):
        text = line(_("Tag"), key="selected_tag_text")
        sent = st.form_submit_button(_("Tag {number}", number=len(subjects)), disabled=not subjects)
        if sent and text.strip() and not too_long((_("Tag"), text, MOST_CHARACTERS["tag"])):
            with show.errors():
                server().workbench.casebook.remarks.add(case.name, subjects, "tag", text, user=person().name)
                warn_if_withheld(case, (text,), subjects)
                st.toast(_("Tagged: {number}", number=len(subjects)))
                empty("selected_tag_text")
                st.rerun(scope="fragment")


def _subject(node: Node) -> str:
    return f"{_SUBJECTS[node.label]}:{node.id}" if node.label in _SUBJECTS else ""
