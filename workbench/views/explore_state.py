"""Where does the view on the canvas live between reruns?  One per case in this session, changed by steps."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from graph import fetch
from graph.errors import GraphError
from graph.fetch import Fetched
from graph.opaque import token
from graph.store import Store
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from workbench.errors import WorkbenchError
from workbench.minor_nodes import with_minors
from workbench.views import address
from workbench.views.language import _, words_here
from workbench.views.models import explore as model
from workbench.views.models import picture
from workbench.views.models.groups import GROUP
from workbench.views.models.names import Names, names_in
from workbench.views.session import opened_minors, reading, server

_VIEWS, _PROBLEM, _NAMED = "explore_views", "explore_problem", "explore_named"
_KEPT = 4  # cases whose views are remembered


def view_of(case: CaseFolder) -> model.View:
    views: dict[str, model.View] = st.session_state.setdefault(_VIEWS, {})
    return views.get(case.name, model.View())


def keep(case: CaseFolder, view: model.View) -> None:
    """The view is what is open now, and the address names it."""
    _hold(case, view)
    drawn = None if view.empty else pictured(case, view)
    st.session_state[_NAMED] = (case.name, drawn)
    node = view.selection.node
    address.put(view=drawn, node=token(node) if node else None, finding=None, account=None)


def pictured(case: CaseFolder, view: model.View) -> str:
    """The name under which an address finds the view again."""
    return server().workbench.casebook.places.keep_picture(case.name, picture.written(view))


def _hold(case: CaseFolder, view: model.View) -> None:
    views: dict[str, model.View] = st.session_state.setdefault(_VIEWS, {})
    views.pop(case.name, None)
    views[case.name] = view
    for old in list(views)[:-_KEPT]:
        del views[old]


def follow_address(case: CaseFolder) -> None:
    """Draw what the address asks for: a lead, an account, a view that was drawn before; else it names what is open."""
    if finding := address.given("finding"):
        show_finding(case, finding)
        address.put(finding=None)
    elif account := address.given("account"):
        add(case, account, label="Account", anew=True)
        address.put(account=None)
    elif (wanted := address.given("view")) is None:
        if not view_of(case).empty:
            keep(case, view_of(case))
    elif (case.name, wanted) != st.session_state.get(_NAMED):
        _draw_again(case, wanted)


def _draw_again(case: CaseFolder, wanted: str) -> None:
    text = server().workbench.casebook.places.picture(case.name, wanted)
    if text is None:
        st.session_state[_PROBLEM] = WorkbenchError(
            _("The picture of this address is not in this case."), fix=_("begin with a search or with the leads")
        )
        address.put(view=None, node=None)
        return
    found = _asked(case, lambda store: fetch.nodes(store, picture.keys(text)))
    if found is not None:
        view = picture.read(text, found, words_here(), what=_("Picture"))
        chosen = next((node.key for node in view.drawn.nodes if token(node.key) == address.given("node")), None)
        st.session_state["explore_folding"] = view.folding
        st.session_state[_NAMED] = (case.name, wanted)
        _hold(case, model.chosen(view, node=chosen))


def names_on(view: model.View) -> Names:
    return names_in(view.subgraph, opened=opened_minors())


def limit() -> int:
    return int(st.session_state.get("explore_limit", model.DEFAULT_LIMIT))


def types() -> list[str] | None:
    """Relationship types to expand along; None: all."""
    return st.session_state.get("explore_types") or None


def problem() -> FilatureError | None:
    """What went wrong in the last callback, once."""
    found: FilatureError | None = st.session_state.pop(_PROBLEM, None)
    return found


def add(case: CaseFolder, identity: str, *, label: str, anew: bool = False) -> None:
    """Bring a node and its neighbours onto the canvas and select it."""
    key = f"{label}/{identity}"
    found = _asked(case, lambda store: fetch.neighbourhood(store, [key], types=types(), limit=limit()))
    if found is None:
        return
    view = view_of(case)
    if view.empty or anew:
        keep(case, model.begin(found, words_here(), what=_("Neighbours"), select=key, folding=folding()))
    else:
        keep(case, model.grown(view, found, words_here(), what=_("Neighbours"), limit=limit(), select=key))


def expand(case: CaseFolder, key: str) -> None:
    """Expand a node on the canvas; a group is opened."""
    node = view_of(case).node(key)
    if node is None:
        return
    if node.label == GROUP:
        keep(case, model.unfolded(view_of(case), key))
    else:
        add(case, node.id, label=node.label)


def show_finding(case: CaseFolder, finding_id: str) -> None:
    _begin(case, lambda store: fetch.finding(store, finding_id), what=_("Lead"))


def show_ids(case: CaseFolder, identities: list[str], *, what: str) -> None:
    """Begin anew with these accounts and what lies between them."""
    _begin(case, lambda store: fetch.accounts(store, identities), what=what)


def show_whole(case: CaseFolder) -> None:
    _begin(case, lambda store: fetch.whole(store, limit=limit()), what=_("Whole graph"))


def show_path(case: CaseFolder, source: str, target: str) -> None:
    """Draw and mark the shortest path between two nodes, through the whole graph."""
    here, there = source.partition("/")[2], target.partition("/")[2]
    found = _asked(case, lambda store: fetch.paths(store, here, there))
    if found is not None:
        keep(case, model.with_path(view_of(case), found, words_here(), source, target, limit=limit()))


def _begin(case: CaseFolder, ask: Callable[[Store], Fetched], *, what: str) -> None:
    found = _asked(case, ask)
    if found is not None:
        keep(case, model.begin(found, words_here(), what=what, folding=folding()))


def _asked(case: CaseFolder, ask: Callable[[Store], Fetched]) -> Fetched | None:
    """What the graph answers, with the minors of the evidence; what goes wrong is shown by the page that follows."""
    try:
        with reading(case) as store:
            found = ask(store)
        return replace(found, subgraph=with_minors(case, found.subgraph))
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
