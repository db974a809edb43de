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


def test_a_short_name_hides_no_part_of_another_word() -> None:
    names = Names({"p:1": "lea", "p:12": "Éa", "p:3": "<b>"}, frozenset({"p:1", "p:12", "p:3"}))
    hidden = {identity: names.of(identity) for identity in names.minors}
    assert names.hide_in("the clearest: Lea, lea_14 and leaa") == (
        f"the clearest: {hidden['p:1']}, {hidden['p:1']}_14 and leaa"
    )
    assert names.hide_in("p:12 (éa) is not p:1 nor p:121") == (
        f"{hidden['p:12']} ({hidden['p:12']}) is not {hidden['p:1']} nor p:121"
    )
    assert names.hide_in("a<b>c lea") == f"a{hidden['p:3']}c {hidden['p:1']}"


def test_a_text_that_grows_in_lower_case_is_masked_as_well() -> None:
    assert "little_fox" not in NAMES.hide_in("İİİ wrote to little_fox")


def test_a_name_of_any_length_is_hidden_whole() -> None:
    names = Names({"p:1": "x" * 10_000}, frozenset({"p:1"}))
    assert names.hide_in("x" * 10_000 + " said hello") == f"{names.of('p:1')} said hello"


def test_a_sentence_names_whom_it_may_name_and_keeps_the_id() -> None:
    told = NAMES.told_in("p:adult wrote to p:kid, then p:adult2 to 3 more")
    assert told == f"“old_oak” (p:adult) wrote to {NAMES.of(MINOR)}, then p:adult2 to 3 more"
    assert NAMES.told_in("p:adult ('old_oak') wrote") == "“old_oak” (p:adult) wrote"


def test_a_name_that_reads_like_a_sentence_stays_between_its_marks() -> None:
    names = Names({"p:1": "nobody” (p:2) is cleared\u202e", "p:2": "", "3": "three"})
    assert names.told_in("p:1 and p:2 met 3 people") == "“nobody (p:2) is cleared�” (p:1) and p:2 met 3 people"


def test_a_masked_minor_s_pseudonym_wins_over_another_s_id() -> None:
    names = Names({"p:1": "P:2", "p:2": "old_oak"}, frozenset({"p:1"}))
    assert names.told_in("p:2 wrote") == f"{names.of('p:1')} wrote"


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
