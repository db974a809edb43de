"""Linkage: similarity of texts against plain definitions and against the engine's own functions."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.linkage.similarity import edit_distance, jaro_winkler

WORDS = st.lists(st.tuples(st.text("abcé", max_size=9), st.text("abcé", max_size=9)), max_size=8)


def plain_edit_distance(one: str, other: str) -> int:
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (one[i - 1] != other[j - 1])
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


@settings(max_examples=200, deadline=None)
@given(WORDS)
def test_edit_distance_is_that_of_the_plain_table(pairs):
    found = edit_distance([one for one, _ in pairs], [other for _, other in pairs])
    assert found.tolist() == [plain_edit_distance(one, other) for one, other in pairs]


@pytest.fixture(scope="module")
def engine():
    with duckdb.connect() as connection:
        yield connection


@settings(max_examples=200, deadline=None)
@given(pairs=st.lists(st.tuples(st.text("abcd", min_size=1, max_size=12), st.text("abcd", min_size=1, max_size=12)),
                      min_size=1, max_size=8))
def test_jaro_winkler_is_that_of_the_engine(engine, pairs):
    found = jaro_winkler([one for one, _ in pairs], [other for _, other in pairs]).tolist()
    theirs = [engine.execute("SELECT jaro_winkler_similarity(?, ?)", pair).fetchone()[0] for pair in pairs]
    assert found == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("martha", "marhta", 0.9611), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.8133), ("", "", 1.0),
     ("a", "", 0.0), ("abc", "xyz", 0.0), ("é", "é", 1.0)],
)
def test_published_similarities(one, other, expected):
    assert jaro_winkler([one], [other])[0] == pytest.approx(expected, abs=5e-5)


def test_many_pairs_are_measured_as_each_alone():
    ones, others = [f"name{i % 97}" for i in range(45_000)], [f"nmae{i % 89}" for i in range(45_000)]
    assert jaro_winkler(ones, others)[[0, 20_000, 44_999]].tolist() == [
        jaro_winkler([ones[i]], [others[i]])[0] for i in (0, 20_000, 44_999)
    ]
    assert edit_distance(ones, others)[44_999] == plain_edit_distance(ones[44_999], others[44_999])
