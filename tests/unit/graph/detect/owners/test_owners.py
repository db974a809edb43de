"""Owners: integrated ownership against the power series, and findings on small registers with exact answers."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.detect.context import DetectionContext
from graph.detect.owners import OwnerParameters, find_owners
from graph.detect.owners.holdings import Holding
from graph.detect.owners.model import integrated_ownership, ownership_paths
from graph.detect.owners.stakes import ownership_at
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at
from tests.unit.graph.detect.sentences import items, sentence


def series(shares, company):
    """Brute force: the sum of the powers of the share matrix, entry by entry, for owners nobody owns."""
    names = sorted({name for pair in shares for name in pair} | {company})
    number = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for (owner, owned), share in shares.items():
        matrix[number[owner], number[owned]] = share
    total, power = np.zeros_like(matrix), np.eye(len(names))
    for _ in range(4000):
        power = power @ matrix
        total += power
    owned = {owned for _, owned in shares}
    return {name: total[number[name], number[company]] for name in names if name not in owned}


@st.composite
def registers(draw):
    """Six companies that may own each other in any way, and three persons; at most 95 % of a company is declared."""
    companies = [f"k{i}" for i in range(6)]
    persons = [f"p{i}" for i in range(3)]
    shares = {}
    for owned in companies:
        owners = draw(st.lists(st.sampled_from(companies + persons), max_size=4, unique=True))
        parts = [draw(st.integers(1, 30)) for _ in owners]
        for owner, part in zip(owners, parts, strict=True):
            shares[owner, owned] = 0.95 * part / max(30, sum(parts))
    return shares


@settings(max_examples=150, deadline=None)
@given(registers())
def test_integrated_shares_are_the_sum_of_the_power_series(shares):
    assume(shares)
    brute = {name: share for name, share in series(shares, "k0").items() if share > 0}
    found = {owner.members[0]: owner.share for owner in integrated_ownership(shares, "k0").owners if not owner.circle}
    assert found == pytest.approx(brute, abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(st.permutations(range(6)), st.data())
def test_without_circles_the_paths_add_up_to_the_integrated_share(order, data):
    shares = {}
    for i, owned in enumerate(order):
        for owner in order[:i]:
            if data.draw(st.booleans()):
                shares[f"k{owner}", f"k{owned}"] = data.draw(st.floats(0.05, 0.3))
    company = f"k{order[-1]}"
    for owner in integrated_ownership(shares, company).owners:
        paths = ownership_paths(shares, owner.members, company, limit=1000)
        assert paths.complete
        assert sum(path.product for path in paths.paths) == pytest.approx(owner.share)


def test_a_circle_never_owns_itself_and_its_turns_are_counted():
    shares = {("p", "a"): 0.6, ("b", "a"): 0.4, ("a", "b"): 0.4, ("q", "b"): 0.6}
    whole = integrated_ownership(shares, "a")
    assert {owner.members: owner.share for owner in whole.owners} == pytest.approx(
        {("p",): 0.6 / 0.84, ("q",): 0.24 / 0.84}
    )
    assert whole.circles == (("a", "b"),)


def test_a_closed_circle_is_reported_as_a_circle_without_a_person():
    whole = integrated_ownership({("a", "b"): 1.0, ("b", "a"): 1.0, ("a", "t"): 0.3, ("p", "t"): 0.7}, "t")
    assert [(owner.members, owner.share, owner.circle) for owner in whole.owners] == [
        (("p",), 0.7, False), (("a", "b"), pytest.approx(0.3), True)
    ]


def test_own_shares_of_a_company_fall_to_its_owners():
    whole = integrated_ownership({("p", "a"): 0.8, ("a", "a"): 0.2}, "a")
    assert [(owner.members, owner.share) for owner in whole.owners] == [(("p",), pytest.approx(1.0))]


def test_shares_that_do_not_converge_are_scaled_and_named():
    whole = integrated_ownership({("p", "a"): 0.9, ("b", "a"): 1.0, ("a", "b"): 1.0}, "b")
    assert whole.scaled == ("a",)
    assert [owner.share for owner in whole.owners] == [pytest.approx(1.0)]


def holding(owner, owned, share, *, kind="", since=None, until=None, record="r"):
    return Holding(owner, owned, kind, since, until, share, record)


def test_kinds_of_one_stake_do_not_add_up_and_parcels_do():
    rows = [
        holding("p", "a", 0.75, kind="shareholding"), holding("p", "a", 0.75, kind="votingRights"),
        holding("q", "a", 0.1, record="1"), holding("q", "a", 0.1, record="2"),
        holding("v", "a", 0.3, kind="votingRights"),
    ]
    state = ownership_at(rows, None)
    assert {pair: stake.share for pair, stake in state.stakes.items()} == pytest.approx(
        {("p", "a"): 0.75, ("q", "a"): 0.2, ("v", "a"): 0.3}
    )


def test_the_instant_decides_who_owns():
    rows = [holding("p", "a", 1.0, since=at(0), until=at(100)), holding("q", "a", 1.0, since=at(100))]
    assert set(ownership_at(rows, at(99)).stakes) == {("p", "a")}
    assert set(ownership_at(rows, at(100)).stakes) == {("q", "a")}
    assert not ownership_at(rows, at(-1)).stakes


def test_a_later_declaration_of_the_same_stake_replaces_the_earlier():
    rows = [holding("p", "a", 0.5, since=at(0)), holding("p", "a", 0.6, since=at(50))]
    assert ownership_at(rows, at(60)).stakes["p", "a"].share == 0.6


def test_a_missing_share_is_what_the_others_leave_and_is_marked():
    state = ownership_at([holding("p", "a", 0.4), holding("q", "a", None), holding("r", "a", None)], None)
    assert state.stakes["q", "a"].share == pytest.approx(0.3)
    assert state.stakes["q", "a"].estimated
    assert state.least() == {("p", "a"): 0.4, ("q", "a"): 0.0, ("r", "a"): 0.0}


def register(**tables):
    """The findings of a register in which c:t operates a platform, unless it says otherwise."""
    tables.setdefault("operators", [{"company": "c:t", "platform": "chat", "record_id": "o1"}])
    return find_owners(DetectionContext(WrittenEvidence(**tables)), OwnerParameters())


def test_an_owner_behind_two_chains_is_found_with_every_path():
    findings = register(
        companies=[{"company": f"c:{name}"} for name in "abt"], persons=[{"person": "c:p"}],
        ownerships=[
            {"owner": "c:p", "owned": "c:a", "share": 1.0, "record_id": "1"},
            {"owner": "c:p", "owned": "c:b", "share": 0.5, "record_id": "2"},
            {"owner": "c:a", "owned": "c:t", "share": 0.6, "record_id": "3"},
            {"owner": "c:b", "owned": "c:t", "share": 0.4, "record_id": "4"},
        ],
    )
    (finding,) = findings
    assert (finding.members, finding.targets, finding.tier) == (("c:p",), ("c:t",), "strong")
    share, paths = finding.reasons
    assert share.observed == pytest.approx(0.8)
    assert share.records == ("operators:o1", "ownerships:1", "ownerships:2", "ownerships:3", "ownerships:4")
    assert paths.observed == 2
    assert paths.values["largest"].value == ("c:p -1-> c:a -0.6-> c:t = 0.6", "c:p -0.5-> c:b -0.4-> c:t = 0.2")
    assert "the largest: c:p ―100%→ c:a ―60%→ c:t (60% in all); c:p ―50%→ c:b" in sentence(finding, "ownership_paths")
    assert "2 chains of 2 steps" in sentence(finding, "ownership_paths")
    assert [item.code for item in finding.counter_evidence] == [
        "platform_without_data", "start_not_recorded", "unknown_owners", "what_would_clear_it"
    ]


def test_a_company_at_the_top_is_no_natural_person_and_not_strong():
    (finding,) = register(
        companies=[{"company": "c:a"}, {"company": "c:t"}],
        ownerships=[{"owner": "c:a", "owned": "c:t", "share": 1.0}],
    )
    assert finding.tier == "moderate"
    assert "no_natural_person" in items(finding)


def test_shares_above_the_whole_and_nominees_are_flagged():
    (big, small) = sorted(register(
        persons=[{"person": "c:p"}, {"person": "c:q"}],
        ownerships=[
            {"owner": "c:p", "owned": "c:t", "share": 0.9, "kind": "nominee shareholding"},
            {"owner": "c:q", "owned": "c:t", "share": 0.3},
        ],
    ), key=lambda finding: -finding.score)
    assert {"shares_above_the_whole", "nominee"} <= set(items(big))
    assert "shares_above_the_whole" in items(small)
    assert (big.tier, small.tier) == ("moderate", "moderate")


def test_a_company_without_owners_is_noted_not_accused():
    context = DetectionContext(WrittenEvidence(operators=[{"company": "c:t", "platform": "chat"}]))
    assert find_owners(context, OwnerParameters()) == ()
    assert context.notes == {"owner": ["c:t has no recorded owner"]}


def test_no_register_gives_no_findings():
    assert register() == ()


@pytest.mark.parametrize(
    "given", [{"at": "yesterday"}, {"control_share": 0.0}, {"notable_share": 0.3}, {"many_holders": 1}]
)
def test_parameters_refuse_what_makes_no_sense(given):
    with pytest.raises(ValueError):
        OwnerParameters(**given)
