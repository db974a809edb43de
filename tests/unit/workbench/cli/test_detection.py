"""Leads as the command line prints them, in both languages."""

import pytest

from graph.detect.finding import Finding, FindingsDocument
from tests.written_reasons import reason
from workbench.cli.commands.detection import print_findings

WHY = reason("x", 1, 0, "in English", (), "en français")
TOLD = Finding("hub", ("p:a", "p:b", "p:c", "p:d"), "strong", 0.9, (WHY,))
ENGLISH_ONLY = Finding("room", ("p:r",), "weak", 0.1, (reason("x", 1, 0, "only in English"),))
DOCUMENT = FindingsDocument("c", "run-1", "sha256:0", {}, (TOLD, ENGLISH_ONLY))


def test_leads_are_printed_in_english_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings(DOCUMENT)
    out = capsys.readouterr().out
    assert "first reason" in out
    assert "p:a, p:b, p:c and 1 more" in out
    assert "in English" in out
    assert "français" not in out
    assert "2 leads; each is to be checked by a person, none is a verdict. Run run-1" in out


def test_a_sentence_cut_in_the_table_is_told_where_it_stands_whole(capsys: pytest.CaptureFixture[str]) -> None:
    long = Finding("hub", ("p:a",), "strong", 0.9, (reason("x", 1, 0, "word " * 20),))
    print_findings(FindingsDocument("c", "run-1", "sha256:0", {}, (long,)))
    assert "filature detect … --json FILE writes them whole" in capsys.readouterr().err


def test_leads_are_printed_in_french_where_there_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings(DOCUMENT, language="fr")
    out = capsys.readouterr().out
    assert "première raison" in out
    assert "p:a, p:b, p:c et 1 de plus" in out
    assert "fort" in out
    assert "en français" in out
    assert "only in English" in out
    assert "aucune n'est un verdict" in out
