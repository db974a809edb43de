"""Who shares a third contact with whom, and when does that say anything?"""

import numpy as np
import pytest

from graph.detect.hubs.ages import age_groups
from graph.detect.hubs.null import Life, circles_of

GROUPS = age_groups(18)


def test_the_more_people_write_to_an_account_the_fewer_of_its_minors_are_strangers():
    every = np.ones((2, GROUPS.size, GROUPS.known))
    life = Life(
        chosen=every, writers=every, circles=0.1, circles_apart=0.1, begun=0.5, begun_apart=0.1, reported=0.001,
    )
    alone, visited = life.closed(np.array([1.0, 20.0]))
    assert alone == pytest.approx(0.1)
    assert visited == pytest.approx(1.0 - 0.9**20)


def test_circles_are_what_makes_as_many_minors_share_a_contact_as_do():
    random = np.random.default_rng(1)
    came, looked, votes = random.integers(0, 12, 4000).astype(float), np.full(4000, 5.0), np.ones(4000)
    votes[:100] = 0.0
    closed = random.binomial(5, 1.0 - 0.8**came).astype(float)
    closed[:100] = 5.0  # those who tell nothing
    assert circles_of(closed, looked, came, votes) == pytest.approx(0.2, rel=0.05)


def test_where_nobody_shares_a_contact_there_are_no_circles():
    some = np.full(9, 4.0)
    assert circles_of(np.zeros(9), some, some, np.ones(9)) < 0.01
    assert circles_of(np.zeros(9), np.zeros(9), np.zeros(9), np.ones(9)) < 0.01
