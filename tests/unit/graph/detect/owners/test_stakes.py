"""Shares of owners: ranges, missing ones, nominees, what a register states of chains, statements that change."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.detect.owners.holdings import Holding, folded, holding, without_gaps
from graph.detect.owners.model import integrated_ownership
from graph.detect.owners.stakes import ownership_at
from tests.unit.graph.detect.relational_evidence import at


def row(owner, owned, share=None, *, kind="shareholding", since=None, until=None, record="r", **more):
    return Holding(owner, owned, kind, since, until, share, record, **more)


def stakes(*rows):
    return ownership_at(rows, None).stakes


def shares(*rows):
    return {pair: stake.share for pair, stake in stakes(*rows).items()}


@st.composite
def acyclic(draw):
    """Companies k0 to k5, each owned only by later ones and by persons."""
    found = {}
    for i in range(6):
        above = [*(f"k{j}" for j in range(i + 1, 6)), "p", "q"]
        owners = draw(st.lists(st.sampled_from(above), max_size=4, unique=True))
        for owner in owners:
            found[owner, f"k{i}"] = draw(st.floats(0.01, 1.0)) / len(owners)
    return found


def by_paths(held, owner, company):
    """Brute force: the product of the shares along every chain, added up."""
    direct = [(name, share) for (name, owned), share in held.items() if owned == company]
    return sum(share * (1.0 if name == owner else by_paths(held, owner, name)) for name, share in direct)


@settings(max_examples=100, deadline=None)
@given(acyclic())
def test_without_circles_shares_are_those_of_all_chains_enumerated(held):
    owned = {name for _, name in held}
    found = {owner.members[0]: owner.share for owner in integrated_ownership(held, "k0").owners}
    tops = {name for pair in held for name in pair} - owned
    assert found == pytest.approx({n: s for n in tops if (s := by_paths(held, n, "k0")) > 0})


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 20)), min_size=1, max_size=14))
def test_with_circles_shares_are_those_of_the_inverse(edges):
    held = {(f"n{a}", f"n{b}"): share / 130 for a, b, share in edges}
    matrix = np.zeros((7, 7))
    for (owner, owned), share in held.items():
        matrix[int(owner[1]), int(owned[1])] = share
    inverse = np.linalg.inv(np.eye(7) - matrix)
    tops = {owner for owner, _ in held} - {owned for _, owned in held} - {"n0"}
    found = {o.members[0]: o.share for o in integrated_ownership(held, "n0").owners if not o.circle}
    expected = {name: inverse[int(name[1]), 0] for name in tops}
    assert found == pytest.approx({name: share for name, share in expected.items() if share > 0})


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_whatever_the_true_shares_are_they_lie_between_least_and_most(data):
    """Two layers of owners, each stake exact, a range around the truth, or not declared."""
    rows, true = [], {}
    for owned, owners in (("t", "abp"), ("a", "pq"), ("b", "qrt")):
        parts = [data.draw(st.integers(1, 30)) for _ in owners]
        for owner, part in zip(owners, parts, strict=True):
            share = true[owner, owned] = part / max(95, sum(parts))
            form = data.draw(st.sampled_from(["exact", "range", "missing"]))
            below, above = data.draw(st.floats(0, 1)), data.draw(st.floats(0, 1))
            low, high = (share * below, share + (1 - share) * above) if form == "range" else (None, None)
            rows.append(row(owner, owned, share if form == "exact" else None, low=low, high=high))
    state = ownership_at(rows, None)

    def held(shares):
        return {owner.members[0]: owner.share for owner in integrated_ownership(shares, "t").owners}

    least, truth, most = held(state.least()), held(true), held(state.most())
    for name, share in truth.items():
        assert least.get(name, 0.0) - 1e-9 <= share <= most[name] + 1e-9
    for stake in state.stakes.values():
        assert stake.low - 1e-9 <= stake.share <= stake.high + 1e-9


def test_a_range_is_narrowed_by_what_the_others_leave():
    found = stakes(row("p", "t", low=0.75, high=1.0), row("q", "t", 0.2))
    stake = found["p", "t"]
    assert (stake.low, stake.high, stake.share) == pytest.approx((0.75, 0.8, 0.775))
    assert not stake.estimated


def test_ranges_that_do_not_fit_together_in_the_middle_share_the_rest():
    found = shares(*(row(name, "t", low=0.25, high=0.5) for name in "abc"))
    assert list(found.values()) == pytest.approx([1 / 3] * 3)


def test_an_open_range_ends_at_the_whole():
    (stake,) = stakes(row("p", "t", low=0.25)).values()
    assert (stake.low, stake.high) == (0.25, 1.0)


def test_a_nominee_and_the_nominator_of_the_same_shares_are_one_holding():
    found = stakes(
        row("nominee", "t", 0.3, kind="nominee", record="1"), row("behind", "t", 0.3, kind="nominator", record="2"),
        row("p", "t", 0.7, record="3"),
    )
    assert {pair: stake.share for pair, stake in found.items()} == {("behind", "t"): 0.3, ("p", "t"): 0.7}
    behind = found["behind", "t"]
    assert (behind.declared.through, behind.declared.nominee) == (("nominee",), False)
    assert behind.records == ("ownerships:1", "ownerships:2")


def test_a_nominator_without_a_share_has_that_of_the_nominee():
    assert shares(
        row("n", "t", 0.4), row("n", "t", kind="nominee"), row("b", "t", kind="nominator"), row("p", "t", 0.6)
    ) == {("b", "t"): 0.4, ("p", "t"): 0.6}


def test_a_nominator_who_holds_indirectly_has_what_the_nominee_has():
    assert shares(
        row("n", "t", 1.0), row("n", "t", kind="nominee"), row("b", "t", kind="nominator", indirect=True)
    ) == {("b", "t"): 1.0}


def test_an_end_on_the_day_before_the_next_beginning_is_the_end_of_that_day():
    def day(number):
        return at(number * 86400)

    rows = [
        row("p", "t", 1.0, until=day(9), record="1"), row("q", "t", 0.5, since=day(10), until=day(20), record="2"),
        row("p", "t", 0.5, since=day(20), until=day(30), record="3"), row("q", "x", 1.0, until=day(9), record="4"),
        row("q", "t", 0.5, since=day(21), until=at(30 * 86400 + 1), record="5"), row("p", "t", since=day(31)),
    ]
    assert [found.until for found in without_gaps(rows)] == [
        day(10), day(20), day(31), day(9), at(30 * 86400 + 1), None,
    ]


def test_a_nomination_that_is_an_arrangement_belongs_to_its_nominator():
    ((pair, stake),) = stakes(row("n", "x", kind="nominee"), row("b", "x", kind="nominator")).items()
    assert (pair, stake.share, stake.estimated) == (("b", "x"), 1.0, False)


def test_what_nominees_hold_beyond_their_nominators_stays_with_them_marked():
    found = stakes(row("n", "t", 0.5, kind="nominee"), row("b", "t", 0.2, kind="nominator"))
    assert {pair: stake.share for pair, stake in found.items()} == pytest.approx({("n", "t"): 0.3, ("b", "t"): 0.2})
    assert found["n", "t"].declared.nominee


def test_a_nominee_who_names_the_nominator_holds_nothing():
    found = stakes(row("n", "t", 0.5, holds_for="b"), row("b", "t", 0.1))
    assert {pair: stake.share for pair, stake in found.items()} == pytest.approx({("b", "t"): 0.6})
    assert found["b", "t"].declared.through == ("n",)


def test_an_unknown_nominator_leaves_the_nominee_with_a_mark():
    assert stakes(row("n", "t", 1.0, kind="nominee"))["n", "t"].declared.nominee


def test_a_seat_on_the_board_is_no_stake():
    assert shares(row("d", "t", kind="boardMember"), row("m", "t", kind="senior-managing-official"),
                  row("p", "t", kind="appointmentOfBoard")) == {("p", "t"): 1.0}
    assert shares(row("d", "t", 0.5, kind="director and shareholder")) == {("d", "t"): 0.5}


def test_what_is_stated_of_a_chain_is_no_further_stake():
    rows = [row("p", "a", kind="unknownInterest"), row("a", "t", 0.6), row("p", "t", 0.3, indirect=True, record="9")]
    state = ownership_at(rows, None)
    assert set(state.stakes) == {("p", "a"), ("a", "t")}
    assert state.claims == {("p", "t"): (0.3, 0.3, ("ownerships:9",))}


def test_what_is_stated_of_a_chain_that_is_not_there_stands_for_it():
    assert shares(row("p", "t", 0.3, indirect=True), row("a", "t", 0.6)) == {("p", "t"): 0.3, ("a", "t"): 0.6}


def test_a_party_that_is_not_named_counts_only_with_its_share():
    assert shares(row("x", "t", withheld="unknown"), row("y", "t", 0.2, withheld="unknown")) == {("y", "t"): 0.2}


def told(stated, share, **more):
    return row("p", "t", share, declared="rec", stated=stated, record=stated, **more)


def test_a_later_statement_in_another_ingest_ends_the_earlier():
    later, earlier = sorted(folded([told("2018-01-01", 0.6), told("2020-01-01", 0.5)]), key=lambda row: row.share)
    assert (earlier.share, earlier.until, earlier.superseded) == (0.6, datetime(2020, 1, 1), True)  # noqa: DTZ001
    assert (later.share, later.since, later.until) == (0.5, datetime(2020, 1, 1), None)  # noqa: DTZ001


def test_a_statement_repeated_in_another_ingest_is_one_holding():
    (kept,) = folded([told("2018-01-01", 0.6, since=at(0)), told("2020-01-01", 0.6, since=at(0), until=at(50))])
    assert (kept.record, kept.until) == ("2020-01-01", at(50))


def test_a_later_ingest_that_closes_a_record_ends_it():
    earlier, closing = told("2018-01-01", 0.6), told("2020-01-01", 0.6, until=datetime(2019, 5, 1))  # noqa: DTZ001
    assert folded([earlier, closing]) == [closing]


def test_attributes_that_are_no_register_say_nothing():
    plain = holding(("p", "t", None, None, None, 0.5, "1", '["odd"]'), prefix="c:")
    odd = holding(
        ("p", "t", None, None, None, None, "1",
         '{"share_min": "nan", "share_max": 7, "nominee_for": ["x"], "record": 3, "unspecified": "x"}'),
        prefix="c:",
    )
    assert (plain.interval, odd.interval) == ((0.5, 0.5), None)
    assert (odd.holds_for, odd.declared, odd.withheld) == ("", "", "")
    assert holding(("p", "t", "", None, None, 1.0, "1", '{"nominee_for": "x"}'), prefix="c:").holds_for == "c:x"
    for hostile in ("[" * 100_000, '{"share_min": 1' + "0" * 400 + "}", '{"share_max": NaN}'):
        assert holding(("p", "t", "", None, None, None, "1", hostile), prefix="c:").interval is None
