"""Linkage: declared fields, blocks and levels, against brute force."""

from itertools import combinations

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.linkage import (
    DAY_AND_MONTH,
    EXACT,
    SAME_NUMBER,
    Declaration,
    Field,
    alike,
    begins,
    edits,
    swapped,
)
from graph.linkage.candidates import candidates
from graph.linkage.outcomes import outcomes
from graph.linkage.records import read_records


def table(*rows, **columns):
    """Records r0, r1 … with these columns, by rows of a mapping or by column."""
    if rows:
        columns = {name: [row.get(name) for row in rows] for name in rows[0]}
    size = len(next(iter(columns.values())))
    ids = {"id": pa.array([f"r{i}" for i in range(size)], pa.string())}
    return ibis.memtable(pa.table(ids | {name: pa.array(values, pa.string()) for name, values in columns.items()}))


def level(field, one, other, **partner):
    """The name of the level that a pair of values meets; None where the field is silent."""
    fields = (field, *(Field(name) for name in partner), Field("rest"))
    declaration = Declaration(fields=fields, blocks=(("rest",), (field.name,)))
    columns = {field.name: [one, other], **{name: list(values) for name, values in partner.items()}}
    records = read_records(table(**columns, rest=["x", "x"]), [item.name for item in fields])
    seen = outcomes(records, declaration, np.array([0]), np.array([1]))
    return [None if number < 0 else item.outcomes[number] for number, item in zip(seen.levels[0], fields, strict=True)]


@pytest.mark.parametrize(
    ("levels", "one", "other", "expected"),
    [
        ((EXACT,), "a", "a", "exact"), ((EXACT,), "a", "b", "else"), ((EXACT,), None, "b", None),
        ((EXACT,), "", "", None),
        ((EXACT, alike(0.95), alike(0.8)), "martha", "marhta", "alike 0.95"),
        ((EXACT, alike(0.95), alike(0.8)), "dwayne", "duane", "alike 0.8"),
        ((EXACT, edits(1), edits(2)), "1804974", "1804794", "edits 1"),
        ((EXACT, edits(1), edits(2)), "1804974", "1804", "else"),
        ((EXACT, DAY_AND_MONTH), "19560409", "19560904", "day and month"),
        ((EXACT, DAY_AND_MONTH), "1956-04-09", "1956-09-04", "day and month"),
        ((EXACT, DAY_AND_MONTH), "1956", "1956-09-04", "else"),
        ((EXACT, begins(4)), "1964", "1964-04", "begins 4"), ((EXACT, begins(4)), "196", "1964-04", "else"),
        ((EXACT, SAME_NUMBER), "12", "12a", "number"), ((EXACT, SAME_NUMBER), "012", "12a", "number"),
        ((EXACT, SAME_NUMBER), "a", "b", "else"), ((EXACT, SAME_NUMBER), "0", "0b", "number"),
    ],
)
def test_a_pair_meets_the_first_level_that_fits(levels, one, other, expected):
    assert level(Field("value", levels), one, other)[0] == expected
    assert level(Field("value", levels), other, one)[0] == expected


def test_names_that_changed_places_are_told_once():
    field = Field("given", (EXACT, swapped("family"), alike(0.7)))
    assert level(field, "ruby", "vincent", family=("vincent", "ruby"))[:2] == ["swapped family", None]
    assert level(field, "ruby", "vincent", family=("vincent", "rubi"))[:2] == ["else", "else"]
    assert level(field, "ruby", "ruby", family=("ruby", "ruby"))[:2] == ["exact", "exact"]
    assert level(field, None, "vincent", family=("vincent", None))[:2] == [None, None]


def test_a_rare_value_is_a_rarer_chance():
    records = read_records(table(name=["li", "li", "li", "xu", "xu", None]), ["name"])
    declaration = Declaration(fields=(Field("name"), Field("other")), blocks=(("name",), ("other",)))
    records.columns["other"] = records.columns["name"]
    seen = outcomes(records, declaration, np.array([0, 3, 0, 0]), np.array([1, 4, 3, 5]))
    assert seen.chance[:, 0].tolist() == pytest.approx([2 / 4, 1 / 4, 0.0, 0.0])
    assert seen.levels[:, 0].tolist() == [0, 0, 1, -1]


letters = st.sampled_from([None, "", "a", "b", "c"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(letters, letters, letters), min_size=1, max_size=12))
def test_candidates_are_the_pairs_that_agree_on_a_whole_rule(rows):
    rules, largest = (("x",), ("y", "z")), 4
    given_table = table(x=[row[0] for row in rows], y=[row[1] for row in rows], z=[row[2] for row in rows])
    records = read_records(given_table, ["x", "y", "z"])
    number = {f"r{i}": records.ids.index(f"r{i}") for i in range(len(rows))}
    expected, crowded = {}, []
    for i, rule in enumerate(((0,), (1, 2))):
        keys = [tuple(row[k] for k in rule) for row in rows]
        crowded.append(len({key for key in keys if all(key) and keys.count(key) > largest}))
        for one, other in combinations(range(len(rows)), 2):
            if all(keys[one]) and keys[one] == keys[other] and keys.count(keys[one]) <= largest:
                pair = tuple(sorted((number[f"r{one}"], number[f"r{other}"])))
                expected[pair] = expected.get(pair, 0) | 1 << i
    found = candidates(given_table, records.ids, rules, largest=largest)
    assert list(zip(found.a.tolist(), found.b.tolist(), found.rules.tolist(), strict=True)) == [
        (*pair, rules) for pair, rules in sorted(expected.items())
    ]
    assert found.crowded == tuple(crowded)


@pytest.mark.parametrize(
    "wrong",
    [
        {"fields": (Field("a"),)}, {"fields": (Field("a"), Field("a"))}, {"blocks": ()}, {"blocks": ((),)},
        {"blocks": (("c",),)}, {"blocks": (("a",),)}, {"link": 0.99}, {"largest_block": 1}, {"still": 0.0},
        {"fields": (Field("a", (EXACT, swapped("c"))), Field("b"))},
    ],
)
def test_a_declaration_that_cannot_be_fitted_is_refused(wrong):
    with pytest.raises(ValueError):
        Declaration(**{"fields": (Field("a"), Field("b")), "blocks": (("a",), ("b",)), **wrong})


@pytest.mark.parametrize("levels", [(), (edits(1),), (EXACT, EXACT), (EXACT, edits(1), edits(1))])
def test_the_first_level_is_exact_and_no_level_comes_twice(levels):
    with pytest.raises(ValueError):
        Field("a", levels)


def test_an_id_that_comes_twice_is_refused():
    twice = ibis.memtable(pa.table({"id": ["a", "a"], "x": ["1", "2"]}))
    with pytest.raises(ValueError, match="id of its own"):
        read_records(twice, ["x"])
