"""When one account calls many adults to one person or place."""

import pytest

from graph.detect.context import DetectionContext
from graph.detect.reason import Reason
from graph.detect.recruitment import RecruitmentParameters, find_recruitment
from tests.unit.graph.detect.platform_evidence import evidence_of
from tests.unit.graph.detect.sentences import items, sentence, sentences
from tests.unit.graph.detect.small_platform import Platform

SMALL_TALK = ("did you see the match", "it rains here again", "what are you cooking tonight", "my cat sleeps all day")


def found(platform, *, rooms=(), **parameters):
    named = {"rooms": [{"room_id": f"r{i}", "name": name} for i, name in enumerate(rooms)]} if rooms else {}
    context = DetectionContext(evidence_of(platform, **named))
    findings = find_recruitment(context, RecruitmentParameters(**parameters))
    for finding in findings:
        assert finding.counter_evidence[-1].code == "what_would_clear_it"
        assert len(finding.reasons) <= 6
        assert all(sentences(finding))
    notes = context.notes.get("recruitment", [])
    return {finding.members[0].removeprefix("small:"): finding for finding in findings}, notes


@pytest.fixture
def platform():
    """Ordinary chats, and a person called Capitaine-7 among the adults."""
    platform = Platform(adults=70, teens=40)
    for name in (*platform.adults, *platform.teens):
        for _ in range(4):
            crowd = platform.teens if platform.random.random() < 0.4 else platform.adults
            platform.meet(name, platform.random.choice(crowd), answered=True, text=platform.random.choice(SMALL_TALK))
    platform.account("captain", age=40)
    platform.accounts[-1]["pseudonym"] = "Capitaine-7"
    return platform


def call(
    platform, sender, people, *, wordings=("hello, come and see {w}, say I sent you",), who="capitaine-7", apart=9.0
):
    """A message to each, ``apart`` hours after the other."""
    for i, name in enumerate(people):
        text = wordings[i % len(wordings)].format(w=who)
        platform.meet(sender, name, answered=False, text=text, hours=100 + apart * i)


def subject(finding):
    return sentence(finding, "people_sent_to_one_subject")


def bearers(finding):
    return items(finding)["people_sent_to_one_subject"].values["bearers"].ids


def test_ordinary_chats_recruit_nobody(platform):
    assert found(platform) == ({}, [])


def test_near_identical_calls_of_adults_to_a_named_person_are_strong_and_name_it(platform):
    platform.account("caller", age=44)
    called = platform.adults[:14]
    call(platform, "caller", called, wordings=(
        "hello, come and see {w}, say I sent you", "Hi! come and see {w} and say that I sent you :)",
    ))
    finding = found(platform)[0]["caller"]
    assert finding.tier == "strong"
    assert finding.targets == tuple(sorted(f"small:{name}" for name in called))
    assert "“Capitaine-7”" in subject(finding)
    assert "«\u00a0Capitaine-7\u00a0»" in sentence(finding, "people_sent_to_one_subject", "fr")
    assert bearers(finding) == ("small:captain",)
    assert "accounts:small:captain" in finding.reasons[0].records
    assert finding.q_value < 0.001


def test_what_hardly_exceeds_the_usual_is_no_reason(platform):
    platform.account("fan", age=30)
    platform.account("painter", age=45)
    call(platform, "fan", platform.adults[:18], who="painter", wordings=("have a look at the drawings of {w}",))
    platform.meet(platform.adults[0], "painter", answered=True, hours=110)
    finding = found(platform)[0]["fan"]
    assert "recipients_who_came" not in items(finding)
    assert items(finding)["no_more_came"].observed == 1
    platform.account("pupil")
    call(platform, "pupil", platform.teens[:17] + platform.adults[:1])
    assert "adults_among_recipients" not in items(found(platform)[0]["pupil"])


def test_slips_of_the_pen_and_a_few_wordings_in_turn_do_not_hide_a_call(platform):
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:18], wordings=(
        "hey come see {w} tonight, say I sent you", "helo cmoe see {w} tonihgt, say I snet you",
        "good evening, would you please ask for {w}", "god evening, wuold you plaese ask for {w}",
        "my friend {w} waits for people like us", "my freind {w} waits for poeple like us",
    ))
    assert found(platform)[0]["caller"].tier == "strong"
    assert "caller" not in found(platform, wordings=1)[0]


def test_five_unlike_wordings_in_turn_are_still_a_call(platform):
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:20], wordings=(
        "hey come see {w} tonight, say I sent you", "good evening, would you please ask for {w}",
        "my friend {w} waits for people like us", "there are places left over at {w}",
        "the work is well paid, contact {w}",
    ))
    assert found(platform)[0]["caller"].tier == "strong"
    assert "caller" not in found(platform, wordings=2)[0]


def test_a_name_told_to_people_of_any_age_or_to_friends_who_know_the_person_is_weak(platform):
    platform.account("fan", age=25)
    mixed = [name for pair in zip(platform.adults[:9], platform.teens[:9], strict=True) for name in pair]
    call(platform, "fan", mixed, who="@somecast", wordings=("come and watch the show of {w} tonight",))
    platform.account("host", age=35)
    friends = platform.adults[30:48]
    for i, name in enumerate(friends):
        platform.meet("captain", name, answered=True, hours=1 + i)
        platform.meet("host", name, answered=True, text="lovely to hear from you", hours=30 + i)
        platform.private("host", name, 300 + i, "surprise party for capitaine-7 on friday, do come")
    leads = found(platform)[0]
    assert (leads["fan"].tier, leads["host"].tier) == ("weak", "weak")


def test_how_many_strangers_were_called_is_told_beside_what_the_model_takes_as_harmless(platform):
    """A strong tier stood on them, and the lead told acquaintances alone."""
    platform.account("caller", age=44)
    known, *strangers = platform.adults[:14]
    platform.meet("caller", known, answered=True, hours=2)
    call(platform, "caller", [known, *strangers])
    finding = found(platform)[0]["caller"]
    said = items(finding)["strangers_called"]
    assert (said.observed, said.expected, len(said.records)) == (13, 4.2, 13)
    assert set(said.records) < set(finding.reasons[0].records)
    assert sentence(finding, "strangers_called") == (
        "13 of the 14 recipients were called within 48 hours of this account's first message to them, before "
        "which they had not written to it: strangers. The model takes 30% to be strangers where a call is harmless."
    )
    assert "30\u202f%" in sentence(finding, "strangers_called", "fr")
    assert items(finding)["acquaintances"].observed == 1


def test_how_many_knew_the_person_is_told_beside_what_is_harmless_and_cites_their_contact(platform):
    """That nobody knew it weighed two nats, unsaid."""
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:16])
    reason = items(found(platform)[0]["caller"])["few_knew_the_person"]
    assert isinstance(reason, Reason)
    assert (reason.observed, reason.expected) == (0, 2.4)
    for one in platform.adults[:4]:
        platform.private("captain", one, 50, "good to see you")
    met = {f"messages:small:{one['message_id']}" for one in platform.messages[-4:]}
    finding = found(platform)[0]["caller"]
    assert "few_knew_the_person" not in items(finding)
    said = items(finding)["knew_the_person_or_place"]
    assert (said.observed, said.expected, set(said.records)) == (4, 2.4, met)
    assert sentence(finding, "knew_the_person_or_place") == (
        "4 of 16 were in contact with that person, or had posted in that room, before the call; the model takes 15% "
        "where a call is harmless."
    )


def test_those_who_then_write_to_the_person_corroborate(platform):
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:14])
    plain = found(platform)[0]["caller"]
    assert items(plain)["no_more_came"].observed == 0
    for i, name in enumerate(platform.adults[:6]):
        platform.meet(name, "captain", answered=True, hours=160 + i)
    followed = found(platform)[0]["caller"]
    came = items(followed)["recipients_who_came"]
    assert (came.observed, came.expected) == (6, 0)
    first = sorted(m["message_id"] for m in platform.messages if m.get("recipient_id") == "captain")
    assert came.records == tuple(f"messages:small:{record}" for record in first)
    assert len(items(followed)["adults_among_recipients"].records) == 14
    assert "no_more_came" not in items(followed)
    assert followed.score > plain.score


def test_an_advertiser_who_names_a_place_to_anybody_is_only_noted(platform):
    platform.account("ads", age=30)
    mixed = [name for pair in zip(platform.adults[:10], platform.teens[:10], strict=True) for name in pair]
    call(platform, "ads", mixed, who="tournament", wordings=("quiz on saturday in {w}, sign up now",))
    findings, notes = found(platform, rooms=("tournament",))
    assert findings == {}
    assert notes == ["1 accounts repeat the name of a place to anybody: announcements, no lead"]


def test_adults_alone_called_to_a_room_are_moderate_at_most(platform):
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:20], who="backroom", wordings=("come to {w} tonight, tell nobody else",))
    finding = found(platform, rooms=("backroom",))[0]["caller"]
    assert finding.tier == "moderate"
    assert sentence(finding, "no_person_named", "fr").startswith("Les messages nomment un lieu, mais aucune personne")


def test_minors_among_the_called_and_acquaintances_lower_the_tier(platform):
    platform.account("caller", age=44)
    call(platform, "caller", [*platform.adults[:8], *platform.teens[:8]])
    finding = found(platform)[0]["caller"]
    assert finding.tier != "strong"
    assert "minors_among_recipients" in items(finding)
    friend = platform.account("host", age=35)
    for name in platform.adults[30:44]:
        platform.meet(friend, name, answered=True, text="lovely to hear from you", hours=1)
    for i, name in enumerate(platform.adults[30:44]):
        platform.private(friend, name, 300 + i, "surprise party for capitaine-7 on friday, do come")
    finding = found(platform)[0]["host"]
    assert finding.tier == "weak"  # the friends of an adult are adults: that they alone are told says nothing
    assert "acquaintances" in items(finding)


def test_of_several_calls_the_one_of_the_best_tier_is_told_and_the_others_are_named(platform):
    platform.account("sailor", age=40)
    platform.accounts[-1]["pseudonym"] = "Matelot-9"
    platform.account("caller", age=44)
    mixed = [name for pair in zip(platform.adults[:9], platform.teens[:9], strict=True) for name in pair]
    call(platform, "caller", mixed, who="matelot-9", wordings=("listen to the radio show of {w} on monday",))
    assert found(platform)[0]["caller"].tier == "weak"
    called = platform.adults[20:32]
    call(platform, "caller", called)
    finding = found(platform)[0]["caller"]
    assert (finding.tier, finding.targets) == ("strong", tuple(sorted(f"small:{name}" for name in called)))
    assert items(finding)["other_calls"].values["names"].value == ("Matelot-9",)


def test_who_had_written_first_had_its_message_before_or_answers_the_call_is_counted_as_such(platform):
    platform.account("host", age=35)
    people = platform.adults[20:35]
    for name in people[:5]:
        platform.private(name, "host", 20, "hello there, are you well")  # and hears of the host by the call alone
    for name in people[5:8]:
        platform.private("host", name, 30, "lovely to hear from you")
        platform.private(name, "host", 31, "and from you")
    call(platform, "host", people)
    for name in (people[0], people[9]):
        platform.private(name, "host", 400, "who is that")
    finding = found(platform)[0]["host"]
    assert sentence(finding, "acquaintances") == (
        "8 of 15 were no strangers when called: 5 had written to this account before it ever wrote to them, 3 had its "
        "first message more than 48 hours before the call."
    )
    assert sentence(finding, "answers") == "2 of 15 recipients wrote to this account after the call."


def test_an_own_name_is_no_call_and_a_word_everybody_says_is_weak(platform):
    platform.account("bard", age=30)
    platform.accounts[-1]["pseudonym"] = "troubadour"
    call(platform, "bard", platform.adults[:12], who="troubadour", wordings=("hello, I am {w}, a friendly soul here",))
    platform.account("match", age=31)  # a pseudonym that is an ordinary word of this platform
    platform.account("fan", age=31)
    call(platform, "fan", platform.adults[20:32], who="match", wordings=("did you see the {w}",))
    findings, _ = found(platform)
    assert set(findings) == {"fan"}
    assert findings["fan"].tier == "weak"
    assert findings["fan"].counter_evidence[0].code == "a_common_word"


def test_a_handle_outside_the_case_is_read_too(platform):
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:14], who="@Harbour.Master")
    finding = found(platform)[0]["caller"]
    assert finding.tier == "moderate"
    assert "“@Harbour.Master”" in subject(finding)


def test_a_moderator_who_sends_people_to_somebody_is_weak(platform):
    platform.account("mod", age=44, role="moderator")
    call(platform, "mod", platform.adults[:14])
    finding = found(platform)[0]["mod"]
    assert finding.tier == "weak"
    assert finding.counter_evidence[0].code == "role"


def test_people_sent_to_somebody_with_a_role_are_advised(platform):
    platform.account("help", age=44, role="helpline")
    platform.accounts[-1]["pseudonym"] = "Ligne-d-aide"
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:14], who="ligne-d-aide")
    finding = found(platform)[0]["caller"]
    assert finding.tier == "weak"
    assert finding.counter_evidence[0].code == "role_of_the_person_named"


def test_minors_called_to_one_of_them_are_no_adults_recruited(platform):
    platform.account("friend", age=15)
    platform.account("birthday", age=15)
    platform.accounts[-1]["pseudonym"] = "Lune-12"
    teens = platform.teens[:14]
    call(platform, "friend", teens, who="lune-12", wordings=("it is the birthday of {w} tomorrow, do write",))
    for i, name in enumerate(teens):
        platform.meet(name, "birthday", answered=True, hours=120 + i)
    finding = found(platform)[0]["friend"]
    assert finding.tier == "weak"
    assert "minors_mostly" in items(finding)


@pytest.mark.parametrize(("age", "tier", "code"), [
    (44, "strong", "minors_called_by_an_adult"), (None, "weak", "minors_mostly"), (15, "weak", "minors_mostly"),
])
def test_minors_alone_called_by_an_adult_are_no_friends_of_one_age(platform, age, tier, code):
    platform.account("caller", **({} if age is None else {"age": age}))
    call(platform, "caller", platform.teens[:14])
    finding = found(platform)[0]["caller"]
    assert finding.tier == tier
    assert code in items(finding)
    assert "minors_among_recipients" not in items(finding)


def test_without_texts_there_is_a_note():
    platform = Platform(adults=3, teens=0)
    platform.meet("a0", "a1", answered=False)
    platform.messages[0].pop("text")
    findings, notes = found(platform)
    assert findings == {}
    assert notes == ["the private messages have no text: nothing to compare"]


@pytest.mark.parametrize(
    "wrong", [{"min_recipients": 2}, {"largest_q": 0.5}, {"alike": 0.0}, {"call_hours": 0}, {"parts": ("luck",)}]
)
def test_parameters_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        RecruitmentParameters(**wrong)


def test_a_person_known_from_messages_only_is_a_name(platform):
    platform.account("caller", age=44)
    platform.meet(platform.adults[60], "Old_Sailor", answered=True, hours=5)
    call(platform, "caller", platform.adults[:14], who="old_sailor")
    finding = found(platform)[0]["caller"]
    assert finding.tier == "strong"
    assert "the account named “Old_Sailor”" in subject(finding)
    assert finding.reasons[0].values["bearers"].ids == ("small:Old_Sailor",)
    assert not any(record.startswith("accounts:") for record in finding.reasons[0].records)


def test_an_at_before_a_name_of_the_case_names_that_account(platform):
    platform.account("caller", age=44)
    platform.account("14", age=50)
    call(platform, "caller", platform.adults[:14], who="@Capitaine-7")
    platform.account("other", age=44)
    call(platform, "other", platform.adults[20:34], who="@14")
    leads = found(platform)[0]
    assert (leads["caller"].tier, leads["other"].tier) == ("strong", "strong")
    assert "the account named “Capitaine-7”" in subject(leads["caller"])
    assert "the account named “14”" in subject(leads["other"])


def test_a_small_number_is_a_word_and_a_large_one_names_an_account_with_doubt(platform):
    for name in ("2024", "48213377"):
        platform.meet(platform.adults[60], name, answered=True, hours=5)
    platform.account("seller", age=44)
    call(platform, "seller", platform.adults[:14], who="2024")
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[20:34], who="48213377")
    leads = found(platform)[0]
    assert set(leads) == {"caller"}
    assert leads["caller"].tier == "moderate"
    assert leads["caller"].counter_evidence[0].code == "a_number"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://www.Gold-Circle.example/join", "“hxxps://www.Gold-Circle.example/join”"),
        ("http://gold-circle.example", "“hxxp://gold-circle.example”"),
        ("discord.gg/AbC7", "“discord.gg/AbC7”"), ("(t.me/gold_circle)", "“t.me/gold_circle”"),
        ("goldcircle.com", "“goldcircle.com”"),
    ],
)
def test_a_link_is_a_place_with_or_without_a_scheme_and_is_shown_as_written_but_disarmed(platform, written, shown):
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:20], who=written, wordings=("have a look at {w} tonight, tell nobody",))
    finding = found(platform)[0]["caller"]
    assert finding.tier == "moderate"
    assert f"the link {shown}" in subject(finding)
    assert "http" not in subject(finding)


def test_one_link_written_in_several_ways_is_one_place(platform):
    platform.account("caller", age=44)
    forms = ("https://goldcircle.com/join", "www.goldcircle.com/join/", "goldcircle.com/join")
    wordings = tuple(f"have a look at {form} tonight, tell nobody" for form in forms)
    call(platform, "caller", platform.adults[:21], wordings=wordings)
    assert len(found(platform)[0]["caller"].targets) == 21


def test_words_that_lack_a_space_or_stand_for_either_are_no_link(platform):
    platform.account("fan", age=30)
    call(platform, "fan", platform.adults[:20], wordings=("see you there.Bring him and/or her, it is late...",))
    assert found(platform)[0] == {}


def test_one_text_to_all_in_one_day_is_consistent_with_an_invitation_and_lowers_the_tier(platform):
    platform.account("caller", age=44)
    platform.account("host", age=44)
    platform.account("cook", age=40)
    platform.accounts[-1]["pseudonym"] = "Matelot-9"
    call(platform, "caller", platform.adults[:14])
    call(platform, "host", platform.adults[20:34], who="matelot-9", apart=1.0)
    leads = found(platform)[0]
    assert (leads["caller"].tier, leads["host"].tier) == ("strong", "moderate")
    assert leads["host"].counter_evidence[0].code == "one_occasion"


def test_a_link_mailed_to_everybody_present_within_an_hour_is_an_advertisement(platform):
    link, text = "goldcircle.com/join", ("look at {w} for cheap headphones",)
    for name, apart in (("caller", 9.0), ("ads", 0.02)):
        platform.account(name, age=44)
        call(platform, name, platform.adults[:20], who=link, wordings=text, apart=apart)
    findings, notes = found(platform)
    assert {name: finding.tier for name, finding in findings.items()} == {"caller": "moderate"}
    assert len(notes) == 1


def test_a_part_that_is_left_out_counts_for_nothing(platform):
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:14])
    whole = found(platform)[0]["caller"].score
    assert found(platform, parts=("strangers", "acquainted", "came", "at_once"))[0]["caller"].score < whole
