"""Two of one name are told apart wherever a report names them, minors by their labels."""

from pathlib import Path

from graph.detect.wordings import LANGUAGES
from ingest.lake import Lake
from tests.unit.graph.search.cases import CASE, case_of, named
from workbench.language import words
from workbench.report.parts.drawn import _beside_an_axis
from workbench.report.people import People, people_of
from workbench.views.models.names import Names

NAMES = Names({"p:u11101": "violette-xeno-of-the-harbour", "p:u2": "violette-xeno-of-the-harb\u043eur", "p:u3": "oak",
               "p:u4": "oak"}, frozenset({"p:u4"}))


def test_beside_an_axis_the_name_gives_way_and_the_id_stands_whole() -> None:
    people = People(NAMES, words("en"))
    first, second = (_beside_an_axis(one, people) for one in ("p:u11101", "p:u2"))
    assert first.endswith(" (u11101)")
    assert second.endswith(" (u2)")
    assert max(len(first), len(second)) <= 28
    assert _beside_an_axis("p:u3", people) == "oak", "a minor of that name is another label"


def test_a_name_that_others_of_the_case_have_stands_with_its_id(tmp_path: Path) -> None:
    """Whoever looks for it among the accounts finds several; a minor's is told by nobody's id."""
    people = named("hugo", "Hugo", "lapin", "lapin", "zephyr")
    people[3] |= {"declared_age": "13"}
    case = case_of(tmp_path, {"accounts": people})
    with Lake(case) as lake:
        found = people_of(lake, [f"{CASE}:a{place}" for place in (0, 2, 4)], [], words("en"))
    assert [found.apart(f"{CASE}:a{place}") for place in (0, 2, 4)] == [f"hugo ({CASE}:a0)", "lapin", "zephyr"]


def test_a_minor_has_its_label_alone() -> None:
    for language in LANGUAGES:
        people = People(NAMES, words(language))
        assert people.apart("p:u4") == people.of("p:u4") == _beside_an_axis("p:u4", people)
        assert "oak" not in people.apart("p:u4")


def test_minors_stand_last_by_their_labels_and_a_role_is_told_of_others_alone(tmp_path: Path) -> None:
    """A label between ids in order told the id; a greeter stood among the people of a lead as anybody does."""
    listed = named("hugo", "lapin", "zephyr", "wren", "oak")
    for place in (1, 3):
        listed[place] |= {"declared_age": "13", "role": "moderator"}
    listed[2] |= {"role": "helpline"}
    listed[4] |= {"role": "member"}
    with Lake(case_of(tmp_path, {"accounts": listed})) as lake:
        people = people_of(lake, [f"{CASE}:a{place}" for place in range(5)], [], words("fr"))
    found = people.listed(f"{CASE}:a{place}" for place in range(5))
    assert found[:3] == [f"{CASE}:a{place}" for place in (0, 2, 4)]
    labels = sorted(people.identity(f"{CASE}:a{place}") for place in (1, 3))
    assert [people.identity(one) for one in found[3:]] == labels
    assert [people.role(f"{CASE}:a{place}") for place in range(5)] == ["", "", "ligne d’écoute", "", ""]


def test_an_age_is_what_was_known_by_the_lead_s_end_or_said_to_be_of_later(tmp_path: Path) -> None:
    """What told the age last was told as if it had been known when the account was written to."""
    said = [("a0", "01T10", 13), ("a0", "09T10", 14), ("a1", "09T11", 13)]
    messages = [
        {"message_id": f"m{place}", "sender_id": who, "recipient_id": "a2", "sent_at": f"2024-03-{at}:00:00Z",
         "text": f"i am {age} years old"} for place, (who, at, age) in enumerate(said)
    ]
    with Lake(case_of(tmp_path, {"accounts": named("hugo", "lapin", "zephyr"), "messages": messages})) as lake:
        people = people_of(lake, [f"{CASE}:a{place}" for place in range(3)], [], words("en"))
    until, stated = "2024-03-02T00:00:00.000Z", "minor (age stated in its own messages"
    told = {who: (people.age(f"{CASE}:{who}", until=until), people.age_from(f"{CASE}:{who}", until=until))
            for who in ("a0", "a1", "a2")}
    assert told["a0"][0] == f"{stated})"
    assert told["a1"][0] == f"{stated}, after the lead’s period)"
    assert [told["a0"][1].rpartition(":")[2], told["a1"][1].rpartition(":")[2]] == ["1", "3"]
    assert told["a2"] == ("age unknown", "–")
    assert people.age_from(f"{CASE}:a0").rpartition(":")[2] == "2", "where no lead is told of, the last"
