"""What is ordinary, and how seldom does chance bring so many minors?"""

import numpy as np
import pytest

from graph.detect.hubs.ages import affinity, age_groups
from graph.detect.hubs.null import as_stated, beta_binomial_tails, empirical_spread, share_tests
from graph.detect.statistics import beta_binomial_tail

GROUPS = age_groups(18)


def test_the_groups_lie_around_the_adult_age():
    assert GROUPS.bounds == (13, 16, 18, 22, 28, 38, 50)
    assert (GROUPS.minors, GROUPS.known, GROUPS.unknown) == (3, 8, 8)
    assert age_groups(15).minors == 2


def test_the_tails_of_many_are_those_of_each():
    k, n, mean = np.array([3.0, 0.0, 12.0]), np.array([5.0, 4.0, 12.0]), np.array([0.2, 0.5, 0.7])
    expected = [beta_binomial_tail(int(a), int(b), m, 0.1) for a, b, m in zip(k, n, mean, strict=True)]
    assert beta_binomial_tails(k, n, mean, 0.1) == pytest.approx(expected, rel=1e-9)


def test_the_ones_looked_for_do_not_widen_the_null_that_is_to_find_them():
    random = np.random.default_rng(1)
    means = np.full(300, 0.2)
    trials = np.full(300, 20.0)
    ordinary = random.binomial(20, random.beta(0.2 * 30, 0.8 * 30, 300)).astype(float)
    spread = empirical_spread(ordinary, trials, means)
    assert 0.01 < spread < 0.07  # 1/31 was drawn
    with_seekers = ordinary.copy()
    with_seekers[:12] = 19.0
    assert empirical_spread(with_seekers, trials, means) < spread + 0.02


def test_a_family_too_small_for_a_scatter_of_its_own_is_tested_with_the_others():
    minors, known = np.array([12.0, *[1.0] * 60]), np.full(61, 12.0)
    expected = np.full(61, 0.15)
    nothing, families = np.zeros(61), np.array([2, *[1] * 60])
    test = share_tests(minors, known, expected, nothing, expected, families, at_least=5)
    assert test.q[0] < 0.001
    assert test.q[1:].min() > 0.5


def test_a_doubtful_age_counts_as_far_as_it_is_doubted():
    minors, known, expected = np.array([12.0] + [1.0] * 40), np.full(41, 12.0), np.full(41, 0.1)
    families, young = np.ones(41, dtype=np.int64), np.full(41, 0.9)
    sure = share_tests(minors, known, expected, np.zeros(41), young, families, at_least=5)
    doubted = share_tests(minors, known, expected, np.full(41, 0.25), young, families, at_least=5)
    assert sure.p[0] < 1e-5 < 0.05 < doubted.p[0] < 0.25


def test_few_contacts_of_known_age_are_no_test():
    four = np.full(3, 4.0)
    test = share_tests(four, four, four / 40, four * 0, four / 40, np.ones(3, dtype=np.int64), at_least=5)
    assert test.p.tolist() == test.q.tolist() == [1.0, 1.0, 1.0]


def test_who_states_nothing_is_compared_with_the_ages_that_others_conduct_suggests():
    ages = np.full((2, GROUPS.known), 0.05)
    ages[:, 5] = 0.65
    weights = as_stated(np.array([1, GROUPS.unknown]), ages, GROUPS)
    assert weights[0].tolist() == np.eye(GROUPS.size)[1].tolist()
    assert weights[1].tolist() == [*ages[1].tolist(), 0.0]


def test_affinity_is_what_is_chosen_beyond_opportunity():
    random = np.random.default_rng(2)
    offered = np.full((4000, GROUPS.size), 1.0 / GROUPS.size)
    offered[:, 1] = 0.5
    offered /= offered.sum(axis=1, keepdims=True)
    chosen = np.array([random.choice(GROUPS.size, p=row) for row in offered])
    factors = affinity(offered, np.full(4000, 5), chosen, np.ones(4000))
    assert factors[5] == pytest.approx(np.ones(GROUPS.size), abs=0.25)
    liked = affinity(offered, np.full(4000, 5), np.where(chosen == 1, 5, chosen), np.ones(4000))
    assert liked[5][5] > 3.0 > 0.1 > liked[5][1]
