"""A package says what happened to the evidence in its language, of files in the case by their place there."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.labels import KEY
from workbench.custody.log import CustodyEvent
from workbench.disclosure.custody import CUSTODY_HEADS, custody_rows
from workbench.language import words
from workbench.masking.telling import Telling
from workbench.report.people import People

HARBOUR = cast("People", SimpleNamespace(names_a_minor=lambda text: "clem" in text, telling=Telling(key=KEY)))


def row(event: CustodyEvent, language: Any = "fr") -> dict[str, str]:
    (cells,) = custody_rows([event], HARBOUR, words(language), case="c")
    return dict(zip(CUSTODY_HEADS, cells, strict=True))


@pytest.mark.parametrize(("detail", "told"), [
    ("batch b1: accounts 2 of 2 rows, messages 1997 of 2001 rows",
     "lot b1\u00a0: Comptes\u00a0: 2 lignes sur 2\u00a0; Messages\u00a0: 1997 lignes sur 2001"),
    ("batch b1: no rows", "lot b1\u00a0: aucune ligne"),
    ("batch b1: accounts 2 of 2 rows, 3 left aside and not hashed",
     "lot b1\u00a0: Comptes\u00a0: 2 lignes sur 2\u00a0; mis de côté, sans empreinte\u00a0: 3"),
    ("nothing differs", "aucune différence"),
    ("3 differ", "différences\u00a0: 3"), ("2 leads as pdf", "pistes\u00a0: 2, en pdf"), ("as gexf", "en gexf"),
    ("run run-1: 4 leads", "exécution run-1, pistes\u00a0: 4"), ("as disclosure", "en dossier de communication"),
    ("run run-1: 1 leads, by Filature 3.1", "exécution run-1, pistes\u00a0: 1, par Filature 3.1"),
    ("as html, handed to the browser", "en html, téléchargé depuis les écrans"), ("not signed", "non signé"),
    ("with 4 entries of another audit log, by Filature 3.1", "avec 4 entrées d’un autre journal, par Filature 3.1"),
    ("signed by key ab12", "signé par la clé ab12"), ("2024-01-01T00:00:00Z by TSA", "2024-01-01T00:00:00Z par TSA"),
    ("what nobody foresaw", "what nobody foresaw"), ("", ""),
])
def test_each_detail_of_the_log_is_said_in_french_and_in_english_as_the_log_has_it(detail: str, told: str) -> None:
    event = CustodyEvent(1, "2024-01-01T00:00:00Z", "received", "ana", detail=detail)
    assert (row(event)["event"], row(event)["detail"]) == ("fichiers reçus", told)
    assert (row(event, "en")["event"], row(event, "en")["detail"]) == ("received", detail)


def test_who_acted_is_named_though_a_minor_bears_that_name() -> None:
    """A nickname in the evidence took the examiner out of the chain of custody."""
    assert row(CustodyEvent(1, "", "read", "clem"))["by"] == "clem"


@pytest.mark.parametrize(("path", "told"), [
    ("/srv/w/cases/c/sources/ab/m.csv", "sources/ab/m.csv"), ("/media/usb/m.csv", "m.csv"),
    ("/srv/w/cases/other/m.csv", "m.csv"), (r"C:\Users\ana\m.csv", "m.csv"), ("seals/000001.json", "seals/000001.json"),
    ("/srv/w/cases/c/sources/ab/clem.csv", "▪▪▪"),
])
def test_a_file_of_the_case_stands_by_its_place_in_it_any_other_by_its_name_and_one_that_names_a_minor_not_at_all(
    path: str, told: str
) -> None:
    """The package told how the workstation of whoever made it is laid out."""
    assert row(CustodyEvent(1, "", "read", "ana", file=path))["file"] == told
