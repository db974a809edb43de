"""Names on screen; minors stay masked until somebody opens them."""

from graph.subgraph import Node, Subgraph
from workbench.views.models.names import MASK, Names, is_minor, names_in

MINOR, ADULT = "p:kid", "p:adult"
NAMES = Names({MINOR: "little_fox", ADULT: "old_oak"}, frozenset({MINOR}))


def test_a_minor_shows_neither_name_nor_id() -> None:
    for shown in (NAMES.of(MINOR), NAMES.full(MINOR), NAMES.identity(MINOR)):
        assert shown.startswith(MASK)
        assert "fox" not in shown
        assert "kid" not in shown


def test_an_opened_minor_shows_its_name() -> None:
    opened = Names(NAMES.pseudonyms, NAMES.minors, frozenset({MINOR}))
    assert opened.of(MINOR) == "little_fox"
    assert opened.identity(MINOR) == MINOR


def test_an_adult_shows_name_and_id() -> None:
    assert NAMES.full(ADULT) == "old_oak (p:adult)"


def test_sentences_about_a_minor_are_masked_too() -> None:
    text = NAMES.hide_in("old_oak wrote to little_fox (p:kid)")
    assert "little_fox" not in text
    assert "p:kid" not in text
    assert "old_oak" in text


def test_joined_names_say_how_many_more_there_are() -> None:
    assert Names().joined(["a", "b", "c", "d"], most=2) == "a, b and 2 more"


def test_minority_comes_from_age_or_from_another_basis() -> None:
    assert is_minor(Node("a", "Account", {"declared_age": 17}))
    assert is_minor(Node("a", "Account", {"minor_basis": "stated"}))
    assert not is_minor(Node("a", "Account", {"declared_age": 18}))
    assert not is_minor(Node("a", "Account"))
    assert not is_minor(Node("a", "Room", {"declared_age": 3}))


def test_names_are_read_from_a_subgraph() -> None:
    graph = Subgraph.of([Node(MINOR, "Account", {"pseudonym": "little_fox", "declared_age": 12})], [])
    assert names_in(graph).minors == {MINOR}
    assert names_in(graph, opened=frozenset({MINOR})).of(MINOR) == "little_fox"
