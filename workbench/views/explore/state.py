"""Where does the view on the canvas live between reruns?  One a tab in this session, kept with its steps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from graph import fetch
from graph.detect.finding import Finding
from graph.errors import GraphError
from graph.fetch import Fetched
from graph.store import Store
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder, label_key
from ingest.errors import FilatureError
from ingest.runtime.garbage_collection import collector_paused
from workbench.explore import changes
from workbench.explore.board import Board, Place, place
from workbench.explore.written import written
from workbench.language.kinds import MANUAL
from workbench.masking.nodes import with_minors
from workbench.views.explore import leads as explore_leads
from workbench.views.explore import ready
from workbench.views.explore.tabs.steps import keep_steps, leave_taken, open_tab
from workbench.views.explore.time_strip import timed
from workbench.views.explore.whole_case import ranked
from workbench.views.language import _, words_here
from workbench.views.models import explore as model
from workbench.views.models.explore import words as explore_words
from workbench.views.models.names import Names, held_in, names_in
from workbench.views.navigation import address
from workbench.views.session import opaque, opened_minors, reading, server

_VIEWS, _PROBLEM, _NAMED = "explore_views", "explore_problem", "explore_named"
_Answer = TypeVar("_Answer")
_BESIDE = 8.0  # between what is drawn and a lead beside it
_KEPT = 8  # tabs whose views are remembered
Views = dict[tuple[str, int], model.View]


def view_of(case: CaseFolder) -> model.View:
    """The view of the tab that is open."""
    views: Views = st.session_state.setdefault(_VIEWS, {})
    return views.get((case.name, open_tab(case)), model.View())


def keep(case: CaseFolder, view: model.View) -> None:
    """The view is what is open now: it is kept with its steps, and the address names it."""
    before, view = view_of(case), _completed(case, view)
    if not view.empty and (taken := leave_taken(case)) is not None:
        drop(case, taken)
    hold(case, view)
    drawn = None if view.empty else named(case)
    if drawn is None or before.board != view.board or st.session_state.get(_NAMED) != (case.name, drawn):
        drawn = None if view.empty else pictured(case, view.board)
        name_as(case, drawn)
        if before.history is not view.history:
            keep_steps(case, view.history, drawn or "", title=leads_drawn(case, view.board))
    node = view.selection.node
    address.put(view=drawn, node=opaque(node) if node else None, finding=None, account=None)


def change(case: CaseFolder, step: str, function: Callable[[Board], Board], *, count: int = 0) -> None:
    """One step of the view's board."""
    view = view_of(case)
    keep(case, model.changed(view, function(view.board), step, count=count))


def name_as(case: CaseFolder, picture: str | None) -> None:
    """The address finds what is open under that name; None: nothing is drawn."""
    st.session_state[_NAMED] = (case.name, picture)


def kinds_drawn(case: CaseFolder, board: Board) -> tuple[str, ...]:
    """The kinds of the leads whose picture it is, those of the best lead first."""
    return tuple(dict.fromkeys(lead.kind for lead in explore_leads.leads_of(case, board.leads)))


def leads_drawn(case: CaseFolder, board: Board) -> str:
    """What a tab keeps of the leads whose picture it is: the id of a single one, of several their kinds."""
    leads = explore_leads.leads_of(case, board.leads)
    return leads[0].finding_id if len(leads) == 1 else explore_words.KINDS_APART.join(kinds_drawn(case, board))


def named(case: CaseFolder) -> str | None:
    """The name under which the address finds what is open."""
    where, drawn = st.session_state.get(_NAMED, ("", None))
    return drawn if where == case.name else None


def pictured(case: CaseFolder, board: Board) -> str:
    """Keep a picture; gives the name under which an address finds it again."""
    return server().workbench.casebook.places.keep_picture(case.name, written(board), key=label_key(case))


def hold(case: CaseFolder, view: model.View) -> None:
    """The view is that of the open tab from now on, in this session."""
    views: Views = st.session_state.setdefault(_VIEWS, {})
    views.pop((case.name, open_tab(case)), None)
    views[case.name, open_tab(case)] = view
    for old in list(views)[:-_KEPT]:
        del views[old]


def know_anew(case: CaseFolder) -> None:
    """What the views of the case know of their nodes is asked of the graph again, which is another."""
    views: Views = st.session_state.setdefault(_VIEWS, {})
    for of, tab in list(views):
        if of == case.name:
            views[of, tab] = _completed(case, replace(views[of, tab], known=Subgraph()))


def drop(case: CaseFolder, tab: int) -> None:
    """The view of that tab is forgotten."""
    st.session_state.setdefault(_VIEWS, {}).pop((case.name, tab), None)


def draw_board(case: CaseFolder, view: model.View, *, note: bool = False) -> None:
    """Hold a view whose board may have nodes that are not known yet."""
    view = _completed(case, view)
    missing = view.shown.missing
    if note and missing:
        view = replace(view, note=words_here().ngettext(
            "{number} node of this picture is not in the graph any more.",
            "{number} nodes of this picture are not in the graph any more.", missing,
        ))
    hold(case, view)


def _completed(case: CaseFolder, view: model.View) -> model.View:
    """The view with all that its board asks for: nodes known, links weighed by the period, accounts ranked."""
    return model.settled(ranked(case, timed(case, known_to(case, view))))


def known_to(
    case: CaseFolder, view: model.View, new: Iterable[str] = (), *, leads: Sequence[str] = ()
) -> model.View:
    """The view with all its nodes (and ``new`` ones) known, as far as the graph has them, and the ties of its leads.

    The ties come last: they are drawn between nodes, and of a picture that is drawn again none is known yet.
    ``leads``: more of them than the board has yet.
    """
    ties = explore_leads.overlay(case, (*view.board.leads, *leads)).ties
    wanted = view.board.nodes | frozenset(new)
    lacking = wanted - {node.key for node in view.known.nodes} - explore_leads.told_alone(ties)
    if lacking:
        found = asked(case, lambda store: fetch.joined(store, sorted(lacking), view.known))
        if found is None:
            return view
        view = replace(view, known=with_minors(case, found))
    tied = explore_leads.with_ties(view.known, ties, wanted)
    if tied is view.known:  # another view would be drawn anew at every click
        return view
    return replace(view, known=with_minors(case, tied))


def names_on(case: CaseFolder, view: model.View) -> Names:
    """What is drawn is called so; a mark is a masked minor's though neither its holder nor their link is drawn."""
    marks = [node.id for node in view.subgraph.nodes if node.label == "Identifier"]
    drawn = names_in(view.subgraph, key=label_key(case), opened=opened_minors())
    return drawn.and_of(Names(held=held_in(case, marks)))


def limit() -> int:
    return int(st.session_state.get("explore_limit", model.DEFAULT_LIMIT))


def types() -> list[str] | None:
    """Relationship types to expand along; None: all."""
    return st.session_state.get("explore_types") or None


def problem() -> FilatureError | None:
    """What went wrong in the last callback, once."""
    found: FilatureError | None = st.session_state.pop(_PROBLEM, None)
    return found


def fail(error: FilatureError) -> None:
    """What went wrong, to be said by the page that follows."""
    st.session_state[_PROBLEM] = error


def add(case: CaseFolder, identity: str, *, label: str, anew: bool = False) -> None:
    """Bring a node and its neighbours onto the canvas and select it."""
    key = f"{label}/{identity}"
    found = _fetched(case, lambda store: fetch.neighbourhood(store, [key], types=types(), limit=limit()))
    if found is None:
        return
    view, words = view_of(case), words_here()
    if view.empty or anew:
        keep(case, model.begin(found, words, what=_("Neighbours"), select=key, folding=folding(), before=view))
        return
    new = [node.key for node in found.subgraph.nodes]
    view = known_to(case, view, new)
    room = max(limit(), len(view.board.nodes) + 1)
    keep(case, model.grown(view, found, words, what=_("Neighbours"), limit=room, select=key, step="search"))


def bring(
    case: CaseFolder, keys: Sequence[str], *, step: str, note: str = "", single: bool = True, leads: Sequence[str] = ()
) -> None:
    """Draw these nodes beside what is drawn, with every link among all of them; ``leads``: whose picture they were."""
    view = known_to(case, view_of(case), keys, leads=leads)
    there = {node.key for node in view.known.nodes}
    new = [key for key in keys if key in there]
    board = changes.added(view.board, new, single=new if single and len(new) <= 60 else ())
    board = replace(board, leads=tuple(dict.fromkeys((*board.leads, *leads))))
    count = len(board.nodes) - len(view.board.nodes)
    keep(case, model.changed(view, board, step, count=count, note=note))


def show_finding(case: CaseFolder, finding_id: str, *, anew: bool = True) -> None:
    """Draw a lead's evidence, by itself or beside what is drawn."""
    view = _with_lead(case, view_of(case), finding_id, anew=anew)
    if view is not None:
        keep(case, view)


def show_findings(case: CaseFolder, findings: Sequence[str]) -> None:
    """Begin anew with the evidence of these leads, one picture beside the other: one step, named by their kinds."""
    before, words = view_of(case), words_here()
    view, notes = before, list[str]()
    for finding_id in findings:
        found = _with_lead(case, view, finding_id, anew=view is before)
        if found is not None:
            view, notes = found, [*notes, found.note]
    if view is before:
        return
    kinds = kinds_drawn(case, view.board)
    named = explore_words.kinds_named(explore_words.KINDS_APART.join(kinds), words)
    told = words.gettext("The strongest lead of each of these kinds is drawn: {kinds}.", kinds=named)
    history = before.history.then(view.board, explore_words.leads_step(kinds))
    keep(case, replace(view, history=history, note=" ".join(note for note in (told, *notes) if note)))


def _with_lead(case: CaseFolder, view: model.View, finding_id: str, *, anew: bool) -> model.View | None:
    """The view with a lead's evidence, a step on; None where it cannot be read, which the page that follows says."""
    try:
        drawn = explore_leads.fetched(case, finding_id)
    except FilatureError as error:
        st.session_state[_PROBLEM] = error
        return None
    if drawn is None:
        return _with_involved(case, view, finding_id, anew=anew)
    found, drawing = drawn
    words = words_here()
    keys = [node.key for node in found.subgraph.nodes]
    places = {key: place(x, y) for key, (x, y) in drawing.places.items()}
    if anew or view.empty:
        board = Board(folding=False, leads=(finding_id,), places=places)
        return model.begin(found, words, what=_("Lead"), board=board, before=view, step="lead")
    view = model.learned(known_to(case, view, keys), found.subgraph)
    right, up = _room_beside(view.places, places)
    beside = {key: place(x + right, y + up) for key, (x, y) in places.items() if key not in view.board.places}
    board = changes.added(replace(view.board, places={**view.board.places, **beside}), keys, single=keys)
    board = replace(board, leads=tuple(dict.fromkeys((*board.leads, finding_id))))
    note = model.left_out(found, _("Lead"), words)
    return model.changed(view, board, "lead", count=len(keys), note=note)


def _room_beside(drawn: Mapping[str, Place], new: Mapping[str, Place]) -> Place:
    """How far a picture moves right and up to stand right of what is drawn, or below it where that is wide."""
    if not drawn:
        return 0.0, 0.0
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*drawn.values(), strict=True))
    (new_left, new_right), (_low, new_high) = ((min(axis), max(axis)) for axis in zip(*new.values(), strict=True))
    if right - left > high - low:
        return (left + right - new_left - new_right) / 2, low - new_high - _BESIDE
    return right - new_left + _BESIDE, 0.0


def _with_involved(case: CaseFolder, view: model.View, finding_id: str, *, anew: bool) -> model.View | None:
    """With a lead that the last run does not have, as far as the graph holds it."""
    own = _own_lead(case, finding_id)
    found = _fetched(case, lambda store: (
        fetch.finding(store, finding_id) if own is None else fetch.accounts(store, [*own.members, *own.targets])
    ))
    if found is None:
        return None
    people = [node.key for node in found.subgraph.nodes if node.label != "Finding"]
    if anew or view.empty:
        board = Board(folding=folding(), leads=(finding_id,))
        return model.begin(found, words_here(), what=_("Lead"), board=board, before=view, step="lead")
    view = known_to(case, view, people)
    board = changes.added(view.board, [node.key for node in found.subgraph.nodes])
    board = replace(board, leads=tuple(dict.fromkeys((*board.leads, finding_id))))
    return model.changed(known_to(case, view, board.nodes), board, "lead", count=len(people))


def _own_lead(case: CaseFolder, finding_id: str) -> Finding | None:
    """A lead that a person wrote: the graph has none of those."""
    document = server().workbench.findings(case)
    return next((
        finding for finding in (document.findings if document else ())
        if finding.finding_id == finding_id and finding.kind == MANUAL
    ), None)


def show_ids(case: CaseFolder, identities: list[str], *, what: str) -> None:
    """Begin anew with these accounts and what lies between them."""
    _begin(case, lambda store: fetch.accounts(store, identities), what=what)


def show_whole(case: CaseFolder) -> None:
    order = ready.ranking(case)
    _begin(case, lambda store: fetch.whole(store, limit=limit(), ranking=order), what=_("Whole graph"))


@collector_paused()
def _begin(case: CaseFolder, ask: Callable[[Store], Fetched], *, what: str) -> None:
    found = _fetched(case, ask)
    if found is not None:
        keep(case, model.begin(found, words_here(), what=what, folding=folding(), before=view_of(case)))


def _fetched(case: CaseFolder, ask: Callable[[Store], Fetched]) -> Fetched | None:
    """What the graph answers, with the minors of the evidence; what goes wrong is shown by the page that follows."""
    found = asked(case, ask)
    return None if found is None else replace(found, subgraph=with_minors(case, found.subgraph))


def asked(case: CaseFolder, ask: Callable[[Store], _Answer]) -> _Answer | None:
    """What the graph answers; what goes wrong is shown by the page that follows."""
    try:
        with reading(case) as store:
            return ask(store)
    except FilatureError as error:
        st.session_state[_PROBLEM] = error
        return None


def busiest(case: CaseFolder, *, most: int = 40) -> list[str]:
    """Ids of the accounts with the most private counterparts."""
    statement = "MATCH (a:Account) WHERE a.contacts > 0 RETURN a.id ORDER BY a.contacts DESC, a.id LIMIT $most"
    try:
        with reading(case) as store:
            return [str(row[0]) for row in store.read(statement, {"most": most}).rows]
    except GraphError as error:
        st.session_state[_PROBLEM] = error
        return []


def folding() -> bool:
    return bool(st.session_state.get("explore_folding", True))
