"""Names on screen; minors stay masked until somebody opens them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.subgraph import Node, Subgraph
from ingest.lake import Lake
from tests.labels import mask
from tests.unit.graph.detect.small_platform import moment
from tests.unit.graph.search.cases import case_of
from workbench.language import words
from workbench.masking.nodes import is_minor, with_minors
from workbench.views.models import names as model
from workbench.views.models.leads import disguised
from workbench.views.models.names import MASK, Names, Said, names_in, names_in_cells, names_of
from workbench.views.models.pictures.picture import told_apart

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


def test_the_id_of_a_minor_without_its_platform_is_masked_too_unless_it_is_short() -> None:
    names = Names({}, frozenset({"p:u12426", "p:2011"}))
    assert names.written("u12426") == names.of("p:u12426")
    assert names.written("2011") == "2011"


def test_a_cell_that_is_a_minor_s_id_or_name_is_masked_and_a_longer_text_is_not_searched() -> None:
    names = Names({"p:1": "tom", "p:2": "tom_1996", "p:3": "lea", "p:4": "lea"}, frozenset({"p:1", "p:3"}))
    assert names.written("tom") == names.written("p:1") == names.of("p:1")
    assert names.written("tom_1996") == "tom_1996"
    assert names.written("lea") == "(a name that a minor bears)", "by the text alone it is nobody's"
    assert names.written("lea", beside={"p:4"}) == "lea", "the row says whose it is"
    assert names.written("lea", beside={"p:3", "p:4"}) == "(a name that a minor bears)"
    assert names.of("p:2") == "tom_1996"


def test_in_a_sentence_a_name_stands_between_marks_beside_its_id_and_a_minor_s_mask_alone() -> None:
    names = Names({"p:1": "nobody” (p:2) is cleared\u202e", "p:2": "", MINOR: "fox"}, frozenset({MINOR}))
    assert names.called("p:1") == "“nobody (p:2) is cleared\ufffd” (p:1)"
    assert Names({"p:1": "nobody » (p:2)"}).called("p:1", "fr") == "«\u00a0nobody  (p:2)\u00a0» (p:1)"
    assert names.called("p:2") == "p:2"
    assert names.called(MINOR) == names.of(MINOR)


@given(
    st.dictionaries(st.text("abc_1", min_size=1, max_size=4), st.text("abc_1", min_size=1, max_size=4), min_size=1),
    st.data(),
)
def test_of_names_that_contain_each_other_only_minors_are_masked_and_no_minor_is_shown(
    people: dict[str, str], data: st.DataObject
) -> None:
    pseudonyms = {f"p:{identity}": name for identity, name in people.items()}
    minors = frozenset(data.draw(st.sets(st.sampled_from(sorted(pseudonyms)))))
    opened = frozenset(data.draw(st.sets(st.sampled_from(sorted(minors)))) if minors else ())
    names = Names(pseudonyms, minors, opened)
    for identity, name in pseudonyms.items():
        shown = (names.of(identity), names.full(identity), names.identity(identity), names.called(identity))
        masked = identity in minors - opened
        assert all(text == names.of(identity) for text in shown) if masked else shown[0] == name
        assert all(text.startswith(MASK) for text in shown) == masked


def test_two_of_one_name_are_told_apart_by_their_ids_and_a_masked_one_s_name_is_none_of_them() -> None:
    same = {"p:1": "lea", "p:2": "lea", "p:3": "noa", "p:4": "noa", "p:5": "zoe", "p:6": "zo\u0435", "p:7": "zo3"}
    names = Names(same, frozenset({"p:4"}))
    assert [names.apart(who) for who in same] == [
        "lea (p:1)", "lea (p:2)", "noa", names.mask("p:4"), "zoe (p:5)", "zo\u0435 (p:6)", "zo3",
    ], "a letter of another alphabet looks the same, a digit does not"
    assert Names().apart("p:9") == "p:9"


def test_among_some_only_their_own_names_count() -> None:
    names = Names({"p:1": "Heron", "p:2": "Heron", "p:3": "Wren"})
    assert names.apart("p:1") == "Heron (p:1)"
    assert [names.among(["p:1", "p:3"]).apart(one) for one in ("p:1", "p:3")] == ["Heron", "Wren"]
    assert names.among(["p:1", "p:2"]).apart("p:2", limit=30) == "Heron (p:2)"
    assert names.among([]).apart("p:1") == "p:1", "whoever is none of them has no name here"


def test_an_id_by_which_a_minor_would_be_known_stands_nowhere() -> None:
    names = Names({"p:1": "Heron"}, covered=frozenset({"p:1", "p:2"}))
    assert names.of("p:1") == names.full("p:1") == "Heron"
    hidden = names.of("p:2")
    assert hidden.startswith("▪▪▪ ")
    assert names.identity("p:2") == names.called("p:2") == hidden
    assert names.called("p:1") == f"“Heron” ({names.identity('p:1')})"
    assert not [text for text in (names.identity("p:1"), names.called("p:1"), hidden) if "p:" in text]


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


def test_names_read_from_evidence_mask_whoever_is_a_minor_by_it_and_so_do_cells_and_subgraphs(tmp_path: Path) -> None:
    tables = {
        "accounts": [
            {"account_id": "tom", "pseudonym": "tom"}, {"account_id": "tom_1996", "pseudonym": "tom_1996"},
            {"account_id": "lea1", "pseudonym": "lea"}, {"account_id": "lea2", "pseudonym": "lea", "declared_age": 40},
        ],
        "messages": [
            {"message_id": f"m{who}", "sender_id": who, "room_id": "hall", "sent_at": moment(1), "text": "i'm 14 yo"}
            for who in ("tom", "lea1")
        ],
        "rooms": [{"room_id": "hall", "name": "The hall"}],
    }
    case = case_of(tmp_path, tables)
    ids = tuple(f"town:{name}" for name in ("tom", "tom_1996", "lea1", "lea2"))
    with Lake(case) as lake:
        names = names_of(lake, (*ids, "town:hall"))
        cells = names_in_cells(lake, {"tom", "lea", "town:lea2", "a text"})
    assert names.minors == {"town:tom", "town:lea1"}
    assert [names.of(identity) for identity in ids[1::2]] == ["tom_1996", "lea"]
    assert names.of("town:hall") == "The hall"
    assert cells.written("tom") == cells.of("town:tom")
    assert cells.written("lea", beside={"town:lea2"}) == "lea"
    assert cells.written("lea", beside={"town:lea1"}) == cells.of("town:lea1")
    marked = with_minors(case, Subgraph.of([Node(identity, "Account") for identity in ids], []))
    assert names_in(marked).minors == names.minors


def test_masks_say_minor_in_the_language_of_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_SAID", [Said])
    names = Names(minors=frozenset({"p:kid", "p:x"}), likely=frozenset({"p:x"}))
    assert names.of("p:kid").startswith("minor ▪▪▪ ")
    assert names.of("p:x").startswith("likely minor ▪▪▪ ")
    french = Said("mineur", "mineur probable")
    model.call_minors(lambda: french)
    model.call_minors(lambda: french)
    assert names.of("p:x").startswith("mineur probable ▪▪▪ ")
    assert names.of("p:kid").startswith("mineur ▪▪▪ "), "names made before are masked in the language now"


def test_a_name_with_letters_of_another_script_is_told_but_for_a_masked_minor_s() -> None:
    names = Names({"p:a": "lea", "p:b": "le\N{CYRILLIC SMALL LETTER A}", "p:c": "l\N{CYRILLIC SMALL LETTER IE}a"},
                  frozenset({"p:c"}))
    assert disguised.disguise_notes(("p:a", "p:b", "p:c"), names, words("en")) == (
        "The name of “le\N{CYRILLIC SMALL LETTER A}” (p:b) is written with letters of another script: "
        "\N{CYRILLIC SMALL LETTER A} (Cyrillic).",
    )
    russian = Names({"p:a": "сора", "p:b": "copa"})
    assert not disguised.disguise_notes(("p:a",), russian, words("en"))
    assert "(Cyrillic)" in disguised.disguise_notes(("p:a", "p:b"), russian, words("en"))[0]
    assert told_apart(("p:a", "p:b"), names) == ["lea (a)", "le\N{CYRILLIC SMALL LETTER A} (b)"]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Two minors and an adult are called Bulle, one minor Indigo-9; of each an e-mail.  Read alone."""
    people = [
        {"account_id": "u15685", "pseudonym": "Bulle", "declared_age": 13},
        {"account_id": "u15686", "pseudonym": "bulle", "declared_age": 14},
        {"account_id": "u2", "pseudonym": "bulle", "declared_age": 41},
        {"account_id": "u90210", "pseudonym": "Indigo-9", "declared_age": 12},
        {"account_id": "brin-dille", "pseudonym": "Orge", "declared_age": 12},
        {"account_id": "774411", "pseudonym": "Seigle", "declared_age": 12},
    ]
    marks = [
        {"account_id": person["account_id"], "kind": kind, "value": f"{person['account_id']}{end}"}
        for person in people for kind, end in (("email", "@mail.example"), ("device", "-dev"))
    ]
    with Lake(case_of(tmp_path_factory.mktemp("town"), {"accounts": people, "identifiers": marks})) as lake:
        yield lake


@pytest.mark.parametrize("cell", ["Indigo-9", "INDIGO-9", "ｉｎｄｉｇｏ-9", "town:u90210", "TOWN:U90210", "u90210"])
def test_a_cell_is_known_for_a_minor_s_name_or_id_in_any_letters(town: Lake, cell: str) -> None:
    assert names_in_cells(town, {cell}).written(cell) == mask("town:u90210")


@pytest.mark.parametrize("cell", ["town:u90210x", "x-u90210", "seen: u90210, u2", "TOWN:U90210!"])
def test_an_id_inside_a_longer_text_withholds_it(town: Lake, cell: str) -> None:
    shown = names_in_cells(town, {cell}).written(cell)
    assert shown == f"(a text with the id of {mask('town:u90210')})"


@pytest.mark.parametrize(("cell", "account"), [
    ("seen Town:Brin-Dille, u2", "brin-dille"), ("(town:brin-dille)", "brin-dille"), ("see TOWN:774411!", "774411"),
])
def test_an_id_that_is_a_word_or_a_number_is_known_inside_a_longer_text_by_its_platform(
    town: Lake, cell: str, account: str
) -> None:
    assert names_in_cells(town, {cell}).written(cell) == f"(a text with the id of {mask(f'town:{account}')})"


@pytest.mark.parametrize("cell", [
    "town:brin-dilles", "midtown:brin-dille", "a brin-dille here", "town:7744112", "in all 774411 of",
    "u902101", "u9021", "bu90210", "bulles", "Indigo-9 and more",
])
def test_what_only_resembles_an_id_is_left(town: Lake, cell: str) -> None:
    assert names_in_cells(town, {cell}).written(cell) == cell


@pytest.mark.parametrize("cell", ["bulle", "BULLE", "Bulle"])
def test_a_name_that_several_bear_is_withheld_and_tells_none_of_them_unless_the_row_does(town: Lake, cell: str) -> None:
    names = names_in_cells(town, {cell, "town:u2", "town:u15685"})
    assert names.written(cell) == "(a name that a minor bears)"
    assert names.written(cell, beside={"town:u2"}) == cell
    assert names.written(cell, beside={"town:u15685"}) == mask("town:u15685")
    assert names.written(cell, beside={"town:u2", "town:u15685"}) == "(a name that a minor bears)"


def test_of_a_minor_s_e_mail_no_sign_is_left_until_the_mask_is_lifted(town: Lake) -> None:
    cells = {"u90210@mail.example", "email:u90210@mail.example", "u2@mail.example", "u90210-dev"}
    names = names_in_cells(town, cells)
    assert names.written("U90210@mail.example") == names.shortened("u90210@mail.example")
    assert names.written("u2@mail.example") == "u2@mail.example"
    beside = names.and_of(Names({"email:u90210@mail.example": "u90210@mail.example"}))
    for cell in ("u90210@mail.example", "email:u90210@mail.example"):
        assert "u90210" not in beside.written(cell, beside={"email:u90210@mail.example"})
    opened = replace(names, opened=frozenset({"town:u90210"}))
    assert opened.written("u90210@mail.example") == "u90210@mail.example"
    assert opened.written("Indigo-9") == "Indigo-9"


def test_a_mark_is_held_by_whom_either_knows() -> None:
    one, other = ({"email:x": frozenset({who})} for who in ("p:1", "p:2"))
    both = Names({"email:x": "x-mail"}, opened=frozenset({"p:1"}), held=one).and_of(Names(held=other))
    assert both.held == {"email:x": frozenset({"p:1", "p:2"})}
    assert both.of("email:x") == both.shortened("x-mail"), "one of two masks is lifted"


def test_names_that_others_know_too_are_put_together() -> None:
    one = Names({"p:1": "ann"}, frozenset({"p:1", "p:2"}), frozenset({"p:2"}), likely=frozenset({"p:1", "p:2"}))
    both = one.and_of(Names({"p:1": "other", "p:3": "cid"}, frozenset({"p:1", "p:3"}), likely=frozenset({"p:3"})))
    assert both.pseudonyms == {"p:1": "ann", "p:3": "cid"}
    assert (both.minors, both.opened) == ({"p:1", "p:2", "p:3"}, {"p:2"})
    assert both.likely == {"p:2", "p:3"}, "whom one of them knows for a minor is no likely one"
