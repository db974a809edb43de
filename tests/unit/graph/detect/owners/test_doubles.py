"""Owners: a register's two records of one person or company are named, and never merged."""

import json
from datetime import datetime

import pytest

from graph.detect.context import DetectionContext
from graph.detect.owners import OwnerParameters, find_owners
from tests.unit.graph.detect.relational_evidence import WrittenEvidence
from tests.unit.graph.detect.sentences import items, sentence

CODE = "records_of_the_same_party"


def person(number, name, born=None, address=None, **more):
    known = {"birth_date": born, "address": address, **more}
    return {"person": f"c:p{number}", "name": name,
            "attributes": json.dumps({key: value for key, value in known.items() if value})}


def company(number, name, day=None, address=None, jurisdiction="MT"):
    return {"company": f"c:c{number}", "name": name, "jurisdiction": jurisdiction,
            "incorporated_at": datetime.fromisoformat(day) if day else None,
            "attributes": json.dumps({"address": address} if address else {})}


PEOPLE = [person(100 + i, f"{first} {last}", f"19{40 + i}-0{1 + i % 9}-1{i % 9}", f"{i} {last} road")
          for i, (first, last) in enumerate((first, last) for first in ("Bea", "Carl", "Dina", "Egon", "Fay", "Gus")
                                            for last in ("Amsel", "Birke", "Cramer", "Dohle", "Esche", "Falke"))]
TRADES = (("Media", "MT"), ("Trade", "CY"), ("Works", "LU"), ("Lines", "IE"), ("Land", "MT"))
COMPANIES = [company(100 + i, f"{word} {trade}", f"20{10 + i % 8}-03-0{1 + i // 8}", f"{i} {word} Street", land)
             for i, (word, (trade, land)) in enumerate((word, trade) for word in (
                 "Amber", "Birch", "Cedar", "Dune", "Elm", "Fern", "Glade", "Heath") for trade in TRADES)]


def doubles(persons=(), companies=(), owners=((1, 0.6), (2, 0.4)), notes=None, **parameters):
    """The findings that name a double, by first member."""
    context = DetectionContext(WrittenEvidence(
        persons=[*persons, *PEOPLE], companies=[*companies, *COMPANIES, company(0, "Target", "2020-01-01")],
        operators=[{"company": "c:c0", "platform": "chat"}],
        ownerships=[{"owner": f"c:p{who}" if persons else f"c:c{who}", "owned": "c:c0", "share": share}
                    for who, share in owners],
    ))
    findings = find_owners(context, OwnerParameters(**parameters))
    if notes is not None:
        notes.extend(context.notes.get("owner", []))
    assert [(finding.members[0][3:], finding.reasons[0].observed) for finding in findings] == [
        (str(who), pytest.approx(share)) for who, share in owners
    ]
    return {finding.members[0]: finding for finding in findings if CODE in items(finding)}


ADA = person(1, "Ada Quist", "1964-04-02", "1 Quay, Valletta")


def test_two_records_of_one_person_are_named_with_their_shares_together():
    found = doubles([ADA, person(2, "QUIST Ada", "1964-04", "1 quay Valletta")])
    assert set(found) == {"c:p1", "c:p2"}
    item = items(found["c:p1"])[CODE]
    assert item.values["others"].ids == ("c:p2",)
    assert item.observed == pytest.approx(items(found["c:p2"])[CODE].observed)
    assert item.observed > 0.95
    assert set(item.values["agreeing"].value) == {"name", "born", "address"}
    assert item.values["together"].value == pytest.approx(100.0)
    assert "Nothing was merged" in sentence(found["c:p1"], CODE)
    assert "Rien n’a été fusionné" in sentence(found["c:p1"], CODE, "fr")


@pytest.mark.parametrize(
    "other",
    [
        person(2, "Ada Quist"),
        person(2, "Ada Quist", "1991-11-23", "1 Quay, Valletta"),
        person(2, "Ivo Quist", "1964-04-02", "1 Quay, Valletta"),
        person(2, "Nora Bell", "1964-04-02", "9 Hill, Mdina"),
        person(2, "Ada Quist", "1964-04-02", "1 Quay, Valletta", person_type="unknownPerson"),
    ],
    ids=["a name alone", "father and daughter of one name", "twins", "a birthday in common", "not identified"],
)
def test_look_alikes_are_not_named(other):
    assert doubles([ADA, other]) == {}


def test_companies_made_in_a_row_are_not_one_and_a_changed_legal_form_is():
    row = [company(i, f"Jonquille {i} Ltd", "2019-05-06", "1 Agent Row") for i in (1, 2, 3)]
    assert doubles(companies=row) == {}
    found = doubles(companies=[company(1, "Jonquille Ltd", "2019-05-06", "1 Agent Row"),
                            company(2, "JONQUILLE LIMITED", "2019-05-06", "1, agent row")])
    assert set(found) == {"c:c1", "c:c2"}
    assert "jurisdiction" in items(found["c:c1"])[CODE].values["agreeing"].value


def test_registers_too_large_to_compare_are_noted():
    notes = []
    assert doubles([ADA, person(2, "Ada Quist", "1964-04-02", "1 Quay, Valletta")], notes=notes, doubles_within=5) == {}
    assert any(note == "38 persons: records of the same one were not searched" for note in notes)


@pytest.mark.parametrize("wrong", [{"same_party": 0.4}, {"same_party": 1.0}, {"doubles_within": -1}])
def test_parameters_are_checked(wrong):
    with pytest.raises(ValueError):
        OwnerParameters(**wrong)
