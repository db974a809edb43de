"""Shells: to whom two accounts both wrote first, counted by circles of people in touch with each other."""

import ibis
import pytest

from graph.detect.context import DetectionContext
from graph.detect.shells.contacts import Company, _company
from tests.unit.graph.detect.relational_evidence import WrittenEvidence

A, B, OTHER = 0, 1, 2
FRIEND, HIS_FRIEND, THEIR_FRIEND, ALONE = 10, 11, 12, 13


def company_of(contacts):
    """What A and B have in company, from first contacts (who, target); a target below 100 has a number."""
    rows = [
        {"who": who, "target": f"t{target}", "number": target if target < 100 else None} for who, target in contacts
    ]
    schema = {"who": "int64", "target": "string", "number": "int64"}
    pairs = ibis.memtable([{"a": A, "b": B}], schema={"a": "int64", "b": "int64"})
    context = DetectionContext(WrittenEvidence())
    return _company(context, pairs, ibis.memtable(rows, schema=schema))[0].get((A, B))


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
