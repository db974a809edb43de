"""The statistics against brute force and scipy."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from graph.detect.statistics import (
    benjamini_hochberg,
    beta_binomial_tail,
    dirichlet_multinomial_logs,
    moment_dispersion,
)

shares = st.floats(0.02, 0.98)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.data(), shares, st.floats(0.01, 0.6))
def test_beta_binomial_tail_is_the_sum_of_scipys_masses(n, data, mean, dispersion):
    k = data.draw(st.integers(0, n))
    strength = 1 / dispersion - 1
    masses = stats.betabinom.pmf(range(k, n + 1), n, mean * strength, (1 - mean) * strength)
    assert beta_binomial_tail(k, n, mean, dispersion) == pytest.approx(float(sum(masses)), rel=1e-7, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), st.data(), st.integers(1, 9))
def test_without_dispersion_the_tail_is_the_binomials_in_exact_fractions(n, data, tenths):
    k = data.draw(st.integers(0, n))
    p = Fraction(tenths, 10)
    exact = sum(math.comb(n, x) * p**x * (1 - p) ** (n - x) for x in range(k, n + 1))
    assert beta_binomial_tail(k, n, float(p), 0.0) == pytest.approx(float(exact), rel=1e-10)


def test_a_tiny_tail_keeps_its_digits_and_the_borders_hold():
    assert beta_binomial_tail(60, 60, 0.1, 0.0) == pytest.approx(1e-60, rel=1e-9)
    assert beta_binomial_tail(0, 5, 0.3, 0.1) == 1.0
    assert beta_binomial_tail(1, 5, 0.0, 0.1) == 0.0
    assert beta_binomial_tail(5, 5, 1.0, 0.1) == 1.0
    with pytest.raises(ValueError):
        beta_binomial_tail(6, 5, 0.3, 0.1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg_is_scipys(p_values):
    assert benjamini_hochberg(p_values) == pytest.approx(list(stats.false_discovery_control(p_values)), abs=1e-12)


def test_benjamini_hochberg_of_nothing_is_nothing():
    assert benjamini_hochberg([]) == []


def test_the_moment_estimate_recovers_a_planted_dispersion():
    generator = np.random.default_rng(4)
    trials = generator.integers(2, 40, 4000)
    p = generator.beta(0.3 * 9, 0.7 * 9, 4000)  # dispersion 1/(1+9)
    counts = generator.binomial(trials, p).astype(float)
    estimate = moment_dispersion(counts, trials.astype(float), np.full(4000, 0.3))
    assert estimate == pytest.approx(0.1, abs=0.02)


def test_votes_leave_outliers_out_of_the_dispersion():
    generator = np.random.default_rng(5)
    trials = np.concatenate([generator.integers(5, 40, 500), np.full(10, 40)]).astype(float)
    ordinary = generator.binomial(trials[:500].astype(int), generator.beta(2, 18, 500))
    counts = np.concatenate([ordinary, np.full(10, 38)]).astype(float)
    means, votes = np.full(510, 0.1), np.concatenate([np.ones(500), np.zeros(10)])
    alone = moment_dispersion(counts[:500], trials[:500], means[:500])
    assert moment_dispersion(counts, trials, means, votes) == pytest.approx(alone, rel=1e-12)
    assert alone < moment_dispersion(counts, trials, means)
    assert moment_dispersion(counts, trials, means, np.zeros(510)) == 0.0


def test_dirichlet_multinomial_logs_are_scipys_without_the_coefficient():
    counts, means = np.array([[3.0, 0.0, 5.0], [0.0, 0.0, 0.0]]), np.array([[0.2, 0.3, 0.5]] * 2)
    found = dirichlet_multinomial_logs(counts, means, 12.0)
    coefficient = math.lgamma(9) - math.lgamma(4) - math.lgamma(6)
    expected = stats.dirichlet_multinomial.logpmf([3, 0, 5], 12.0 * means[0], 8) - coefficient
    assert found == pytest.approx([expected, 0.0])
