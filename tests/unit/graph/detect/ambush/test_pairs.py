"""Ambush: the kernel against brute force, the null by day, and the pairs beyond chance."""

import gzip
from collections import Counter
from itertools import combinations
from math import floor

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graph.detect.ambush.contacts import merged_days
from graph.detect.ambush.cotargeting import co_hits, crowds
from graph.detect.ambush.pairs import expected, joined_by_a_third
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


@settings(max_examples=60, deadline=None)
@given(event_lists, st.integers(1, 90))
def test_co_hits_of_events_are_counted_by_pair_and_target(rows, window_s):
    found = co_hits(placed_events(rows, window_s), window_s, max_crowd=99).to_pyarrow().to_pylist()
    counted = Counter((row["a"], row["b"], row["target"]) for row in found)
    assert counted == {key: n for key, (*_, n) in brute_force(rows, window_s).items()}


@settings(max_examples=30, deadline=None)
@given(event_lists, st.integers(1, 90))
def test_co_hits_of_first_contacts_are_pairs_in_the_stratum_of_the_earlier(rows, window_s):
    firsts = [(actor, target, min(s for a, t, s in rows if (a, t) == (actor, target)))
              for actor, target in sorted({row[:2] for row in rows})]
    placed = placed_events(firsts, window_s)
    found = co_hits(placed, window_s, max_crowd=99).to_pyarrow().to_pylist()
    met = brute_force(firsts, window_s)
    earlier = {(a, b, t): (a if met[a, b, t][0] <= met[a, b, t][1] else b) for a, b, t in met}
    assert Counter((row["a"], row["b"], row["stratum"]) for row in found) == Counter(
        (a, b, f"of {earlier[a, b, t]}") for a, b, t in met
    )


def test_the_window_includes_its_end_and_repeats_of_one_actor_are_no_pair():
    rows = [("a", "t", 0), ("a", "t", 1), ("b", "t", 60), ("c", "t", 60.000001)]
    found = co_hits(placed_events(rows, 60), 60, max_crowd=9).to_pyarrow().to_pylist()
    assert Counter((row["a"], row["b"]) for row in found) == {("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}


def test_a_popular_target_falls_out():
    rows = [(f"a{i}", "busy", i) for i in range(6)] + [(f"b{i:02d}", "popular", i) for i in range(20)]
    hits = co_hits(placed_events(rows, 60), 60, max_crowd=10).to_pyarrow().to_pylist()
    assert {row["a"][0] for row in hits} == {"a"}
    assert len(hits) == 15


@pytest.mark.parametrize(("window_s", "edges"), [(10, 1092), (60, 6206), (600, 57421)])
def test_retweets_give_the_published_edges(window_s, edges):
    with gzip.open(real_data("coordinated-retweets.csv.gz")) as stream:
        rows = pyarrow.csv.read_csv(stream)
    instants = rows["timestamp_share"].cast(pa.timestamp("s")).cast(pa.timestamp("us"))
    table = ibis.memtable(pa.table({
        "actor": rows["account_id"], "target": rows["object_id"], "at": instants, "stratum": rows["account_id"]
    }))
    placed = crowds(table, [window_s]).rename(crowd=f"crowd_{window_s}")
    pairs = co_hits(placed, window_s, max_crowd=len(rows)).select("a", "b").distinct()
    assert pairs.count().to_pyarrow().as_py() == edges


def activity_of(contacts):
    rows = [(account, stratum, k) for account, strata in contacts.items() for stratum, k in strata.items()]
    account, stratum, k = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return csr_array((k, (account, stratum)), shape=(len(contacts), 4))


def test_the_expected_co_hits_of_all_pairs_are_those_that_happened():
    """Five co-hits among six contacts of three accounts, two among three of two."""
    activity = activity_of({0: {0: 3, 1: 1}, 1: {0: 2}, 2: {0: 1, 1: 2}})
    rates = np.array([2 * 5 / (36 - 14), 2 * 2 / (9 - 5), 0.0, 0.0])
    a, b = np.array(list(combinations(range(3), 2))).T
    assert expected(activity, rates, a, b).sum() == pytest.approx(7.0)
    assert expected(activity, rates, a[:1], b[:1]).tolist() == [pytest.approx(2 * 5 * 6 / (36 - 14))]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 3), st.integers(1, 9)), min_size=2, max_size=6))
def test_pairs_expect_the_sum_over_strata_of_the_product_of_their_contacts(contacts):
    rates = np.array([0.5, 0.0, 0.25, 1.0])
    a, b = np.array(list(combinations(range(len(contacts)), 2))).T
    by_hand = [
        sum(rates[s] * k * contacts[y].get(s, 0) for s, k in contacts[x].items())
        for x, y in zip(a.tolist(), b.tolist(), strict=True)
    ]
    assert expected(activity_of(dict(enumerate(contacts))), rates, a, b).tolist() == pytest.approx(by_hand)


def test_pairs_are_joined_by_a_third_account_on_two_targets_and_not_by_a_crowd_or_by_habit():
    trio = [(pair, target) for pair in (12, 13, 23) for target in (1, 2)]
    apart = [(45, 3), (45, 4), (46, 3), (46, 5), (56, 4), (56, 5)]
    often = [(pair, target) for pair in (78, 79, 89) for target in range(10, 20)]
    pairs, targets = np.array([*apart, *often, *trio]).T
    assert joined_by_a_third(pairs, targets, most=12).tolist() == [12, 13, 23]
    assert joined_by_a_third(pairs, targets, most=2).tolist() == []
    assert joined_by_a_third(pairs[:0], targets[:0], most=12).tolist() == []


def test_days_merge_until_they_hold_enough_and_the_rest_joins_the_last():
    counts = {"01": 5, "02": 5, "03": 20, "04": 3, "05": 3, "06": 1}
    assert merged_days(counts, at_least=6) == {
        "01": "01", "02": "01", "03": "03", "04": "04", "05": "04", "06": "04"
    }
    assert merged_days({}, at_least=6) == {}
