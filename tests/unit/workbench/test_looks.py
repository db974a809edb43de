"""Looks: members, targets and bystanders apart, size and colour by a value, rules, a legend of what is drawn."""

import pytest

from graph.subgraph import Edge, Node, Subgraph
from workbench.errors import WorkbenchError
from workbench.language import words
from workbench.looks import Entry, Look, Looks, Rule, Style, looks_of

EN = words("en")
A, B, C, D = (f"Account/{name}" for name in "abcd")
GRAPH = Subgraph.of(
    [Node("a", "Account", {"messages": 100}), Node("b", "Account", {"messages": 25}), Node("c", "Account"),
     Node("d", "Account", {"messages": 4}), Node("x", "Company")],
    [Edge(A, B, "CONTACTED")],
)
USUAL = Style()


def looked(style: Style = USUAL, **more: object) -> Looks:
    return looks_of(GRAPH, words=EN, style=style, **more)  # type: ignore[arg-type]


def test_parts_of_a_lead_differ_in_shape_and_stand_in_the_legend() -> None:
    found = looked(parts={A: "member", B: "target", C: "bystander"}, minors={B})
    shapes = [found.nodes[key].shape for key in (A, B, C, D)]
    assert shapes == ["star", "ring", "circle", "circle"]
    assert [(entry.name, entry.count) for entry in found.legend] == [
        ("Account, member of the lead", 1), ("Minor, target of the lead", 1), ("Account", 2), ("Company", 1),
    ], "who is of no lead looks like a bystander: one line"
    alone = looked(parts={A: "member", B: "target", C: "bystander", D: "bystander"}, minors={B})
    assert [(entry.name, entry.count) for entry in alone.legend][2:] == [("Account, bystander", 2), ("Company", 1)]


def test_whom_a_hub_wrote_to_first_and_was_not_known_to_be_a_minor_then_looks_like_no_bystander() -> None:
    found = looked(parts={A: "member", B: "later", C: "likely", D: "bystander"}, minors={B})
    shapes = [found.nodes[key].shape for key in (B, C, D)]
    assert shapes == ["thinring", "dotring", "circle"], "by form, not by shade alone"
    assert found.nodes[B].color != found.nodes[C].color == found.nodes[D].color
    assert found.nodes[C].size > found.nodes[D].size
    assert [entry.name for entry in found.legend[1:3]] == [
        "Account, written to first, likely a minor", "Minor, written to first, age known later",
    ]


def test_area_grows_with_the_value_and_the_colour_has_five_steps_of_an_order() -> None:
    sizes = looked(Style(size="messages")).nodes
    assert [sizes[key].size for key in (A, B, C)] == [20.0, 12.0, 4.0]
    colored = looked(Style(color="degree"), values={"degree": {A: 1, B: 2, C: 3, D: 4, "Company/x": 5}})
    assert len({look.color for look in colored.nodes.values()}) == 5
    assert [(entry.name, entry.count) for entry in colored.legend][-5:] == [
        ("degree: 1", 1), ("2", 1), ("3", 1), ("4", 1), ("5", 1),
    ]


def test_of_what_a_measure_colours_the_legend_has_one_line_a_kind_and_shape() -> None:
    found = looked(Style(color="degree"), values={"degree": {A: 1, B: 2, C: 3, D: 4, "Company/x": 5}})
    assert len({(entry.name, entry.shape) for entry in found.legend[:-5]}) == len(found.legend) - 5
    assert {entry.color for entry in found.legend[:-5]} == {"#7A8594"}


def test_what_a_measure_colours_tells_minors_by_shape_in_the_picture_and_in_the_legend() -> None:
    measured = {"degree": {A: 1, B: 2, C: 3, D: 4, "Company/x": 5}}
    parts = {A: "member", B: "target"}
    found = looked(Style(color="degree"), values=measured, minors={B, C}, parts=parts)
    assert [found.nodes[key].shape for key in (A, B, C, D)] == ["star", "opendrop", "drop", "circle"]
    assert [(entry.name, entry.shape) for entry in found.legend[:5]] == [
        ("Account, member of the lead", "star"), ("Minor, target of the lead", "opendrop"), ("Account", "circle"),
        ("Minor", "drop"), ("Company", "hexagon"),
    ]
    everybody = dict.fromkeys((A, B, C, D), "target")
    for told in ({}, everybody, dict.fromkeys(everybody, "member"), dict.fromkeys(everybody, "later")):
        kinds = looked(Style(color="degree"), values=measured, minors={B}, parts=told).legend[:-5]
        assert len({entry.shape for entry in kinds}) == len(kinds), "no two lines of kinds look alike"
    assert looked(minors={B}).nodes[B].shape == "circle", "by its own colour a minor is told without"


def test_a_rule_that_paints_a_minor_leaves_its_age_to_be_seen() -> None:
    painted = looked(Style(rules=(Rule("messages", "is there", color="red"),)), minors={B}).nodes
    assert [painted[key].shape for key in (A, B)] == ["circle", "drop"]
    shaped = looked(Style(rules=(Rule("messages", "is there", color="red", shape="square"),)), minors={B}).nodes
    assert shaped[B].shape == "square"


def test_small_values_are_told_apart_in_the_legend() -> None:
    found = looked(Style(color="pagerank"), values={"pagerank": {A: 0.0071, B: 0.0083, C: 0.0121, D: 0.0133}})
    assert [entry.name for entry in found.legend][-3:] == ["0.0083", "0.0121", "0.0133"]


def test_communities_have_colours_of_their_own_and_the_rest_is_counted() -> None:
    many = {A: 1, B: 1, C: 2}
    found = looked(Style(color="community"), values={"community": many})
    assert found.nodes[A].color == found.nodes[B].color != found.nodes[C].color
    assert [(entry.name, entry.count) for entry in found.legend][-3:] == [
        ("community: 1", 2), ("2", 1), ("others", 2),
    ]


def test_colours_are_dealt_with_what_is_hidden_and_the_legend_counts_what_is_drawn() -> None:
    everybody = {A: 1, B: 1, C: 2, D: 2, "Account/e": 2, "Account/f": 2}
    before = looked(Style(color="community"), values={"community": everybody})
    less = Subgraph.of([node for node in GRAPH.nodes if node.key in (A, B, C)], ())
    after = looks_of(less, words=EN, style=Style(color="community"), values={"community": everybody})
    assert all(after.nodes[key].color == before.nodes[key].color for key in (A, B, C))
    assert [(entry.name, entry.count) for entry in after.legend][-2:] == [("community: 2", 1), ("1", 2)]


def test_roles_stand_in_words_and_the_colon_is_that_of_the_language() -> None:
    graph = Subgraph.of([Node("a", "Account", {"role": "moderator"}), Node("b", "Account", {"role": "own word"})], ())
    legend = looks_of(graph, words=words("fr"), style=Style(color="role")).legend
    assert [entry.name for entry in legend][-2:] == ["rôle\u00a0: modération", "own word"]


def test_a_later_rule_wins_and_text_is_compared_as_text() -> None:
    rules = (
        Rule("messages", "at least", "20", color="green"), Rule("messages", "at least", "100", shape="square", size=30),
        Rule("messages", "is there", label="Company", color="red"),
    )
    found = looked(Style(rules=rules)).nodes
    assert (found[A].color, found[A].shape, found[A].size) == ("#009E73", "square", 30)
    assert found[B].color == "#009E73"
    assert found[D] == Look("Account", "#0072B2", "circle", 4.0)
    assert Rule("role", "is", "bot").holds("bot")
    assert not Rule("role", "at least", "bot").holds("bot")
    assert not Rule("messages", "at most", "3").holds(None)


def test_a_style_is_kept_as_json_and_a_fault_says_how_to_mend_it() -> None:
    style = Style(size="degree", link_labels=True, rules=(Rule("messages", value="3", color="red"),))
    assert Style.from_json(style.to_json()) == style
    assert Style.from_json({}) == Style()
    assert style.measured == ("degree", "messages")
    for wrong in ({"rules": [{"name": "x", "color": "pink"}]}, {"rules": [{"name": "x", "size": 99}]}, {"rules": 3},
                  {"rules": [{"name": "x", "operator": "near"}]}):
        with pytest.raises(WorkbenchError):
            Style.from_json(wrong)


def test_an_empty_picture_has_an_empty_legend() -> None:
    assert looks_of(Subgraph(), words=EN, style=Style(size="x", color="y")) == Looks({}, ())
    assert Entry("a", "b", "c", 1).count == 1
