"""Parameters from a file, and what the detections say of themselves."""

import pytest

from graph.detect.registry import DETECTIONS
from graph.detect.wordings import LANGUAGES
from ingest.errors import FilatureError
from workbench.cli.entry import run
from workbench.errors import WorkbenchError
from workbench.runs.parameters import explained, parameter_label, read_parameters


def test_a_file_of_parameters_is_read_by_kind(tmp_path):
    path = tmp_path / "p.toml"
    path.write_text("[minors]\nadult_age = 16\n", encoding="utf-8")
    assert read_parameters(path) == {"minors": {"adult_age": 16}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[minors]\nadult_age = 99\n", "adult_age is 99: allowed is a whole number, at least 1 and at most 30"),
        ("[minors]\nage = 16\n", "no parameter age"),
        ("[nobody]\nage = 16\n", "no detection 'nobody'"),
        ("[minors\n", "no TOML"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line_with_the_file(tmp_path, text, says):
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FilatureError) as error:
        read_parameters(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(WorkbenchError, match="cannot be read"):
        read_parameters(tmp_path / "p.toml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_detection_explains_itself(language):
    text = explained(("all",), language)
    for item in DETECTIONS:
        assert f"({item.kind}, version {item.version})" in text
    assert ("Age of majority: the age" if language == "en" else "Âge de la majorité\u00a0: l’âge") in text
    assert ("adult_age (years;" if language == "en" else "adult_age (années\u00a0;") in text


def test_a_parameter_that_the_present_method_does_not_have_keeps_its_own_name():
    assert parameter_label("hub", "min_minors", "fr") == "Mineurs, au moins"
    assert parameter_label("hub", "gone_since", "fr") == "gone_since"
    assert parameter_label("nobody", "min_minors", "fr") == "min_minors"


def test_explain_needs_no_case(capsys):
    assert run(["detect", "hub", "--explain"]) == 0
    out = capsys.readouterr().out
    assert "(hub, version" in out
    assert "(ambush" not in out
