"""Who of those an account wrote to know each other, and what does it say?"""

from itertools import combinations

import numpy as np
import pytest

from graph.detect.context import DetectionContext
from graph.detect.hubs import HubParameters, find_hubs
from graph.detect.hubs.ages import age_groups
from graph.detect.hubs.conduct import conduct_of
from graph.detect.hubs.contacts import active_days, contact_rows, ties_among
from graph.detect.hubs.people import chats
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder

GROUPS = age_groups(18)


@pytest.mark.parametrize("most", [3, 400])
def test_ties_are_the_triangles_whose_two_sides_an_account_began(tmp_path, most):
    platform = Platform()
    people = [platform.account(f"p{number}", age=14) for number in range(30)]
    drawn = platform.random.sample(list(combinations(people, 2)), 170)
    for hour, pair in enumerate(drawn):
        platform.meet(*platform.random.sample(pair, 2), answered=False, hours=float(hour))
    begun, met = {}, set()
    for row in sorted(platform.messages, key=lambda row: row["sent_at"]):
        if row.get("recipient_id") and {row["sender_id"], row["recipient_id"]} not in met:
            begun.setdefault(row["sender_id"], []).append(row["recipient_id"])
            met.add(frozenset((row["sender_id"], row["recipient_id"])))
    wanted = {
        (who, frozenset(pair)) for who, others in begun.items()
        for pair in combinations(others[:most], 2) if frozenset(pair) in met
    }
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        context = DetectionContext(lake)
        named = dict(context.rows(context.numbers.select("number", "account")))
        found = ties_among(context, GROUPS, egonet_contacts=most)
        seen = chats(
            contact_rows(context, GROUPS), found, active_days(context, GROUPS), {}, GROUPS, present_people=20.0,
            egonet=most,
        )
    short = [
        (named[row["number"]].split(":")[1], frozenset(named[row[side]].split(":")[1] for side in ("one", "other")))
        for row in found.to_pylist()
    ]
    assert len(short) == len(set(short))
    assert set(short) == wanted
    everybody = np.arange(seen.size)
    conduct = conduct_of(seen, everybody, np.zeros((seen.size, GROUPS.known)), np.zeros(seen.size), GROUPS)
    ties = {who: sum(name == who for name, _ in wanted) for who in people}
    assert {named[number].split(":")[1]: round(count) for number, count in enumerate(conduct.ties)} == ties


def minors_of_one_adult(tmp_path, *, acquainted):
    platform = Platform()
    platform.ordinary_life()
    platform.account("adult", age=31)
    for _ in range(10):
        platform.post("adult", platform.random.uniform(0, 600))
    pupils = platform.random.sample(platform.teens, 24)
    for pupil in pupils:
        platform.meet("adult", pupil, answered=platform.random.random() < 0.3)
    for pair in platform.random.sample(list(combinations(pupils, 2)), 220 if acquainted else 0):
        platform.meet(*pair, answered=True)
    for adult in platform.random.sample(platform.adults, 2):
        platform.meet("adult", adult, answered=True)
    source = write_folder(tmp_path / f"source-{acquainted}", platform.tables())
    with lake_of(tmp_path / f"workspace-{acquainted}", [source]) as lake:
        findings = find_hubs(DetectionContext(lake), HubParameters())
    return next(finding for finding in findings if finding.members[0].endswith(":adult"))


def test_whose_minors_know_each_other_is_no_strong_lead_and_that_is_said(tmp_path):
    """A coach's pupils write to each other.  Once only people who wrote to him counted as what they have in common."""
    strangers, pupils = (minors_of_one_adult(tmp_path, acquainted=known) for known in (False, True))
    assert strangers.tier == "strong"
    assert pupils.tier != "strong"
    assert pupils.score < strangers.score
    (said,) = [part for part in pupils.counter_evidence if part.code == "know_each_other"]
    assert said.values["pairs"].value == 276
    assert said.observed > 220 > 1.5 * said.expected
    assert "know_each_other" not in [part.code for part in strangers.counter_evidence]
    assert "strangers_to_each_other" in [part.code for part in strangers.reasons]
