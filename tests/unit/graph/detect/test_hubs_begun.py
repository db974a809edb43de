"""Who begins an account's chats weighs, within bounds, as far as ordinary people here are written to as well."""

import math

import numpy as np
import pytest

from graph.detect.hubs_begun import begun_logs

LEAST = -1.0


def logs(chats, *, votes=1.0, further=2.0):
    begun, received = (np.array(column, dtype=np.float64) for column in zip(*chats, strict=True))
    return begun_logs(begun, received, np.full(len(chats), votes), further=further, least=LEAST)


def test_the_ratio_is_that_of_two_beta_binomials():
    """Where everybody began 6 of 10 the mean is 0.6 and the dispersion the smallest, 0.02: a Beta(29.4, 19.6)."""
    expected = math.log(35.4 * 36.4 / (59.0 * 60.0)) - math.log(29.4 * 30.4 / (49.0 * 50.0))
    assert logs([(6, 4)] * 30) == pytest.approx(np.full(30, expected))


def test_who_begins_all_chats_weighs_more_than_one_whom_others_seek_and_nobody_much():
    ordinary = [(number % 7 + 2, 6 - number % 5) for number in range(40)]
    *_, begins, few, sought = logs([*ordinary, (30, 0), (3, 0), (10, 30)])
    assert begins > few > 0.0 > sought
    begun, received = (sum(column) for column in zip(*ordinary, strict=True))
    assert begins < 2.0 * math.log((begun + received) / begun)  # what two more chats make of the mean at most


def test_those_who_are_made_to_write_first_clear_nobody_beyond_the_bound():
    assert logs([*[(6, 4)] * 30, (40, 4000)])[-1] == LEAST


@pytest.mark.parametrize("votes", [0.0, 1.0])
def test_where_everybody_begins_all_or_nobody_tells_it_weighs_nothing(votes):
    assert logs([(8, 0)] * 20, votes=votes) == pytest.approx(np.zeros(20), abs=0.05)
