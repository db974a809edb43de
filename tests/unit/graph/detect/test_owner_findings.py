"""Findings of owners on registers: BODS fixtures, successive owners, linked companies, and what they say in words."""

import json

import pytest

from graph.detect.context import DetectionContext
from graph.detect.owners import OwnerParameters, find_owners
from graph.detect.run import detect
from ingest.batch import ingest
from ingest.lake import Lake
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at
from tests.unit.ingest.evidence_folder import case_in, write
from tests.unit.ingest.test_bods import REGISTER, held, shares, statement


def found_in(tmp_path, *sources, operators="", **parameters):
    paths = list(sources)
    if operators:
        paths.append(write(tmp_path / "source", "operators.csv", f"company_id,platform\n{operators},chat\n"))
    case = case_in(tmp_path)
    ingest(paths, case=case)
    with Lake(case) as lake:
        return detect(lake, ["owner"], parameters={"owner": parameters}).findings


def owners(findings):
    return [(f.members[0].partition(":")[2], f.tier, pytest.approx(f.reasons[0].observed)) for f in findings]


def evidence(**tables):
    return find_owners(DetectionContext(WrittenEvidence(**tables)), OwnerParameters())


def reason(finding, measure):
    return next(item for item in (*finding.reasons, *finding.counter_evidence) if item.measure == measure)


def measures(finding):
    return {item.measure for item in (*finding.reasons, *finding.counter_evidence)}


def test_direct_ownership_of_three_quarters_is_one_step(tmp_path):
    """BODS fixture 01: two interests of one relationship are not added."""
    person, company = statement("person", "jane", {"names": [{"fullName": "J. Example"}]}), statement("entity", "c", {})
    interests = (shares(75), {**shares(75), "type": "votingRights"})
    register = json.dumps([company, person, held("r", *interests, owner="jane")])
    path = write(tmp_path / "source", "register.json", register)
    (finding,) = found_in(tmp_path, path)
    assert owners([finding]) == [("jane", "strong", 0.75)]
    assert "1 path, depth 1:" in reason(finding, "ownership paths").detail


def test_the_sample_register_names_the_owners_behind_the_platform(tmp_path):
    findings = found_in(tmp_path, REGISTER, operators="harbour")
    assert owners(findings) == [
        ("ada", "strong", 0.3875), ("bo", "strong", 0.31), ("dora", "moderate", 0.2), ("hidden", "moderate", 0.0775)
    ]
    ada, _, dora, hidden = findings
    assert "between 37.5% and 40%" in ada.reasons[0].detail
    assert "entre 37,5\u00a0% et 40\u00a0%" in ada.reasons[0].detail_fr
    assert reason(dora, "nominees looked through").detail.count("harbour:clerk for harbour:dora") == 1
    assert "person not identified" in measures(hidden)
    assert reason(ada, "unknown owners").observed == pytest.approx(0.025)


def test_the_owner_on_a_day_is_who_held_then(tmp_path):
    assert owners(found_in(tmp_path, REGISTER, operators="harbour", at="2019-04-30")) == [("first", "strong", 1.0)]
    assert [who for who, _, _ in owners(found_in(tmp_path, REGISTER, operators="harbour", at="2019-05-01"))] == [
        "ada", "bo", "dora"
    ]


def test_successive_owners_are_told_in_order_with_their_dates(tmp_path):
    (finding, *_) = found_in(tmp_path, REGISTER, operators="harbour")
    changes = reason(finding, "successive owners")
    assert changes.observed == 3
    assert changes.detail == (
        "Owners of harbour:harbour over time: harbour:first 100% from 2015-01-01 until 2019-05-01; then harbour:ada "
        "46.5%, harbour:bo 31% from 2019-05-01 until 2021-03-01; then harbour:ada 38.75%, harbour:bo 31% from "
        "2021-03-01."
    )


def test_owner_and_company_are_called_by_their_names_and_what_does_not_print_is_escaped():
    (finding,) = evidence(
        persons=[{"person": "c:p", "name": "Ada {0} \u202e<b>"}], companies=[{"company": "c:t", "name": "Harbour SA"}],
        ownerships=[{"owner": "c:p", "owned": "c:t", "share": 1.0}],
    )
    assert finding.reasons[0].detail.startswith(r"Person c:p ('Ada {0} \u202e<b>') holds 100% of c:t ('Harbour SA'), ")
    assert finding.reasons[0].detail_fr.startswith("La personne c:p ('Ada {0} ")


def test_a_name_that_is_the_id_is_not_said_twice():
    (finding,) = evidence(
        persons=[{"person": "c:Ada", "name": "Ada"}], ownerships=[{"owner": "c:Ada", "owned": "c:t", "share": 1.0}],
    )
    assert finding.reasons[0].detail.startswith("Person c:Ada holds 100% of c:t, ")


def test_a_last_day_and_the_first_day_of_the_next_owner_leave_no_gap():
    (finding,) = evidence(persons=[{"person": "c:p"}, {"person": "c:q"}], ownerships=[
        {"owner": "c:p", "owned": "c:t", "share": 1.0, "to": at(30 * 86400)},
        {"owner": "c:q", "owned": "c:t", "share": 1.0, "from": at(31 * 86400)},
    ])
    assert reason(finding, "successive owners").detail == (
        "Owners of c:t over time: c:p 100% until 2024-02-01; then c:q 100% from 2024-02-01."
    )


def test_an_earlier_declaration_without_an_end_is_told_where_a_later_one_replaces_it():
    (finding,) = evidence(persons=[{"person": "c:p"}], ownerships=[
        {"owner": "c:p", "owned": "c:t", "share": 0.3},
        {"owner": "c:p", "owned": "c:t", "share": 0.25, "from": at(0)},
    ])
    assert finding.reasons[0].observed == pytest.approx(0.25)
    earlier = reason(finding, "earlier declarations")
    assert earlier.observed == 1
    assert "further parcels" in earlier.detail
    assert "supplémentaires" in earlier.detail_fr


def test_companies_are_linked_by_rare_addresses_and_directors_not_by_common_ones(tmp_path):
    (finding, *_) = found_in(tmp_path, REGISTER, operators="harbour")
    links = reason(finding, "shared addresses and directors")
    assert links.observed == pytest.approx(2 * 2.4594, abs=1e-3)  # two values that 2 of 11 companies have
    assert "harbour:skiff 4.9 bits" in links.detail
    assert "mail-1" not in links.detail
    assert reason(finding, "common addresses and directors").observed == 6
    assert all(record.split(":")[0] in {"companies", "ownerships"} for record in links.records)


def test_the_address_of_a_formation_agent_links_nobody():
    """60 of 10,000 companies are a rare value by bits, but one among many."""
    agent = [{"company": f"c:{i}", "attributes": '{"address": "1 Agent Road"}'} for i in range(60)]
    others = [{"company": f"c:{i}"} for i in range(60, 10_000)]
    (finding,) = evidence(
        companies=agent + others, persons=[{"person": "c:p"}], operators=[{"company": "c:0", "platform": "chat"}],
        ownerships=[{"owner": "c:p", "owned": "c:0", "share": 1.0}],
    )
    assert "shared addresses and directors" not in measures(finding)
    assert reason(finding, "common addresses and directors").observed == 60


def test_a_whole_register_without_an_operator_is_not_told_company_by_company():
    context = DetectionContext(WrittenEvidence(
        ownerships=[{"owner": f"c:p{i}", "owned": f"c:t{i}", "share": 1.0} for i in range(5)],
    ))
    found = find_owners(context, OwnerParameters(most_companies=2))
    assert [finding.targets for finding in found] == [("c:t0",), ("c:t1",)]
    assert context.notes["owner"][0].startswith("5 companies own nothing further; the first 2 by id")


def test_a_nominee_nobody_answers_for_is_a_doubt_and_one_who_is_answered_for_is_none():
    def told(*rows):
        return evidence(persons=[{"person": "c:n"}, {"person": "c:b"}], ownerships=[
            {"owner": "c:n", "owned": "c:t", "share": 1.0, "kind": "nominee"}, *rows,
        ])

    (alone,) = told()
    (behind,) = told({"owner": "c:b", "owned": "c:t", "kind": "nominator"})
    assert (alone.members, alone.tier, "nominee" in measures(alone)) == (("c:n",), "moderate", True)
    assert (behind.members, behind.tier, "nominee" in measures(behind)) == (("c:b",), "strong", False)
    assert "nominees looked through" in measures(behind)


def test_every_sentence_is_there_in_french_and_none_accuses(tmp_path):
    for finding in found_in(tmp_path, REGISTER, operators="harbour"):
        said = [*finding.reasons, *finding.counter_evidence]
        assert all(item.detail_fr and item.detail_fr != item.detail for item in said)
        assert not any(word in item.detail_fr.lower() for item in said for word in ("coupable", "criminel", "vous "))
        assert said[-1].measure == "what would clear it"


def test_a_company_that_lost_its_owner_is_noted_with_the_last_one():
    context = DetectionContext(WrittenEvidence(
        operators=[{"company": "c:t", "platform": "chat"}], persons=[{"person": "c:p"}],
        ownerships=[{"owner": "c:p", "owned": "c:t", "share": 1.0, "to": at(10)}],
    ))
    assert find_owners(context, OwnerParameters()) == ()
    assert context.notes["owner"] == [
        "c:t has no recorded owner at 2024-01-01T00:00:10Z; the last were c:p until 2024-01-01T00:00:10Z"
    ]


def test_what_the_register_states_of_a_chain_is_compared_with_it():
    def told(percent):
        (finding,) = evidence(
            persons=[{"person": "c:p"}],
            ownerships=[
                {"owner": "c:p", "owned": "c:a", "kind": "unknownInterest"},
                {"owner": "c:a", "owned": "c:t", "share": 0.6},
                {"owner": "c:p", "owned": "c:t", "share": percent, "kind": "shareholding",
                 "attributes": '{"direct_or_indirect": "indirect"}'},
            ],
        )
        return finding

    fits, differs = told(0.3), told(0.9)
    assert (fits.tier, fits.reasons[0].observed) == ("strong", pytest.approx(0.3))
    assert reason(fits, "declared indirect share").expected == pytest.approx(0.6)
    assert (differs.tier, differs.reasons[0].observed) == ("moderate", pytest.approx(0.6))
    assert reason(differs, "declared indirect share differs").observed == pytest.approx(0.9)


def test_a_range_that_may_lie_below_control_is_not_strong():
    (finding,) = evidence(
        persons=[{"person": "c:p"}],
        ownerships=[{"owner": "c:p", "owned": "c:t", "attributes": '{"share_min": 0.1, "share_max": 0.9}'}],
    )
    assert (finding.tier, finding.reasons[0].observed) == ("moderate", pytest.approx(0.5))
    assert reason(finding, "shares known as ranges").expected == pytest.approx(0.1)


def test_directors_are_named_where_the_chain_ends_in_a_company():
    (finding,) = evidence(
        companies=[{"company": "c:a"}, {"company": "c:t"}], persons=[{"person": "c:d"}],
        ownerships=[
            {"owner": "c:a", "owned": "c:t", "share": 1.0}, {"owner": "c:d", "owned": "c:a", "kind": "director"},
        ],
    )
    assert finding.members == ("c:a",)
    assert "c:d (1)" in reason(finding, "directors where the chain ends").detail


def test_the_score_orders_as_the_tiers_do():
    findings = evidence(
        persons=[{"person": "c:p"}],
        ownerships=[{"owner": "c:p", "owned": "c:t", "share": 0.3}, {"owner": "c:firm", "owned": "c:t", "share": 0.7}],
    )
    scores = {finding.tier: finding.score for finding in findings}
    assert scores["strong"] > scores["moderate"]


def test_the_same_findings_whatever_the_order_of_rows(tmp_path):
    rows = [
        {"owner": "c:p", "owned": "c:a", "share": 0.6, "record_id": "1", "from": at(0)},
        {"owner": "c:q", "owned": "c:a", "share": None, "record_id": "2"},
        {"owner": "c:a", "owned": "c:t", "share": 0.5, "record_id": "3"},
        {"owner": "c:t", "owned": "c:a", "share": 0.1, "record_id": "4"},
    ]
    people = [{"person": "c:p"}, {"person": "c:q"}]
    assert evidence(persons=people, ownerships=rows) == evidence(persons=people[::-1], ownerships=rows[::-1])


def test_a_company_with_own_shares_is_no_circle_of_companies(tmp_path):
    stakes = "ada,holding,0.6\nholding,holding,0.1\nholding,site,1\nlone,lone,0.2\nlone,site2,1\n"
    ownerships = write(tmp_path / "source", "ownerships.csv", f"owner_id,owned_id,share\n{stakes}")
    companies = write(tmp_path / "source", "companies.csv", "company_id\nholding\nsite\nlone\nsite2\n")
    persons = write(tmp_path / "source", "persons.csv", "person_id\nada\n")
    operators = write(tmp_path / "source", "operators.csv", "company_id,platform\nsite,chat\nsite2,talk\n")
    found = found_in(tmp_path, ownerships, companies, persons, operators)
    assert owners(found) == [("ada", "strong", 0.6 / 0.9), ("lone", "moderate", 1.0)]
    ada, lone = found
    assert "Companies that hold shares in themselves stand between: harbour:holding." in reason(ada, "circles").detail
    assert lone.reasons[0].detail.startswith("Company harbour:lone, which holds shares in itself")
    assert "it ends in a company that holds its own shares" in reason(lone, "no natural person").detail
