"""Who is found as a hub, who is not, and what is said of it."""

import re

import pytest

from graph.detect.context import DetectionContext
from graph.detect.hubs import HubParameters, find_hubs
from graph.detect.wordings import LANGUAGES, render
from tests.unit.graph.detect.hubs.found import approach, codes, hubs_of
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder

AGES = ("teenage_age_is_a_claim", "holder_may_be_a_minor", "own_age_unknown", "just_of_age")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """One platform with a plain hub, one that declares 14, a quiet one, a moderator, a welcome bot and a helpline."""
    platform = Platform()
    platform.ordinary_life()
    for name, age in (("hub", 31), ("teenlike", 14), ("quiet", None), ("mod", 29), ("line", 40)):
        platform.account(name, age=age, role={"mod": "moderator", "line": "helpline"}.get(name, "member"))
        for _ in range(10):
            platform.post(name, platform.random.uniform(0, 600))
    approach(platform, "hub", platform.teens, 30)
    approach(platform, "hub", platform.adults, 4)
    approach(platform, "teenlike", platform.teens, 30)
    approach(platform, "teenlike", platform.adults, 3)
    approach(platform, "quiet", platform.teens, 12)
    approach(platform, "mod", platform.teens, 20)
    approach(platform, "mod", platform.adults, 30)
    for teen in platform.teens[:25]:
        platform.meet(teen, "line", answered=True)
    platform.account("greeter", age=30)
    for i in range(60):
        arrival = platform.account(f"n{i}", age=14 if i % 2 else 30, since=5.0 + 9 * i)
        platform.post(arrival, 5.1 + 9 * i)
        platform.meet("greeter", arrival, answered=False, text=f"welcome n{i}, the rules are pinned", hours=5.3 + 9 * i)
    return hubs_of(platform, tmp_path_factory.mktemp("hubs"))


def test_an_adult_who_seeks_minors_is_a_strong_lead(found):
    finding = found["hub"]
    assert finding.tier == "strong"
    assert len(finding.targets) == 30
    first = finding.reasons[0]
    assert (first.code, first.observed) == ("minors_among_first_contacts", 30)
    assert len(first.records) == 30
    assert first.expected < 10
    assert finding.q_value is not None
    assert finding.q_value < 0.01


def test_an_adult_who_declares_a_teenage_age_stands_out_among_teenagers(found):
    finding = found["teenlike"]
    assert finding.tier in ("strong", "moderate")
    assert "holder_may_be_a_minor" in codes(finding.counter_evidence)


def test_an_account_of_unknown_age_can_be_found_and_says_what_would_clear_it(found):
    assert found["quiet"].tier in ("strong", "moderate")
    assert {"own_age_unknown", "what_would_clear_it"} <= set(codes(found["quiet"].counter_evidence))


def test_teenagers_in_circles_are_no_strong_leads(found):
    assert [name for name, finding in found.items() if re.match(r"[ta]\d", name) and finding.tier == "strong"] == []


def test_a_moderator_who_writes_to_everybody_is_weak_at_most_and_a_helpline_minors_write_to_no_lead(found):
    assert "line" not in found
    assert found["mod"].tier == "weak"
    assert found["mod"].counter_evidence[0].code == "role"


def test_an_undeclared_welcome_bot_is_at_most_weak_and_explained(found):
    greeter = found.get("greeter")
    assert greeter is None or greeter.tier == "weak"
    if greeter is not None:
        assert {"writes_to_whoever_arrives", "one_text_for_all"} & set(codes(greeter.counter_evidence))


def test_details_hold_no_message_text_and_no_verdict_in_either_language(found):
    for finding in found.values():
        for part in (*finding.reasons, *finding.counter_evidence):
            for language in LANGUAGES:
                said = render("hub", part, language).detail
                assert "hello" not in said
                assert "rules are pinned" not in said
                assert not re.search(r"\b(?:guilty|predator|criminal|pedo|nats|coupable)", said, re.IGNORECASE)


def test_the_figure_of_a_reason_stands_in_its_sentence_and_no_age_is_said_on_both_sides(found):
    """Once "33 observed" stood over "None of 33", and "adult: 15 %" under Why beside "minor: 85 %" under Why not."""
    for finding in found.values():
        for part in (*finding.reasons, *finding.counter_evidence):
            for language in LANGUAGES:
                numbers = set(re.findall(r"\d+", render("hub", part, language).detail))
                if isinstance(part.observed, int):
                    assert str(part.observed) in numbers, (part.code, language)
        ages = [code for code in codes((*finding.reasons, *finding.counter_evidence)) if code in AGES]
        assert len(ages) == len(set(ages))
        assert not {"teenage_age_is_a_claim", "own_age_unknown"} <= set(ages)
        said = " ".join(render("hub", part, "en").detail for part in (*finding.reasons, *finding.counter_evidence))
        assert not re.search(r"probab|\d %.{0,20}(?:adult|minor)\b", said)


def test_what_speaks_against_a_lead_opens_what_it_counts(found):
    """Answers and contacts with others were to be believed."""
    against = {part.code: part for part in found["hub"].counter_evidence}
    others = against["contacts_not_known_to_be_minors"]
    assert len(others.records) == others.observed
    parts = [part for lead in found.values() for part in lead.counter_evidence]
    assert all(len(part.records) == part.observed for part in parts if part.code == "most_answered")
    circles = [part for part in parts if part.code == "circle_of_friends"]
    assert all(len(part.records) == part.observed + part.values["ties"].value for part in circles)


def test_a_teenage_age_that_is_a_claim_opens_where_it_was_claimed(found):
    claimed = next(r for r in found["teenlike"].reasons if r.code == "teenage_age_is_a_claim")
    assert claimed.records == ("accounts:small:teenlike",)


def test_at_most_five_reasons_and_the_last_word_says_what_would_clear_it(found):
    for finding in found.values():
        assert 1 <= len(finding.reasons) <= 5
        assert finding.counter_evidence[-1].code == "what_would_clear_it"


def test_scores_order_as_tiers_do(found):
    bounds = {"weak": (0, 1 / 3), "moderate": (1 / 3, 2 / 3), "strong": (2 / 3, 1)}
    for finding in found.values():
        low, high = bounds[finding.tier]
        assert low <= finding.score <= high


def test_a_moderator_who_writes_to_minors_only_is_at_most_moderate_and_his_role_is_said(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("mod", age=30, role="moderator")
    for i in range(8):
        other = platform.account(f"mod{i}", age=30, role="moderator")
        approach(platform, other, platform.adults, 20)
    approach(platform, "mod", platform.teens, 30)
    finding = hubs_of(platform, tmp_path)["mod"]
    assert finding.tier in ("moderate", "weak")
    assert finding.counter_evidence[0].code == "role"


def test_what_all_who_have_a_task_do_alike_is_the_task(tmp_path):
    """Two teachers of a school write first to their pupils and to nobody else."""
    platform = Platform()
    platform.ordinary_life()
    for name in ("one", "two"):
        platform.account(name, age=40, role="staff")
        approach(platform, name, platform.teens, 30)
    found = hubs_of(platform, tmp_path)
    assert {found[name].tier for name in ("one", "two") if name in found} <= {"weak"}


def baited() -> Platform:
    """Two hubs of whom teenagers write to one, the bait, as well."""
    platform = Platform()
    platform.ordinary_life()
    for name in ("hub", "bait"):
        platform.account(name, age=31)
        approach(platform, name, platform.teens, 24)
    for teen in platform.random.sample(platform.teens, 20):
        platform.meet(teen, "bait", answered=True)
    return platform


def test_his_own_bait_does_not_clear_an_adult(tmp_path):
    """Teenagers write to him, as he sits in their room; that does not make a teenager of him."""
    found = hubs_of(baited(), tmp_path)
    assert found["hub"].tier == "strong"
    assert found["bait"].tier in ("strong", "moderate")
    assert "minors_drawn_in" in codes(found["bait"].reasons)
    assert "minors_drawn_in" not in codes(found["hub"].reasons)


def test_people_who_answer_each_other_are_no_strong_lead(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("coach", age=31)
    for number in range(20):
        platform.meet("coach", platform.account(f"p{number}", age=14), answered=True)
    for number in range(20):
        platform.meet(platform.account(f"q{number}", age=31), "coach", answered=True)
    coach = hubs_of(platform, tmp_path)["coach"]
    assert coach.tier != "strong"
    assert "circle_of_friends" in codes(coach.counter_evidence)


def test_reports_by_those_written_to_raise_a_lead_and_others_do_not(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    for name in ("plain", "accused", "slandered"):
        platform.account(name, age=31)
        approach(platform, name, platform.teens[:10], 8)
        approach(platform, name, platform.adults, 4)
    for name, reporters in (("accused", platform.teens[:10]), ("slandered", platform.adults[:10])):
        written = {row.get("recipient_id") for row in platform.messages if row["sender_id"] == name}
        for reporter in [one for one in reporters if (one in written) == (name == "accused")]:
            platform.reports.append({"reported_id": name, "reporter_id": reporter, "reason": "rude"})
    found = hubs_of(platform, tmp_path)
    assert "reports_by_targets" in codes(found["accused"].reasons)
    assert "reports_by_targets" not in codes(found["slandered"].reasons)
    assert found["accused"].score > found["slandered"].score


def test_more_records_than_the_cap_are_counted_and_said(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("hub", age=31)
    approach(platform, "hub", platform.teens, 24)
    reason = hubs_of(platform, tmp_path, records_cap=10)["hub"].reasons[0]
    assert len(reason.records) == 10
    assert reason.observed == 24
    assert "first 10" in render("hub", reason, "en").detail


@pytest.mark.parametrize("what", ["ages", "private messages"])
def test_without_ages_or_private_messages_there_is_a_note_and_no_finding(tmp_path, what):
    platform = Platform(adults=6, teens=6)
    platform.ordinary_life()
    if what == "ages":
        for row in platform.accounts:
            row["declared_age"] = None
    else:
        platform.messages = [row for row in platform.messages if "room_id" in row]
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        context = DetectionContext(lake)
        assert find_hubs(context, HubParameters()) == ()
        assert len(context.notes["hub"]) == 1


def test_where_nobody_writes_to_three_people_there_is_a_note_and_no_finding(tmp_path):
    platform = Platform(adults=6, teens=6)
    platform.account("alone", age=31)
    for target in platform.teens[:2]:
        platform.meet("alone", target, answered=False)
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        context = DetectionContext(lake)
        assert find_hubs(context, HubParameters()) == ()
        assert context.notes == {"hub": ["nobody wrote first to 3 people: nothing to test"]}


@pytest.mark.parametrize(
    "wrong", [{"strong_evidence": 1.0}, {"seldom": 0.5}, {"parts": ("tea",)}, {"lies": 0.0}, {"min_minors": 0}]
)
def test_parameters_that_contradict_are_refused(wrong):
    with pytest.raises(ValueError):
        HubParameters(**wrong)


def test_what_is_seldom_and_has_an_effect_is_moderate_for_who_has_no_task_too(tmp_path):
    """The share of colleagues that nobody has was taken for one of minors alone."""
    platform = Platform()
    platform.ordinary_life()
    platform.account("hub", age=31)
    approach(platform, "hub", platform.teens, 30)
    finding = hubs_of(platform, tmp_path, moderate_evidence=50.0, strong_evidence=60.0)["hub"]
    assert (finding.tier, finding.q_value is not None and finding.q_value <= 0.01) == ("moderate", True)
