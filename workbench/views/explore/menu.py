"""What does the menu of a node offer?  Its neighbours by kind with their counts, then what can be done with it."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from graph import fetch
from graph.errors import GraphError
from graph.fetch import Way
from graph.schema import LABELS, RELATIONSHIPS
from ingest.case_folder import CaseFolder
from queries.catalog import merge
from workbench.canvas.acts import Act
from workbench.canvas.side import Menu, MenuRow
from workbench.dossier.ages import minors_among
from workbench.explore.board import GROUP, OWN
from workbench.language import Words
from workbench.views.explore import state
from workbench.views.language import _, words_here
from workbench.views.models import queries as query_model
from workbench.views.models.explore import View
from workbench.views.models.explore.rows import label_of
from workbench.views.models.names import Names
from workbench.views.session import person, server
from workbench.views.widgets.search_everywhere import OPENS

_ASKED, _STAMP = "explore_menu", "explore_stamp"
_COUNTED = "explore_counted"
_MOST_COUNTED = 50_000
FEW = 50
"""Neighbours that are drawn at once: by a row of the menu, the key and a double click alike."""
MOST_QUERIES = 8


def ask(case: CaseFolder, key: str | None) -> None:
    """The menu of that node is open."""
    st.session_state[_ASKED] = (case.name, key)


def menu(case: CaseFolder, view: View, names: Names) -> Menu | None:
    """The menu that is open; None where none is, or its node is drawn no more."""
    where, key = st.session_state.get(_ASKED, ("", None))
    node = view.node(key) if where == case.name else None
    if node is None:
        return None
    words = words_here()
    several = node.key in view.selection.nodes and len(view.selection.nodes) > 1
    title = (
        _("{number} nodes", number=len(view.selection.nodes)) if several
        else label_of(node, names, words, board=view.board)
    )
    rows: list[MenuRow] = []
    if node.label == GROUP:
        rows.append(MenuRow(_("Show its nodes one by one"), "expand", key="E"))
        if node.key.startswith(OWN):
            rows.append(MenuRow(_("Dissolve the group"), "ungroup"))
    elif several:
        rows += [
            MenuRow(_("Expand, {number} each", number=FEW), "expand", {"most": FEW}, key="E"),
            MenuRow(_("What they have in common"), "common"),
            MenuRow(_("Paths among them"), "path"),
        ]
        if len(view.selection.nodes) == 2 and all(key.startswith("Account/") for key in view.selection.nodes):
            rows.append(MenuRow(_("Read the conversation"), "open", {"what": "conversation"}))
    else:
        rows += _ways(case, node.key)
    rows.append(MenuRow(_("On the picture")))
    pinned = node.key in view.board.pinned or view.unfolded([node.key]) <= view.board.pinned
    rows += [
        MenuRow(_("Hide"), "hide", key="H"),
        MenuRow(_("Hide all others"), "keep", key="K"),
        MenuRow(_("Take off the picture"), "remove", key=_("Del")),
        MenuRow(_("Let go") if pinned else _("Pin where it stands"), "pin", key="P"),
        MenuRow(_("Put into a group…"), "group", {"ask": _("Title of the group")}, key="G"),
        MenuRow(_("Write a note…"), "note", {"ask": _("Note")}, key="N"),
    ]
    rows += [
        MenuRow(_("Mark: {color}", color=_(color)), "mark", {"color": color}) for color in ("red", "yellow", "green")
    ]
    if view.unfolded([node.key]) & view.board.marks.keys():
        rows.append(MenuRow(_("Without a mark"), "mark", {"color": ""}))
    if not several and node.label != GROUP:
        rows += _leading(case, node.key)
    return Menu(node.key, title, tuple(rows))


def _ways(case: CaseFolder, key: str) -> list[MenuRow]:
    """A row a way: how many neighbours it has, and how many of them are minors."""
    rows = [MenuRow(_("Draw its neighbours"))]
    for way, total, minors in counted(case, key):
        values = {**way_values(way), "most": FEW}
        rows.append(MenuRow(way_name(way, words_here()), "expand by", values, count=words_here().number(total)))
        if minors:
            rows.append(MenuRow(
                _("… the minors among them"), "expand by", {**values, "ages": "minors"},
                count=words_here().number(minors),
            ))
    if len(rows) == 1:
        return [MenuRow(_("It has no neighbours."))]
    rows.append(MenuRow(_("The strongest {number} of all", number=FEW), "expand", {"most": FEW, "one": True}, key="E"))
    return rows


def _leading(case: CaseFolder, key: str) -> list[MenuRow]:
    """Ways on: its screen, leads that name it, queries that take such a node, the path to it."""
    label, identity = key.partition("/")[::2]
    rows = [MenuRow(_("Ways on"))]
    if label in OPENS:
        rows.append(MenuRow(_("Open its screen"), "open", {"what": "screen"}))
    if label == "Finding":
        rows.append(MenuRow(_("Open the lead"), "open", {"what": "lead"}))
    if label == "Room":
        rows.append(MenuRow(_("Read what was written"), "open", {"what": "room"}))
    rows.append(MenuRow(_("Path from here…"), "path", {"seek": True}))
    document = server().workbench.findings(case)
    leads = [
        finding for finding in (document.findings if document else ())
        if identity in finding.members or identity in finding.targets
    ]
    if leads:
        rows.append(MenuRow(_("Leads that name it"), "open", {"what": "leads"}, count=str(len(leads))))
    known = query_model.in_words(merge(server().workbench.casebook.queries(person().name)), words_here())
    asked = [query for query in known if query.takes_node(label)]
    rows += [
        MenuRow(query.title, "open", {
            "what": "query", "query": query_model.handle(query), "parameter": query.takes_node(label) or "",
        })
        for query in asked[:MOST_QUERIES]
    ]
    return rows if len(rows) > 1 else []


def counted(case: CaseFolder, key: str) -> list[tuple[Way, int, int]]:
    """The ways from a node, with how many neighbours each has and how many of them are minors (of contacts alone)."""
    return _counted(case, key, _stamp())


def way_values(way: Way) -> dict[str, str | float | bool]:
    """A way as an act names it."""
    return {
        "type": way.type, "label": way.label, "direction": way.direction, "kind": way.kind, "initiated": way.initiated,
    }


def way_of(act: Act) -> Way | None:
    """The way that a row of the menu named; None for none of ours."""
    direction = act.text("direction")
    try:
        return Way(
            act.text("type"), act.text("label"), direction, act.text("kind"),  # type: ignore[arg-type]
            bool(act.values.get("initiated")),
        )
    except GraphError:
        return None


def way_name(way: Way, words: Words) -> str:
    """What a way is called: whom it leads to."""
    _ = words.gettext
    if way.type == "CONTACTED":
        if way.initiated:
            return _("Whom it wrote to first") if way.direction == "out" else _("Who wrote to it first")
        return _("Contacts")
    if way.type == "USED":
        return _("Accounts that used it") if way.direction == "in" else _("Used: {kind}", kind=_(way.kind or way.label))
    named: Mapping[tuple[str, str], str] = {
        ("POSTED_IN", "out"): _("Rooms"), ("POSTED_IN", "in"): _("Who wrote there"),
        ("REPORTED", "out"): _("Whom it reported"), ("REPORTED", "in"): _("Who reported it"),
        ("OWNS", "out"): _("What it owns"), ("OWNS", "in"): _("Its owners"),
        ("OPERATES", "out"): _("Platforms it operates"), ("OPERATES", "in"): _("Who operates it"),
        ("INVOLVES", "out"): _("Whom it names"), ("INVOLVES", "in"): _("Leads"),
    }
    return named.get((way.type, way.direction), words_here().pair(_(way.type), _(way.label)))


def drew(drawn: int, total: int, words: Words) -> str:
    """How much an expansion drew of what there is."""
    if total <= 0:
        return words.gettext("All its neighbours are drawn.")
    if drawn < total:
        return words.gettext("Drew {drawn} of {total}: the rest by expanding again.", drawn=drawn, total=total)
    return words.ngettext("Drew {number} node.", "Drew {number} nodes.", drawn)


def of_age(case: CaseFolder, keys: Sequence[str], ages: str) -> list[str]:
    """Those of the keys that are of the age asked for: minors, or all."""
    if ages != "minors":
        return list(keys)
    minors = minors_among(case, [key.partition("/")[2] for key in keys if key.startswith("Account/")])
    return [key for key in keys if key.partition("/")[2] in minors]


def stamp(case: CaseFolder, found: str) -> None:
    """The evidence and the findings as the page found them: what is counted on them is counted once."""
    st.session_state[_STAMP] = f"{case.name} {found}"


def _stamp() -> str:
    return str(st.session_state.get(_STAMP, ""))


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs={CaseFolder: repr})
def _counted(case: CaseFolder, key: str, stamp: str) -> list[tuple[Way, int, int]]:  # noqa: ARG001
    """Ways, with neighbours and minors among them."""
    found = state.asked(case, lambda store: fetch.ways(store, key)) or {}
    contacts = [way for way in found if way.type == "CONTACTED" and not way.initiated]
    minors: dict[Way, int] = {}
    for way in contacts:
        near = state.asked(case, partial(fetch.neighbours, key=key, way=way))
        if near is not None and near.total == len(near.keys):
            minors[way] = len(of_age(case, near.keys, "minors"))
    return [(way, total, minors.get(way, 0)) for way, total in found.items()]


def undrawn(case: CaseFolder, view: View, *, most: int = 400) -> dict[str, int]:
    """By key of a drawn node, how many of its neighbours are not on the picture; of a small picture only."""
    keys = [node.key for node in view.drawn.nodes if node.label in LABELS]
    if len(keys) > most:
        return {}
    counts = _around(_stamp())
    if lacking := [key for key in keys if key not in counts]:
        counts.update(state.asked(case, lambda store: fetch.around_counts(store, lacking)) or {})
    met: dict[str, set[str]] = {}
    for edge in view.subgraph.edges:
        if edge.type not in RELATIONSHIPS:  # what records alone tell makes no neighbour in the graph
            continue
        met.setdefault(edge.source, set()).add(edge.target)
        met.setdefault(edge.target, set()).add(edge.source)
    return {key: counts[key] - len(met.get(key, ())) for key in keys if key in counts}


def _around(stamp: str) -> dict[str, int]:
    """Neighbours by node, as far as they were counted in this session on this evidence and these findings."""
    where: str
    counts: dict[str, int]
    where, counts = st.session_state.get(_COUNTED, ("", {}))
    if where != stamp or len(counts) > _MOST_COUNTED:
        counts = {}
        st.session_state[_COUNTED] = (stamp, counts)
    return counts
