"""How the Leads screen tells one finding: its sentences, figures and units."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.shells.leads import CODES
from graph.detect.values import account, accounts, count, number, quote, seconds, share, word
from graph.detect.wordings import catalogue
from tests.unit.workbench.views.models.two_leads import EN, FR, HUB, NAMES, SHELL
from tests.written_reasons import chains, reason
from workbench.language.glossary import glossary
from workbench.language.units import UNITS
from workbench.views.models.leads import lead
from workbench.views.models.leads import listing as leads
from workbench.views.models.names import MASK, Names


@pytest.mark.parametrize(
    ("q", "english", "french"),
    [(None, "–", "–"), (0.034, "0.034", "0,034"), (1e-4, "at most 1 in 10,000", "au plus 1 sur 10\u202f000"),
     (3e-14, "at most 1 in 1,000,000,000", "au plus 1 sur 1\u202f000\u202f000\u202f000"),
     (0.0, "at most 1 in 1,000,000,000", "au plus 1 sur 1\u202f000\u202f000\u202f000")],
)
def test_a_small_q_value_is_said_as_one_in_how_many(q: float | None, english: str, french: str) -> None:
    one = Finding("hub", ("p:a",), "weak", 0.4, HUB.reasons, q_value=q)
    assert (lead.q_value(one, EN), lead.q_value(one, FR)) == (english, french)


def test_likely_minors_are_not_counted_as_minors() -> None:
    values = {
        "minors": count(17), "people": count(17), "unknown": count(25), "least": share(0.9), "usual": number(4.7),
    }
    likely = Reason("likely_minors", values, 17, 4.7, "likely minors", ("messages:m1",))
    finding = Finding("hub", ("p:hub",), "weak", 0.1, (likely,))
    for spoken, called in ((EN, "likely minors"), (FR, "mineurs probables")):
        (row,) = lead.figures(finding, spoken).to_numpy().tolist()
        assert row[3] == called
    assert "Likely minor" in dict(glossary(EN))


def test_figures_are_written_as_people_write_them() -> None:
    shown = [lead.figure(value, EN) for value in (None, 41, 6.25, 1234567.0, 0.000123, 1e-9)]
    assert shown == ["–", "41", "6.25", "1,234,567", "0.00012", "1e-09"]
    assert lead.figure(1234.0, FR) == "1\u202f234"


@pytest.mark.parametrize(("value", "unit", "english", "french"), [
    (1, "paths", "1 path", "1 chemin"),
    (2, "periods", "2 periods", "2 périodes"),
    (64, "pairs", "64 pairs", "64 paires"),
    (330.74, "pairs", "331 pairs", "331 paires"),
    (22.33, "minors", "22.3 minors", "22,3 mineurs"),
    (0.0264, "minors", "0.026 minors", "0,026 mineur"),
    (0.5, "people", "0.5 people", "0,5 personne"),
    (1.0, "nominees", "1 nominee", "1 prête-nom"),
    (0.004, "minors", "0.004 minors", "0,004 mineur"),
    (0.7476, "share", "74.76%", "74,76\u00a0%"),
    (0.25, "share of sessions", "25% of sessions", "25\u00a0% des sessions"),
    (3, "widgets of an older version", "3 widgets of an older version", "3 widgets of an older version"),
    (3795, "seconds between two members", "63 minutes between two members", "63\u00a0minutes entre deux membres"),
    (0.6, "", "0.6", "0,6"),
    (None, "pairs", "–", "–"),
])
def test_a_figure_stands_with_its_unit_as_the_language_counts(
    value: float | None, unit: str, english: str, french: str
) -> None:
    assert [lead.told_figure(value, unit, spoken) for spoken in (EN, FR)] == [english, french]


def test_a_figure_stands_beside_its_sentence_as_the_sentence_has_it() -> None:
    values = {"minors": count(1), "people": count(1), "unknown": count(3), "least": share(0.9), "usual": number(0.3)}
    likely = Reason("likely_minors", values, 1, 0.27, "likely minors", ("messages:m1",))
    finding = Finding("hub", ("p:hub",), "weak", 0.1, (likely,))
    (line,) = lead.reasons(finding, Names(), "en")
    (row,) = lead.figures(finding, EN).to_numpy().tolist()
    assert "0.3 " in line.sentence
    assert (lead.figure(line.expected, EN), row[2]) == ("0.3", "0.3")


def test_a_duration_stands_beside_its_sentence_in_the_same_unit() -> None:
    replay = Reason("replay", {
        "gap": seconds(3795), "opener": accounts(["p:a"]), "openers": count(1), "first": count(2), "targets": count(3),
    }, 3795.4, None, "seconds between two members", ("messages:m1",))
    finding = Finding("ambush", ("p:a", "p:b"), "weak", 0.1, (replay,))
    (line,), (row,) = lead.reasons(finding, Names(), "fr"), lead.figures(finding, FR).to_numpy().tolist()
    assert "63 minutes" in line.sentence
    assert row[1:4] == ["63\u00a0minutes", "–", "temps entre deux membres"]


def test_reasons_without_records_are_named() -> None:
    finding = Finding("hub", ("p:hub",), "weak", 0.1, (
        reason("first contacts", 4, 1, "", records=("messages:m1",)), reason("circle", 1, 2, ""),
    ))
    assert list(lead.citing(finding, EN).values()) == ["first contacts: 1 record"]
    assert lead.uncited(finding, EN) == ["Reasons with no record of their own: circle"]
    doubted = replace(finding, counter_evidence=(
        CounterEvidence("role", {"role": word("helpline")}), CounterEvidence("what_would_clear_it"),
    ))
    assert lead.uncited(doubted, EN)[1:] == ["What speaks against it with no record of its own: role"]
    assert lead.uncited(replace(finding, reasons=finding.reasons[:1]), EN) == []


def test_every_unit_of_a_reason_is_known_and_french() -> None:
    written = set(filter(None, CODES.values()))
    for path in (Path(__file__).parents[5] / "graph" / "detect").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Reason", "CounterEvidence"):
                given = [*call.args[4:5], *(one.value for one in call.keywords if one.arg == "unit")]
                written |= {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    assert len(written) > 25
    assert written <= set(UNITS)
    for single, several in UNITS.values():
        assert single in FR.messages
        assert several in FR.messages


def test_reasons_carry_observed_beside_expected_and_their_sentence() -> None:
    (line,) = lead.reasons(HUB, NAMES, "en")
    assert (line.measure, line.observed, line.expected) == ("minors among first contacts", 41, 6.25)
    assert line.sentence.startswith("41 of the 52 people of known age it wrote to first were minors")
    assert line.shares == (1.0, 6.25 / 41)
    (against,) = lead.against(HUB, NAMES, "en")
    assert against.sentence == "4 of 8 minors answered."
    assert against.shares is None
    assert lead.citing(HUB, EN) == {0: "minors among first contacts: 1 record"}
    assert lead.citing(SHELL, EN) == {}


def test_sentences_are_french_where_they_are_asked_for() -> None:
    assert "41 des 52" in lead.sentence(HUB, NAMES, "fr")
    assert lead.citing(HUB, FR)[0].endswith("1 enregistrement")
    assert lead.clears(HUB, NAMES, "fr") == catalogue("hub", "fr").described["clears"]


def test_whom_a_sentence_names_is_masked_by_id_and_never_by_its_text() -> None:
    named = Finding(
        "shell", ("p:tom_1996", "p:tom"), "weak", 0.1,
        (Reason("device_changed_hands", {"first": account("p:tom_1996"), "second": account("p:tom")}),),
    )
    names = Names({"p:tom_1996": "tom_1996", "p:tom": "tom"}, frozenset({"p:tom"}))
    told = lead.sentence(named, names, "en")
    assert "“tom_1996” (p:tom_1996)" in told
    assert "p:tom " not in told
    assert MASK in told
    assert leads.people((named,)) == ("p:tom", "p:tom_1996")


def test_a_quoted_name_that_is_a_masked_minor_s_is_masked_in_its_sentence_and_a_room_is_not() -> None:
    names = Names({"p:kid": "Little_Fox9", "p:old": "oak"}, frozenset({"p:kid"}))
    values = {
        "recipients": count(9), "partners": count(20), "expected": number(0.5), "subject": word("person"),
        "names": quote(("little_fox9", "animals", "littlefox")), "bearers": accounts(["p:kid"]),
    }
    item = Reason("people_sent_to_one_subject", values, 9, 0.5, "people")
    recruiter = Finding("recruitment", ("p:old",), "weak", 0.1, (item,))
    told = lead.rendered(recruiter, item, names, "en").detail
    assert "fox" not in told.casefold()
    assert "animals" in told
    assert told.count(names.of("p:kid")) == 3
    opened = replace(names, opened=frozenset({"p:kid"}))
    assert "little_fox9" in lead.rendered(recruiter, item, opened, "en").detail


@pytest.mark.parametrize(("code", "kind", "value", "shown"), [
    ("same_email", "", "little_fox@mail.example", None), ("same_phone", "", "+33 6 99 88 77 66", None),
    ("same_value", "messenger", "little_fox_9", None), ("same_device", "", "d-1", "d-1"),
    ("same_address", "", "192.0.2.1", "192.0.2.1"), ("same_avatar", "", "0aff", "0aff"),
    ("same_value", "cookie", "c-1", "c-1"),
])
def test_a_mark_that_says_whose_it_is_is_shortened_while_a_member_of_its_lead_is_masked(
    code: str, kind: str, value: str, shown: str | None
) -> None:
    values = {
        "first": account("p:x"), "second": account("p:y"), "held": count(3), "members": count(3), "ever": count(3),
        "accounts": count(90), "value": quote(value), "day": quote("2024-03-01"), "pairs": count(3), "all": count(3),
        "more_pairs": count(0), **({"kind": quote(kind)} if kind else {}),
    }
    found = Finding("shell", ("p:kid", "p:x", "p:y"), "weak", 0.4, (Reason(code, values),))
    opened = replace(NAMES, opened=frozenset({"p:kid"}))
    for names, told in ((NAMES, shown or NAMES.shortened(value)), (opened, value)):
        for language in ("en", "fr"):
            assert told in lead.sentence(found, names, language)
            assert (value in lead.reasons(found, names, language)[0].sentence) == (told == value)


def test_prose_of_an_older_document_is_not_shown_while_a_minor_is_masked() -> None:
    old = Finding(
        "hub", ("p:adult",), "weak", 0.1,
        (Reason("as_written", {"measure": quote("x"), "detail": quote("p:kid wrote"), "detail_fr": quote("")}),),
        targets=("p:kid",),
    )
    assert "p:kid" not in lead.sentence(old, NAMES, "en")
    assert lead.sentence(old, Names(), "en") == "p:kid wrote"


def test_a_chain_of_ownership_is_told_by_names_whose_ids_stand_beside_it() -> None:
    chain = chains("c:p -0.94-> c:h -0.5-> c:t = 0.47", shallowest=2, deepest=2, whole=47)
    finding = Finding("owner", ("c:p",), "strong", 0.8, (chain,), targets=("c:t",))
    assert leads.people([finding]) == ("c:h", "c:p", "c:t")
    (line,) = lead.reasons(finding, Names({"c:p": "Ada", "c:h": "Nord Ltd", "c:t": "Chat SA"}), "en")
    assert "“Ada” ―94%→ “Nord Ltd” ―50%→ “Chat SA” (47% in all)" in line.sentence
    assert line.ids == "Ada (c:p)\nNord Ltd (c:h)\nChat SA (c:t)"


def test_a_lead_that_may_well_be_chance_says_so_in_words() -> None:
    said = [lead.chance(replace(HUB, q_value=q), EN) for q in (None, 0.01, 0.21, 1.0)]
    assert said == [
        None, None, "Of leads as rare as this one, about 21 in 100 are expected to be chance.",
        "Of leads as rare as this one, about 100 in 100 are expected to be chance.",
    ]
