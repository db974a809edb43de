"""When many accounts write first to one, within an hour or over months."""

from dataclasses import replace

import numpy as np
import pytest

from graph.detect import convergence, values
from graph.detect.context import DetectionContext
from graph.detect.convergence import ConvergenceParameters, find_convergence
from graph.detect.reason import Reason
from graph.detect.run import detect
from graph.detect.wordings import render
from tests.unit.graph.detect.relational_evidence import at
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder


def found(platform, tmp_path, **parameters):
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        document = detect(lake, ["convergence"], parameters={"convergence": parameters})
        for finding in document.findings:
            assert len(lake.records(finding.reasons[0].records)) == len(finding.members)
    leads = {finding.targets[0].removeprefix("small:"): finding for finding in document.findings}
    return leads, document.parameters["convergence"]["notes"]


def told(findings):
    return {name: finding.tier for name, finding in findings.items() if finding.tier != "weak"}


def codes(finding):
    return [item.code for item in (*finding.reasons, *finding.counter_evidence)]


@pytest.fixture
def platform():
    """Twenty-five days of ordinary chats."""
    platform = Platform()
    platform.ordinary_life()
    return platform


def rush(platform, target, crowd, hours, *, minutes=40.0):
    for i, name in enumerate(crowd):
        platform.meet(name, target, answered=False, hours=hours + i * minutes / len(crowd) / 60)


def strangers(platform, count, *, age=30, name="x"):
    """Adults who have lived a little: each posts and writes to two others."""
    found = [platform.account(f"{name}{i}", age=age) for i in range(count)]
    for who in found:
        platform.post(who, platform.random.uniform(0, 600))
        for other in platform.random.sample(platform.adults, 2):
            platform.meet(who, other, answered=True)
    return found


def test_ordinary_life_has_no_lead(platform, tmp_path):
    assert told(found(platform, tmp_path)[0]) == {}


def test_eight_adults_on_one_minor_within_the_hour_are_a_strong_lead(platform, tmp_path):
    crowd = strangers(platform, 8)
    rush(platform, "t5", crowd, 700)
    finding = found(platform, tmp_path)[0]["t5"]
    assert finding.tier == "strong"
    assert finding.members == tuple(sorted(f"small:{name}" for name in crowd))
    first = finding.reasons[0]
    assert (first.code, first.observed) == ("adults_wrote_first", 8)
    assert first.expected < 1
    assert render("convergence", first, "en").detail.startswith(
        "8 adults wrote first to this 14-year-old between 30 Mar 2024, 04:00 UTC and 30 Mar 2024, 04:35 UTC, where "
        "hardly any would be usual "
    )
    assert finding.counter_evidence[-1].code == "what_would_clear_it"
    counted = [part for part in finding.counter_evidence if part.code in ("answers", "young_came_too")]
    assert all(len(part.records) == part.observed for part in counted)


def test_other_minors_of_the_members_open_at_the_message_that_each_wrote_first(platform, tmp_path):
    """How many also wrote to other minors was said with a number alone."""
    crowd = strangers(platform, 8)
    for who, early, late in zip(crowd[:6], platform.teens[6:12], platform.teens[12:18], strict=True):
        platform.meet(who, late, answered=False, hours=500)
        platform.meet(who, early, answered=False, hours=400)
    sent = {row["message_id"]: row for row in platform.tables()["messages"]}
    rush(platform, "t5", crowd, 700)
    others = next(r for r in found(platform, tmp_path)[0]["t5"].reasons if r.code == "other_minors")
    cited = [sent[ref.removeprefix("messages:")] for ref in others.records]
    assert others.observed == 6
    assert [row["sender_id"] for row in cited] == crowd[:6]
    assert [row["recipient_id"] for row in cited] == platform.teens[6:12]


def test_no_more_than_usual_is_no_lead_however_seldom_they_write(platform, tmp_path, monkeypatch):
    best = convergence.best_windows

    def popular(*given):
        windows, tested = best(*given)
        return replace(windows, expected=np.full(len(windows.target), 8.2)), tested

    rush(platform, "t5", strangers(platform, 8), 700)
    rush(platform, "t7", strangers(platform, 9, name="y"), 900)
    monkeypatch.setattr(convergence, "best_windows", popular)
    assert {*found(platform, tmp_path)[0]} == {"t7"}


def test_eleven_men_on_one_minor_over_weeks_are_one_lead_with_its_periods(tmp_path):
    platform = Platform(adults=150, teens=150)
    platform.ordinary_life()
    crowd = strangers(platform, 11)
    for i, name in enumerate(crowd):
        platform.meet(name, "t5", answered=i % 3 == 0, hours=40 + i * 40 + (130 if i > 6 else 0))
    findings, _ = found(platform, tmp_path)
    assert list(told(findings)) == ["t5"]
    finding = findings["t5"]
    assert {f"small:{name}" for name in crowd} <= set(finding.members)
    (replay,) = [reason for reason in finding.reasons if reason.code == "replay"]
    assert replay.observed == 2
    assert "They came in 2 runs, parted by more than a day and a fifth of" in render("convergence", replay, "en").detail


def test_minors_who_come_as_well_explain_the_adults(platform, tmp_path):
    crowd = [*strangers(platform, 8), *strangers(platform, 16, age=15, name="y")]
    platform.random.shuffle(crowd)
    rush(platform, "t5", crowd, 700)
    assert told(found(platform, tmp_path)[0]) == {}


def test_who_is_written_to_by_strangers_of_all_ages_is_no_lead(platform, tmp_path):
    idol = platform.account("idol", age=16)
    for name in [*strangers(platform, 20), *strangers(platform, 20, age=15, name="y")]:
        platform.meet(name, idol, answered=False, hours=platform.random.uniform(0, 600))
    assert told(found(platform, tmp_path)[0]) == {}


def test_those_who_write_to_everybody_weigh_less_than_those_who_seldom_write(platform, tmp_path):
    seldom, often = strangers(platform, 7), strangers(platform, 7, name="o")
    for name in often:
        for other in platform.random.sample(platform.adults, 40):
            platform.meet(name, other, answered=False)
    rush(platform, "t5", seldom, 700)
    rush(platform, "t29", often, 710)
    findings, _ = found(platform, tmp_path)
    assert findings["t5"].score > findings["t29"].score
    assert not {"seldom_write_first"} & {*codes(findings["t5"])}, "an account is not measured by a median of contacts"


def test_a_rush_on_every_arrival_is_a_custom_whatever_its_size(platform, tmp_path):
    crowd = strangers(platform, 40)
    for i in range(30):
        arrival = platform.account(f"n{i}", age=15, since=20.0 * i)
        platform.post(arrival, 20.0 * i + 0.1)
        rush(platform, arrival, platform.random.sample(crowd, 12), 20.0 * i + 0.2)
    assert told(found(platform, tmp_path)[0]) == {}


def test_a_target_that_had_just_arrived_is_said_beside_what_other_newcomers_receive(platform, tmp_path):
    """Twelve wrote to an account five minutes old, and nothing said so."""
    crowd = strangers(platform, 12)
    for i in range(4):  # as old when last looked at, and written to by one adult in two
        other = platform.account(f"n{i}", age=15, since=100.0 * i + 50)
        platform.meet(crowd[i], other, answered=False, hours=100.0 * i + (50.2 if i % 2 else 90))
    platform.account("new", age=14, since=700)
    rush(platform, "new", crowd, 700.1)
    platform.post("a0", 800)
    platform.meet("a1", "a2", answered=True, hours=800)
    finding = found(platform, tmp_path)[0]["new"]
    said = next(item for item in finding.counter_evidence if item.code == "target_newly_arrived")
    assert (said.observed, said.expected, said.records) == (12, 0.5, ("accounts:small:new",))
    assert render("convergence", said, "en").detail == (
        "This case first sees the account they wrote to 6 minutes before the first of them. From then until the last "
        "of them, 43 minutes in all, 12 accounts wrote first to it, minors and accounts with a role aside; to other "
        "newcomers 0.5 do on average in as long. Whoever is new draws first contacts by being new."
    )
    assert "en moyenne\xa0: 0,5." in render("convergence", said, "fr").detail


def test_a_target_of_whom_the_members_alone_tell_is_not_called_new(platform, tmp_path):
    """An account without a row, or a day on it, was said to have been first seen 0 seconds before."""
    platform.account("quiet", age=14)
    platform.accounts[-1]["created_at"] = ""
    rush(platform, "quiet", strangers(platform, 12), 700.1)
    assert "target_newly_arrived" not in codes(found(platform, tmp_path)[0]["quiet"])


def test_a_target_known_for_long_is_not_said_to_have_just_arrived(platform, tmp_path):
    rush(platform, "t5", strangers(platform, 8), 700)
    assert "target_newly_arrived" not in codes(found(platform, tmp_path)[0]["t5"])


def test_two_evenings_of_adults_on_one_minor_do_not_hide_each_other(platform, tmp_path):
    """What came in another hour was taken for usual: whoever adults came to twice was no lead, or a weak one."""
    for evening in range(2):
        rush(platform, "t5", strangers(platform, 9, name=f"v{evening}"), 500 + 200 * evening)
    assert told(found(platform, tmp_path)[0])["t5"] != "weak"


def test_twelve_on_an_adult_within_the_hour_are_a_lead_and_twelve_over_weeks_are_not(platform, tmp_path):
    platform.account("aim", age=40)
    platform.account("known", age=40)
    rush(platform, "aim", strangers(platform, 12), 700)
    for i, name in enumerate(strangers(platform, 12, name="k")):
        platform.meet(name, "known", answered=False, hours=50 * i)
    findings, _ = found(platform, tmp_path)
    assert list(told(findings)) == ["aim"]
    assert findings["aim"].reasons[0].code == "accounts_wrote_first"
    assert "target_is_no_minor" in codes(findings["aim"])


def test_members_of_unknown_age_count_by_the_share_of_adults(platform, tmp_path):
    crowd = [*strangers(platform, 4), *strangers(platform, 8, age=None, name="u")]
    rush(platform, "t5", crowd, 700)
    finding = found(platform, tmp_path)[0]["t5"]
    assert finding.tier != "weak"
    (ages,) = [item for item in finding.counter_evidence if item.code == "ages"]
    assert ages.observed == 8


def test_where_no_age_is_known_only_a_rush_is_a_lead(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    for account in platform.accounts:
        account["declared_age"] = None
    rush(platform, "t5", strangers(platform, 12, age=None), 700)
    for i, name in enumerate(strangers(platform, 12, age=None, name="m")):
        platform.meet(name, "t11", answered=False, hours=50 * i)
    findings, notes = found(platform, tmp_path)
    assert list(told(findings)) == ["t5"]
    assert notes == [
        "nobody written to first is known to be a minor: a rush of 10 within 24 h alone was looked for"
    ], "finding nothing else is no clearance"


def test_a_crew_of_several_targets_is_left_to_ambush(platform, tmp_path):
    crowd = strangers(platform, 8)
    for target, hours in (("t5", 700), ("t11", 730), ("t40", 760)):
        rush(platform, target, crowd, hours)
    findings, notes = found(platform, tmp_path)
    assert {"t5", "t11", "t40"}.isdisjoint(findings)
    assert "3 targets are left to ambush" in notes[0]


@pytest.mark.parametrize(("posted", "tier"), [(True, "weak"), (False, "strong")])
def test_a_crowd_that_filled_the_room_they_came_from_is_a_public_occasion(platform, tmp_path, posted, tier):
    raiders = strangers(platform, 40)
    for name in raiders:
        platform.post(name, 700.1 if posted else 650.0 - platform.random.uniform(0, 600))
    rush(platform, "t5", raiders[:8], 700.2)
    finding = found(platform, tmp_path)[0]["t5"]
    assert finding.tier == tier
    assert ("public_occasion" in codes(finding)) == posted


def test_the_crowd_that_is_told_of_an_occasion_is_that_of_the_fullest_hour(platform, tmp_path):
    """Of four who wrote in a room when they came, one came in the hour that was told of all."""
    raiders = strangers(platform, 40)
    for place, name in enumerate(raiders):
        platform.post(name, 700.1 if place < 26 else 701.1)
    for place, name in enumerate([*raiders[:6], *raiders[30:36]]):
        platform.meet(name, "t5", answered=False, hours=(700.2 if place < 6 else 702.2) + place / 100)
    finding = found(platform, tmp_path)[0]["t5"]
    (occasion,) = [item for item in finding.counter_evidence if item.code == "public_occasion"]
    assert (occasion.values["members"].value, occasion.observed) == (12, 26)
    assert "in the fullest of these hours 26 accounts wrote there" in render("convergence", occasion, "en").detail


@pytest.mark.parametrize(
    ("usual", "told"),
    [(values.number(1.0), "1"), (values.number(2.3), "2.3"), (values.word("hardly_any"), "hardly any")],
)
def test_what_is_usual_is_told_in_words_that_fit_any_number(usual, told):
    """One adult "are usual"."""
    said = render("convergence", Reason("adults_wrote_first", {
        "adults": values.count(6), "age": values.count(14), "usual": usual, "unknown": values.count(0),
        "others": values.word("none"), "from": values.moment(at(0)), "until": values.moment(at(60)),
    }), "en").detail
    assert f", where {told} would be usual for a minor at such hours" in said


def test_a_room_that_is_full_at_that_hour_every_day_is_no_public_occasion(platform, tmp_path):
    """An ordinary evening was told as an event: it was held against the mean of all hours of the day and night."""
    crowd = strangers(platform, 40)
    for name in crowd:
        for day in range(12):
            platform.post(name, 700.1 - 24 * day)
    for hour in range(0, 600, 3):
        platform.post(crowd[hour % 5], hour + 0.1)
    rush(platform, "t5", crowd[:8], 700.2)
    finding = found(platform, tmp_path)[0]["t5"]
    assert "public_occasion" not in codes(finding)
    assert finding.tier != "weak"


def test_one_occasion_is_of_one_day(platform, tmp_path):
    """Eight who come in eight days, each out of another full hour, did not come from one event."""
    crowd = strangers(platform, 40)
    for day in range(8):
        for name in crowd[day % 2 :: 2]:
            platform.post(name, 400.1 + 25 * day)
        platform.meet(crowd[day], "t5", answered=False, hours=400.2 + 25 * day)
    assert "public_occasion" not in codes(found(platform, tmp_path)[0]["t5"])


def test_the_victims_of_a_crew_are_no_custom_that_hides_a_convergence(platform, tmp_path):
    crew, others = strangers(platform, 6), strangers(platform, 9, name="y")
    rush(platform, "t5", others, 700)
    alone = found(platform, tmp_path / "alone")[0]["t5"]
    for number in range(20):
        rush(platform, platform.account(f"v{number}", age=14), crew, 300 + 15 * number)
    beside = found(platform, tmp_path / "beside")[0]["t5"]
    assert (alone.tier, beside.tier) == ("strong", "strong")


def test_what_is_usual_does_not_rise_with_what_came(platform, tmp_path):
    """Of all the time it said that as many as came are usual."""
    for number, name in enumerate(strangers(platform, 24)):
        platform.meet(name, "t5", answered=False, hours=50 + 24 * number)
    head = found(platform, tmp_path)[0]["t5"].reasons[0]
    assert head.observed >= 20
    assert head.expected < 6


def test_a_wave_over_two_people_on_one_day_is_weak_and_says_so(platform, tmp_path):
    crowd = strangers(platform, 12)
    for target in ("a88", "a89"):
        rush(platform, target, crowd, 700)
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        context = DetectionContext(lake, finders={"ambush": tuple})
        findings = find_convergence(context, ConvergenceParameters())
    assert {finding.tier for finding in findings} == {"weak"}
    (wave,) = [finding for finding in findings if finding.targets == ("small:a88",)]
    assert "one_wave" in codes(wave)


def test_a_helpline_is_written_to_by_its_task(platform, tmp_path):
    platform.account("line", role="helpline")
    rush(platform, "line", strangers(platform, 12), 700)
    assert "line" not in found(platform, tmp_path)[0]


def test_every_lead_says_the_same_in_french(platform, tmp_path):
    rush(platform, "t5", strangers(platform, 8), 700)
    finding = found(platform, tmp_path)[0]["t5"]
    english, french = finding.to_dict(language="en"), finding.to_dict(language="fr")
    assert french["reasons"][0]["detail"].startswith("8 adultes ont écrit en premier à ce compte d’une personne de 14")
    for key in ("reasons", "counter_evidence"):
        assert [item["code"] for item in english[key]] == [item["code"] for item in french[key]]
        assert all(one["detail"] != other["detail"] for one, other in zip(english[key], french[key], strict=True))


def test_rows_in_another_order_give_the_same_findings(platform, tmp_path):
    rush(platform, "t5", strangers(platform, 8), 700)
    tables = platform.tables()
    documents = []
    for name, order in (("one", 1), ("two", -1)):
        source = write_folder(tmp_path / name, {table: rows[::order] for table, rows in tables.items()})
        with lake_of(tmp_path / f"w-{name}", [source]) as lake:
            documents.append([finding.to_dict() for finding in detect(lake, ["convergence"]).findings])
    assert documents[0] == documents[1]
    assert documents[0]


def test_no_private_messages_give_a_note(tmp_path):
    platform = Platform(adults=2, teens=0)
    platform.post("a0", 1)
    findings, notes = found(platform, tmp_path)
    assert findings == {}
    assert notes == ["there are no private messages between accounts: nothing to test"]


def test_two_accounts_and_one_message_are_enough_to_run(tmp_path):
    platform = Platform(adults=2, teens=0)
    platform.private("a0", "a1", 1)
    findings, notes = found(platform, tmp_path)
    assert findings == {}
    assert len(notes) == 1, "no minor is known"


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_members": 2}, {"windows_hours": ()}, {"windows_hours": (0,)}, {"peers": 0.0},
        {"moderate": 3.0, "strong": 2.0}, {"parts": ("days", "luck")}, {"rush_members": 2.5},
    ],
)
def test_parameters_that_contradict_are_refused(wrong):
    with pytest.raises(ValueError):
        ConvergenceParameters(**wrong)

