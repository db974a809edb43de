"""When one account asks many minors for something and presses them."""

import re

import pytest

from graph.detect.context import DetectionContext
from graph.detect.extortion import ExtortionParameters, find_extortion
from graph.detect.extortion.word_lists import LISTS, pattern, read_word_lists, rough_pattern
from graph.detect.run import detect
from graph.detect.wordings import render
from graph.errors import DetectionError
from tests.unit.graph.detect.platform_evidence import evidence_of
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder

ASK = "envoie-moi le CODE de ta carte"
PRESS = "le code, sinon tu perds ton compte"


def found(platform, **parameters):
    context = DetectionContext(evidence_of(platform))
    findings = find_extortion(context, ExtortionParameters(**parameters))
    for finding in findings:
        assert finding.counter_evidence[-1].code == "what_would_clear_it"
        assert 1 <= len(finding.reasons) <= 5
        for item in (*finding.reasons, *finding.counter_evidence):
            assert render("extortion", item, "en").detail != render("extortion", item, "fr").detail
    notes = context.notes.get("extortion", [])
    return {finding.members[0].removeprefix("small:"): finding for finding in findings}, notes


@pytest.fixture
def platform():
    """Ordinary chats; here and there somebody asks once for a picture."""
    platform = Platform(adults=40, teens=50)
    for i, name in enumerate((*platform.adults, *platform.teens)):
        for _ in range(5):
            platform.meet(name, platform.random.choice(platform.teens), answered=True, text="tu as fini le devoir ?")
        if i % 9 == 0:
            platform.meet(name, platform.random.choice(platform.teens), answered=True, text="montre la photo du chat")
    return platform


def press(platform, sender, people, *, ask=ASK, again=PRESS, answers=False, asks_back=False):
    for i, name in enumerate(people):
        at = 100 + 3 * i
        platform.meet(sender, name, answered=True, text="salut", hours=at)
        platform.private(sender, name, at + 20, ask)
        if again:
            platform.private(sender, name, at + 25, again)
        if answers:
            platform.private(name, sender, at + 26, "d'accord")
        if asks_back:
            platform.private(name, sender, at + 27, "et toi envoie ton code")


def test_ordinary_chats_extort_nobody(platform):
    assert found(platform) == ({}, [])


def test_one_demand_to_many_minors_with_insistence_and_silence_is_strong(platform):
    platform.account("asker", age=30)
    press(platform, "asker", platform.teens[:9])
    finding = found(platform)[0]["asker"]
    assert finding.tier == "strong"
    assert finding.targets == tuple(sorted(f"small:{name}" for name in platform.teens[:9]))
    observed = {reason.code: reason.observed for reason in finding.reasons}
    assert observed == {"minors_pressed": 9, "silence_after_pressure": 9}
    assert [len(reason.records) for reason in finding.reasons] == [18, 9]
    assert set(finding.reasons[1].records) <= set(finding.reasons[0].records), "the last of each, left unanswered"
    assert [item.code for item in finding.counter_evidence] == ["read_by_word_lists", "what_would_clear_it"]
    assert render("extortion", finding.reasons[0], "en").detail.startswith("In its messages to 9 of the 9 minors it")
    assert render("extortion", finding.reasons[0], "fr").detail.startswith("Dans ses messages à 9 des 9 mineurs avec")
    assert finding.first_at < finding.last_at
    assert finding.q_value < 0.001


def test_sums_and_debts_of_a_game_are_no_pressure(platform):
    platform.account("tutor", age=30)
    press(platform, "tutor", platform.teens[:9], ask="read me the digits of the sum", again="well done, now the next")
    platform.account("trader", age=15)
    press(platform, "trader", platform.teens[10:19], ask="you owe me 40 coins", again="thanks", answers=True)
    assert found(platform)[0] == {}


def test_a_demand_alone_is_no_pressure(platform):
    platform.account("asker", age=30)
    press(platform, "asker", platform.teens[:9], again=None)
    assert found(platform)[0] == {}


def test_pressure_that_is_answered_is_pressure_still(platform):
    platform.account("asker", age=30)
    press(platform, "asker", platform.teens[:9], answers=True)
    finding = found(platform)[0]["asker"]
    assert finding.tier == "strong"
    silence = next(item for item in finding.reasons if item.code == "silence_after_pressure")
    assert (silence.observed, silence.records) == (0, ())


def test_trade_among_equals_is_weak(platform):
    platform.account("trader", age=15)
    press(platform, "trader", platform.teens[:9], asks_back=True)
    finding = found(platform)[0]["trader"]
    assert finding.tier == "weak"
    assert finding.counter_evidence[0].code == "asked_in_turn"


def test_some_who_ask_in_turn_are_no_trade_and_most_are(platform):
    for name in (*platform.adults, *platform.teens):  # small talk: one chat in six asks for a picture
        for i in range(6):
            text = "tu as vu le match" if i else "montre la photo du chat"
            platform.meet(name, platform.random.choice(platform.teens), answered=True, text=text)
    for asker, people, asked_back in (("asker", platform.teens[:10], 4), ("trader", platform.teens[10:20], 9)):
        platform.account(asker, age=30)
        press(platform, asker, people)
        for i, name in enumerate(people):
            for hour in range(4):
                platform.private(name, asker, 101 + 3 * i + hour, "tu as vu le match")
            if i < asked_back:
                platform.private(name, asker, 110 + 3 * i, "montre la photo du chat")
    leads = found(platform)[0]
    assert (leads["asker"].tier, leads["trader"].tier) == ("strong", "weak")
    in_turn = {name: lead.counter_evidence[0] for name, lead in leads.items()}
    assert {item.code for item in in_turn.values()} == {"asked_in_turn"}
    assert (in_turn["asker"].observed, in_turn["trader"].observed) == (4, 9)


def test_who_answers_the_first_pressure_and_none_after_the_last_is_silent(platform):
    platform.account("asker", age=30)
    people = platform.teens[:9]
    press(platform, "asker", people)
    for i, name in enumerate(people):
        platform.private(name, "asker", 126 + 3 * i, "non, laisse-moi")
        platform.private("asker", name, 127 + 3 * i, PRESS)
    finding = found(platform)[0]["asker"]
    assert finding.tier == "strong"
    silence = next(reason for reason in finding.reasons if reason.code == "silence_after_pressure")
    assert silence.observed == len(silence.records) == 9


def test_small_talk_is_not_cited_where_stronger_words_are(platform):
    platform.account("asker", age=30)
    people = platform.teens[:9]
    for name in people:
        platform.private("asker", name, 90, "show me the picture of the concert")
        platform.private("asker", name, 91, "ok but otherwise the concert is fine")
        platform.private(name, "asker", 92, "it was")
    press(platform, "asker", people)
    for name in people[:3]:
        platform.private(name, "asker", 300, "leave me alone")
    finding = found(platform)[0]["asker"]
    texts = {f"messages:small:{m['message_id']}": m["text"] for m in platform.messages}
    cited, silence = finding.reasons
    assert sorted(texts[record] for record in cited.records) == [ASK] * 9 + [PRESS] * 9
    assert silence.observed == 6
    assert render("extortion", silence, "en").detail == (
        "6 of the 9 minors pressed wrote nothing more to this account after its last message with such words."
    )


def test_where_the_demand_is_only_made_again_every_demand_is_cited(platform):
    platform.account("asker", age=30)
    press(platform, "asker", platform.teens[:9], again="envoie-moi ton code")
    texts = {f"messages:small:{m['message_id']}": m["text"] for m in platform.messages}
    cited = found(platform)[0]["asker"].reasons[0].records
    assert sorted(texts[record] for record in cited) == [ASK] * 9 + ["envoie-moi ton code"] * 9


def test_who_is_pressed_alike_at_an_unknown_age_counts_as_the_others_are(platform):
    platform.account("asker", age=30)
    unknown = [platform.account(f"u{i}") for i in range(4)]
    press(platform, "asker", [*platform.teens[:4], platform.adults[0]])
    assert found(platform)[0]["asker"].tier == "moderate"
    press(platform, "asker", unknown)
    finding = found(platform)[0]["asker"]
    assert finding.tier == "strong"
    assert finding.targets == tuple(f"small:t{i}" for i in range(4))
    assert any(item.code == "unknown_age_pressed" and item.observed == 4 for item in finding.reasons)


def test_that_adults_are_pressed_as_well_makes_nothing_better(platform):
    platform.account("asker", age=30)
    press(platform, "asker", [*platform.teens[:6], *platform.adults[:14]])
    finding = found(platform)[0]["asker"]
    assert finding.tier == "strong"
    assert finding.targets == tuple(f"small:t{i}" for i in range(6))


QUOTES = (
    "un type m'a dit envoie ton code cadeau sinon je te fais bannir", "he told me: send your gift card code or else",
    "si on te dit « envoie le code sinon tu perds ton compte », ne donne rien",
    "don't send the code, even if you lose it", "she wrote: send the code or else",
)


def test_who_tells_of_a_demand_or_warns_of_it_makes_none(platform):
    platform.account("victim", age=15)
    for text in QUOTES:
        press(platform, "victim", platform.teens[:9], ask=text, again=text)
    assert found(platform)[0] == {}


@pytest.mark.parametrize(
    ("ask", "again"),
    [
        ("si tu n'envoies pas le code je dis tout à tes parents", "paie 20€ avant minuit"),
        ("si tu ne paies pas 20 euros je le dis à tes amis", None),
        ("if you don't pay me 20 i post it", "you have 2 hours"),
        ("envoi le code vite sinn jdi tt", "t as 2h"),
        ("you owe me 40 in steam credit", "I have screenshots, your class gets them at eight"),
        ("buy a card and read me the digits", "the clock is ticking"),
        ("tu me dois une carte psc", "j'ai les captures, tout le bahut les voit ce soir"),
        ("dicte moi les chiffres", "le temps tourne"),
    ],
)
def test_a_condition_is_a_demand_and_sums_hours_made_up_debts_and_digits_are_read(platform, ask, again):
    platform.account("asker", age=30)
    press(platform, "asker", platform.teens[:9], ask=ask, again=again)
    assert found(platform)[0]["asker"].tier == "strong"


@pytest.mark.parametrize(
    "advice",
    [
        "même si tu n'envoies pas le code il ne peut rien faire à tes parents",
        "even if you don't send the code your parents will help",
    ],
)
def test_advice_with_even_if_is_no_demand(platform, advice):
    platform.account("helper", age=30)
    press(platform, "helper", platform.teens[:9], ask=advice, again=advice)
    assert found(platform)[0] == {}


def test_a_seller_whom_buyers_write_to_first_and_answer_is_weak_and_one_who_leaves_them_silent_is_not(platform):
    for seller, answers, teens in (("shop", True, platform.teens[:9]), ("trap", False, platform.teens[9:18])):
        platform.account(seller, age=30)
        for i, name in enumerate(teens):
            platform.private(name, seller, 90 + 3 * i, "c'est encore à vendre ?")
        press(platform, seller, teens, answers=answers)
    leads = found(platform)[0]
    assert (leads["shop"].tier, leads["trap"].tier) == ("weak", "strong")
    assert leads["shop"].counter_evidence[0].code == "they_wrote_first"
    assert leads["shop"].counter_evidence[0].observed == 9


def test_demands_in_the_english_of_the_young_are_read(platform):
    platform.account("asker", age=30)
    again = "do it now or i tell ur mom"
    press(platform, "asker", platform.teens[:9], ask="gimme the code of ur gift card", again=again)
    assert found(platform)[0]["asker"].tier == "strong"


def test_reports_by_those_asked_corroborate(platform):
    platform.account("asker", age=30)
    press(platform, "asker", platform.teens[:9])
    platform.reports.append({"report_id": "r1", "reported_id": "asker", "reporter_id": "t0", "reason": "insiste"})
    reason = found(platform)[0]["asker"].reasons[-1]
    assert (reason.code, reason.observed, reason.records) == ("reports_by_asked", 1, ("reports:small:r1",))


def test_a_team_reads_by_its_own_words(platform):
    platform.account("asker", age=30)
    press(platform, "asker", platform.teens[:9], ask="manda il tuo gettone", again="manda o vedrai")
    assert found(platform)[0] == {}
    own = {"demand": ("manda*",), "thing": ("gettone",), "consequence": ("o vedrai",)}
    assert found(platform, **own)[0]["asker"].tier == "strong"


def test_word_lists_given_as_lists_stand_in_the_document(platform, tmp_path):
    platform.account("asker", age=30)
    press(platform, "asker", platform.teens[:9], ask="montre ton badge")
    source = write_folder(tmp_path / "s", platform.tables())
    with lake_of(tmp_path / "w", [source]) as lake:
        document = detect(lake, ["extortion"], parameters={"extortion": {"thing": ["badge"]}})
        with pytest.raises(DetectionError, match="thing is"):
            detect(lake, ["extortion"], parameters={"extortion": {"thing": "badge"}})
        for reason in document.findings[0].reasons:
            assert len(lake.records(reason.records)) == len(reason.records)
    assert document.parameters["extortion"]["thing"] == ["badge"]
    assert "sinon" in document.parameters["extortion"]["consequence"]


def test_without_texts_it_is_off():
    platform = Platform(adults=2, teens=1)
    platform.meet("a0", "t0", answered=False)
    platform.messages[0].pop("text")
    findings, notes = found(platform)
    assert findings == {}
    assert notes == ["the private messages have no text: off"]


def test_where_nobody_knows_minors_enough_it_says_so():
    platform = Platform(adults=4, teens=0)
    for other in ("a1", "a2", "a3"):
        platform.meet("a0", other, answered=True)
    findings, notes = found(platform)
    assert findings == {}
    assert notes == ["nobody is in private contact with 3 people known to be minors: nothing to test"]


@pytest.mark.parametrize(
    ("word", "text", "hit"),
    [
        ("envoi*", "tu l envoies", True), ("code", "decode", False), ("code", "code?", True), ("code", "codes", False),
        ("mot de passe", "ton mot-de  passe", True), ("Dépêche*", "depeche toi", True), ("...", "anything", False),
        ("paie #*", "paie 20€", True), ("paie #*", "paie-moi", False), ("t as #h", "t'as 2h", True),
        ("t as #h", "t'as 14 ans", False), ("#", "a1", False),
    ],
)
def test_a_word_matches_whole_words_phrases_and_stems(word, text, hit):
    assert bool(re.search(pattern([word]), text)) is hit
    assert not hit or re.search(rough_pattern([word]), text)


def test_the_shipped_lists_can_be_copied_and_a_broken_copy_says_where(tmp_path):
    lists = read_word_lists()
    assert all(getattr(lists, name) for name in LISTS)
    broken = tmp_path / "words.toml"
    broken.write_text('demand = ["send"]\nthing = "code"\n', encoding="utf-8")
    with pytest.raises(DetectionError, match="thing is not a list of words"):
        read_word_lists(broken)
    with pytest.raises(DetectionError, match="cannot be read"):
        read_word_lists(tmp_path / "missing.toml")


@pytest.mark.parametrize("wrong", [{"min_minors": 1}, {"strong_q": 0.5}, {"press_days": 0}, {"dispersion": 1.0}])
def test_parameters_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        ExtortionParameters(**wrong)
