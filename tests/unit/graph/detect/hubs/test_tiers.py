"""One figure decides tier and rank, and what explains an account harmlessly is taken off there."""

import pytest

from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.tiers import judged
from graph.detect.tiers import Bounds, grade

GIVEN = HubParameters()
BOUNDS = Bounds(GIVEN.moderate_evidence, GIVEN.strong_evidence)
PLAIN = {"q_value": 0.1, "odds": 1.5, "explained": "", "role": None}


def tier(evidence, **changed):
    return grade(judged(evidence, **{**PLAIN, **changed}, parameters=GIVEN), BOUNDS)[0]


def test_evidence_decides():
    below, between, above = GIVEN.moderate_evidence - 0.1, GIVEN.moderate_evidence + 0.1, GIVEN.strong_evidence + 0.1
    assert [tier(evidence, q_value=0.01) for evidence in (below, between, above)] == ["weak", "moderate", "strong"]
    assert tier(above, q_value=0.06) == "moderate"


@pytest.mark.parametrize("evidence", [3.0, 9.0, 90.0])
def test_what_chance_brings_is_never_above_weak(evidence):
    assert tier(evidence, q_value=0.21) == "weak"


@pytest.mark.parametrize("evidence", [-50.0, 0.0, 1.9])
def test_what_is_seldom_and_has_an_effect_is_never_weak(evidence):
    assert tier(evidence, q_value=0.01, odds=2.0) == "moderate"
    assert tier(evidence, q_value=0.01, odds=1.9) == "weak"


@pytest.mark.parametrize("explained", ["one_text_for_all", "writes_to_whoever_arrives"])
def test_who_writes_to_anybody_stays_weak(explained):
    assert tier(30.0, q_value=1e-9, odds=9.0, explained=explained) == "weak"


def test_where_the_minors_know_each_other_a_lead_is_moderate_only_if_chance_hardly_brings_it():
    assert tier(30.0, q_value=1e-9, odds=9.0, explained="know_each_other") == "moderate"
    assert tier(30.0, q_value=0.02, odds=9.0, explained="know_each_other") == "weak"


def test_a_circle_of_friends_is_moderate_at_most():
    assert tier(30.0, q_value=1e-9, odds=9.0, explained="circle_of_friends") == "moderate"
    assert tier(1.0, q_value=1e-9, odds=9.0, explained="circle_of_friends") == "weak"


def test_a_duty_is_moderate_at_most_and_only_where_no_colleague_does_so():
    role = {"explained": "role", "role": "moderator"}
    assert tier(30.0, **role) == "weak"
    assert tier(30.0, q_value=1e-9, odds=9.0, **role) == "moderate"
    assert tier(30.0, q_value=1e-9, odds=9.0, explained="role", role="helpline") == "weak"


@pytest.mark.parametrize(
    "changed", [{}, {"q_value": 0.9}, {"q_value": 0.001, "odds": 3.0}, {"explained": "circle_of_friends"}]
)
def test_more_evidence_never_ranks_lower(changed):
    scores = [grade(judged(e / 4, **{**PLAIN, **changed}, parameters=GIVEN), BOUNDS)[1] for e in range(-20, 60)]
    assert scores == sorted(scores)
