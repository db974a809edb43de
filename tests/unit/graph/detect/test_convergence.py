"""When many accounts write to one within a short time."""

import re

import numpy as np
import pytest

from graph.detect.context import DetectionContext
from graph.detect.convergence import ConvergenceParameters, find_convergence
from graph.detect.convergence_burst import rush_around
from graph.detect.run import detect
from tests.unit.graph.detect.small_platform import Platform, lake_of, moment, write_folder


def found(platform, tmp_path, **parameters):
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        context = DetectionContext(lake)
        findings = find_convergence(context, ConvergenceParameters(**parameters))
        for finding in findings:
            assert len(lake.records(finding.reasons[0].records)) == len(finding.members)
        notes = context.notes.get("convergence", [])
    return {finding.targets[0].removeprefix("small:"): finding for finding in findings}, notes


@pytest.fixture
def platform():
    """Twenty-five days of ordinary chats."""
    platform = Platform()
    platform.ordinary_life()
    return platform


def rush(platform, target, crowd, hours, *, minutes=40.0):
    for i, name in enumerate(crowd):
        platform.meet(name, target, answered=False, hours=hours + i * minutes / len(crowd) / 60)


def test_ordinary_life_has_no_convergence(platform, tmp_path):
    assert found(platform, tmp_path) == ({}, [])


def test_eight_accounts_on_one_minor_within_the_hour_are_strong_and_cited(platform, tmp_path):
    rush(platform, "t5", platform.adults[:8], 700)
    finding = found(platform, tmp_path)[0]["t5"]
    assert finding.tier == "strong"
    assert finding.members == tuple(sorted(f"small:{name}" for name in platform.adults[:8]))
    assert finding.reasons[0].observed == 8
    assert finding.reasons[0].expected < 1
    (aimed,) = [reason for reason in finding.reasons if reason.measure == "adults on a minor"]
    assert aimed.observed == 8
    replay = finding.reasons[1]
    assert replay.measure == "replay"
    assert replay.detail.startswith("From 2024-03-30T04:00:00.000Z, median gap 300 s: small:a0 +0 s, small:a1 +300 s")
    assert finding.counter_evidence[-1].measure == "what would clear it"


def test_every_sentence_is_there_in_french_as_well(platform, tmp_path):
    rush(platform, "t5", platform.adults[:8], 700)
    platform.private("a40", "a0", 699)
    finding = found(platform, tmp_path)[0]["t5"]
    for item in (*finding.reasons, *finding.counter_evidence):
        assert item.detail_fr
        assert item.detail_fr != item.detail
        assert not re.search(r"\d\.\d", re.sub(r"\S*Z,", "", item.detail_fr))


def test_those_who_go_on_coming_belong_to_the_rush():
    minutes = np.array([0.0, 20.0, 26.0, 30.0, 31.0, 32.0, 33.0, 45.0, 59.0, 75.0])
    assert rush_around(minutes, 3, 4, 15.0, 240.0) == (1, 9)
    assert rush_around(minutes, 3, 4, 16.0, 50.0) == (2, 10)
    assert rush_around(minutes, 3, 4, 16.0, 60.0) == (1, 10)
    assert rush_around(minutes, 3, 4, 20.0, 240.0) == (0, 10)


@pytest.mark.parametrize(("answered", "tier"), [(5, "moderate"), (6, "weak")])
def test_who_answers_those_that_come_is_in_company(platform, tmp_path, answered, tier):
    platform.account("aim", age=30)
    for i, name in enumerate(platform.adults[:8]):
        platform.meet(name, "aim", answered=i < answered, hours=700 + i / 12)
    assert found(platform, tmp_path)[0]["aim"].tier == tier


@pytest.mark.parametrize(("known", "tier"), [(1, "moderate"), (5, "strong")])
def test_where_few_ages_are_known_more_adults_than_usual_are_adults_on_a_minor(platform, tmp_path, known, tier):
    crowd = [*platform.adults[:known], *(platform.account(f"x{i}") for i in range(12 - known))]
    rush(platform, "t5", crowd, 700)
    assert found(platform, tmp_path)[0]["t5"].tier == tier


def test_young_people_around_an_adult_are_a_following(platform, tmp_path):
    platform.account("idol", age=25)
    rush(platform, "idol", platform.teens[:30:4], 700)
    assert found(platform, tmp_path)[0]["idol"].tier == "weak"


@pytest.mark.parametrize("age", [None, 30])
def test_a_count_alone_is_never_strong(platform, tmp_path, age):
    target = platform.account("aim", age=age)
    rush(platform, target, platform.adults[:8], 700)
    finding = found(platform, tmp_path)[0]["aim"]
    assert finding.tier == "moderate"
    assert {"ages", "adults on a minor"} & {item.measure for item in finding.counter_evidence}


def test_teenagers_who_come_to_a_teenager_are_not_strong(platform, tmp_path):
    strangers = [platform.account(f"y{i}", age=15) for i in range(8)]
    rush(platform, "t5", strangers, 700)
    finding = found(platform, tmp_path)[0]["t5"]
    assert finding.tier == "moderate"
    assert "target is a minor" in [reason.measure for reason in finding.reasons]


def test_one_account_that_called_most_of_them_corroborates(platform, tmp_path):
    platform.account("aim")
    rush(platform, "aim", platform.adults[:8], 700)
    for name in platform.adults[:5]:
        platform.private("a40", name, 690)
    finding = found(platform, tmp_path)[0]["aim"]
    assert finding.tier == "strong"
    (called,) = [reason for reason in finding.reasons if reason.measure == "called by one account"]
    assert called.observed == 5
    assert "small:a40" in called.detail
    assert len(called.records) == 5


@pytest.mark.parametrize(
    ("reported", "tier"), [(["a3"], "moderate"), (["a3", "a3"], "moderate"), (["a3", "a4"], "strong")]
)
def test_reports_of_two_members_by_the_target_corroborate(platform, tmp_path, reported, tier):
    platform.account("aim")
    rush(platform, "aim", platform.adults[:8], 700)
    platform.reports += [
        {"report_id": f"r{i}", "reported_id": name, "reporter_id": "aim", "made_at": moment(702 + i), "reason": "crowd"}
        for i, name in enumerate(reported)
    ]
    finding = found(platform, tmp_path)[0]["aim"]
    assert finding.tier == tier
    (told,) = [reason.records for reason in finding.reasons if reason.measure == "reported by the target"]
    assert told == tuple(f"reports:r{i}" for i in range(len(reported)))


def test_who_welcomes_everybody_has_called_nobody(platform, tmp_path):
    platform.account("aim")
    rush(platform, "aim", platform.adults[:8], 700)
    for name in (*platform.adults[:5], *platform.adults[30:60]):
        platform.private("a80", name, 690)
    assert found(platform, tmp_path)[0]["aim"].tier == "moderate"


def test_young_people_who_come_to_an_adult_are_not_strong_though_called(platform, tmp_path):
    platform.account("idol", age=25)
    rush(platform, "idol", platform.teens[:30:4], 700)
    for name in platform.teens[:30:4]:
        platform.private("a40", name, 690)
    finding = found(platform, tmp_path)[0]["idol"]
    assert finding.tier == "moderate"
    assert "young people" in [item.measure for item in finding.counter_evidence]


@pytest.mark.parametrize(("acquainted", "tier"), [(True, "weak"), (False, "moderate")])
def test_friends_who_greet_somebody_on_the_first_day_are_weak(platform, tmp_path, acquainted, tier):
    friends = [platform.account(f"f{i}", age=30) for i in range(6)]
    for i, name in enumerate(friends):
        platform.private(name, friends[(i + 1) % 6] if acquainted else f"a{i}", 300 + i)
    platform.account("new", age=30, since=699.0)
    rush(platform, "new", friends, 700, minutes=10)
    assert found(platform, tmp_path)[0]["new"].tier == tier


@pytest.mark.parametrize(("later", "others", "tier"), [(2.0, 4, "strong"), (48.0, 3, "strong"), (48.0, 4, "moderate")])
def test_attention_recurs_only_on_another_day(platform, tmp_path, later, others, tier):
    rush(platform, "t5", platform.adults[:8], 700, minutes=10)
    rush(platform, "t5", platform.adults[20 : 20 + others], 700 + later, minutes=5)
    assert found(platform, tmp_path)[0]["t5"].tier == tier


def test_a_crowd_that_fills_a_room_and_writes_to_one_of_it_is_weak(platform, tmp_path):
    raiders = [platform.account(f"x{i}", age=30) for i in range(40)]
    for name in raiders:
        platform.post(name, 700.1)
    rush(platform, "t5", raiders[:8], 700.2)
    finding = found(platform, tmp_path)[0]["t5"]
    assert finding.tier == "weak"
    occasion = finding.counter_evidence[0]
    assert occasion.measure == "public occasion"
    assert occasion.observed == 40


def test_those_who_come_together_again_are_left_to_ambush(platform, tmp_path):
    for target, hours in (("t5", 700), ("t11", 730), ("t40", 760)):
        rush(platform, target, platform.adults[:8], hours)
    findings, notes = found(platform, tmp_path)
    assert findings == {}
    assert "3 windows are left to ambush" in notes[0]


def test_two_meetings_that_are_no_crews_stay_a_lead_but_no_strong_one(platform, tmp_path):
    for target, hours in (("t5", 700), ("t11", 760)):
        rush(platform, target, platform.adults[:8], hours)
    findings, notes = found(platform, tmp_path)
    assert {name: finding.tier for name, finding in findings.items()} == {"t5": "moderate", "t11": "moderate"}
    assert notes == []
    assert "together elsewhere" in [item.measure for item in findings["t5"].counter_evidence]


def test_a_crowd_on_somebody_that_members_were_in_is_no_other_target(platform, tmp_path):
    platform.account("star", age=25)
    rush(platform, "star", platform.adults[4:40], 500)
    rush(platform, "t5", platform.adults[:8], 700)
    finding = found(platform, tmp_path)[0]["t5"]
    assert finding.tier == "strong"
    assert "together elsewhere" not in [item.measure for item in finding.counter_evidence]


def test_a_wave_over_two_people_on_one_day_is_weak(platform, tmp_path):
    for target in ("a88", "a89"):
        rush(platform, target, platform.adults[:12], 700)
    findings, _ = found(platform, tmp_path)
    assert {name: finding.tier for name, finding in findings.items()} == {"a88": "weak", "a89": "weak"}
    assert "one wave" in [item.measure for item in findings["a88"].counter_evidence]


def test_alone_or_beside_ambush_the_answer_is_the_same(platform, tmp_path):
    for target, hours in (("t5", 700), ("t11", 730), ("t40", 760)):
        rush(platform, target, platform.adults[:8], hours)
    rush(platform, "t23", platform.adults[20:28], 650)
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        alone = detect(lake, ["convergence"]).findings
        beside = detect(lake, ["ambush", "convergence"]).findings
    assert [finding.targets for finding in alone] == [("small:t23",)]
    assert alone == tuple(finding for finding in beside if finding.kind == "convergence")


def test_a_popular_account_is_not_strong(platform, tmp_path):
    platform.account("star", age=20)
    for i in range(80):
        fan = platform.account(f"f{i}", age=19)
        platform.meet(fan, "star", answered=False, hours=platform.random.uniform(0, 600))
    findings, _ = found(platform, tmp_path)
    assert "star" not in findings or findings["star"].tier == "weak"


def test_newcomers_greeted_by_everybody_are_not_strong(platform, tmp_path):
    regulars = platform.adults[:10]
    for i in range(25):
        arrival = platform.account(f"n{i}", age=20, since=24.0 * i)
        platform.post(arrival, 24.0 * i + 0.1)
        rush(platform, arrival, platform.random.sample(regulars, 6), 24.0 * i + 0.2)
    findings, _ = found(platform, tmp_path)
    assert [name for name, finding in findings.items() if finding.tier == "strong"] == []


def test_attention_that_recurs_is_weak(platform, tmp_path):
    platform.account("stream", age=25)
    for evening in range(3):
        crowd = [platform.account(f"v{evening}{i}", age=22) for i in range(9)]
        rush(platform, "stream", crowd, 100 + 48 * evening)
    finding = found(platform, tmp_path)[0]["stream"]
    assert finding.tier == "weak"
    assert any(item.measure == "again and again" for item in finding.counter_evidence)


def test_a_helpline_is_written_to_by_its_task(platform, tmp_path):
    platform.account("line", role="helpline")
    rush(platform, "line", platform.teens[::6], 700)
    finding = found(platform, tmp_path)[0]["line"]
    assert finding.tier == "weak"
    assert finding.counter_evidence[0].measure == "role"


def test_no_private_messages_give_a_note(tmp_path):
    platform = Platform(adults=2, teens=0)
    platform.post("a0", 1)
    findings, notes = found(platform, tmp_path)
    assert findings == {}
    assert notes == ["there are no private messages between accounts: nothing to test"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_members": 2}, {"adult_share": 0.0}, {"young_share": 1.0}, {"windows_minutes": ()},
        {"recurring_p": 0.0}, {"adults_p": 1.0}, {"everybody_times": 0.5},
        {"strong_q": 0.3, "moderate_q": 0.1, "weak_q": 0.2},
    ],
)
def test_parameters_that_contradict_are_refused(wrong):
    with pytest.raises(ValueError):
        ConvergenceParameters(**wrong)
