"""Shells: to whom two accounts both wrote first, counted by circles of people in touch with each other."""

import ibis
import pytest

from graph.detect.context import DetectionContext
from graph.detect.shells.contacts import Company, read_contacts
from graph.detect.shells.logins import read_logins
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at

A, B, OTHER = 0, 1, 2
FRIEND, HIS_FRIEND, THEIR_FRIEND, ALONE = 10, 11, 12, 13


def company_of(contacts):
    """What A and B have in company, from first contacts (who, target); a target from 100 on is no account."""
    names = {who: f"c:{who:03d}" for pair in contacts for who in pair} | {A: "c:000", B: "c:001"}
    evidence = WrittenEvidence(
        accounts=[{"account": name} for who, name in sorted(names.items()) if who < 100],
        messages=[
            {"sender": names[who], "recipient": names[target], "sent_at": at(float(number))}
            for number, (who, target) in enumerate(contacts)
        ],
    )
    context = DetectionContext(evidence)
    pairs = ibis.memtable([{"a": A, "b": B}], schema={"a": "int64", "b": "int64"})
    return read_contacts(context, read_logins(context), pairs, pairs.select(who="a")).company.get((A, B))


def both(*targets):
    return [(who, target) for target in targets for who in (A, B)]


def test_friends_of_friends_are_one_circle_as_popular_as_the_least_of_them():
    known = [(FRIEND, HIS_FRIEND), (THEIR_FRIEND, HIS_FRIEND), (OTHER, FRIEND)]
    found = company_of(both(FRIEND, HIS_FRIEND, THEIR_FRIEND, ALONE) + known)
    assert found == Company(targets=4, circles=(2, 2))  # the circle's least popular has A and B only, as ALONE has


def test_a_circle_ends_where_nobody_of_the_common_targets_is_in_touch():
    found = company_of([*both(FRIEND, ALONE), (FRIEND, OTHER), (ALONE, OTHER), (OTHER, ALONE)])
    assert found == Company(targets=2, circles=(2, 3))


def test_a_target_who_is_no_account_is_a_circle_alone():
    assert company_of(both(FRIEND, HIS_FRIEND, 100, 101)) == Company(targets=4, circles=(2, 2, 2, 2))


@pytest.mark.parametrize("contacts", [[], [(A, FRIEND), (B, ALONE)], [(A, B), (B, A)]])
def test_without_a_common_target_there_is_no_company(contacts):
    assert company_of(contacts) is None
