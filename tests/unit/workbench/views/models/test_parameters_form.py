"""The form of the detections' parameters: what it says, what it reads, what it says of a value that does not fit."""

import re
from pathlib import Path

import pytest

from graph.detect.finding import FindingsDocument
from graph.detect.parameters import settings
from graph.detect.registry import BY_KIND
from graph.detect.wordings.settings import _read, choices, label, unit, why
from workbench.language import Words, words
from workbench.runs.earlier_methods import PARTS, of_before
from workbench.runs.parameters import parameters_of
from workbench.runs.team_words import FILE
from workbench.views.models.leads import parameters_form as form

EN, FR = words("en"), words("fr")
USUAL = form.defaults(Path("/nowhere"))


def texts(part: str, **changed: str) -> form.Texts:
    return {part: {**{name: form.written(value, EN) for name, value in USUAL[part].items()}, **changed}}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_defaults_as_written_read_back_to_no_difference(part: str, language: str) -> None:
    here = words(language)  # type: ignore[arg-type]
    given = {part: {name: form.written(value, here) for name, value in USUAL[part].items()}}
    assert form.read(given, USUAL, here) == ({}, {})


@pytest.mark.parametrize("part", PARTS)
def test_every_parameter_has_its_label_unit_and_reason_in_french(part: str) -> None:
    for name, (setting, _) in settings(parameters_of(part)).items():
        assert label(part, name, setting, "fr") != setting.label, f"{part}.{name}"
        for value, said in choices(part, name, setting, "fr").items():
            assert said != dict(setting.choices)[value], f"{part}.{name}.{value}"
        assert why(part, name, setting, "fr") != setting.why, f"{part}.{name}"
        assert unit(setting, "fr") != setting.unit or setting.unit in ("contacts", "bits", "nats"), setting.unit


@pytest.mark.parametrize("part", PARTS)
def test_no_french_is_left_of_a_parameter_that_is_gone(part: str) -> None:
    described = settings(parameters_of(part))
    known = {*described, *(f"{name}.{value}" for name, (one, _) in described.items() for value, _ in one.choices)}
    for file in ("labels", "parameters"):
        assert sorted(set(_read("fr", file)[part]) - known) == [], file


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("here", [EN, FR], ids=["en", "fr"])
def test_labels_of_a_part_are_short_and_no_two_alike(part: str, here: Words) -> None:
    labels = [field.label for field in form.fields(part, USUAL, here)]
    assert len(set(labels)) == len(labels)
    assert [one for one in labels if len(one) > 48 or "_" in one or one[:1] != one[:1].upper()] == []


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("here", [EN, FR], ids=["en", "fr"])
def test_reasons_are_for_who_reads_the_screen(part: str, here: Words) -> None:
    """No file, no name of the code, no word of those who build detections."""
    told = [field.why for field in form.fields(part, USUAL, here)]
    assert [one for one in told if re.search(r"docs/|\w_\w|\bablation|exp\(|\blog2|\bhypothèse", one)] == []


def test_a_field_says_unit_bounds_default_and_source() -> None:
    field = next(one for one in form.fields("hub", USUAL, EN) if one.name == "raised_ages")
    assert (field.label, field.unit, field.default) == ("Minors among those who state 18", "share", "0.25")
    assert field.allowed == "a number, above 0 and below 1"
    assert field.source.startswith("Ofcom")
    french = next(one for one in form.fields("hub", USUAL, FR) if one.name == "raised_ages")
    assert (french.unit, french.default, french.allowed) == ("part", "0,25", "un nombre, plus de 0 et moins de 1")
    assert french.label == "Mineurs parmi ceux qui déclarent 18 ans"


def test_what_differs_is_read_with_its_type() -> None:
    given = texts("hub", min_minors=" 6 ", raised_ages="0,3", seeker_odds="2; 4,5")
    values, faults = form.read(given, USUAL, EN)
    assert faults == {}
    assert values == {"hub": {"min_minors": 6, "raised_ages": 0.3, "seeker_odds": (2.0, 4.5)}}
    assert form.told(values, FR) == (
        "hub · Mineurs, au moins\u00a0: 6\u00a0; hub · Mineurs parmi ceux qui déclarent 18 ans\u00a0: 0,3\u00a0; "
        "hub · Degrés de préférence pour les mineurs\u00a0: (une liste)"
    )


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("min_minors", "many", "a whole number, at least 2"),
        ("min_minors", "1", "a whole number, at least 2"),
        ("min_minors", "2.5", "a whole number, at least 2"),
        ("raised_ages", "nan", "a number, above 0 and below 1"),
        ("raised_ages", "", "a number, above 0 and below 1"),
        ("seeker_odds", "2; x", "one or more of a number, above 1"),
    ],
)
def test_a_bad_value_is_said_in_one_line_with_what_is_allowed(name: str, text: str, wanted: str) -> None:
    values, faults = form.read(texts("hub", **{name: text}), USUAL, EN)
    assert values == {}
    said = f"“{text}” does not fit" if text else "Nothing stands here"
    assert faults == {("hub", name): f"{said}: write {wanted}."}


def test_what_does_not_fit_is_told_by_label_whatever_part_is_seen_and_the_rest_is_counted() -> None:
    wrong = {**texts("hub", min_minors="abc"), **texts("room", min_adults="")}
    _, faults = form.read(wrong, USUAL, FR)
    assert form.faults_told(faults, FR) == [
        "hub · Mineurs, au moins\u00a0: «\u00a0abc\u00a0» ne convient pas\u00a0: écrivez un nombre entier, au moins 2.",
        "salon · Adultes, au moins\u00a0: Rien n’est écrit ici\u00a0: écrivez un nombre entier, au moins 1.",
    ]
    assert form.faults_told(faults, FR, most=1)[1:] == ["et 1 de plus"]
    assert form.faults_told({}, FR) == []


def test_values_that_do_not_fit_each_other_are_said_at_one_of_them() -> None:
    _, faults = form.read(texts("hub", moderate_evidence="7"), USUAL, EN)
    ((where, said),) = faults.items()
    assert where == ("hub", "moderate_evidence")
    assert "Bound of a strong lead" in said
    assert "_" not in said


def test_signals_are_chosen_by_name_and_may_be_none() -> None:
    field = next(one for one in form.fields("hub", USUAL, FR) if one.name == "parts")
    assert (field.default, field.allowed) == ("tous", "")
    assert field.choices["begun"] == "Qui entame les conversations"
    values, faults = form.read(texts("hub", parts="ages; begun"), USUAL, EN)
    assert (values, faults) == ({"hub": {"parts": ("ages", "begun")}}, {})
    assert form.told(values, FR).endswith("Âges de ceux à qui il écrit; Qui entame les conversations")
    none = form.read(texts("hub", parts=""), USUAL, EN)
    assert none == ({"hub": {"parts": ()}}, {})
    assert form.told(none[0], EN) == "hub · Signals in use: none of them"


def test_the_last_run_s_own_values_stand_in_the_form_and_a_team_s_words_are_no_difference(tmp_path: Path) -> None:
    taken = {"hub": {"min_minors": 6, "seeker_odds": [2.0, 3.0], "version": BY_KIND["hub"].version, "notes": []}}
    document = FindingsDocument("c", "r", "d", taken, ())
    assert form.of_run(document, USUAL) == {"hub": {"min_minors": 6, "seeker_odds": (2.0, 3.0)}}
    assert form.of_run(None, USUAL) == {}
    source = Path(__file__).parents[5] / "graph/detect/extortion/words.toml"
    (tmp_path / FILE).write_text(source.read_text("utf-8"), encoding="utf-8")
    usual = form.defaults(tmp_path)
    run = FindingsDocument("c", "r", "d", {"extortion": {"demand": list(usual["extortion"]["demand"])}}, ())
    assert form.of_run(run, usual) == {}


def test_what_an_earlier_version_took_of_itself_is_no_choice_of_anybody() -> None:
    now = BY_KIND["extortion"].version
    taken = {"extortion": {"dispersion": 0.005, "version": now - 1}, "hub": {"min_minors": 6}}
    document = FindingsDocument("c", "r", "d", taken, ())
    assert form.of_run(document, USUAL) == {"hub": {"min_minors": 6}}, "run again, the present method has its defaults"
    assert of_before(document) == ("extortion",)
    assert of_before(None) == ()


def test_units_that_not_everybody_knows_are_explained_once_each() -> None:
    told = form.units_told("hub", words("en"))
    assert [line.partition(":")[0] for line in told] == [
        "nats", "q-value", "odds ratio", "intra-class correlation", "power", "likelihood ratio",
    ]
    assert form.units_told("hub", words("fr"))[0].startswith("nats\u00a0: logarithme naturel")
    assert form.units_told("owner", words("en")) == ()
