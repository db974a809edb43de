"""Which groups of age are there, and whom do they choose?"""

import numpy as np
import pytest

from graph.detect.hubs.ages import affinity, age_groups

GROUPS = age_groups(18)


def test_the_groups_lie_around_the_adult_age():
    assert GROUPS.bounds == (13, 16, 18, 22, 28, 38, 50)
    assert (GROUPS.minors, GROUPS.known, GROUPS.unknown) == (3, 8, 8)
    assert age_groups(15).minors == 2


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
