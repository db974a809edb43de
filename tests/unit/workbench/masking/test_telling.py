"""Does a text tell a masked minor?  As whole words, however written; of an account's name less is asked."""

import pytest

from graph.subgraph import Node, Subgraph
from workbench.masking.telling import HIDDEN, NOBODY, Telling, telling_in

MARKS = Telling(frozenset({
    "Zoé-Lune", "zl.17", "p:zl.17", "Max", "71", "1234", "12345", "😀😀😀", "a b", "z.l@mail.example",
}))


@pytest.mark.parametrize("text", [
    "Zoé-Lune", "chez ZOÉ-LUNE !", "iphone_Zoé-Lune_2", "Zoe\u0301-Lune", "max", "to max, at ten", "see 12345",
    "x😀😀😀y", "p:zl.17", "device of zl.17", "z.l@mail.example", "a b",
])
def test_a_mark_that_stands_in_it_as_whole_words_tells(text: str) -> None:
    assert MARKS.tells(text)


@pytest.mark.parametrize("text", ["", "Zoé", "maximum", "Zoé-Lunes", "71", "1234", "in 2024", "xzl.17", "😀"])
def test_a_part_of_a_word_and_a_short_number_tell_nobody(text: str) -> None:
    assert not MARKS.tells(text)
    assert not NOBODY.tells(text)


def test_an_account_keeps_its_own_name_but_not_another_s_of_several_words_in_it() -> None:
    shown = ["Max", "maximum", "lou_max", "Zoé-Lune", "Ana"]
    assert [text for text in shown if MARKS.hides("Account", text)] == []
    assert MARKS.hides("Account", "Ana in Zoé-Lune")
    assert [MARKS.hides("Room", text) for text in shown] == [True, False, True, True, False]


def test_beside_a_name_that_is_shown_the_same_word_tells_nobody() -> None:
    beside = MARKS.beside(["lou-max", "Ana"])
    assert not beside.tells("met Max at ten")
    assert beside.tells("met Zoé-Lune at ten")
    assert MARKS.beside(["maximum"]).tells("met Max at ten"), "no whole word of it"
    assert MARKS.beside([]) is MARKS
    assert NOBODY.beside(["Max"]) is NOBODY


def test_a_value_is_hidden_whole_and_keys_and_numbers_stay() -> None:
    asked = {"max": ["Max", "Ana"], "least": 71, "text": "who met Max?", "deep": {"x": ("Zoé-Lune", None)}}
    assert MARKS.cleared(asked) == {
        "max": [HIDDEN, "Ana"], "least": 71, "text": HIDDEN, "deep": {"x": [HIDDEN, None]},
    }
    assert NOBODY.cleared("Max") == "Max"


def test_a_node_is_called_by_what_tells_nobody() -> None:
    names = [
        Node("p:zl.17", "Room", {"name": "Lobby"}), Node("p:r", "Room", {"name": "Max and friends"}),
        Node("p:max", "Room", {"name": "of Max"}), Node("p:4", "Account", {"pseudonym": "Max"}),
    ]
    assert [MARKS.name_of(node) for node in names] == ["Lobby", "p:r", "", "Max"]


def test_a_subgraph_tells_its_own_minors_alone() -> None:
    young = Node("p:1", "Account", {"pseudonym": "Wren", "declared_age": 13})
    graph = Subgraph.of([young, Node("p:2", "Account", {"pseudonym": "Heron"})], [])
    assert telling_in(graph).marks == {"Wren", "p:1", "1"}
    assert telling_in(Subgraph.of([], [])) == NOBODY
