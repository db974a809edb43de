"""Linkage: m, u and the prior learnt without labels: planted truth comes back, and one round is that of plain loops."""

import random
from itertools import combinations
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.linkage import EXACT, Declaration, Field, edits, link
from graph.linkage.fit import caught
from tests.unit.graph.linkage.test_outcomes import table

SIZES = {"name": 300, "day": 2_000, "town": 25, "code": 900}
ERRORS = {"name": 0.25, "day": 0.1, "town": 0.15, "code": 0.2}
PLANTED = Declaration(
    fields=tuple(Field(name) for name in SIZES), blocks=(("name", "town"), ("day",), ("code",)), rounds=100
)


def planted(seed, originals=900, copies=300):
    """Records of ``originals`` people; the first ``copies`` stand twice, each value of the copy wrong at its rate."""
    draw = random.Random(seed)
    people = [{name: f"{name}{int(size * draw.random() ** 1.5)}" for name, size in SIZES.items()}
              for _ in range(originals)]
    again = [
        {name: f"{name}x{draw.randrange(size)}" if draw.random() < ERRORS[name] else value
         for (name, value), size in zip(person.items(), SIZES.values(), strict=True)}
        for person in people[:copies]
    ]
    return people + again


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_m_and_prior_come_back_though_every_block_hides_a_field(seed):
    found = link(table(*planted(seed)), PLANTED)
    assert found.fitted.converged
    for name, error in ERRORS.items():
        assert found.fitted.m[name][0] == pytest.approx(1 - error, abs=0.07)
    whole = 1_200 * 1_199 / 2
    assert found.fitted.share * whole == pytest.approx(300, rel=0.12)
    assert found.fitted.u["town"][0] == pytest.approx(0.053, rel=0.25)
    right = {tuple(sorted((f"r{i}", f"r{900 + i}"))) for i in range(300)}
    linked = {(one, other) for one, other, _ in found.pairs()}
    assert len(linked & right) >= 0.9 * len(linked)
    assert len(linked & right) >= 0.85 * len(right)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_people_who_stand_once_are_not_linked(seed):
    found = link(table(*planted(seed, copies=0)), PLANTED)
    assert len(found.pairs()) <= 2


def test_the_same_records_in_another_order_weigh_the_same():
    rows = table(*planted(5, 200, 60))
    found = link(rows, PLANTED)
    again = link(rows.order_by(rows.town.desc(), rows.id), PLANTED)
    assert found.pairs()
    assert again.pairs() == found.pairs()
    assert again.fitted == found.fitted


def test_the_fields_add_up_to_the_bits_of_a_pair():
    found = link(table(*planted(4, 300, 90)), PLANTED)
    one, other, bits = found.pairs()[0]
    weights = found.explain(other, one)
    assert sum(item.bits for item in weights) + found.fitted.prior == pytest.approx(bits)
    assert all(item.bits == pytest.approx(log2(item.m / item.u)) for item in weights)


def test_two_records_of_a_set_are_compared_though_no_block_holds_both():
    steps = {"a": 7_919, "b": 4_099, "c": 2_503, "d": 6_007}
    rows = [{name: f"{i * step % 10_007:05d}" for name, step in steps.items()} for i in range(1, 201)]
    first = rows[0]
    rows += [{**first, **{name: first[name] + "x" for name in wrong}} for wrong in ("ac", "bd")]
    declaration = Declaration(
        fields=tuple(Field(name, (EXACT, edits(1))) for name in "abcd"), blocks=(("a", "c"), ("b", "d"))
    )
    found = link(table(*rows), declaration)
    assert [(one, other) for one, other, _ in found.pairs()] == [("r0", "r200"), ("r0", "r201"), ("r200", "r201")]
    assert found.groups == (("r0", "r200", "r201"),)


def test_nothing_to_compare_links_nobody():
    assert link(table(a=["x", "y"], b=["p", "q"]), Declaration((Field("a"), Field("b")), (("a",), ("b",)))).groups == ()
    assert link(table(a=["x"], b=["p"]), Declaration((Field("a"), Field("b")), (("a",), ("b",)))).pairs() == []


@given(st.lists(st.floats(0.01, 0.99), min_size=3, max_size=3))
def test_what_blocks_catch_is_what_independent_errors_leave(rates):
    a, b, c = rates
    declaration = Declaration(tuple(Field(name) for name in "abc"), (("a", "b"), ("c",)))
    assert caught(declaration, rates) == pytest.approx(1 - (1 - a * b) * (1 - c))


values = st.sampled_from([None, "p", "q", "r"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(values, values, values), min_size=2, max_size=9))
def test_one_round_is_that_of_plain_loops(rows):
    """Expectation and maximisation over every view of every pair, without the fields that the view's rule asks for."""
    rules = ((0,), (1,), (2,))
    declaration = Declaration(
        tuple(Field(name, by_frequency=False) for name in "xyz"), (("x",), ("y",), ("z",)), rounds=1
    )
    fitted = link(table(*({"x": x, "y": y, "z": z} for x, y, z in rows)), declaration).fitted
    pairs = list(combinations(rows, 2))

    def chance(k):
        told = [one[k] == other[k] for one, other in pairs if one[k] and other[k]]
        u = min(0.999, max(sum(told), 0.5) / max(len(told), 1))
        return u, 1 - u

    counts = {k: [8.0, 2.0] for k in range(3)}
    for rule in rules:
        for one, other in pairs:
            if not all(one[k] and one[k] == other[k] for k in rule):
                continue
            odds = 1.0
            told = [k for k in range(3) if k not in rule and one[k] and other[k]]
            for k in told:
                level = one[k] != other[k]
                odds *= (0.8, 0.2)[level] / chance(k)[level]
            for k in told:
                counts[k][one[k] != other[k]] += odds / (1 + odds)
    for k, name in enumerate("xyz"):
        assert fitted.m[name] == pytest.approx([count / sum(counts[k]) for count in counts[k]])
