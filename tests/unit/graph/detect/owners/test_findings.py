"""Findings of owners on registers: BODS fixtures, successive owners, linked companies, and what they say in words."""

import json

import pytest

from graph.detect.context import DetectionContext
from graph.detect.owners import OwnerParameters, find_owners
from graph.detect.run import detect
from ingest.batch import ingest
from ingest.lake import Lake
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at
from tests.unit.graph.detect.sentences import items, sentence, sentences
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


PERSONS = [{"person": f"c:{name}"} for name in "opqrs"]


def owners(findings):
    return [(f.members[0].partition(":")[2], f.tier, pytest.approx(f.reasons[0].observed)) for f in findings]


def evidence(**tables):
    """The findings of a register in which c:t operates a platform, unless it says otherwise."""
    tables.setdefault("operators", [{"company": "c:t", "platform": "chat"}])
    return find_owners(DetectionContext(WrittenEvidence(**tables)), OwnerParameters())


def test_direct_ownership_of_three_quarters_is_one_step(tmp_path):
    """BODS fixture 01: two interests of one relationship are not added."""
    person, company = statement("person", "jane", {"names": [{"fullName": "J. Example"}]}), statement("entity", "c", {})
    interests = (shares(75), {**shares(75), "type": "votingRights"})
    register = json.dumps([company, person, held("r", *interests, owner="jane")])
    path = write(tmp_path / "source", "register.json", register)
    (finding,) = found_in(tmp_path, path, operators="c")
    assert owners([finding]) == [("jane", "strong", 0.75)]
    assert sentence(finding, "ownership_paths").startswith("1 chain of 1 step: ")


def test_the_sample_register_names_the_owners_behind_the_platform(tmp_path):
    findings = found_in(tmp_path, REGISTER, operators="harbour")
    assert owners(findings) == [
        ("ada", "strong", 0.3875), ("bo", "strong", 0.31), ("dora", "moderate", 0.2), ("hidden", "moderate", 0.0775)
    ]
    ada, _, dora, hidden = findings
    assert "between 37.5% and 40%" in sentence(ada, "shares_known_as_ranges")
    assert "entre 37,5\u00a0% et 40\u00a0%" in sentence(ada, "shares_known_as_ranges", "fr")
    looked = items(dora)["nominees_and_nominators"].values
    assert (looked["nominees"].ids, looked["behind"].ids) == (("harbour:clerk",), ("harbour:dora",))
    assert "person_not_identified" in items(hidden)
    assert items(ada)["unknown_owners"].observed == pytest.approx(0.025)


def test_the_owner_on_a_day_is_who_held_then(tmp_path):
    assert owners(found_in(tmp_path, REGISTER, operators="harbour", at="2019-04-30")) == [("first", "strong", 1.0)]
    assert [who for who, _, _ in owners(found_in(tmp_path, REGISTER, operators="harbour", at="2019-05-01"))] == [
        "ada", "bo", "dora"
    ]


def test_successive_owners_are_named_in_order_with_their_dates(tmp_path):
    (finding, *_) = found_in(tmp_path, REGISTER, operators="harbour")
    changes = items(finding)["successive_owners"]
    assert changes.observed == 3
    assert "3 periods; in order, up to the last: 1 Jan 2015 to" in sentence(finding, "successive_owners")
    assert changes.values["owners"].ids == ("harbour:first", "harbour:ada", "harbour:bo")
    assert changes.values["last"].value == (
        "2015-01-01/2019-05-01: harbour:first 1", "2019-05-01/2021-03-01: harbour:ada 0.465, harbour:bo 0.31",
        "2021-03-01/..: harbour:ada 0.3875, harbour:bo 0.31",
    )


def own(owner, owned, share, since=None, until=None):
    return {"owner": f"c:{owner}", "owned": f"c:{owned}", "share": share, "from": since, "to": until}


def test_a_chain_begins_when_its_last_step_does(tmp_path):
    rows = [
        own("a", "m", 1.0, at(0)), own("m", "t", 0.6, at(500)), own("b", "t", 0.4),
        own("x", "t", 1.0, at(0), at(500)),
    ]
    found = {finding.members: finding for finding in evidence(ownerships=rows)}
    assert found[("c:a",)].first_at == f"{at(500).isoformat()}Z"  # x had it all before
    assert found[("c:b",)].first_at is None


@pytest.mark.parametrize(("seconds", "told"), [
    (0, "state of the whole register: 1 Jan 2024)"), (3 * 3600, "state of the whole register: 1 Jan 2024, 03:00 UTC)"),
])
def test_a_day_of_the_register_has_no_time_of_day(seconds, told):
    (finding,) = evidence(ownerships=[own("p", "t", 1.0, at(seconds))])
    assert told in sentence(finding, "integrated_share")


def test_a_holding_has_an_end_only_where_the_register_records_one():
    held, former = own("p", "t", 0.9, at(500)), own("x", "t", 1.0, at(0), at(500))
    (still,) = evidence(ownerships=[held, former])
    assert (still.first_at, still.last_at) == (f"{at(500).isoformat()}Z", None)
    (last,) = evidence(ownerships=[former], messages=[{"sender": "c:a", "room": "c:r", "sent_at": at(10**6)}])
    assert (last.first_at, last.last_at) == (f"{at(0).isoformat()}Z", f"{at(500).isoformat()}Z")


def test_who_holds_still_beneath_an_owner_recorded_later_took_part_in_no_change():
    above = [own("a", "m", 0.94, at(500)), own("m", "t", 0.75)]
    (beneath,) = evidence(ownerships=above)
    assert "successive_owners" not in items(beneath)
    sold = evidence(ownerships=[
        own("a", "m", 0.94, at(500)), own("m", "t", 0.75, at(0), at(500)), own("m", "t", 0.1, at(500)),
        own("q", "t", 0.65, at(500)),
    ])
    assert all("successive_owners" in items(finding) for finding in sold)
    assert not any("ontrol" in sentence(finding, "successive_owners") for finding in sold)


def test_what_comes_round_a_circle_is_told_beside_the_chains():
    found = {finding.members: finding for finding in evidence(ownerships=[
        own("p", "a", 0.5), own("b", "a", 0.4), own("a", "b", 0.5), own("a", "t", 0.6), own("q", "t", 0.4),
    ])}
    (p, q) = (found[f"c:{name}",] for name in "pq")
    assert sentence(p, "ownership_paths") == (
        "1 chain of 2 steps: c:p ―50%→ c:a ―60%→ c:t (30% in all). Circles of ownership that the way touches, "
        "in which companies own each other or themselves: c:a and c:b; what comes round through them adds 7.5%: "
        "37.5% through all chains and circles. "
        "No jurisdiction of its companies is recorded."
    )
    assert p.reasons[0].observed == pytest.approx(0.375)
    assert "themselves: none. " in sentence(q, "ownership_paths")


@pytest.mark.parametrize(("places", "told"), [
    ({"t": "FR", "a": "FR"}, "Jurisdiction of its companies: “FR”."),
    ({"t": "FR", "a": "MT"}, "Jurisdictions on the way: “FR” and “MT”."),
    ({"t": "", "a": ""}, "No jurisdiction of its companies is recorded."),
    ({"t": "", "a": "FR", "b": "MT"}, "Jurisdictions of their companies, no more than one on a chain: “FR” and “MT”."),
    ({"t": "FR", "a": "FR", "b": "MT"}, "Most jurisdictions on one chain: “FR” and “MT”."),
])
def test_one_jurisdiction_is_no_crossing(places, told):
    stakes = [stake for name in places if name != "t" for stake in (own("p", name, 1.0), own(name, "t", 0.5))]
    (finding,) = evidence(
        persons=PERSONS, ownerships=stakes,
        companies=[{"company": f"c:{name}", "jurisdiction": place} for name, place in places.items()],
    )
    assert sentence(finding, "ownership_paths").endswith(told)


def test_where_nobody_ever_had_control_no_owners_in_turn_are_told():
    small = [own(f"p{n}", "t", 0.1 - n / 1000, at(100 * n)) for n in range(9)]
    found = evidence(ownerships=small)
    assert [(finding.tier, finding.members) for finding in found if finding.tier != "weak"] == [("moderate", ("c:p0",))]
    assert not any("successive_owners" in items(finding) for finding in found)
    tied = evidence(ownerships=[own("p", "t", 0.14), own("q", "m", 0.2), own("m", "t", 0.7), own("r", "m", 0.1)])
    assert {finding.members: finding.tier for finding in tied} == {
        ("c:p",): "moderate", ("c:q",): "moderate", ("c:r",): "weak"  # 0.14 and 0.7 of 0.2
    }
    told = evidence(ownerships=[*small[:5], own("q", "t", 0.4, at(250), at(400)), own("r", "t", 0.4, at(400))])
    assert all("successive_owners" in items(finding) for finding in told)


def test_beside_the_unknown_part_stands_who_holds_the_rest():
    found = evidence(persons=PERSONS, ownerships=[
        {**own("p", "t", 0.5), "record_id": "1"}, {**own("q", "t", 0.2), "record_id": "2"},
    ])
    for finding in found:
        said = items(finding)["unknown_owners"]
        assert said.records == ("ownerships:1", "ownerships:2")
        assert sentence(finding, "unknown_owners") == (
            "30% of c:t has no recorded ultimate owner. The rest as far as it is recorded, through all chains: "
            "c:p 50%, c:q 20%."
        )
        french = sentence(finding, "unknown_owners", "fr")
        assert french.endswith("par toutes les chaînes\u00a0: c:p 50\u00a0%, c:q 20\u00a0%.")
        assert {"c:p", "c:q"} <= set(said.ids), "named, so masked and led to"
    (most, *_) = evidence(persons=[{"person": f"c:o{i}"} for i in range(14)], ownerships=[
        own(f"o{i}", "t", 0.06) for i in range(14)
    ])
    assert sentence(most, "unknown_owners").endswith("c:o7 6%, and 2 more.")


def test_where_shares_above_the_whole_are_scaled_the_rest_is_told_as_scaled():
    """80 and 60 % of a holding that owns half: 40 and 30 % were told beside 50 % without an owner."""
    (first, _) = evidence(persons=PERSONS, ownerships=[own("p", "h", 0.8), own("q", "h", 0.6), own("h", "t", 0.5)])
    assert sentence(first, "unknown_owners") == (
        "50% of c:t has no recorded ultimate owner. The rest as far as it is recorded, through all chains: "
        "c:p 28.6%, c:q 21.4%."
    )


def test_stakes_without_a_beginning_and_platforms_without_data_are_said():
    rows = [{**own("p", "a", 1.0, at(0)), "record_id": "1"}, {**own("a", "t", 0.9), "record_id": "2"}]
    (finding,) = evidence(persons=PERSONS, ownerships=rows)
    assert items(finding)["start_not_recorded"].records == ("ownerships:2",)
    assert sentence(finding, "start_not_recorded").startswith("1 stake on the way has, in whole or in part, no ")
    assert sentence(finding, "platform_without_data") == (
        "This case has no records from “chat”: of what happens there it knows nothing but that c:t operates it."
    )
    dated = [own("p", "a", 1.0, at(0)), own("a", "t", 0.9, at(0))]
    (known,) = evidence(persons=PERSONS, ownerships=dated, accounts=[{"account": "c:x", "platform": "chat"}])
    assert not {"start_not_recorded", "platform_without_data"} & set(items(known))


def test_a_stake_of_which_a_part_has_no_beginning_is_no_dated_one():
    """Shares and equity add up: 30 % since a day, 40 % since nobody knows when."""
    dated, undated = own("p", "t", 0.3, at(0)), own("p", "t", 0.4)
    rows = [{**dated, "kind": "shareholding", "record_id": "1"}, {**undated, "kind": "equity", "record_id": "2"}]
    (finding,) = evidence(persons=PERSONS, ownerships=rows)
    assert owners([finding]) == [("p", "strong", 0.7)]
    assert items(finding)["start_not_recorded"].records == ("ownerships:2",)
    votes = {**undated, "kind": "votingRights", "record_id": "2"}  # which do not count beside shares
    (finding,) = evidence(persons=PERSONS, ownerships=[rows[0], votes])
    assert "start_not_recorded" not in items(finding)


def test_who_joins_or_holds_beside_takes_nobodys_place():
    beside = evidence(ownerships=[own("p", "t", 0.1, at(0)), own("q", "t", 0.9, at(500))])
    joined = evidence(ownerships=[own("p", "t", 0.75, at(0)), own("q", "t", 0.25, at(500))])
    assert not any("successive_owners" in items(finding) for finding in (*beside, *joined))


def test_an_end_beyond_all_that_has_passed_is_still_to_come():
    rows = [own("p", "t", 0.9, at(500), at(10**9)), own("q", "t", 0.1, at(0))]
    found = {finding.members: finding for finding in evidence(ownerships=rows, persons=PERSONS)}
    assert (found["c:p",].tier, found["c:p",].last_at) == ("strong", None)
    assert items(found["c:p",])["end_to_come"].values["end"].value.startswith("2055-09-09")
    assert not {"successive_owners", "unknown_owners"} & set(items(found["c:p",]))
    assert found["c:q",].tier == "weak"


def test_an_end_before_the_last_message_has_passed():
    rows = [own("p", "t", 0.9, at(500), at(10**6)), own("q", "t", 0.1, at(0))]
    (left,) = evidence(ownerships=rows, messages=[{"sender": "c:a", "room": "c:r", "sent_at": at(10**6)}])
    assert (left.members, left.last_at) == (("c:q",), None)


def test_a_platform_that_lost_its_owner_names_the_last_one_below_strong():
    rows = [own("p", "t", 1.0, at(0), at(500)), own("q", "t", 1.0, at(500), at(10**6))]
    (last,) = evidence(
        ownerships=rows, persons=PERSONS, messages=[{"sender": "c:a", "room": "c:r", "sent_at": at(10**7)}]
    )
    assert (last.members, last.tier, last.last_at) == (("c:q",), "moderate", f"{at(10**6).isoformat()}Z")
    assert sentence(last, "last_integrated_share").startswith("c:q held 100% of c:t, through all chains")
    assert sentence(last, "last_integrated_share", "fr").startswith("c:q détenait 100\u00a0% de c:t")
    assert "no_owner_since" in items(last)


def test_small_holders_beside_an_owner_are_the_register_unless_they_hide():
    places = {"t": "FR", "a": "CY", "b": "VG", "m": "CY", "n": "VG"}
    found = {finding.members[0][2:]: finding.tier for finding in evidence(
        persons=PERSONS, companies=[{"company": f"c:{name}", "jurisdiction": place} for name, place in places.items()],
        ownerships=[
            own("a", "t", 0.7), own("b", "a", 1.0), own("p", "b", 0.9), own("q", "b", 0.1),  # the largest's chain
            own("m", "t", 0.12), own("n", "m", 1.0), own("r", "n", 1.0),  # behind a chain of its own
            own("s", "t", 0.06), {**own("o", "t", 0.06), "kind": "nominee shareholding"},
        ],
    )}
    assert found == {"p": "strong", "q": "weak", "r": "moderate", "s": "weak", "o": "moderate"}


def test_shares_above_the_whole_fill_no_gap_elsewhere():
    found = evidence(persons=PERSONS, ownerships=[
        own("a", "t", 1.0), own("b", "a", 0.9), own("p", "b", 1.0), own("q", "b", 0.1),
    ])
    assert [items(finding)["unknown_owners"].observed for finding in found] == [pytest.approx(0.1)] * 2


def test_owner_and_company_are_values_and_their_names_are_the_renderers():
    (finding,) = evidence(
        persons=[{"person": "c:p", "name": "Ada {0} \u202e<b>"}], companies=[{"company": "c:t", "name": "Harbour SA"}],
        ownerships=[{"owner": "c:p", "owned": "c:t", "share": 1.0}],
    )
    assert finding.reasons[0].ids == ("c:p", "c:t")
    assert sentence(finding, "integrated_share").startswith("c:p holds 100% of c:t, through all chains")


def test_a_last_day_and_the_first_day_of_the_next_owner_leave_no_gap():
    (finding,) = evidence(persons=[{"person": "c:p"}, {"person": "c:q"}], ownerships=[
        {"owner": "c:p", "owned": "c:t", "share": 1.0, "to": at(30 * 86400)},
        {"owner": "c:q", "owned": "c:t", "share": 1.0, "from": at(31 * 86400)},
    ])
    assert items(finding)["successive_owners"].values["last"].value == ("../2024-02-01: c:p 1", "2024-02-01/..: c:q 1")


def test_an_earlier_declaration_without_an_end_is_told_where_a_later_one_replaces_it():
    (finding,) = evidence(persons=[{"person": "c:p"}], ownerships=[
        {"owner": "c:p", "owned": "c:t", "share": 0.3},
        {"owner": "c:p", "owned": "c:t", "share": 0.25, "from": at(0)},
    ])
    assert finding.reasons[0].observed == pytest.approx(0.25)
    assert items(finding)["earlier_declarations"].observed == 1
    assert "further parcel" in sentence(finding, "earlier_declarations")
    assert "supplémentaire" in sentence(finding, "earlier_declarations", "fr")


def test_companies_are_linked_by_rare_addresses_and_directors_not_by_common_ones(tmp_path):
    (finding, *_) = found_in(tmp_path, REGISTER, operators="harbour")
    links = items(finding)["shared_addresses_and_directors"]
    assert links.observed == pytest.approx((2 / 11) ** 2)  # two values that 2 of 11 companies have
    assert links.values["linked"].ids == ("harbour:skiff",)
    assert items(finding)["common_addresses_and_directors"].observed == 6
    assert all(record.split(":")[0] in {"companies", "ownerships"} for record in links.records)


def test_the_address_of_a_formation_agent_links_nobody():
    """60 of 10,000 companies are a rare value by bits, but one among many."""
    agent = [{"company": f"c:{i}", "attributes": '{"address": "1 Agent Road"}'} for i in range(60)]
    others = [{"company": f"c:{i}"} for i in range(60, 10_000)]
    (finding,) = evidence(
        companies=agent + others, persons=[{"person": "c:p"}], operators=[{"company": "c:0", "platform": "chat"}],
        ownerships=[{"owner": "c:p", "owned": "c:0", "share": 1.0}],
    )
    assert "shared_addresses_and_directors" not in items(finding)
    assert items(finding)["common_addresses_and_directors"].observed == 60


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
    assert (alone.members, alone.tier, "nominee" in items(alone)) == (("c:n",), "moderate", True)
    assert (behind.members, behind.tier, "nominee" in items(behind)) == (("c:b",), "strong", False)
    assert sentence(behind, "nominees_and_nominators").startswith(
        "The register records c:n as a nominee, and c:b as a nominator, of the same company or arrangement; no row "
    )


def test_for_whom_a_nominee_holds_is_stated_only_where_a_row_states_it():
    """Kinds of two rows on one company were told as a statement of the register."""
    nick = {"owner": "c:n", "owned": "c:t", "share": 0.6, "kind": "nominee"}
    (stated,) = evidence(persons=[{"person": "c:n"}, {"person": "c:b"}], ownerships=[
        {**nick, "attributes": json.dumps({"nominee_for": "b"})},
    ])
    (kinds,) = evidence(persons=[{"person": "c:n"}, {"person": "c:b"}], ownerships=[
        nick, {"owner": "c:b", "owned": "c:t", "share": 0.6, "kind": "nominator"},
    ])
    assert (stated.members, kinds.members) == (("c:b",), ("c:b",))
    assert sentence(stated, "nominees_looked_through").startswith("The register states that c:n holds for c:b.")
    assert "nominees_looked_through" not in items(kinds)
    assert len(items(kinds)["nominees_and_nominators"].records) == 2


def test_every_sentence_is_there_in_both_languages_and_none_accuses(tmp_path):
    for finding in found_in(tmp_path, REGISTER, operators="harbour"):
        said = sentences(finding)
        assert len(set(said)) == len(said)
        assert not any(word in text.lower() for text in said for word in ("coupable", "criminel", "vous ", "guilt"))
        assert finding.counter_evidence[-1].code == "what_would_clear_it"
        assert len(finding.reasons) <= 5


def test_a_company_of_whose_owners_only_an_end_is_known_names_the_last_one():
    (last,) = evidence(
        persons=PERSONS, ownerships=[{"owner": "c:p", "owned": "c:t", "share": 1.0, "to": at(10)}]
    )
    assert (last.members, last.first_at, last.last_at) == (("c:p",), None, "2024-01-01T00:00:10Z")


def test_a_company_without_any_owner_is_noted():
    context = DetectionContext(WrittenEvidence(operators=[{"company": "c:t", "platform": "chat"}]))
    assert find_owners(context, OwnerParameters()) == ()
    assert context.notes["owner"] == ["c:t has no recorded owner"]


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
    assert items(fits)["declared_indirect_share"].expected == pytest.approx(0.6)
    assert (differs.tier, differs.reasons[0].observed) == ("moderate", pytest.approx(0.6))
    assert items(differs)["declared_indirect_share_differs"].observed == pytest.approx(0.9)


def test_a_range_that_may_lie_below_control_is_not_strong():
    (finding,) = evidence(
        persons=[{"person": "c:p"}],
        ownerships=[{"owner": "c:p", "owned": "c:t", "attributes": '{"share_min": 0.1, "share_max": 0.9}'}],
    )
    assert (finding.tier, finding.reasons[0].observed) == ("moderate", pytest.approx(0.5))
    assert items(finding)["shares_known_as_ranges"].expected == pytest.approx(0.1)


def test_directors_are_named_where_the_chain_ends_in_a_company():
    (finding,) = evidence(
        companies=[{"company": "c:a"}, {"company": "c:t"}], persons=[{"person": "c:d"}],
        ownerships=[
            {"owner": "c:a", "owned": "c:t", "share": 1.0}, {"owner": "c:d", "owned": "c:a", "kind": "director"},
        ],
    )
    assert finding.members == ("c:a",)
    assert items(finding)["no_natural_person"].values["directors"].ids == ("c:d",)


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
    assert items(ada)["ownership_paths"].values["circles"].ids == ("harbour:holding",)
    assert sentence(lone, "integrated_share").startswith("harbour:lone, which holds shares in itself")
    assert "in a company that holds its own shares" in sentence(lone, "no_natural_person")


def register(count, jurisdiction=lambda place: "MT"):
    """So many companies that operate nothing, each held by a person, every third through a holding company."""
    companies, persons, ownerships = [], [], []
    for place in range(count):
        persons.append({"person": f"c:p{place}"})
        companies.append({"company": f"c:x{place}", "jurisdiction": jurisdiction(place)})
        above = f"c:x{place}"
        if place % 3 == 0:
            above = f"c:h{place}"
            companies.append({"company": above, "jurisdiction": jurisdiction(place + 1)})
            ownerships.append({"owner": above, "owned": f"c:x{place}", "share": 0.8})
        ownerships.append({"owner": f"c:p{place}", "owned": above, "share": 0.9})
    return {"companies": companies, "persons": persons, "ownerships": ownerships, "operators": []}


def with_rows(tables, **more):
    return {**tables, **{name: [*tables[name], *rows] for name, rows in more.items()}}


def test_a_register_of_harmless_companies_is_no_lead():
    findings = evidence(**register(120))
    assert len(findings) == 120
    assert {finding.tier for finding in findings} == {"weak"}
    assert all("entry_of_the_register" in items(finding) for finding in findings)
    shares = [finding.reasons[0].observed for finding in sorted(findings, key=lambda finding: finding.score)]
    assert shares == sorted(shares)


HIDDEN = {
    "circle": {"ownerships": [
        {"owner": "c:o1", "owned": "c:o2", "share": 1.0}, {"owner": "c:o2", "owned": "c:o1", "share": 1.0},
        {"owner": "c:o1", "owned": "c:odd", "share": 1.0},
    ]},
    "nominee": {"ownerships": [{"owner": "c:n", "owned": "c:odd", "share": 1.0, "kind": "nominee"}]},
    "jurisdictions": {
        "companies": [{"company": "c:odd", "jurisdiction": "MT"}, {"company": "c:o1", "jurisdiction": "CY"},
                      {"company": "c:o2", "jurisdiction": "VG"}],
        "ownerships": [{"owner": owner, "owned": owned, "share": 1.0}
                       for owner, owned in (("c:p1", "c:o2"), ("c:o2", "c:o1"), ("c:o1", "c:odd"))],
    },
    "holders": {"ownerships": [
        {"owner": f"c:p{i}", "owned": "c:odd", "share": 1.0, "from": at(i * 86400), "to": at((i + 1) * 86400)}
        for i in range(4)
    ] + [{"owner": "c:p9", "owned": "c:odd", "share": 1.0, "from": at(4 * 86400)}]},
}


@pytest.mark.parametrize("sign", HIDDEN)
def test_a_company_that_hides_its_owners_is_a_lead_though_it_operates_nothing(sign):
    findings = evidence(**with_rows(register(60), **HIDDEN[sign]))
    leads = [finding for finding in findings if finding.tier != "weak"]
    assert [(finding.targets, finding.tier) for finding in leads] == [(("c:odd",), "moderate")]
    assert items(leads[0])["operates_no_platform"].values["signs"].value == (sign,)


@pytest.mark.parametrize("rows", [
    [own(f"h{i + 1}", "odd" if i == 0 else f"h{i}", 1.0, at(i * 86400)) for i in range(5)],
    [own(f"p{i}", "odd", 0.25, at(i * 86400)) for i in range(4)],
], ids=["recorded above", "joining"])
def test_who_is_recorded_above_or_joins_is_no_owner_in_turn(rows):
    """It was a sign of hiding: each made the owners of note others than those before."""
    findings = evidence(**with_rows(register(60), ownerships=rows))
    assert {finding.tier for finding in findings} == {"weak"}


@pytest.mark.parametrize("operators", [[], [{"company": "c:x0", "platform": "chat"}]])
def test_what_is_customary_in_a_register_hides_nothing(operators):
    """Every third company is held through a circle: the register's way of doing it."""
    circles = [{"owner": f"c:x{place}", "owned": f"c:h{place}", "share": 0.05} for place in range(0, 60, 3)]
    findings = evidence(**{**with_rows(register(60), ownerships=circles), "operators": operators})
    assert {finding.tier for finding in findings if finding.targets != ("c:x0",)} <= {"weak"}
    assert {finding.tier for finding in findings if finding.targets == ("c:x0",)} == {
        "strong" if operators else "weak"
    }
