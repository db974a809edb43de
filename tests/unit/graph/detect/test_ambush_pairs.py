"""Ambush: the kernel against brute force, the null, and the pairs beyond chance."""

import gzip
from collections import Counter
from itertools import combinations, product
from math import comb, exp, floor, log, prod

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from graph.detect.ambush import co_targeting
from graph.detect.ambush.chance import (
    Activity,
    CoHits,
    Null,
    group_q,
    merged_days,
    surprising_pairs,
    weighed_tail,
)
from graph.detect.ambush.cotargeting import WEIGHT_UNIT, co_hits, crowds
from graph.detect.ambush.weighing import minor_bits
from graph.detect.statistics import benjamini_hochberg
from tests.real_data import real_data
from tests.unit.graph.detect.relational_evidence import at


def events(rows, **more):
    columns = {
        "actor": pa.array([row[0] for row in rows], pa.string()),
        "target": pa.array([row[1] for row in rows], pa.string()),
        "at": pa.array([at(row[2]) for row in rows], pa.timestamp("us")),
    }
    return ibis.memtable(pa.table({**columns, **more}))


def placed_events(rows, window_s):
    """Events with the crowd around them and a stratum named for the actor, as ``co_hits`` takes them."""
    table = events(rows, stratum=pa.array([f"of {row[0]}" for row in rows], pa.string()))
    return crowds(table, [window_s]).rename(crowd=f"crowd_{window_s}")


def brute_force(rows, window_s):
    """Every pair of events of two actors on one target at most window_s apart, counted by pair and target."""
    counts = Counter()
    first = {}
    for (x, t, x_at), (y, u, y_at) in combinations(rows, 2):
        if x != y and t == u and abs(x_at - y_at) <= window_s:
            (a, a_at), (b, b_at) = sorted([(x, x_at), (y, y_at)])
            counts[a, b, t] += 1
            old = first.get((a, b, t), (a_at, b_at))
            first[a, b, t] = (min(old[0], a_at), min(old[1], b_at))
    return {key: (at(first[key][0]), at(first[key][1]), n) for key, n in counts.items()}


event_lists = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz"), st.integers(-400, 400).map(lambda q: q / 4)),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(event_lists, st.integers(1, 90))
def test_co_targeting_is_the_brute_force(rows, window_s):
    found = co_targeting(events(rows), window_s).to_pyarrow().to_pylist()
    assert {
        (row["a"], row["b"], row["target"]): (row["a_at"], row["b_at"], row["co_events"]) for row in found
    } == brute_force(rows, window_s)


@settings(max_examples=30, deadline=None)
@given(event_lists, st.integers(1, 90))
def test_the_crowd_counts_all_events_on_the_target_within_the_window_by_whole_seconds(rows, window_s):
    widths = (window_s, 3 * window_s)
    found = crowds(events(rows), widths).to_pyarrow().to_pylist()
    for width in widths:
        counted = Counter((row["actor"], row["target"], row["at"], row[f"crowd_{width}"]) for row in found)
        assert counted == Counter(
            (actor, target, at(second), sum(t == target and abs(floor(second) - floor(s)) <= width for _, t, s in rows))
            for actor, target, second in rows
        )


@settings(max_examples=30, deadline=None)
@given(event_lists, st.integers(1, 90))
def test_co_hits_of_first_contacts_are_the_pairs_of_co_targeting(rows, window_s):
    firsts = [(actor, target, min(s for a, t, s in rows if (a, t) == (actor, target)))
              for actor, target in sorted({row[:2] for row in rows})]
    placed = placed_events(firsts, window_s)
    found = co_hits(placed, window_s, full_crowd=99, max_crowd=99).to_pyarrow().to_pylist()
    assert Counter((row["a"], row["b"], row["target"]) for row in found) == Counter(
        list(brute_force(firsts, window_s))
    )
    earlier = {(a, b, t): (a if met[0] <= met[1] else b) for (a, b, t), met in brute_force(firsts, window_s).items()}
    assert all(row["stratum"] == f"of {earlier[row['a'], row['b'], row['target']]}" for row in found)


def test_the_window_includes_its_end_and_repeats_of_one_actor_are_no_pair():
    rows = [("a", "t", 0), ("a", "t", 1), ("b", "t", 60), ("c", "t", 60.000001)]
    found = {(r["a"], r["b"]): r["co_events"] for r in co_targeting(events(rows), 60).to_pyarrow().to_pylist()}
    assert found == {("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}


def test_a_window_below_a_second_is_refused():
    with pytest.raises(ValueError):
        co_targeting(events([]), 0)


def test_a_crowd_weighs_a_co_hit_down_and_a_popular_target_falls_out():
    rows = [(f"a{i}", "busy", i) for i in range(6)] + [(f"a{i}", "quiet", i) for i in range(2)]
    rows += [(f"a{i:02d}", "popular", i) for i in range(20)]
    hits = co_hits(placed_events(rows, 60), 60, full_crowd=3, max_crowd=10).to_pyarrow().to_pylist()
    weights = {row["target"]: row["weight"] for row in hits}
    assert weights == {"busy": WEIGHT_UNIT // 2, "quiet": WEIGHT_UNIT}


@pytest.mark.parametrize(("window_s", "edges"), [(10, 1092), (60, 6206), (600, 57421)])
def test_retweets_give_the_published_edges(window_s, edges):
    with gzip.open(real_data("coordinated-retweets.csv.gz")) as stream:
        rows = pyarrow.csv.read_csv(stream)
    instants = rows["timestamp_share"].cast(pa.timestamp("s")).cast(pa.timestamp("us"))
    table = ibis.memtable(pa.table({"actor": rows["account_id"], "target": rows["object_id"], "at": instants}))
    pairs = co_targeting(table, window_s).select("a", "b").distinct()
    assert pairs.count().to_pyarrow().as_py() == edges


@settings(max_examples=60, deadline=None)
@given(st.floats(0.001, 20), st.integers(1, 40))
def test_the_tail_bounds_the_poisson_tail_more_tightly_than_chernoff(expected, observed):
    bound = weighed_tail(observed, expected)
    assert bound >= stats.poisson.sf(observed - 1, expected) * (1 - 1e-9)
    if observed > expected:
        assert bound <= exp(observed - expected - observed * log(observed / expected)) * (1 + 1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0.05, 1), st.floats(0.01, 0.6)), min_size=1, max_size=9), st.floats(0.1, 9))
def test_the_tail_holds_for_weighed_sums(terms, observed):
    """Against the exact distribution of a sum of independent terms: a weight with some chance, else nothing."""
    exact = sum(
        prod(p if hit else 1 - p for hit, (_, p) in zip(outcome, terms, strict=True))
        for outcome in product((False, True), repeat=len(terms))
        if sum(weight for hit, (weight, _) in zip(outcome, terms, strict=True) if hit) >= observed - 1e-12
    )
    assert weighed_tail(observed, sum(weight * p for weight, p in terms)) >= exact * (1 - 1e-9)


def test_where_all_count_in_full_the_tail_is_nearly_that_of_poisson():
    assert weighed_tail(6, 0.3) == pytest.approx(stats.poisson.sf(5, 0.3), rel=0.05)
    assert weighed_tail(2, 0.01) == pytest.approx(stats.poisson.sf(1, 0.01), rel=0.005)
    assert weighed_tail(0.2, 0.3) == 1.0


def null_of(contacts, totals):
    names = sorted(contacts)
    rows = [(names.index(name), stratum, k) for name, strata in contacts.items() for stratum, k in strata.items()]
    return Null(Activity.of_rows(names, *np.array(rows, dtype=np.int64).reshape(-1, 3).T), totals)


CONTACTS = {"a": {0: 3, 1: 1}, "b": {0: 2}, "c": {0: 1, 1: 2}}
TOTALS = [(5 * WEIGHT_UNIT, 6, 14), (2 * WEIGHT_UNIT, 3, 5)]


def test_the_expected_co_hits_of_all_pairs_are_those_that_happened():
    null = null_of(CONTACTS, TOTALS)
    assert null.expected_of(["a", "b", "c"]) == pytest.approx(7.0)
    assert null.expected("a", "b") == pytest.approx(2 * 5 * 6 / (36 - 14))
    assert null.expected("a", "nobody") == 0.0


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(
    st.sampled_from("abcdef"), st.dictionaries(st.integers(0, 3), st.integers(1, 9)), min_size=2
))
def test_many_pairs_at_once_expect_what_each_does(contacts):
    null = null_of(contacts, [(7 * WEIGHT_UNIT, 100, 300), (0, 50, 9), (2 * WEIGHT_UNIT, 60, 70), (1, 40, 90)])
    names = sorted(contacts)
    pairs = list(combinations(range(len(names)), 2))
    a, b = np.array(pairs, dtype=np.int64).T
    assert null.expected_of_each(a, b).tolist() == [null.expected(names[x], names[y]) for x, y in pairs]


def test_pairs_beyond_chance_are_told_with_their_tail():
    hits = [(0, 1)] * 4 + [(0, 2)] * 2
    a, b = np.array(hits, dtype=np.int64).T
    weight = np.full(len(hits), WEIGHT_UNIT)
    null = null_of(CONTACTS, [(WEIGHT_UNIT, 600, 14), (WEIGHT_UNIT, 300, 5)])
    tails = {pair: weighed_tail(n, null.expected(*pair)) for pair, n in {("a", "b"): 4, ("a", "c"): 2}.items()}
    every = surprising_pairs(CoHits(a, b, weight), null, at_most=1.0)
    assert {(pair.a, pair.b): pair.p for pair in every} == tails
    (rare,) = surprising_pairs(CoHits(a, b, weight), null, at_most=tails["a", "b"])
    assert (rare.a, rare.b) == ("a", "b")
    assert surprising_pairs(CoHits(a[:0], b[:0], weight[:0]), null, at_most=1.0) == []


def test_the_group_bound_counts_the_groups_of_that_size():
    assert group_q(6, 0.1, 3, able=100, windows=2) == pytest.approx(weighed_tail(6, 0.1) * comb(100, 3) * 2)
    assert group_q(1, 2.0, 3, able=100, windows=1) == pytest.approx(comb(100, 3))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(0, 20))
def test_unlisted_tests_count_as_one(p_values, more):
    padded = stats.false_discovery_control(p_values + [1.0] * more)
    assert benjamini_hochberg(p_values, len(p_values) + more) == pytest.approx(list(padded[: len(p_values)]))


def test_days_merge_until_they_hold_enough_and_the_rest_joins_the_last():
    counts = {"01": 5, "02": 5, "03": 20, "04": 3, "05": 3, "06": 1}
    assert merged_days(counts, at_least=6) == {
        "01": "01", "02": "01", "03": "03", "04": "04", "05": "04", "06": "04"
    }
    assert merged_days({}, at_least=6) == {}


def test_minor_bits_are_none_without_ages_and_grow_with_minors():
    assert minor_bits(3, 3, None) == 0.0
    assert minor_bits(6, 6, 1.2) > minor_bits(4, 6, 1.2) > 0 > minor_bits(0, 6, 1.2)
