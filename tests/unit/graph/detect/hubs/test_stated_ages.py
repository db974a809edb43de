"""How far is a stated age believed?"""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from graph.detect.hubs.ages import age_groups
from graph.detect.hubs.null import stated_ages
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import Chats

GROUPS = age_groups(18)


def believed(stated, claimed=None):
    claimed = np.full(len(stated), GROUPS.unknown) if claimed is None else np.array(claimed)
    chats = cast(Chats, SimpleNamespace(stated=np.array(stated), claimed=claimed))
    return np.exp(stated_ages(chats, GROUPS, HubParameters()))


def test_minors_who_raise_their_age_seldom_raise_it_far():
    """Whoever wrote to minors alone was taken for a minor who lies, whatever adult age was stated, and ranked below
    an adult of 23 with 14 minors among 38."""
    platform = [group for group in range(GROUPS.known) for _ in range(20)]
    minors = believed(platform)[:, : GROUPS.minors].sum(axis=1)[::20][GROUPS.minors :]
    assert minors[0] == pytest.approx(HubParameters().raised_ages)
    share = HubParameters().lies * GROUPS.minors / GROUPS.known
    assert minors[1:] == pytest.approx([share * 0.5**beyond for beyond in range(1, len(minors))], rel=0.05)


def test_the_chances_of_all_ages_add_up_to_one():
    assert believed([0, 1, GROUPS.minors, GROUPS.known - 1, GROUPS.unknown]).sum(axis=1) == pytest.approx(np.ones(5))


def test_of_two_ages_that_contradict_each_other_neither_is_believed_more():
    adult = GROUPS.known - 1
    of_both, of_the_minor, of_the_adult = (
        row[: GROUPS.minors].sum() for row in believed([1, 1, adult], [adult, GROUPS.unknown, GROUPS.unknown])
    )
    assert of_both == pytest.approx((of_the_minor + of_the_adult) / 2)
    assert 0.4 < of_both < 0.6
