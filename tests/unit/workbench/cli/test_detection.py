"""Leads as the command line prints them, in both languages."""

import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.wordings import Language
from tests.written_reasons import reason
from workbench.cli.commands.detection import print_findings, unused_tables

WHY = reason("x", 1, 0, "in English", (), "en français")
TOLD = Finding("hub", ("p:a", "p:b", "p:c", "p:d"), "strong", 0.9, (WHY,))
ENGLISH_ONLY = Finding("room", ("p:r",), "weak", 0.1, (reason("x", 1, 0, "only in English"),))
DOCUMENT = FindingsDocument("c", "run-1", "sha256:0", {}, (TOLD, ENGLISH_ONLY))


def test_parameters_of_a_detection_that_was_not_run_are_told() -> None:
    """Whoever wrote them believed that they applied."""
    document = FindingsDocument("c", "run-1", "sha256:0", {"kinds": ["hub"], "hub": {}, "minors": {}}, ())
    assert unused_tables({"hub": {}, "minors": {}}, document) == []
    assert unused_tables({"ambush": {"min_victims": 4}, "hub": {}}, document) == [
        "parameters of ambush were not used: it was not run"]


def test_leads_are_printed_in_english_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings(DOCUMENT)
    out = capsys.readouterr().out
    assert "first reason" in out
    assert "p:a, p:b, p:c and 1 more" in out
    assert "in English" in out
    assert "français" not in out
    assert "2 leads, to be checked by a person: a lead is no verdict. Run run-1" in out


def test_a_sentence_cut_in_the_table_is_told_where_it_stands_whole(capsys: pytest.CaptureFixture[str]) -> None:
    long = Finding("hub", ("p:a",), "strong", 0.9, (reason("x", 1, 0, "word " * 20),))
    print_findings(FindingsDocument("c", "run-1", "sha256:0", {}, (long,)))
    assert "filature detect … --json FILE writes them whole" in capsys.readouterr().err


def test_one_lead_is_not_told_as_several(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings(FindingsDocument("c", "run-1", "sha256:0", {}, DOCUMENT.findings[:1]))
    assert "1 lead, to be checked" in capsys.readouterr().out


def test_leads_are_printed_in_french_where_there_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings(DOCUMENT, language="fr")
    out = capsys.readouterr().out
    assert "première raison" in out
    assert "p:a, p:b, p:c et 1 de plus" in out
    assert "fort" in out
    assert "en français" in out
    assert "only in English" in out
    assert "2 pistes, à vérifier par une personne\u00a0: une piste n’est pas un verdict. Exécution run-1" in out


@pytest.mark.parametrize(("language", "told"), [
    ("en", "could not be looked for: nobody is in private contact with 3 people known to be minors"),
    ("fr", "recherche impossible"),
])
def test_a_kind_that_nothing_could_be_tested_for_says_so(
    language: Language, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No leads where no age is known is no clearance."""
    notes = {
        "extortion": ["nobody is in private contact with 3 people known to be minors: nothing to test"],
        "room": ["no adult wrote first to a minor, as far as ages are known"],
        "shell": ["10 values of kind cookie are held by too many accounts to link any"],
        "hub": ["nobody wrote first to 3 people: nothing to test"],
    }
    parameters = {"kinds": [*notes], **{kind: {"notes": said} for kind, said in notes.items()}}
    print_findings(FindingsDocument("c", "run-1", "sha256:0", parameters, (TOLD,)), language=language)
    extortion, room, last = capsys.readouterr().out.splitlines()[-3:]
    assert told in extortion
    assert ("no adult" if language == "en" else "aucun adulte") in room
    assert "run-1" in last
