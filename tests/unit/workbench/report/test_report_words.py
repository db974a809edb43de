"""The report in French: every word of ours has one, in a catalogue in order."""

import ast
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from pypdf import PdfReader

from tests.unit.workbench.report.reported_case import CASE, build, coded
from workbench.bootstrap import Workbench
from workbench.language import Words, words
from workbench.report import make
from workbench.report.choice import Choice
from workbench.report.content import Content, Section, Text
from workbench.report.parts.notes import notes_told
from workbench.report.rendering.glyphs import drawable
from workbench.report.rendering.html import to_html
from workbench.report.rendering.pdf import to_pdf

ROOT = Path(__file__).resolve().parents[4]
CALLS = ("gettext", "ngettext", "say")


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with coded(), build(tmp_path_factory.mktemp("report") / "w") as opened:
        yield opened


@pytest.mark.parametrize(("note", "told"), [
    ("6 targets are left to ambush: most who came are one crew of several targets", "cibles laissées à l’embuscade"),
    ("12 accounts repeat the name of a place to anybody: announcements, no lead", "répètent le nom d’un lieu"),
    ("4 values of kind avatar_sha256 are held by too many accounts to link any", "«\u00a0image de profil\u00a0»"),
    ("2 values of kind phone name nobody (unknown, zeros and the like) and link none", "qui ne nomment personne"),
    ("9 first contacts to 2 targets with more than 200 accounts around within 900 s were left out", "vers 2 cibles"),
    ("3 companies: shared addresses and directors were not searched", "sociétés\u00a0: 3"),
    ("Pier: of old has no recorded owner at 2024-01-01T00:00:00Z", "Pier: of old\u00a0: aucun propriétaire"),
    ("2 owners of Pier hold less than 1e-06 and are left out", "propriétaires de Pier laissés de côté"),
    ("there are no messages in rooms: nothing to place a contact in", "il n’y a pas de messages"),
    ("what nobody foresaw", "what nobody foresaw"),
])
def test_a_method_s_remarks_on_its_run_are_said_in_french_and_in_english_as_they_stand(note: str, told: str) -> None:
    assert told in notes_told([note, note], words("fr"))
    assert notes_told([note], words("en")) == note


class Asked(dict[str, object]):
    """A catalogue that notes what it lacks."""

    def __init__(self, messages: object) -> None:
        super().__init__(messages)  # type: ignore[call-overload]
        self.lacking: list[str] = []

    def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
        if key and key not in self:
            self.lacking.append(key)
        return super().get(key, default)


def test_a_french_report_asks_for_no_word_that_has_no_french(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(words("fr").messages)
    monkeypatch.setattr(make, "words", lambda _: Words("fr", asked))  # type: ignore[arg-type]
    told, _ = make.compose(workbench, workbench.case(CASE), Choice(top=99, language="fr"))
    assert told.title == "Rapport de l’affaire\xa0: small – hub\xa0: Quiet-Heron, et 9 autres pistes"
    assert set(asked.lacking) <= {"people"}, "units are the detections' words"


def test_headings_differ_between_the_languages(workbench: Workbench) -> None:
    def headings(told: Content | Section) -> Iterator[str]:
        for part in told.sections if isinstance(told, Content) else told.blocks:
            if isinstance(part, Section):
                yield part.title
                yield from headings(part)

    choice = Choice(top=3)
    english, _ = make.compose(workbench, workbench.case(CASE), choice)
    french, _ = make.compose(workbench, workbench.case(CASE), replace(choice, language="fr"))
    assert len(list(headings(english))) == len(list(headings(french)))
    assert set(headings(english)) & set(headings(french)) == {"Sources"}


def test_every_message_of_the_source_is_in_the_catalogue() -> None:
    with (ROOT / "workbench" / "language" / "locale" / "fr.po").open("rb") as stream:
        messages = [message for message in read_po(stream, locale="fr") if message.id]
    keys = [message.id if isinstance(message.id, str) else message.id[0] for message in messages]
    assert keys == sorted(keys)
    literal = {
        node.args[0].value
        for path in (ROOT / "workbench" / "report").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in CALLS
    }
    assert len(literal) > 100
    assert sorted(literal - set(keys)) == []


def test_what_the_font_lacks_is_written_by_its_number() -> None:
    assert drawable("Zoë Ж ▪ → é") == "Zoë Ж ▪ → é"
    assert drawable("名") == "[U+540D]"
    assert drawable("😀🦊") == "😀[U+1F98A]"


def test_no_face_is_lost_from_the_text_of_a_pdf() -> None:
    told = "before 😀 🦊 after"
    written = to_pdf(Content(told, "en", "ann", told, (Section(told, (Text(told, "body"),)),)))
    page = PdfReader(io.BytesIO(written)).pages[0].extract_text()
    assert page.count("before [U+1F600] [U+1F98A] after") == 4


def test_no_line_of_a_report_begins_or_ends_with_a_sign_that_belongs_to_a_word() -> None:
    told = "Le compte « Héron » a écrit 12\u202f345 fois : à « Grue » ; ".strip() * 40
    report = Content("t", "fr", "ann", "f", (Section("s", (Text(told, "body"), Text(told, "lead"))),))
    lines = PdfReader(io.BytesIO(to_pdf(report))).pages[0].extract_text().splitlines()
    assert len(lines) > 30
    assert not [line for line in lines if line.strip().startswith(("»", ":", ";", "345")) or line.strip().endswith("«")]
    assert "«\xa0Héron\xa0» a écrit 12\u202f345 fois\xa0: à" in to_html(report).decode()


def test_a_pdf_is_dated_as_its_case_is_by_no_clock() -> None:
    content = Content("Case", "en", "ann", "foot", (Section("One", (Text("words", "body"),)),), "2024-05-06T18:44:03Z")
    written = [to_pdf(content) for _ in range(2)]
    assert written[0] == written[1]
    about = PdfReader(io.BytesIO(written[0])).metadata
    assert about is not None
    assert about.creation_date == about.modification_date == datetime(2024, 5, 6, 18, 44, 3, tzinfo=UTC)
