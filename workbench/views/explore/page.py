"""Screen: search, draw, expand on demand, find the path between two, read details, filter, save, measure, export."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from graph import fetch
from graph.detect.finding import Finding
from graph.search import Hit
from ingest.case_folder import CaseFolder
from ingest.lake.digest import case_digest
from workbench.canvas.component import canvas_soon
from workbench.canvas.side import Side
from workbench.views import show
from workbench.views.access.rights import barred
from workbench.views.explore import acts, opening, query, scene, state, time_strip, whole_case
from workbench.views.explore import leads as explore_leads
from workbench.views.explore import menu as explore_menu
from workbench.views.explore.layouts import LAYOUTS, layout_asked, layouts_menu
from workbench.views.explore.panels import paths as explore_paths
from workbench.views.explore.panels import style as explore_style
from workbench.views.explore.panels.panel import panel
from workbench.views.explore.panels.views import saved_views
from workbench.views.explore.tables import FOOT, table_open, tables
from workbench.views.explore.tabs import reopening
from workbench.views.explore.tabs.steps import open_tab
from workbench.views.explore.tabs.strip import tab_button, tab_strip
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import explore as model
from workbench.views.models.explore import words as explore_words
from workbench.views.models.explore.leaving import leaving
from workbench.views.session import opened_minors, reading, server
from workbench.views.widgets import entity_picker
from workbench.views.widgets.export import export_part
from workbench.views.widgets.graph_made import graph_made
from workbench.views.widgets.graph_panel import beside, canvas
from workbench.views.widgets.on_case import on_case

_FOLDED, _OFFERED, _SEARCH = "explore_panel_folded", "explore_path_offered", "explore_search"
_PATH = "path_popover"
_LEADS_AT_ONCE = 3
_TYPES = ["CONTACTED", "POSTED_IN", "USED", "REPORTED", "OWNS", "OPERATES", "INVOLVES"]


@on_case(
    lambda: (_("Explore"), _("Who is linked to whom: search, expand what matters, follow a path between two.")),
    own_heading=True,
)
def page(case: CaseFolder) -> None:
    if graph_made(case, wait=True):
        _count.clear()
        state.know_anew(case)
    opening.follow(case)
    reopening.follow_address(case)
    _workspace(case)


@st.fragment
def _workspace(case: CaseFolder) -> None:
    if opening.asked():
        st.rerun()  # another screen is asked for: only the whole page can go there
    total = _total(case)
    with st.container(key="explore_room", gap="xsmall"):
        bar = st.container(key="explore_bar", gap="xsmall")
        searched = bool(st.session_state.get(_SEARCH))
        if searched or not total:
            with bar:
                _toolbar(case, total)
        if total == 0:
            show.nothing(_("The graph of this case is empty. Open **Sources** to add files to it."), key="no_graph")
            return
        _drawn(case, total)
        if not searched:
            with bar:  # two dozen widgets that a click on the picture does not wait for
                _toolbar(case, total)
    whole_case.measuring(case)


def _drawn(case: CaseFolder, total: int) -> None:
    """The picture with its panel and tables, or where to begin."""
    problem = state.problem()
    if problem is not None:
        show.error(problem)
    _wanted(case)
    tab_strip(case)
    view = state.view_of(case)
    if view.empty:
        _begin(case, total)
        return
    if whole_case.ranked(case, view) is not view:  # what it is filtered by has been measured meanwhile
        state.keep(case, view)
        view = state.view_of(case)
    names, words = state.names_on(case, view), words_here()
    undo, redo = explore_words.undo_and_redo(view, words)
    values = explore_style.values(case, view)
    with st.container(horizontal=True, key="explore_body", gap="small"):
        with (picture := st.container(key="explore_canvas")):
            chosen = canvas(
                view, names, key="canvas", hear=partial(acts.hear, case), height=None,
                below=FOOT + (_table_height() if table_open() else 0), editable=True,
                overlay=explore_leads.overlay(case, view.board.leads),
                style=explore_style.known(explore_style.style_of(view), values), values=values,
                called=(state.named(case) or "", open_tab(case)),
            )
        with st.container(key="explore_side", width=340):
            if not st.session_state.get(_FOLDED):
                panel(case, view, names, chosen)
        # what asks the graph and the evidence comes last: the picture and the details do not wait for it
        with picture:
            beside(view, key="canvas", side=Side(
                undo=undo, redo=redo, menu=explore_menu.menu(case, view, names),
                more=explore_menu.undrawn(case, view), brush=time_strip.brush(case, view),
                layout=layout_asked(case),
            ))
    tables(case, view, names, total=total, height=_table_height())


def _table_height() -> int:
    return 240


def _total(case: CaseFolder) -> int:
    """Nodes in the graph of the case, counted once per evidence and findings."""
    document = server().workbench.findings(case)
    digest = case_digest(case)  # no table is opened for it: this is asked at every click
    explore_menu.stamp(case, f"{digest} {document.run_id if document else ''}")
    return _count(case, digest, document.run_id if document else "")


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={CaseFolder: repr})
def _count(case: CaseFolder, digest: str, run_id: str) -> int:  # noqa: ARG001
    with reading(case) as store:
        return model.node_total(fetch.overview(store))


def _toolbar(case: CaseFolder, total: int) -> None:
    text = ""
    with st.container(horizontal=True, vertical_alignment="center", key="toolbar", gap="small"):
        st.title(_("Explore"), anchor=False, width="content")
        if not total:
            return
        text = entity_picker.search_box(_SEARCH, width=250, labelled=False)
        with st.popover(_("What is drawn"), key="explore_choices"):
            _choices(case)
        # what costs a look at the evidence or the picture is made once it is opened, not at every click on the canvas
        if (ends := st.popover(_("Path between two"), key=_PATH, on_change="rerun")).open:
            with ends:
                _path(case)
        empty = state.view_of(case).empty
        if (
            out := st.popover(
                _("Export"), key="explore_export", on_change="rerun", **barred("export", case, disabled=empty)
            )
        ).open and not empty:
            with out:
                _export(case)
        if not empty:
            with st.popover(_("Arrange"), key=LAYOUTS, on_change="rerun"):
                layouts_menu(case, state.view_of(case))
            st.button(_("Clear"), key="clear", on_click=_clear, args=(case,))
            tab_button(case)
            folded = bool(st.session_state.get(_FOLDED))
            told = _("Show the panel") if folded else _("Fold the panel")
            st.button(
                told, icon=":material/right_panel_open:" if folded else ":material/right_panel_close:", help=told,
                key="explore_fold", type="tertiary", on_click=_fold,
            )
    if text:
        entity_picker.hits(case, text, key=_SEARCH, pick=lambda hit: state.add(case, hit.id, label=hit.label))


def _clear(case: CaseFolder) -> None:
    state.keep(case, model.cleared(state.view_of(case)))


def _fold() -> None:
    st.session_state[_FOLDED] = not st.session_state.get(_FOLDED)


def _wanted(case: CaseFolder) -> None:
    """What an address or a saved view asked for while something is drawn: beside it, in a tab of its own, or alone."""
    wanted = reopening.wanted(case)
    if wanted is None:
        return
    label, identity = wanted
    with st.container(horizontal=True, vertical_alignment="center", key="explore_wanted", border=True):
        st.text(
            {
                "Finding": _("The lead is not drawn yet: there is a picture already."),
                "Picture": _("The answer is not drawn yet: there is a picture already."),
                "View": _("The view is not drawn yet: there is a picture already."),
                "Identifier": _("The identifier is not drawn yet: there is a picture already."),
                "Company": _("The company is not drawn yet: there is a picture already."),
                "Person": _("The person is not drawn yet: there is a picture already."),
            }.get(label, _("The account is not drawn yet: there is a picture already."))
        )
        first = "tab" if label == "View" else "beside"
        beside = _("Add its nodes to the picture") if label == "View" else _("Add it to the picture")
        for key, text, how in (
            ("beside", beside, {"anew": False}),
            ("tab", _("In a new tab"), {"anew": True, "tab": True}),
            ("alone", _("Draw it alone"), {"anew": True}),
        ):
            st.button(
                text, key=f"wanted_{key}", type="primary" if key == first else "secondary",
                on_click=reopening.draw_wanted, args=(case, label, identity), kwargs=how,
                help=_("Undo brings the present picture back.") if key == "alone" else None,
            )
        if label == "Picture":
            st.button(_("Select what of it is drawn"), key="wanted_select", on_click=query.select_picture,
                      args=(case, identity))
        st.button(_("Neither"), key="wanted_neither", type="tertiary", on_click=reopening.forget_wanted)


def _choices(case: CaseFolder) -> None:
    st.selectbox(
        _("At most"), model.LIMITS, index=model.LIMITS.index(model.DEFAULT_LIMIT), key="explore_limit",
        format_func={
            count: ngettext("{number} node", "{number} nodes", count) for count in model.LIMITS
        }.__getitem__,
    )
    st.multiselect(_("Expand along"), _TYPES, placeholder=_("All relationships"), key="explore_types",
                   format_func=words_here().gettext)
    view = state.view_of(case)
    st.session_state["explore_folding"] = state.folding() if view.empty else view.board.folding
    st.toggle(_("Fold leaves into groups"), key="explore_folding", on_change=_refold, args=(case,))


def _refold(case: CaseFolder) -> None:
    if not state.view_of(case).empty:
        state.keep(case, model.folding(state.view_of(case), on=state.folding()))


def _path(case: CaseFolder) -> None:
    """Both ends by the picker, on the canvas or not; one selected account is offered as the first, two as both."""
    selected = state.view_of(case).selection.node
    ends: dict[str, str | None] = st.session_state.setdefault(f"{explore_paths.ENDS}_{case.name}", {})
    picked = [key for key in state.view_of(case).selection.nodes if key.startswith("Account/")]
    offered = (case.name, *picked)
    if len(picked) == 2 and st.session_state.get(_OFFERED) != offered:  # once: another end may be chosen then
        st.session_state[_OFFERED] = offered
        ends.update(zip(("path_from", "path_to"), picked, strict=True))
    elif selected and selected.startswith("Account/"):
        ends.setdefault("path_from", selected)
    for key, title in (("path_from", _("From")), ("path_to", _("To"))):
        entity_picker.entity_field(
            case, key=key, title=title, value=(ends.get(key) or "").partition("/")[2] or None,
            pick=partial(_end, ends, key), labels=("Account",),
        )
    source, target = ends.get("path_from"), ends.get("path_to")
    st.button(
        _("Find path"),
        type="primary",
        key="find_path",
        disabled=not (source and target and source != target),
        on_click=_between,
        args=(case, source, target),
    )


def _between(case: CaseFolder, source: str, target: str) -> None:
    st.session_state[_PATH] = False  # what was found is seen
    explore_paths.among(case, [source, target])


def _end(ends: dict[str, str | None], key: str, hit: Hit | None) -> None:
    ends[key] = hit.key if hit else None


def _export(case: CaseFolder) -> None:
    view = state.view_of(case)
    chosen = view.unfolded(view.selection.nodes)
    hidden = view.shown.hides_some and st.toggle(
        _("With what is hidden"), key="explore_export_hidden",
        help=_("In tables and graphs; pictures hold what is seen."),
    )
    if not (chosen and st.toggle(
        ngettext("The selected node alone", "The {number} selected nodes alone", len(chosen)), key="explore_export_part"
    )):
        chosen = frozenset()
    subgraph, selection = leaving(view, hidden=hidden, only=chosen)
    if view.filters.since or view.filters.until:
        st.caption(_(
            "Tables and graphs count the messages and uses of a link over all time; what stands beside a link in a "
            "picture says how many lie in the period, and stands where there is room."
        ))
    only = frozenset(view.selection.nodes) if chosen else frozenset()
    named = st.toggle(_("Names in pictures"), value=True, key="explore_export_names")
    picture = partial(scene.picture, case, view, opened_minors(), only=only, named=named)
    export_part(case, key="explore", subgraph=subgraph, selection=selection, picture=picture)


def _strongest(findings: Sequence[Finding]) -> list[str]:
    """The first lead of each kind, of as many kinds as there is room for."""
    first = {finding.kind: finding.finding_id for finding in reversed(findings)}
    order = dict.fromkeys(finding.kind for finding in findings)
    return [first[kind] for kind in order][:_LEADS_AT_ONCE]


def _begin(case: CaseFolder, total: int) -> None:
    canvas_soon(key="canvas_soon")
    with st.container(border=True, key="explore_empty"):
        st.markdown(_("**Nothing is drawn yet.** Search above, or begin with one of these."))
        with st.container(horizontal=True):
            document = server().workbench.findings(case)
            best = _strongest(document.findings) if document else []
            st.button(
                _("The strongest leads"),
                type="primary",
                key="begin_leads",
                disabled=not best,
                on_click=state.show_findings,
                args=(case, best),
            )
            st.button(_("The busiest accounts"), key="begin_busiest", on_click=lambda: _busiest(case))
            whole = (
                ngettext("The whole graph ({number} node)", "The whole graph ({number} nodes)", total)
                if total <= state.limit() else _("The {number} nodes with the strongest ties", number=state.limit())
            )
            st.button(whole, key="begin_whole", on_click=state.show_whole, args=(case,))
            view = state.view_of(case)
            if view.history.done:
                st.button(
                    _("Undo"), key="begin_undo", icon=":material/undo:",
                    on_click=lambda: state.keep(case, model.undone(view)),
                    help=explore_words.undo_and_redo(view, words_here())[0],
                )
            if view.history.undone:
                st.button(
                    _("Redo"), key="begin_redo", icon=":material/redo:",
                    on_click=lambda: state.keep(case, model.redone(view)),
                    help=explore_words.undo_and_redo(view, words_here())[1],
                )
            elif not view.history.done and reopening.last_drawn(case):
                st.button(_("What I drew last"), key="begin_last", on_click=reopening.draw_last, args=(case,))
    if server().workbench.casebook.boards.views(case.name, archived=True):
        with st.container(key="begin_views"):
            show.bold(_("Views"))
            saved_views(case)


def _busiest(case: CaseFolder) -> None:
    state.show_ids(case, state.busiest(case), what=_("Busiest accounts"))
