"""What ingest found wrong, in the words of the screen: no option of the command line, no hashed path."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import FilatureError, SourceUnreadable
from workbench.language import words
from workbench.views.models.faults.errors import error_text
from workbench.views.models.faults.sources import hint_text, own_path, problem_text, reason_text, stage_text
from workbench.views.models.words.contract import COLUMNS, TABLES

EN, FR = words("en"), words("fr")
ROOT = Path(__file__).resolve().parents[5] / "ingest"


def texts(name: str) -> Iterator[tuple[str, str]]:
    """(place, text) of every value given for ``fix`` or as a hint in the sources of ingest; places are filled by X."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == name:
                value = node.value
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield path.name, value.value
                elif isinstance(value, ast.JoinedStr):
                    yield path.name, "".join(
                        str(part.value) if isinstance(part, ast.Constant) else "X" for part in value.values
                    )


def test_no_fix_on_screen_names_an_option() -> None:
    found = list(texts("fix"))
    assert len(found) > 30
    told = {text: problem_text(SourceUnreadable("is odd", where="a.csv", fix=text), EN) for _place, text in found}
    assert [text for text, said in told.items() if re.search(r"--[a-z]", said)] == []


@pytest.mark.parametrize(
    ("reason", "english", "french"),
    [
        ("sent_at is a time without a zone", "Sent at: is a time without a zone",
         "Envoyé le\u00a0: est une heure sans fuseau"),
        ("sender_id is empty; sent_at is no time", "Sender: is empty; Sent at: is no time",
         "Expéditeur\u00a0: est vide\u00a0; Envoyé le\u00a0: n’est pas une heure"),
        ("ended_at lies before started_at", "Ends at: lies before Begins at", "Fin\u00a0: précède Début"),
        ("has 3 columns, the mapping 6", "columns here: 3, in the mapping: 6",
         "colonnes ici\u00a0: 3, dans la correspondance\u00a0: 6"),
        ("something nobody knows", "something nobody knows", "something nobody knows"),
    ],
)
def test_reasons_are_said_in_words(reason: str, english: str, french: str) -> None:
    assert (reason_text(reason, EN), reason_text(reason, FR)) == (english, french)


def test_hints_name_the_control_not_the_option() -> None:
    hint = "say in which zone with --timezone, as in --timezone Europe/Paris"
    assert hint_text(hint, EN) == "choose the zone that its clock showed"
    assert hint_text("messages needs sender_id", FR) == "Messages\u00a0: Expéditeur est obligatoire"
    assert hint_text("", EN) == ""


def test_an_upload_is_named_by_its_own_name_wherever_it_lies() -> None:
    tag = "0123456789abcdef"
    for place in (f"/my ws/cases/c/sources/{tag}/my file.csv", f"/ws/incoming/{tag}/{tag}/my file.csv"):
        assert own_path(place) == "my file.csv"
        problem = SourceUnreadable("is damaged (CRC)", where=place, fix="copy or export it again")
        assert problem_text(problem, EN) == "my file.csv: is damaged or cut short; copy or export it again"
    assert own_path("/data/ann/sources/list.csv") == "/data/ann/sources/list.csv"


def test_a_torn_archive_is_told_in_one_language_and_without_its_path_where_it_stands_beside_that() -> None:
    torn = SourceUnreadable("is damaged (File is not a zip file)", where="/in/b.zip", fix="copy it again")
    assert error_text(torn, FR) == "/in/b.zip\u00a0: est endommagé ou tronqué\u00a0; copiez-le de nouveau"
    assert error_text(torn, EN, beside="/in/b.zip") == "is damaged or cut short; copy it again"
    assert error_text(torn, EN, beside="/in/c.zip").startswith("/in/b.zip: ")


def test_the_place_is_left_out_where_it_is_an_option() -> None:
    problem = FilatureError("there is no such mapping", where="--mapping x", fix="")
    assert problem_text(problem, EN) == "there is no such mapping"
    assert "\u202e" not in problem_text(FilatureError("is odd", where="a\u202eb.csv"), EN)


def test_stages_are_said_in_words() -> None:
    assert stage_text("hashing a.csv", FR) == "empreinte de a.csv"
    assert stage_text("reading messages.csv with care", EN) == "reading messages.csv"
    assert stage_text("checking messages", EN) == "checking Messages"
    assert stage_text("nodes", EN) == "bringing the graph up to date"


def test_every_table_and_column_of_the_contract_has_a_word() -> None:
    from ingest.tables import TABLES as CONTRACT

    assert {*CONTRACT} == {*TABLES}
    assert {name for table in CONTRACT.values() for name in table.names} <= {*COLUMNS}
