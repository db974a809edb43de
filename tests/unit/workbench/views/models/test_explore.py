"""The view on the canvas: it grows, shrinks and says what it leaves out."""

from dataclasses import replace
from datetime import UTC, datetime
from unittest import mock

from graph.fetch import Fetched, Paths
from graph.fetch.results import STEP_CUT, Note
from graph.subgraph import Edge, Node, Subgraph
from workbench.explore import changes
from workbench.explore.board import GROUP
from workbench.explore.filters import Filters, within_period
from workbench.explore.history import Step
from workbench.language import words
from workbench.lead_graphs.drawing import BYSTANDER, NAME
from workbench.masking.people import LIKELY
from workbench.masking.telling import HIDDEN
from workbench.views.explore.panels.style import communities
from workbench.views.models import explore as model
from workbench.views.models.explore import rows
from workbench.views.models.explore.leaving import leaving
from workbench.views.models.explore.words import (
    hidden,
    kinds_named,
    leads_step,
    members_hidden,
    period_told,
    step_name,
)
from workbench.views.models.names import Names, mask, names_in

EN = words("en")


def account(name: str, **properties: object) -> Node:
    return Node(f"p:{name}", "Account", properties)


def joined(*pairs: tuple[str, str], **extra: Node) -> Subgraph:
    nodes = {name: extra.get(name, account(name)) for pair in pairs for name in pair}
    edges = [Edge(nodes[a].key, nodes[b].key, "CONTACTED", {"messages": 2}) for a, b in pairs]
    return Subgraph.of(nodes.values(), edges)


def fetched(graph: Subgraph, *, total: int | None = None, cut: int = 0) -> Fetched:
    notes = (Note(STEP_CUT, cut),) if cut else ()
    return Fetched(graph, len(graph.nodes), total or len(graph.nodes), notes)


LINE = joined(("a", "b"), ("b", "c"))


def test_a_view_begins_with_what_was_fetched_and_says_what_is_missing() -> None:
    view = model.begin(fetched(LINE, total=40, cut=1), EN, what="Neighbours", select="Account/p:b")
    assert {node.id for node in view.drawn.nodes} == {"p:a", "p:b", "p:c"}
    assert view.note.startswith("Neighbours: 3 of 40 shown, the strongest ties first. Step 1 was cut, so")
    french = model.begin(fetched(LINE, total=40, cut=1), words("fr"), what="Voisins")
    assert "Le pas 1 a été coupé" in french.note
    assert view.selection.node == "Account/p:b"
    assert rows.shown(view, EN, total=4310) == "Showing 3 of 4,310 nodes."


def test_a_period_that_is_played_is_seen_and_is_no_step() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    played = model.played(view, "2030-01-01T00:00:00+00:00", "2031-01-01T00:00:00+00:00")
    assert (played.filters.since[:4], played.board, played.history) == ("2030", view.board, view.history)
    weighed = replace(played, weights={})
    assert (len(weighed.drawn.nodes), len(weighed.drawn.edges)) == (3, 0)
    assert model.played(played, "", "").drawn == view.drawn


def test_growing_moves_nothing_that_stands() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    grown = model.grown(view, fetched(joined(("c", "d"), ("d", "e"))), EN, what="x", limit=300)
    assert {key: grown.places[key] for key in view.places} == dict(view.places)
    assert len(grown.drawn.nodes) == 5
    assert grown.board.frame == view.board.frame, "the eye stays where it is"


def test_growing_past_the_limit_keeps_the_most_linked_and_counts_the_rest() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    more = joined(("c", "hub"), ("hub", "x1"), ("hub", "x2"), ("hub", "x3"))
    grown = model.grown(view, fetched(more), EN, what="Neighbours", limit=4)
    assert {node.id for node in grown.subgraph.nodes} == {"p:a", "p:b", "p:c", "p:hub"}
    assert grown.note.startswith("Neighbours: 1 of 4 new nodes added, the limit of 4 is reached.")


def test_leaves_are_folded_opened_and_hidden_as_one() -> None:
    star = joined(*((("hub", f"x{i}")) for i in range(9)), ("hub", "other"), ("other", "end"))
    view = model.begin(fetched(star), EN, what="x")
    (group,) = [node for node in view.drawn.nodes if node.label == GROUP]
    assert rows.shown(view, EN, total=12) == "Showing 12 of 12 nodes, 9 of them folded into groups."
    assert len(model.unfolded(view, group.key).drawn.nodes) == 12
    assert len(model.folding(view, on=False).drawn.nodes) == 12
    left = model.without(view, [group.key])
    assert {node.id for node in left.subgraph.nodes} == {"p:hub", "p:other", "p:end"}


def test_a_node_that_was_searched_for_is_never_folded_away() -> None:
    star = joined(*((("hub", f"x{i}")) for i in range(9)), ("hub", "other"), ("other", "end"))
    view = model.begin(fetched(star), EN, what="x", select="Account/p:x3")
    assert view.node("Account/p:x3") is not None
    assert view.selection.node == "Account/p:x3"


def test_taking_a_node_off_clears_a_path_through_it() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    walk = ("Account/p:a", "Account/p:b", "Account/p:c")
    marked = model.with_paths(view, Paths(LINE, 1, 3, walks=(walk,)), EN)
    assert marked.board.paths == (walk,)
    assert marked.note.startswith("A path of 2 steps")
    assert model.without(marked, ["Account/p:b"]).board.paths == ()


def test_no_path_is_said_and_changes_nothing_else() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    none = model.with_paths(view, Paths(Subgraph(), 0, 0), EN)
    assert none.drawn == view.drawn
    assert none.note == "There is no path between them."


def test_all_paths_that_are_drawn_are_lit_and_listed() -> None:
    square = joined(("a", "b"), ("b", "d"), ("a", "c"), ("c", "d"))
    walks = tuple(("Account/p:a", f"Account/p:{one}", "Account/p:d") for one in "bc")
    marked = model.with_paths(model.begin(fetched(square), EN, what="x"), Paths(square, 2, 2, walks=walks), EN)
    assert marked.board.paths == walks
    assert marked.board.lit is None
    assert marked.note == "A path of 2 steps; 2 of 2 equally short ones are drawn."


def test_a_selection_by_the_browser_is_not_sent_back_to_it() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    assert model.picked(view, nodes=["Account/p:a"]).selection.revision == view.selection.revision
    assert model.chosen(view, nodes=["Account/p:a"]).selection.revision == view.selection.revision + 1


def test_the_twin_table_and_details_mask_minors() -> None:
    kid = account("kid", pseudonym="little_fox", declared_age=12)
    view = model.begin(fetched(joined(("a", "kid"), kid=kid)), EN, what="x")
    names = names_in(view.subgraph)
    nodes, links = rows.node_rows(view, names, EN).drop(columns="key"), rows.edge_rows(view, names, EN)
    tables = nodes.to_string() + links.to_string()
    details = str(rows.properties(kid, names, EN))
    for text in (tables, details):
        assert "little_fox" not in text
        assert "p:kid" not in text


def test_when_a_masked_minor_comes_of_age_is_shown_where_its_mask_is_lifted_alone() -> None:
    spans = {"minor_from": datetime(2021, 5, 6, tzinfo=UTC), "minor_until": datetime(2027, 5, 6, tzinfo=UTC)}
    kid = account("kid", declared_age=12, **spans)
    names = names_in(Subgraph.of([kid], ()))
    masked = rows.properties(kid, names, EN)
    assert "2021" not in str(masked)
    assert "2027" not in str(masked)
    assert list(masked.values()).count(HIDDEN) == len(spans), "that something is there is said"
    opened = rows.properties(kid, names_in(Subgraph.of([kid], ()), opened=frozenset({kid.id})), EN)
    assert "2027" in str(opened)
    grown = account("grown", **spans)
    assert "2027" in str(rows.properties(grown, names_in(Subgraph.of([grown], ())), EN))


def test_properties_stand_in_words_and_moments_to_the_second() -> None:
    made = datetime(2024, 2, 29, 8, 56, 20, 700_000, tzinfo=UTC)
    one = account("a", created_at=made, contacts=3, unforeseen="x", batch_id="b1")
    found = rows.properties(one, names_in(Subgraph.of([one], ())), words("fr"))
    assert found == {
        "Identifiant": "p:a", "Créé le": "29 févr. 2024, 08:56:20 UTC", "Contacts": "3",
        "Unforeseen": "x", "Lot": "b1",
    }


def test_of_a_link_it_is_said_in_words_who_wrote_first() -> None:
    link = Edge("Account/p:a", "Account/p:b", "CONTACTED", {"initiated": True})
    assert rows.properties(link, names_in(Subgraph()), words("fr")) == {"A écrit en premier": "oui"}
    link = Edge("Account/p:b", "Account/p:a", "CONTACTED", {"initiated": False})
    assert rows.properties(link, names_in(Subgraph()), EN) == {"Wrote first": "no"}


def test_a_community_keeps_its_number_when_a_filter_hides_others() -> None:
    links = [(a, b) for group in ("abcde", "xyz") for a in group for b in group if a < b]
    view = model.begin(fetched(joined(*links)), EN, what="x")
    hidden = frozenset(f"Account/p:{name}" for name in "abcd")
    fewer = model.changed(view, replace(view.board, hidden=hidden), "hide")
    assert len(fewer.drawn.nodes) == 4
    assert communities(fewer) == communities(view)
    assert {communities(fewer)[f"Account/p:{name}"] for name in "xyz"} == {2}


def test_a_period_stands_in_the_words_of_the_language() -> None:
    period = Filters(since="2024-03-28T00:00:00+00:00", until="2024-05-10T09:30:00+00:00")
    assert period_told(period, words("fr")) == "Période\xa0: du 28 mars 2024, 00:00 UTC au 10 mai 2024, 09:30 UTC"
    assert period_told(replace(period, until=""), EN) == "Period: from 28 Mar 2024, 00:00 UTC on"
    assert period_told(Filters(), EN) == ""


def test_the_twin_has_the_rows_of_the_picture_most_linked_first() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    table = rows.node_rows(view, names_in(view.subgraph), EN)
    assert list(table["Id"]) == ["p:b", "p:a", "p:c"]
    assert list(table["Links"]) == [2, 1, 1]
    assert len(rows.edge_rows(view, names_in(view.subgraph), EN)) == 2


def test_where_a_period_is_shown_a_row_says_how_many_of_the_messages_lie_in_it() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    names = names_in(view.subgraph)
    assert "In the period" not in rows.edge_rows(view, names, EN)
    first = view.drawn.edges[0]
    weights = {(edge.source, edge.target, edge.type): 1 + (edge is first) for edge in view.drawn.edges}
    found = rows.edge_rows(replace(view, weights=weights), names, EN)
    assert sorted(found["In the period"]) == [1, 2]


def test_a_row_of_the_nodes_says_whose_time_its_counts_are_of() -> None:
    """Links of the period stood beside messages of all time, and neither said so."""
    view = model.begin(fetched(LINE), EN, what="x")
    names = names_in(view.subgraph)
    assert list(rows.node_rows(view, names, EN))[3:5] == ["Links", "Messages"]
    found = rows.node_rows(replace(view, weights={}), names, EN)
    assert list(found)[3:5] == ["Links in the period", "Messages of all time"]


def test_uses_of_an_identifier_are_counted_in_the_period_too() -> None:
    noon = datetime(2024, 3, 1, 12, tzinfo=UTC)
    device = Node("device:d", "Identifier")
    used = Edge("Account/p:a", device.key, "USED", {"times": 8, "first_at": noon, "last_at": noon})
    bundle = Edge("Account/p:a", f"{GROUP}/x", "USED", {"links": 7})
    untimed = Edge("Account/p:a", device.key, "USED", {"times": 1})
    weights = {("Account/p:a", device.key, "USED"): 3}
    assert [within_period(edge, weights) for edge in (used, bundle, untimed)] == [3, None, None]
    assert (within_period(used, {}), within_period(used, None)) == (0, None)
    known = Subgraph.of([*LINE.nodes, device], [*LINE.edges, used])
    view = model.played(model.begin(fetched(known), EN, what="x"), "2024-03-01T00:00:00+00:00", "")
    table = rows.edge_rows(replace(view, weights=weights), names_in(known), EN)
    assert list(table["In the period"]) == [3], "links without any are hidden"


def test_an_empty_fetch_is_an_empty_view() -> None:
    assert model.begin(Fetched(Subgraph(), 0, 0), EN, what="x").empty


def test_an_act_of_several_steps_is_undone_one_by_one_and_what_is_drawn_comes_back() -> None:
    view = model.begin(fetched(LINE), EN, what="x", select="Account/p:b")
    less = model.without(view, ["Account/p:c"])
    assert (len(less.drawn.nodes), [step.name for step in less.history.done]) == (2, ["begin", "remove"])
    back = model.undone(less)
    assert (back.board, back.drawn, back.selection.nodes) == (view.board, view.drawn, ("Account/p:b",))
    assert model.redone(back).board == less.board
    assert model.undone(back).empty


def test_a_selection_forgets_what_is_drawn_no_more() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    view = model.chosen(view, nodes=["Account/p:a", "Account/p:c"])
    assert model.without(view, ["Account/p:c"]).selection.nodes == ("Account/p:a",)


def test_a_new_picture_is_a_step_from_the_one_before_and_asks_to_be_seen_whole() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    other = model.begin(fetched(joined(("d", "e"))), EN, what="x", before=view)
    assert {node.id for node in other.drawn.nodes} == {"p:d", "p:e"}
    assert other.board.frame != view.board.frame
    assert model.undone(other).board == view.board


def test_arranging_anew_leaves_what_is_pinned() -> None:
    view = model.begin(fetched(LINE), EN, what="x")
    moved = changes.moved(view.board, {"Account/p:a": (50.0, 50.0)})
    anew = model.arranged(model.changed(view, moved, "move"))
    assert anew.places["Account/p:a"] == (50.0, 50.0)
    assert anew.places["Account/p:b"] != view.places["Account/p:b"]
    assert anew.board.frame != view.board.frame


def test_a_step_and_a_tab_of_several_leads_name_their_kinds() -> None:
    step = Step(leads_step(("hub", "shell")), 0, {}, {})
    assert step_name(step, EN) == "draw the strongest leads: hub, linked accounts"
    assert step_name(step, words("fr")) == "tracer les pistes les plus fortes\u00a0: hub, comptes liés"
    assert kinds_named("shell", EN) == "linked accounts", "as titles of tabs were kept before"


def test_whom_a_lead_is_about_is_named_where_hidden_unless_he_is_masked_or_nobody_is_named() -> None:
    kid = account("kid", pseudonym="little_fox", declared_age=12)
    names = names_in(joined(("a", "kid"), kid=kid))
    assert members_hidden(["p:a"], names, EN) == "Whom a lead is about is hidden: p:a."
    assert "little_fox" not in members_hidden(["p:kid"], names, EN)
    assert members_hidden(["p:a"], None, EN) == "Whom a lead is about is hidden."
    assert members_hidden([], names, EN) == ""


def test_accounts_of_one_name_are_told_apart_and_names_that_read_alike_are_told_as_written() -> None:
    one, other, kid = account("1", pseudonym="lea"), account("2", pseudonym="lea"), account("3", declared_age=12)
    told = {"name": "lea", "accounts": 2, "bearers": "p:1,p:2", "written": "l_e_a / lea"}
    alike = Node("lea", NAME, told)
    graph = Subgraph.of([one, other, kid, alike], [Edge(one.key, other.key, "CONTACTED", {"messages": 2})])
    names = names_in(graph)
    view = model.begin(fetched(graph), EN, what="x", folding=False)
    (row,) = rows.edge_rows(view, names, EN).to_dict("records")
    assert (row["From"], row["To"]) == ("lea (p:1)", "lea (p:2)")
    assert rows.label_of(alike, names, EN) == "read alike: lea"
    found = rows.properties(alike, names, EN)
    assert found == {"Compared as": "lea", "Accounts": "2", "p:1": "lea", "p:2": "lea"}
    hidden = Node("lea", NAME, {**told, "bearers": "p:1,p:3"})
    assert rows.label_of(hidden, names, EN) == HIDDEN
    found = rows.properties(hidden, names, EN)
    assert found["Compared as"] == HIDDEN
    assert "p:3" not in str(found)


def test_an_account_with_a_role_is_called_by_it_and_a_masked_one_is_not() -> None:
    names = Names({"h:b": "Guide", "h:m": "Lou"}, minors=frozenset({"h:m"}))
    expected = (("h:b", "bot", "Guide · bot"), ("h:b", "member", "Guide"), ("h:m", "bot", mask("h:m")))
    for identity, role, told in expected:
        assert rows.label_of(Node(identity, "Account", {"role": role}), names, EN) == told


def test_what_is_seen_leaves_and_what_is_hidden_where_it_is_asked_for() -> None:
    """Tables held what filters hid, and told it nowhere."""
    view = model.begin(fetched(LINE), EN, what="x")
    assert not view.shown.hides_some
    weights = {("Account/p:a", "Account/p:b", "CONTACTED"): 1}
    view = replace(model.played(view, "2030-01-01T00:00:00+00:00", ""), weights=weights)
    assert view.shown.hides_some
    seen, told = leaving(view)
    assert (len(seen.edges), told["since"], told["messages_of_links"]) == (1, view.filters.since, "of all time")
    assert told["words_on_links_of_pictures"] == "of the period"
    whole, told = leaving(view, hidden=True)
    assert (len(whole.edges), told["explore"]) == (2, "what is drawn on the canvas, what is hidden too")
    some, _ = leaving(view, only=frozenset({"Account/p:a"}))
    assert [node.id for node in some.nodes] == ["p:a"]


def test_whom_another_lead_alone_calls_a_likely_minor_is_said_to_be_a_bystander_of_this_one() -> None:
    kid, other = account("kid", minor_basis=LIKELY), account("other")
    parts = {kid.key: BYSTANDER, other.key: BYSTANDER}
    assert rows.likely_elsewhere(kid, parts, EN).startswith("A likely minor by another lead alone")
    assert rows.likely_elsewhere(other, parts, EN) == ""
    assert rows.likely_elsewhere(kid, {kid.key: "likely"}, EN) == ""
    assert rows.likely_elsewhere(kid, {}, EN) == "", "no lead is drawn"


def test_what_is_hidden_is_told_with_the_semicolon_of_the_language() -> None:
    shown = mock.Mock(hidden={"hand": 27}, links={"period": 44})
    assert "27 à la main\u00a0; 44 liens" in hidden(shown, words("fr"))
