"""Tier and score are one order."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.detect.tiers import Bounds, grade

BOUNDS = Bounds(moderate=2.0, strong=5.0)
RANK = {"weak": 0, "moderate": 1, "strong": 2}


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_more_evidence_is_never_a_lower_tier_or_score(one, other):
    low, high = sorted((one, other))
    (low_tier, low_score), (high_tier, high_score) = grade(low, BOUNDS), grade(high, BOUNDS)
    assert RANK[low_tier] <= RANK[high_tier]
    assert low_score <= high_score


@given(st.floats(allow_nan=False))
def test_the_score_s_third_is_the_tier(evidence):
    tier, score = grade(evidence, BOUNDS)
    assert 0.0 <= score <= 1.0
    assert tier == ("weak" if score < 1 / 3 else "moderate" if score < 2 / 3 else "strong")


def test_the_bounds_belong_to_the_higher_tier():
    assert grade(2.0, BOUNDS) == ("moderate", pytest.approx(1 / 3))
    assert grade(5.0, BOUNDS) == ("strong", pytest.approx(2 / 3))
    assert grade(math.nextafter(2.0, 0), BOUNDS)[0] == "weak"
    with pytest.raises(ValueError, match="no number"):
        grade(math.nan, BOUNDS)
    with pytest.raises(ValueError, match="must lie below"):
        Bounds(moderate=3.0, strong=3.0)
