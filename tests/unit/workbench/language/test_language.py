"""The words of the screens: every message is in the French catalogue, with the same places to fill."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from graph.detect.finding import Finding
from graph.detect.registry import KINDS
from graph.detect.wordings import LANGUAGES, Language, catalogue
from graph.fetch.results import NOTES
from graph.schema import RELATIONSHIPS
from graph.search.lookup import NOTES as SEARCH_NOTES
from tests.written_reasons import reason
from workbench.casebook import STATUSES
from workbench.language import words
from workbench.language.counted import counted
from workbench.language.glossary import glossary
from workbench.language.kinds import finding_period
from workbench.language.vocabulary import VOCABULARY, status_choice
from workbench.runs.parameters import explained
from workbench.views.models.words.streamlit import spoken

ROOT = Path(__file__).resolve().parents[4] / "workbench"
KEYWORDS = {"_": None, "gettext": None, "say": None, "ngettext": (1, 2)}
PLACES = re.compile(r"\{\w+\}")


def messages() -> set[str | tuple[str, ...]]:
    """What the sources ask for, and what a fetch and a search say they left out."""
    found = extract_from_dir(str(ROOT), method_map=[("**.py", "python")], keywords=KEYWORDS)
    asked = {message for _file, _line, message, _comments, _context in found if message}
    return {*asked, *NOTES, *SEARCH_NOTES}


def test_every_message_is_in_french_and_none_is_left_over() -> None:
    with (ROOT / "language" / "locale" / "fr.po").open("rb") as stream:
        catalog = read_po(stream, locale="fr")
    known = {message.id for message in catalog if message.id and message.string and not message.fuzzy}
    wanted = {message if isinstance(message, str) else tuple(message) for message in messages()}
    assert sorted(map(str, wanted - known)) == []
    assert sorted(map(str, known - wanted)) == []


def test_no_message_stands_inside_a_formatted_string_where_the_catalogues_do_not_see_it() -> None:
    inside = [
        (path.name, call.lineno)
        for path in sorted(ROOT.rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")) in KEYWORDS
    ]
    assert inside == []


def test_a_translation_fills_the_same_places() -> None:
    with (ROOT / "language" / "locale" / "fr.po").open("rb") as stream:
        catalog = read_po(stream, locale="fr")
    for message in catalog:
        english = message.id if isinstance(message.id, tuple | list) else (message.id,)
        french = message.string if isinstance(message.string, tuple | list) else (message.string,)
        asked = {frozenset(PLACES.findall(text)) for text in (english[-1], french[-1])}
        assert len(asked) == 1, message.id


def test_numbers_dates_and_forms_follow_the_language() -> None:
    english, french = words("en"), words("fr")
    assert (english.number(1234567), french.number(1234567)) == ("1,234,567", "1\u202f234\u202f567")
    assert (english.number(0.256), french.number(0.256)) == ("0.26", "0,26")
    assert (english.percent(0.5), french.percent(0.5)) == ("50%", "50\u202f%")
    assert (english.day(date(2024, 3, 1)), french.day(date(2024, 3, 1))) == ("1 March 2024", "1er mars 2024")
    assert (english.short_day(date(2024, 3, 1)), french.short_day(date(2024, 3, 2))) == ("1 Mar 2024", "2 mars 2024")
    first = "2024-02-01T08:05:00Z"
    assert (english.instant(first), french.instant(first)) == ("1 Feb 2024, 08:05 UTC", "1er févr. 2024, 08:05 UTC")
    assert english.ngettext("{number} lead", "{number} leads", 0) == "0 leads"
    assert french.ngettext("{number} lead", "{number} leads", 0) == "0 piste"
    assert french.ngettext("{number} lead", "{number} leads", 2) == "2 pistes"


@pytest.mark.parametrize("language", LANGUAGES)
def test_screens_say_words_for_what_the_data_and_the_graph_name(language: Language) -> None:
    raw = re.compile(r"[A-Z]{4}|_")
    assert [word for word in (*VOCABULARY, *RELATIONSHIPS) if raw.search(words(language).gettext(word))] == []


def test_a_value_is_never_read_as_a_message() -> None:
    assert words("fr").gettext("Signed by {who}", who="{number} Leads") == "Signé par {number} Leads"
    assert words("fr").gettext("no such message {x}", x=1) == "no such message 1"


def test_measured_values_keep_the_digits_that_count() -> None:
    english, french = words("en"), words("fr")
    assert [english.figure(value) for value in (3, 1234567, 0.24941, 0.6, 1.2e-6)] == [
        "3", "1,234,567", "0.2494", "0.6", "1.2E-6"
    ]
    assert french.figure(0.24941) == "0,2494"


@pytest.mark.parametrize(("kind", "first", "last", "english", "french"), [
    ("owner", "2024-04-13T00:00:00Z", None, "holding since 13 Apr 2024", "détention depuis le 13 avr. 2024"),
    ("owner", "2020-10-06T00:00:00Z", "2024-04-13T00:00:00Z", "holding: 6 Oct 2020 to 13 Apr 2024",
     "détention du 6 oct. 2020 au 13 avr. 2024"),
    ("owner", None, "2024-04-13T00:00:00Z", "", ""),
    ("owner", "2024-04-13T10:30:00Z", None, "holding since 13 Apr 2024, 10:30 UTC",
     "détention depuis le 13 avr. 2024, 10:30 UTC"),
    ("manual", "2024-04-13T00:00:00Z", None, "13 Apr 2024, 00:00 UTC to 13 Apr 2024, 00:00 UTC",
     "du 13 avr. 2024, 00:00 UTC au 13 avr. 2024, 00:00 UTC"),
])
def test_what_lasts_still_has_no_end(
    kind: str, first: str | None, last: str | None, english: str, french: str
) -> None:
    one = Finding(kind, ("p:a",), "weak", 0.1, (reason("share", 1, 1, ""),), first_at=first, last_at=last)
    assert [finding_period(one, words(language)) for language in LANGUAGES] == [english, french]


def test_charts_write_months_days_and_numbers_by_the_language() -> None:
    english, french = words("en").chart_locale, words("fr").chart_locale
    assert (english["number"]["decimal"], french["number"]["decimal"]) == (".", ",")
    assert (english["time"]["months"][1], french["time"]["months"][1]) == ("February", "février")
    assert (english["time"]["days"][0], french["time"]["days"][0]) == ("Sunday", "dimanche")


def test_the_glossary_has_every_kind_of_lead_in_both_languages() -> None:
    english, french = dict(glossary(words("en"))), dict(glossary(words("fr")))
    assert len(english) == len(french)
    assert not set(english.values()) & set(french.values())
    for kind in KINDS:
        label = catalogue(kind, "en").label
        assert english[label[:1].upper() + label[1:]] == catalogue(kind, "en").described["question"]


def test_buttons_are_verbs_though_a_column_has_the_same_word_in_english() -> None:
    """A share is a part of a company and a duplicate a row; *Part* and *En double* stood on buttons."""
    assert [words("fr").gettext(one) for one in ("Share it", "Share")] == ["Partager", "Part"]
    assert [words("fr").gettext(one) for one in ("Duplicate it", "Duplicate")] == ["Dupliquer", "En double"]


def test_likely_minors_stand_under_labels_in_the_glossary_as_they_do_everywhere() -> None:
    assert "stand under a label" in dict(glossary(words("en")))["Likely minor"]
    assert "sous une étiquette" in dict(glossary(words("fr")))["Mineur probable"]


def test_the_status_that_some_call_unfounded_is_found_by_that_word_where_one_is_chosen() -> None:
    assert [one for one in STATUSES if "unfounded" in status_choice(one, words("en"))] == ["cleared"]
    assert [one for one in STATUSES if "sans fondement" in status_choice(one, words("fr"))] == ["cleared"]


@pytest.mark.parametrize("label", ["Account", "Room", "Identifier", "Report", "Company", "Person", "Platform"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nodes_are_counted_in_the_singular_and_the_plural(label: str, language: Language) -> None:
    one, several = (counted(label, number, words(language)) for number in (1, 2))
    assert one.startswith("1 ")
    assert several.startswith("2 ")
    assert one[2:] != several[2:]


@pytest.mark.parametrize(("language", "said"), [
    ("en", "The workbench is not answering. Is it still running?"),
    ("fr", "L’atelier ne répond pas. Est-il toujours en marche\u00a0?"),
])
def test_a_lost_server_is_said_in_words_of_ours_in_either_language(language: Language, said: str) -> None:
    phrases = {phrase: ours for _part, told in spoken(words(language)) for phrase, ours in told}
    assert phrases["Streamlit server is not responding. Are you connected to the internet?"] == said
    assert not [ours for ours in phrases.values() if "Streamlit" in ours or "streamlit" in ours]


def test_long_work_is_feminine_in_french_as_each_of_its_sorts_is() -> None:
    french = words("fr")
    assert french.gettext("{doing}: done in {seconds} s", doing="Lecture des sources", seconds=2) == (
        "Lecture des sources\u00a0: terminée en 2 s"
    )


def test_a_hub_is_called_so_everywhere_in_french() -> None:
    path = ROOT / "language" / "locale" / "fr.po"
    assert "pivot" not in path.read_text(encoding="utf-8").lower()


def test_clauses_are_joined_with_the_semicolon_as_the_language_sets_it() -> None:
    assert words("en").joined(["one", "two"]) == "one; two"
    assert words("fr").joined(["un", "deux"]) == "un\u00a0; deux"


def test_french_calls_evidence_case_and_cookie_by_one_word_each() -> None:
    glossary_ = " ".join(f"{word} {meaning}" for word, meaning in glossary(words("fr")))
    wordings = (ROOT.parent / "graph" / "detect" / "wordings" / "fr").glob("*.toml")
    texts = [glossary_, *(path.read_text(encoding="utf-8") for path in wordings)]
    for text in texts:
        told = re.sub(r"^\s*\[?\w+\]?( =|$)", "", text.replace("témoin (cookie)", ""), flags=re.MULTILINE)
        assert re.findall(r"\bpièces?\b|\bdossier\b|\bcookie\b", told) == []


def test_a_button_that_copies_a_text_by_itself_is_called_in_the_language_of_the_screens() -> None:
    said = {phrase for part, told in spoken(words("fr")) if "stElementToolbarButton]" in part for phrase, _ours in told}
    assert "Copy to clipboard" in said


def test_what_the_style_hides_by_its_english_name_keeps_that_name_in_every_language() -> None:
    """Charts offered "Télécharger en PNG", of which the audit log would not know."""
    style = (ROOT / "views" / "assets" / "style.css").read_text(encoding="utf-8")
    hidden = set(re.findall(r'\[aria-label\^="([^"]+)"\]', style))
    assert hidden == {"Download as CSV", "Download as PNG", "Copy Vega-Lite spec"}
    assert hidden.isdisjoint(phrase for _part, told in spoken(words("fr")) for phrase, _ours in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_clear_a_lead_is_called_the_same_on_screens_and_by_every_kind(language: Language) -> None:
    said = words(language).gettext("what would clear it")
    assert {catalogue(kind, language).entries["what_would_clear_it"].measure for kind in KINDS} == {said}
    assert said in explained(list(KINDS), language).lower()


def test_french_clears_a_lead_by_the_word_that_is_the_status_of_a_cleared_one() -> None:
    assert [words("fr").gettext(one) for one in ("cleared", "what would clear it")] == ["écarté", "ce qui l’écarterait"]
    wordings = (ROOT.parent / "graph" / "detect" / "wordings" / "fr").glob("*.toml")
    assert [path.name for path in wordings if re.search(r"lèver(ait|a)", path.read_text(encoding="utf-8"))] == []
