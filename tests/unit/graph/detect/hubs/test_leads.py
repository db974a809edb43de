"""Who is found as a hub, who is not, and what is said of it."""

import re

import pytest

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.hubs import HubParameters, find_hubs
from graph.detect.hubs_texts import Block, commonest, skeleton
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder


def hubs_of(platform, tmp_path, **parameters) -> dict[str, Finding]:
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        findings = find_hubs(DetectionContext(lake), HubParameters(**parameters))
        for finding in findings:
            for reason in finding.reasons:
                assert len(lake.records(reason.records)) == len(reason.records)
    return {finding.members[0].split(":", 1)[1]: finding for finding in findings}


def approach(platform, name, crowd, count, **options):
    for target in platform.random.sample(crowd, count):
        platform.meet(name, target, answered=platform.random.random() < 0.3, **options)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """One platform with a plain hub, one that declares 14, a quiet one, a moderator, a welcome bot and a helpline."""
    platform = Platform()
    platform.ordinary_life()
    for name, age in (("hub", 31), ("teenlike", 14), ("quiet", None), ("mod", 29), ("line", 40)):
        platform.account(name, age=age, role={"mod": "moderator", "line": "helpline"}.get(name, "member"))
        for _ in range(10):
            platform.post(name, platform.random.uniform(0, 600))
    approach(platform, "hub", platform.teens, 24)
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
    assert len(finding.targets) == 24
    assert finding.reasons[0].observed == len(finding.reasons[0].records)
    assert finding.reasons[0].expected < 10
    assert finding.q_value is not None
    assert finding.q_value < 0.01


def test_an_adult_who_declares_a_teenage_age_stands_out_among_teenagers(found):
    finding = found["teenlike"]
    assert finding.tier in ("strong", "moderate")
    assert any(reason.measure == "declared age against behaviour" for reason in finding.reasons)


def test_an_account_of_unknown_age_can_be_found_and_says_what_would_clear_it(found):
    assert found["quiet"].tier in ("strong", "moderate")
    measures = {item.measure for item in found["quiet"].counter_evidence}
    assert {"own age unknown", "what would clear it"} <= measures


def test_teenagers_in_circles_are_no_strong_leads(found):
    assert [name for name, finding in found.items() if re.match(r"[ta]\d", name) and finding.tier == "strong"] == []


def test_a_moderator_who_writes_to_everybody_and_a_helpline_minors_write_to_are_no_leads(found):
    assert {"mod", "line"} & set(found) == set()


def test_a_moderator_who_writes_to_minors_only_stays_in_its_queue(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("mod", age=30, role="moderator")
    for i in range(8):
        other = platform.account(f"mod{i}", age=30, role="moderator")
        approach(platform, other, platform.adults, 20)
    approach(platform, "mod", platform.teens, 30)
    finding = hubs_of(platform, tmp_path)["mod"]
    assert finding.tier in ("moderate", "weak")
    assert finding.counter_evidence[0].measure == "role"


def test_an_undeclared_welcome_bot_is_at_most_weak_and_explained(found):
    assert found["greeter"].tier == "weak"
    assert found["greeter"].score < 0.05
    assert any(item.measure == "mix of arrivals" for item in found["greeter"].counter_evidence)


def test_details_hold_no_message_text_and_no_verdict(found):
    for finding in found.values():
        for part in (*finding.reasons, *finding.counter_evidence):
            assert "hello" not in part.detail
            assert "rules are pinned" not in part.detail
            assert not re.search(r"\b(?:guilty|predator|criminal|pedo)", part.detail, re.IGNORECASE)


def test_every_sentence_is_said_in_french_too_and_the_last_says_what_would_clear_it(found):
    for finding in found.values():
        parts = (*finding.reasons, *finding.counter_evidence)
        assert [part.measure for part in parts if not part.detail_fr or part.detail_fr == part.detail] == []
        assert [part.measure for part in parts if re.search(r"\d\.\d", part.detail_fr)] == []  # a decimal comma
        assert finding.counter_evidence[-1].measure == "what would clear it"


def test_the_weight_of_all_signals_is_said_beside_the_test(found):
    assert found["hub"].reasons[1].measure == "weight of evidence"
    assert found["hub"].reasons[1].observed > found["quiet"].reasons[1].observed > 2.0


def test_a_declared_18_where_teenagers_write_to_many_may_be_a_teenager(tmp_path):
    """Thirty teenagers here write to a dozen strangers of their age each, and so do two who declare 18 and 29."""
    platform = Platform()
    platform.ordinary_life()
    for name, age in (*((f"s{number}", 15) for number in range(30)), ("barely", 18), ("grown", 29)):
        platform.account(name, age=age)
        for number in range(14):
            target = platform.account(f"{name}-{number}", age=15 if number < 12 else 29)
            platform.meet(name, target, answered=number % 4 == 0, text=f"{'abcdefghijklmn'[number] * 5} {name}")
    found = hubs_of(platform, tmp_path)
    assert found["grown"].tier == "strong"
    assert found["barely"].tier == "weak"
    assert found["grown"].q_value < 0.01 < 0.1 < found["barely"].q_value
    measures = [{item.measure for item in found[name].counter_evidence} for name in ("grown", "barely")]
    assert ["just of age" in names for names in measures] == [False, True]


def test_a_mailing_to_everybody_by_an_undeclared_moderator_is_at_most_weak(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("mod", age=29)
    for crowd, count in ((platform.teens, 20), (platform.adults, 30)):
        approach(platform, "mod", crowd, count, text="please read the rules of the room")
    for number, adult in enumerate([*platform.adults[:12], *platform.teens[:4]]):
        platform.meet("mod", adult, answered=True, text=f"dear {'abcdefghijklmnop'[number] * 5}, a word with you")
    finding = hubs_of(platform, tmp_path).get("mod")
    assert finding is None or finding.tier == "weak"
    if finding is not None:
        assert any(item.measure == "one text for all" for item in finding.counter_evidence)
        assert finding.score < 0.1  # behind the leads that nothing explains


def test_people_who_answer_each_other_are_no_strong_lead(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("coach", age=31)
    for number in range(20):
        platform.meet("coach", platform.account(f"p{number}", age=14), answered=True)
    for adult in platform.adults[:12]:
        platform.meet(adult, "coach", answered=True)
    coach = hubs_of(platform, tmp_path)["coach"]
    assert coach.reasons[1].observed > HubParameters().strong_evidence  # the weight alone would be strong
    assert coach.tier == "moderate"
    assert any(item.measure == "circle of friends" for item in coach.counter_evidence)


def test_scores_order_as_tiers_do(found):
    bounds = {"weak": (0, 1 / 3), "moderate": (1 / 3, 2 / 3), "strong": (2 / 3, 1)}
    for finding in found.values():
        low, high = bounds[finding.tier]
        assert low <= finding.score <= high


def test_more_records_than_the_cap_are_counted_and_said(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("hub", age=31)
    approach(platform, "hub", platform.teens, 24)
    reason = hubs_of(platform, tmp_path, records_cap=10)["hub"].reasons[0]
    assert len(reason.records) == 10
    assert reason.observed > 10
    assert f"The first 10 of {reason.observed} records are cited" in reason.detail


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


def test_a_skeleton_forgets_the_name_the_numbers_and_the_case():
    assert skeleton("Welcome Zoé-12, you are no 17!", "Zoé-12") == skeleton("WELCOME bob, you are no 3", "bob")
    assert skeleton("welcome you") != skeleton("goodbye you")


def test_the_commonest_text_is_told_with_its_records():
    told = commonest([("a", "1", "hi"), ("a", "2", "yo"), ("a", "3", "yo"), ("b", "4", "no"), ("b", "5", "hi")])
    assert told == {"a": Block(2 / 3, frozenset({"2", "3"})), "b": Block(1 / 2, frozenset({"5"}))}


@pytest.mark.parametrize("wrong", [{"strong_q": 0.5, "moderate_q": 0.1}, {"min_minors": 1}, {"strong_odds": 0.5}])
def test_parameters_that_contradict_are_refused(wrong):
    with pytest.raises(ValueError):
        HubParameters(**wrong)
