"""Where does a page of a PDF end?  Between rows, after a heading's first block, and never within a day or a label."""

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from graph.detect.wordings import LANGUAGES
from workbench.language import words
from workbench.report.content import Block, Content, Figure, Section, Table, Text
from workbench.report.parts.records import _WIDTHS, _WIDTHS_OF_TEXTS
from workbench.report.pictures.shapes import Bars
from workbench.report.rendering.pdf import to_pdf


def pages(*blocks: Block) -> list[str]:
    body = to_pdf(Content("Case", "en", "ann", "foot", (Section("Lead", blocks),)))
    return [page.extract_text() for page in PdfReader(io.BytesIO(body)).pages]


def test_heads_stand_once_a_page_wherever_a_row_no_longer_fits() -> None:
    """A row that was broken at the foot of a page stood below the heads once more."""
    rows = tuple((f"row {number}", " ".join(["word"] * 60)) for number in range(6))
    for lines in range(20, 44, 3):
        found = pages(*(Text("line") for _ in range(lines)), Table(("Measure", "Words"), rows, (1, 3)))
        assert {page.count("Measure") for page in found if "row " in page} == {1}, lines
        assert sum(page.count("word") for page in found) == 6 * 60


def test_a_row_longer_than_a_page_is_broken_and_nothing_of_it_lost() -> None:
    found = pages(Table(("Measure", "Words"), (("a", "word " * 4_000), ("b", "short")), (1, 3)))
    assert len(found) > 2
    assert sum(page.count("word") for page in found) == 4_000


def test_a_picture_stands_on_the_page_of_its_heading() -> None:
    day = datetime(2024, 5, 6, tzinfo=UTC).replace(tzinfo=None)
    bars = Bars((day,), 1.0, (("minors", (3,)),), "time (UTC)", "first messages")
    for lines in range(10, 50, 4):
        drawn = Section("Picture", (Figure(bars, "what it shows"),))
        found = pages(*(Text("line") for _ in range(lines)), drawn)
        (page,) = (page for page in found if "Picture" in page)
        assert "what it shows" in page


def test_days_labels_and_heads_of_the_cited_records_stay_on_a_line() -> None:
    row = ("2024-03-04 23:06:27", "2024-03-05T00:06:27.202+01:00", "minor ▪▪▪ 3512b1 → minor ▪▪▪ 6b37cb",
           "hidden, 21 characters", "messages.csv:29503", "S4 · 011b610f2776", "1, 2, a")
    for language in LANGUAGES:
        heads = tuple(map(words(language).gettext, (
            "When (UTC)", "As written", "Who", "What", "File and row", "Source", "Reason",
        )))
        for widths in (_WIDTHS, _WIDTHS_OF_TEXTS):
            page = pages(Table(heads, (row,), widths))[0].replace("\xa0", " ")
            whole = (
                "2024-03-04", "23:06:27", "minor ▪▪▪ 3512b1", "minor ▪▪▪ 6b37cb", row[4], "011b610f2776",
                heads[-1],
            )
            assert [one for one in whole if one not in page] == [], language
