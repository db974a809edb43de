"""Owners: a register's two records of one person or company are told, weighed, and never merged."""

import json
from datetime import datetime

import pytest

from graph.detect.context import DetectionContext
from graph.detect.owners import OwnerParameters, find_owners
from tests.unit.graph.detect.relational_evidence import WrittenEvidence

MEASURE = "records of the same party"


def person(number, name, born=None, address=None, **more):
    told = {"birth_date": born, "address": address, **more}
    return {"person": f"c:p{number}", "name": name,
            "attributes": json.dumps({key: value for key, value in told.items() if value})}


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


def told(persons=(), companies=(), owners=((1, 0.6), (2, 0.4)), notes=None, **parameters):
    """The reasons of this measure, by first member of their finding."""
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
    return {finding.members[0]: reason for finding in findings for reason in finding.reasons
            if reason.measure == MEASURE}


ADA = person(1, "Ada Quist", "1964-04-02", "1 Quay, Valletta")


def test_two_records_of_one_person_are_told_with_their_shares_together():
    found = told([ADA, person(2, "QUIST Ada", "1964-04", "1 quay Valletta")])
    assert set(found) == {"c:p1", "c:p2"}
    reason = found["c:p1"]
    assert reason.records == ("persons:p00001",)
    assert reason.observed == pytest.approx(found["c:p2"].observed)
    assert reason.observed > 4.2  # 0.95
    assert "c:p2 as c:p1" in reason.detail
    assert "born same as far as told" in reason.detail
    assert "an ultimate owner here too: together 100%" in reason.detail
    assert "Nothing was merged" in reason.detail
    assert "ensemble 100\u00a0%" in reason.detail_fr
    assert "naissance identique autant que dit" in reason.detail_fr


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
def test_look_alikes_are_not_told(other):
    assert told([ADA, other]) == {}


def test_companies_made_in_a_row_are_not_one_and_a_changed_legal_form_is():
    row = [company(i, f"Jonquille {i} Ltd", "2019-05-06", "1 Agent Row") for i in (1, 2, 3)]
    assert told(companies=row) == {}
    found = told(companies=[company(1, "Jonquille Ltd", "2019-05-06", "1 Agent Row"),
                            company(2, "JONQUILLE LIMITED", "2019-05-06", "1, agent row")])
    assert set(found) == {"c:c1", "c:c2"}
    assert "jurisdiction same" in found["c:c1"].detail


def test_registers_too_large_to_compare_are_noted():
    notes = []
    assert told([ADA, person(2, "Ada Quist", "1964-04-02", "1 Quay, Valletta")], notes=notes, doubles_within=5) == {}
    assert any(note == "38 persons: records of the same one were not searched" for note in notes)


@pytest.mark.parametrize("wrong", [{"same_party": 0.4}, {"same_party": 1.0}, {"doubles_within": -1}])
def test_parameters_are_checked(wrong):
    with pytest.raises(ValueError):
        OwnerParameters(**wrong)
