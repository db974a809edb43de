"""Sentences by code: what is said in both languages, and that no code lacks its words."""

import ast
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from graph.detect.reason import CounterEvidence, Reason
from graph.detect.registry import DETECTIONS
from graph.detect.values import Value, account, accounts, count, day, number, quote, seconds, share, word
from graph.detect.wordings import LANGUAGES, Catalogue, Entry, catalogue
from graph.detect.wordings.catalogue import DESCRIBED, has_catalogue
from graph.detect.wordings.rendering import placeholders, written

DETECT = Path(__file__).resolve().parents[4] / "graph" / "detect"
PACKAGES = {item.kind: item.find.__module__.split(".")[2] for item in DETECTIONS}
KINDS = [item.kind for item in DETECTIONS]


def codes_of(kind: str) -> set[str]:
    """The codes that are written out where a package makes reasons and counter-evidence, or lists them as ``CODES``."""
    found = set()
    for path in sorted((DETECT / PACKAGES[kind]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                either = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
                if node.func.id in ("Reason", "CounterEvidence"):
                    found |= {str(one.value) for one in either if isinstance(one, ast.Constant)}
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and [
                target.id for target in node.targets if isinstance(target, ast.Name)
            ] == ["CODES"]:
                found |= {str(key.value) for key in node.value.keys if isinstance(key, ast.Constant)}
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_has_its_words_in_both_languages_and_none_is_left_over(kind):
    codes = codes_of(kind)
    assert codes
    for language in LANGUAGES:
        assert sorted(codes - set(catalogue(kind, language).entries)) == [], language
        assert sorted(set(catalogue(kind, language).entries) - codes) == [], language


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_ask_for_the_same_values(kind):
    english, french = (catalogue(kind, language).entries for language in LANGUAGES)
    for code, entry in english.items():
        asked = {placeholders(entry.other), placeholders(french[code].other)}
        assert len(asked) == 1, code
        assert set(catalogue(kind, "en").words) == set(catalogue(kind, "fr").words)


def test_only_kinds_have_a_catalogue_whatever_is_asked_for():
    """Of ``common``, ``labels`` and ``parameters`` there are files, and nothing is called so; no text is a path."""
    asked = [*KINDS, "common", "labels", "parameters", "", "nobody-knows", "../fr/hub"]
    for language in LANGUAGES:
        assert [kind for kind in asked if has_catalogue(kind, language)] == KINDS


WITH_A_PERIOD = ("hub", "ambush", "convergence", "recruitment", "extortion", "owner", "room")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kind_is_described(kind, language):
    described = catalogue(kind, language).described
    assert [part for part in DESCRIBED if not described.get(part)] == []
    lasts = placeholders(described.get("period", ""))
    assert lasts == ({"first", "last"} if kind in WITH_A_PERIOD else set()), "what lasts from first_at to last_at"
    still = placeholders(described.get("since", ""))
    assert still == ({"first"} if kind == "owner" else set()), "what lasts still"


@pytest.mark.parametrize("kind", KINDS)
def test_benign_explanations_and_what_would_clear_it_are_codes_of_the_kind(kind):
    (row,) = [item for item in DETECTIONS if item.kind == kind]
    assert sorted(set(row.benign) - codes_of(kind)) == []
    assert "what_would_clear_it" in codes_of(kind)


GUILT = re.compile(
    r"\b(guilty|predator|criminal|offender|perpetrator|culprit|abuser|proves?|proof|certainly|undoubtedly|intends?"
    r"|intended to|wants to harm|coupable|prédateur|criminel|agresseur|prouve|preuve|certainement|sans aucun doute"
    r"|veut nuire)\b", re.IGNORECASE,
)
STATISTICS = re.compile(
    r"\b(nats?|bits?|log2|log-odds|likelihood|p-value|q-value|q\s*=|u\s*=|posterior|vraisemblance)\b"
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_states_guilt_or_intent_or_speaks_in_statistics(kind, language):
    for code, entry in catalogue(kind, language).entries.items():
        for text in (entry.measure, entry.one, entry.other):
            assert not GUILT.search(text), (code, text)
            assert not STATISTICS.search(text), (code, text)


def test_the_check_of_sentences_would_find_what_it_looks_for():
    assert GUILT.search("This proves that the predator did it.")
    assert STATISTICS.search("54.2 bits of log2 odds")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_a_sentence_can_be_filled(kind, language):
    for code, entry in catalogue(kind, language).entries.items():
        for template in (entry.one, entry.other):
            left = re.sub(r"\{\w+(?:[?#](?:[^{}]|\{\w+\})*)?\}", "", template)
            assert not set("{}") & set(left), (code, left)


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (count(18209), "18,209", "18\u202f209"), (number(10.84), "10.8", "10,8"), (number(3.456), "3.46", "3,46"),
        (number(1234.5), "1,234", "1\u202f234"), (number(0.0123), "0.012", "0,012"), (share(0.276), "28%", "28\u202f%"),
        (seconds(18209), "5 hours", "5\u00a0heures"), (seconds(95), "95 seconds", "95\u00a0secondes"),
        (seconds(1), "1 second", "1\u00a0seconde"), (seconds(9 * 86400), "9 days", "9\u00a0jours"),
        (Value("chance", 0.0002), "once in 5,000", "une fois sur 5\u202f000"),
        (quote("hi"), "“hi”", "«\u00a0hi\u00a0»"), (account("p:a"), "p:a", "p:a"),
        (accounts(["p:a", "p:b", "p:c"]), "p:a, p:b, and p:c", "p:a, p:b et p:c"),
        (Value("instant", "2024-03-01T20:15:00.000Z"), "1 Mar 2024, 20:15 UTC", "1er mars 2024, 20:15 UTC"),
        (Value("instant", "2024-10-12T00:05:00.000Z"), "12 Oct 2024, 00:05 UTC", "12 oct. 2024, 00:05 UTC"),
        (day(date(2024, 3, 1)), "1 Mar 2024", "1er mars 2024"), (day(date(2024, 3, 11)), "11 Mar 2024", "11 mars 2024"),
        (word("declared"), "declared age", "âge déclaré"),
    ],
)
def test_values_are_written_as_each_language_does(value, english, french):
    assert written(value, catalogue("hub", "en")) == english
    assert written(value, catalogue("hub", "fr")) == french


def test_of_many_names_some_stand_there_and_how_many_more():
    text = written(accounts([f"p:{n}" for n in range(40)]), catalogue("hub", "en"))
    assert text.endswith("p:11, and 28 more")


def test_the_form_follows_the_number_or_the_word_and_names_are_asked_by_id(monkeypatch):
    template = "{who} wrote {n} {n?message|messages} to {role#bot=a bot|other=somebody}."
    words = Catalogue("x", "en", {}, {"c": Entry("m", template), "p": Entry("m", "many", "one", "n")}, {"bot": "bot"})
    monkeypatch.setattr("graph.detect.wordings.rendering.catalogue", lambda kind, language: words)
    from graph.detect.wordings import render

    values = {"who": account("p:a"), "n": count(1), "role": word("bot")}
    assert render("x", Reason("c", values), "en", lambda kind, identity: f"<{kind} {identity}>").detail == (
        "<account p:a> wrote 1 message to a bot."
    )
    assert render("x", Reason("c", {**values, "n": count(2)}), "en").detail == "p:a wrote 2 messages to a bot."
    assert [render("x", CounterEvidence("p", {"n": count(n)}), "en").detail for n in (1, 2)] == ["one", "many"]


def test_an_id_that_looks_like_a_placeholder_stays_text(monkeypatch):
    words = Catalogue("x", "en", {}, {"c": Entry("m", "{who}")}, {})
    monkeypatch.setattr("graph.detect.wordings.rendering.catalogue", lambda kind, language: words)
    from graph.detect.wordings import render

    assert render("x", Reason("c", {"who": account("p:{who}{n?a|b}")}), "en").detail == "p:{who}{n?a|b}"


def test_french_is_written_with_the_typographic_apostrophe():
    pages = (files("graph.detect.wordings") / "fr").iterdir()
    straight = [line for page in pages for line in page.read_text("utf-8").splitlines() if re.search(r"\w'\w", line)]
    assert [line for line in straight if not line.startswith("#")] == []
