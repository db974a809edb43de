"""What is found first?  Exact names before beginnings, look-alikes and substrings, however written."""

from pathlib import Path

import pytest

from graph.search import SearchInvalid, find
from tests.unit.graph.detect.small_platform import moment
from tests.unit.graph.search.cases import CASE, all_of, index_of, lines, named, told

OTHERS = [f"{word}lea" for word in ("azu", "ga", "tre", "ma", "pe")] + [f"lea{number}" for number in range(16)]


def test_what_is_called_exactly_so_comes_first_of_all_that_hold_it(tmp_path: Path) -> None:
    names = [*OTHERS[:9], "lea", "Lea", "lea", *OTHERS[9:], "lea", "LEA"]
    with index_of(tmp_path, {"accounts": named(*names), "messages": lines(a0=9, a10=5, a11=3)}) as index:
        hits = all_of(index, "lea")
    called = [f"{CASE}:a{number}" for number, name in enumerate(names) if name.lower() == "lea"]
    assert len(hits) == 26
    assert {identity for match, identity in hits if match == "exact"} == set(called)
    assert [match for match, _ in hits] == ["exact"] * 5 + ["prefix"] * 16 + ["within"] * 5
    assert hits[:3] == [("exact", f"{CASE}:a11"), ("exact", f"{CASE}:a24"), ("exact", f"{CASE}:a9")], "in these letters"
    assert hits[3] == ("exact", f"{CASE}:a10"), "the more active first among the rest"


def test_a_label_keeps_the_others_out_of_hits_and_total(tmp_path: Path) -> None:
    tables = {
        "accounts": named("lea", "leander"), "rooms": [{"room_id": "r", "name": "lea"}],
        "companies": [{"company_id": "c", "name": "Lea SARL"}], "persons": [{"person_id": "p", "name": "Lea Roi"}],
    }
    with index_of(tmp_path, tables) as index:
        assert len(all_of(index, "lea")) == 5
        assert all_of(index, "lea", labels=["Room"]) == [("exact", f"{CASE}:r")]
        assert all_of(index, "lea", labels=["Person", "Company"]) == [
            ("prefix", f"{CASE}:p"), ("prefix", f"{CASE}:c"),
        ]
        assert all_of(index, f"{CASE}:a", labels=["Identifier"]) == []
        with pytest.raises(SearchInvalid, match="Report"):
            find(index, "lea", labels=["Report"])


@pytest.fixture(scope="module")
def identifiers(tmp_path_factory: pytest.TempPathFactory):
    tables = {
        "accounts": [{"account_id": "pb", "pseudonym": "plume.basile1996", "declared_age": 15},
                     {"account_id": "sl", "pseudonym": "soleil_lilou51"}, {"account_id": "zz", "pseudonym": "zoe"}],
        "identifiers": [
            {"account_id": "pb", "kind": "email", "value": "Plume.Basile@Courriel.example"},
            {"account_id": "sl", "kind": "phone", "value": "+33 6 12 34 56 78"},
            {"account_id": "zz", "kind": "phone", "value": "0033 7 00 11 22 33"},
            {"account_id": "zz", "kind": "payment", "value": "FR76 3000 6000 0112"},
        ],
        "sessions": [
            {"account_id": "pb", "started_at": moment(1), "ip": "87.30.120.177", "device_id": "4F:2A:9c-dev"},
            {"account_id": "sl", "started_at": moment(2), "ip": "87.30.120.177"},
            {"account_id": "zz", "started_at": moment(3), "ip": "2001:DB8:1:2:0:0:0:1"},
        ],
        "messages": lines(sl=2),
    }
    with index_of(tmp_path_factory.mktemp("identifiers"), tables) as index:
        yield index


@pytest.mark.parametrize(("text", "wanted"), [
    ("87.30.120.177", ["ip:87.30.120.177", "town:sl", "town:pb"]),
    ("87.30.120.177:50123", ["ip:87.30.120.177", "town:sl", "town:pb"]),
    ("ip:87.30.120.177", ["ip:87.30.120.177", "town:sl", "town:pb"]),
    ("[2001:db8:1:2::1]", ["ip:2001:DB8:1:2:0:0:0:1", "town:zz"]),
    ("plume.basile@courriel.example", ["email:Plume.Basile@Courriel.example", "town:pb"]),
    ("<Plume.Basile@Courriel.example>,", ["email:Plume.Basile@Courriel.example", "town:pb"]),
    ("mailto:plume.basile@courriel.example", ["email:Plume.Basile@Courriel.example", "town:pb"]),
    ("+33612345678", ["phone:+33 6 12 34 56 78", "town:sl"]),
    ("06 12 34 56 78", ["phone:+33 6 12 34 56 78", "town:sl"]),
    ("06.12.34.56.78", ["phone:+33 6 12 34 56 78", "town:sl"]),
    ("+33 (0)6 12 34 56 78", ["phone:+33 6 12 34 56 78", "town:sl"]),
    ("0033612345678", ["phone:+33 6 12 34 56 78", "town:sl"]),
    ("(07) 00-11-22-33", ["phone:0033 7 00 11 22 33", "town:zz"]),
    ("fr76-3000-6000-0112", ["payment:FR76 3000 6000 0112", "town:zz"]),
    ("4f2a9cdev", ["device:4F:2A:9c-dev", "town:pb"]),
    ("plume.basile1996", ["town:pb"]),
    ("town:pb", ["town:pb"]),
    ("pb", ["town:pb"]),
])
def test_an_identifier_is_found_however_it_is_written_and_leads_to_its_accounts(identifiers, text, wanted) -> None:
    hits = told(find(identifiers, text))
    assert [identity for match, identity in hits if match == "exact"] == wanted


def test_another_number_with_the_same_end_is_not_the_same_phone(identifiers) -> None:
    for text in ("+49612345678", "12345678", "+33612345679"):
        assert [hit for hit in find(identifiers, text).hits if hit.match == "exact"] == [], text


def test_accounts_of_an_identifier_say_by_which_and_can_be_asked_for_alone(identifiers) -> None:
    hits = find(identifiers, "87.30.120.177", labels=["Account"])
    assert [hit.id for hit in hits.hits] == ["town:sl", "town:pb"]
    assert {hit.via for hit in hits.hits} == {"ip:87.30.120.177"}
    assert hits.hits[1].about == "declared age 15 · 0 messages · 2024-03-01 · found by ip:87.30.120.177"


@pytest.mark.parametrize(("text", "match", "first"), [
    ("lilou51", "within", "town:sl"),
    ("plume.basil1996", "lookalike", "town:pb"),
    ("plume.bazile1996", "lookalike", "town:pb"),
    ("plume.baisle1996", "lookalike", "town:pb"),
    ("plume.bassile1996", "lookalike", "town:pb"),
    ("plnme.basile1996", "lookalike", "town:pb"),
    ("Plume_Basi1e_l996", "lookalike", "town:pb"),
    ("so1eil_1il0u51", "lookalike", "town:sl"),
    ("zoé", "lookalike", "town:zz"),
    ("plume", "prefix", "town:pb"),
    ("87.30.", "prefix", "ip:87.30.120.177"),
    ("town:p", "prefix", "town:pb"),
    ("2001:db8:1:2::9", "lookalike", "ip:2001:DB8:1:2:0:0:0:1"),
])
def test_beginnings_look_alikes_wrong_letters_and_substrings(identifiers, text, match, first) -> None:
    assert told(find(identifiers, text))[0] == (match, first)


def test_words_are_found_in_any_order_after_the_text_as_it_stands(tmp_path: Path) -> None:
    tables = {"persons": [{"person_id": "1", "name": "Dupont Marie"}, {"person_id": "2", "name": "Anne Marie Dupont"}]}
    with index_of(tmp_path, tables) as index:
        assert all_of(index, "marie dupont") == [("within", f"{CASE}:2"), ("within", f"{CASE}:1")]


def test_a_misspelt_word_of_a_name_is_found_where_nothing_else_is(tmp_path: Path) -> None:
    tables = {"persons": [{"person_id": "p", "name": "Viktor Almqvist"}, {"person_id": "q", "name": "Anna Holm"}],
              "companies": [{"company_id": "c", "name": "Palmera Trust SA"}]}
    with index_of(tmp_path, tables) as index:
        for text in ("Almquist", "almqist", "Almqvista", "alqvist", "Viktro", "almquist viktor"):
            assert all_of(index, text) == [("lookalike", f"{CASE}:p")], text
        for text in ("palmera trusd", "sa palmira"):
            assert all_of(index, text) == [("lookalike", f"{CASE}:c")], text
        for text in ("holn", "almqvist anne", "Almkuist", "palmera trst"):
            assert all_of(index, text) == [], f"{text}: short words as they stand, one letter a word"
        assert all_of(index, "Almquist", labels=["Company"]) == []


def test_an_earlier_pseudonym_and_an_alias_lead_to_the_account(tmp_path: Path) -> None:
    first = {"accounts": named("orage")}
    second = {"accounts": named("brume"), "identifiers": [{"account_id": "a0", "kind": "alias", "value": "grele"}]}
    with index_of(tmp_path, first, second) as index:
        for text, name in (("orage", "orage"), ("GRELE", "grele")):
            hit = next(hit for hit in find(index, text).hits if hit.label == "Account")
            assert (hit.id, hit.name, hit.match, hit.via) == (f"{CASE}:a0", "brume", "exact", f"the name {name}")
        assert find(index, "brume").hits[0].via is None


def test_platforms_keep_their_ids_apart(tmp_path: Path) -> None:
    tables = {"accounts": [
        {"account_id": "7", "platform": "quai", "pseudonym": "ada"},
        {"account_id": "7", "platform": "port", "pseudonym": "eve"},
        {"account_id": "71", "platform": "port", "pseudonym": "ada"},
    ]}
    with index_of(tmp_path, tables) as index:
        assert all_of(index, "7") == [("exact", "port:7"), ("exact", "quai:7"), ("prefix", "port:71")]
        assert all_of(index, "PORT:7") == [("exact", "port:7"), ("prefix", "port:71")]
        assert {hit.platform for hit in find(index, "ada").hits} == {"quai", "port"}
        assert all_of(index, "quai:") == [("prefix", "quai:7")]


def test_the_telling_line_has_age_messages_and_days(tmp_path: Path) -> None:
    tables = {
        "accounts": [{"account_id": "m", "pseudonym": "mod", "role": "moderator"}],
        "rooms": [{"room_id": "hall", "name": "The hall", "kind": "public"}], "messages": lines(m=30),
        "persons": [{"person_id": "p", "name": "A. Keel"}],
        "companies": [{"company_id": "c", "name": "Quay Ltd", "jurisdiction": "FR"}],
        "ownerships": [{"owner_id": "p", "owned_id": "c", "share": 0.5}],
    }
    with index_of(tmp_path, tables) as index:
        about = {text: find(index, text).hits[0].about for text in ("mod", "The hall", "Quay Ltd", "A. Keel")}
    assert about == {
        "mod": "moderator · age unknown · 30 messages · 2024-03-01 to 2024-03-02",
        "The hall": "public · 30 messages · 2024-03-01 to 2024-03-02",
        "Quay Ltd": "FR · 1 ownership", "A. Keel": "1 ownership",
    }


def test_those_that_only_other_tables_mention_are_found_too(tmp_path: Path) -> None:
    tables = {
        "messages": [{"sender_id": "s", "recipient_id": "receiver", "sent_at": moment(1)}],
        "reports": [{"reported_id": "accused", "reporter_id": "accuser"}],
        "ownerships": [{"owner_id": "holder", "owned_id": "held", "share": 1.0}],
    }
    with index_of(tmp_path, tables) as index:
        for text, label in {"s": "Account", "receiver": "Account", "accused": "Account", "accuser": "Account",
                            "holder": "Company", "held": "Company"}.items():
            hit = find(index, text).hits[0]
            assert (hit.match, hit.label, hit.id, hit.name) == ("exact", label, f"{CASE}:{text}", text)


def test_a_short_text_says_that_it_is_looked_for_at_beginnings_only(tmp_path: Path) -> None:
    with index_of(tmp_path, {"accounts": named("lea", "azulea")}) as index:
        found = find(index, "le")
        assert (told(found), "beginning" in found.note) == ([("prefix", f"{CASE}:a0")], True)
        assert find(index, "lea").note == ""


def test_an_empty_case_holds_nothing(tmp_path: Path) -> None:
    with index_of(tmp_path) as index:
        assert (find(index, "lea").hits, find(index, "lea").total) == ((), 0)


@pytest.mark.parametrize(("text", "options"), [
    ("", {}), ("  \n", {}), ("\x00", {}), ("a" * 1_001, {}), ("lea", {"limit": -1}), ("lea", {"offset": -1}),
])
def test_what_cannot_be_searched_is_said(identifiers, text, options) -> None:
    with pytest.raises(SearchInvalid):
        find(identifiers, text, **options)
