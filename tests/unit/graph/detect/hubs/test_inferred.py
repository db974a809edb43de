"""The age of who states none: stated later, or told by other contacts, never by the contact that is judged."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.detect.hubs.ages import AgeGroups
from graph.detect.hubs.inferred import with_inferred
from graph.detect.hubs.null import affinities
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import Chats

GROUPS = AgeGroups((18,), 1)  # minors: 0, adults: 1, unknown: 2
PARAMETERS = HubParameters()


def chats(pairs, stated, *, then=None, told=None, roles=()):
    """First contacts between accounts of those groups; ``then``: the groups known at the contact, ``told``: by the end
    of the chat, if others."""
    account, other = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    stated = np.array(stated, dtype=np.int64)
    known = stated if then is None else np.array(then, dtype=np.int64)
    there = np.full((len(pairs), GROUPS.size), 1.0 / GROUPS.size)
    role = np.zeros(len(stated), dtype=bool)
    role[list(roles)] = True
    later = known if told is None else np.array(told)
    return Chats(
        account, other, known[account], known[other], later[other], there, there,
        *np.zeros((2, len(pairs)), dtype=bool),
        np.zeros((2, 0), dtype=np.int64), stated, np.full(len(stated), GROUPS.unknown), role,
    )


def circle(people, first):
    """Everybody writes first to everybody after it in a circle of so many."""
    return [(first + i, first + (i + step) % people) for step in (1, 2, 3) for i in range(people)]


# 0 to 9 minors among themselves, 10 to 19 adults among themselves
APART = circle(10, 0) + circle(10, 10)
AGES = [0] * 10 + [1] * 10


def groups_of(seen, whom):
    return with_inferred(seen, GROUPS, PARAMETERS).group[np.flatnonzero(seen.other == whom)].tolist()


def test_who_is_in_contact_with_minors_alone_is_likely_a_minor_and_with_adults_an_adult():
    seen = chats([*APART, *((i, 20) for i in range(4)), *((10 + i, 21) for i in range(4))], [*AGES, 2, 2])
    assert groups_of(seen, 20) == [0] * 4
    assert groups_of(seen, 21) == [1] * 4


def test_the_contact_that_is_judged_tells_nothing_of_its_other_side():
    assert groups_of(chats([*APART, (0, 20)], [*AGES, 2]), 20) == [2]
    # an adult who writes to somebody with three contacts of a minor's: these tell of it, he does not
    seen = chats([*APART, (0, 20), (1, 20), (2, 20), (10, 20)], [*AGES, 2])
    assert groups_of(seen, 20)[-1] == 0


def test_who_passed_for_an_adult_and_says_in_the_chat_to_be_a_minor_counts_as_one():
    seen = chats([*APART, *((10 + i, 20) for i in range(4))], [*AGES, 1], told=[*AGES, 0])
    assert groups_of(seen, 20) == [0] * 4
    assert groups_of(chats([*APART, (0, 20)], [*AGES, 0], told=[*AGES, 1]), 20) == [0], "known then to be a minor"


def test_an_age_stated_later_counts_and_nobody_learns_from_who_has_a_role():
    assert groups_of(chats([*APART, (10, 20)], [*AGES, 0], then=[*AGES, 2]), 20) == [0]
    seen = chats([*APART, *((i, 20) for i in range(4))], [*AGES, 2], roles=range(4))
    assert groups_of(seen, 20) == [2] * 4


def test_known_ages_stay_whatever_the_contacts_say():
    seen = chats([*APART, *((i, 19) for i in range(8))], AGES)
    assert with_inferred(seen, GROUPS, PARAMETERS).group.tolist() == seen.group.tolist()


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_each_side_has_the_likelier_half_by_all_its_other_contacts(data):
    people = data.draw(st.integers(4, 9))
    stated = data.draw(st.lists(st.integers(0, 2), min_size=people, max_size=people))
    pairs = data.draw(st.lists(
        st.tuples(st.integers(0, people - 1), st.integers(0, people - 1)).filter(lambda p: p[0] != p[1]),
        min_size=4, max_size=25, unique=True,
    ))
    seen = chats(sorted(pairs), stated)
    found = with_inferred(seen, GROUPS, PARAMETERS)
    chosen, back = affinities(seen, np.ones(len(pairs)), PARAMETERS.contacts_cap)
    counts = [stated.count(0) + 1.0, stated.count(1) + 1.0]

    def brute(whom, but):
        logs = [math.log(count / sum(counts)) for count in counts]
        for at, (one, other) in enumerate(sorted(pairs)):
            for who, partner, factors in ((one, other, chosen), (other, one, back)):
                if who == whom and stated[partner] != 2 and at != but:
                    for own in (0, 1):
                        logs[own] += math.log(factors[own, stated[partner]] / (factors[own, 0] + factors[own, 1]))
        young, least = 1.0 / (1.0 + math.exp(logs[1] - logs[0])), PARAMETERS.likely_age
        # two answers where it is just as likely as is asked: sums in another order decide then
        return {0 if young >= bound else 1 if 1.0 - young >= bound else 2 for bound in (least - 1e-9, least + 1e-9)}

    for at, (one, other) in enumerate(sorted(pairs)):
        assert found.group[at] in (brute(other, at) if stated[other] == 2 else {stated[other]})
        assert found.own_group[at] in (brute(one, at) if stated[one] == 2 else {stated[one]})
