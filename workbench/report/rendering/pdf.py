"""How is a report written as PDF?  By reportlab, with its own fonts inside; text is never read as markup."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Table as Grid

from workbench.report.content import Block, Content, Figure, Items, Pairs, Section, Table, Text
from workbench.report.pictures.drawing import png
from workbench.report.rendering.glyphs import BOLD, REGULAR, readable, register
from workbench.report.rendering.spaces import bound_wide

MARGIN, FOOT = 15 * mm, 4 * mm
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN - FOOT
LINE, PALE, SOFT = colors.HexColor("#d5d9de"), colors.HexColor("#f5f6f8"), colors.HexColor("#5b6169")
_ROLES = {
    "fact": colors.HexColor("#444444"), "inference": colors.HexColor("#0072B2"), "against": colors.HexColor("#D55E00"),
}
_SIZES = {2: 15.0, 3: 11.5, 4: 10.0}
_TEXT = {"body": (9.0, colors.black), "lead": (11.0, colors.black), "note": (7.5, SOFT), "cell": (7.5, colors.black)}


def to_pdf(content: Content) -> bytes:
    """The document: dated as its case is, by no clock, and its id follows from its content."""
    register()
    stream = io.BytesIO()
    document = _Document(
        stream, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN + FOOT,
        invariant=1, title=content.title, author=content.author, subject=content.footer, creator="Filature",
        lang=content.language,
    )
    if content.as_of:  # in place of the day in 2000 that reportlab gives what is to come out alike
        document.dated = datetime.fromisoformat(content.as_of).astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    frame = Frame(MARGIN, MARGIN + FOOT, WIDTH, HEIGHT, 0, 0, 0, 0)
    footer = readable(content.footer)

    def foot(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, 7)
        canvas.setFillColor(SOFT)
        canvas.drawString(MARGIN, MARGIN - 2 * mm, footer)
        canvas.drawRightString(A4[0] - MARGIN, MARGIN - 2 * mm, str(page.page))
        canvas.restoreState()

    document.addPageTemplates(PageTemplate("page", [frame], onPage=foot))
    story: list[Flowable] = [_words(content.title, 20.0, bold=True), Spacer(1, 4 * mm)]
    for section in content.sections:
        story += _section(section, 2)
    document.build(story)
    return stream.getvalue()


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Adds an outline entry for every heading, and the date of the content."""

    dated = ""

    def beforeDocument(self) -> None:  # noqa: N802 - the library's name
        if self.dated:
            self.canv.setDateFormatter(lambda *_: self.dated)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - the library's name
        level = getattr(flowable, "outline_level", None)
        if level is not None:
            key = f"h{self.seq.nextf('heading')}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.outline_title, key, level, closed=level > 0)


class _RowGrid(Grid):  # type: ignore[misc]
    """Breaks between rows, and within one that is longer than a page alone: elsewhere its rest would stand below the
    heads once more."""

    def split(self, width: float, height: float) -> list[Flowable]:
        self.splitInRow = int(height > HEIGHT - 1.0)
        found: list[Flowable] = super().split(width, height)
        return found


def _section(section: Section, level: int) -> Iterator[Flowable]:
    heading = _words(
        section.title, _SIZES[min(level, 4)], bold=True, colour=_ROLES.get(section.role, colors.black),
        before=14.0 if level == 2 else 8.0,
    )
    heading.outline_level, heading.outline_title = level - 2, section.title
    below = [part for block in section.blocks for part in (
        _section(block, level + 1) if isinstance(block, Section) else _block(block)
    )]
    pictured = below[0].drawHeight + 15 * mm if below and isinstance(below[0], Image) else 0.0
    least = (70 if level == 2 else 30) * mm  # no heading stands alone at the foot of a page
    yield CondPageBreak(min(max(least, pictured), HEIGHT))
    yield heading
    yield from below


def _block(block: Block) -> Iterator[Flowable]:
    if isinstance(block, Text):
        size, colour = _TEXT[block.style]
        yield _words(block.text, size, colour=colour, before=2.0)
    elif isinstance(block, Pairs):
        rows = [[_words(label, 8.0, colour=SOFT), _words(value, 8.5)] for label, value in block.rows]
        yield _grid(rows, (28, 72), ruled=False)
    elif isinstance(block, Items):
        for item in block.items:
            yield _words(f"• {item}", 8.5, before=1.0)
    elif isinstance(block, Table):
        size, colour = _TEXT["cell"]
        rows = [[_words(head, size, bold=True) for head in block.heads]]
        rows += [[_words(cell, size, colour=colour) for cell in row] for row in block.rows]
        yield _grid(rows, block.widths, ruled=True)
    elif isinstance(block, Figure):
        data, width, height = png(block.picture)
        yield Image(io.BytesIO(data), width=WIDTH, height=WIDTH * height / width)
        yield _words(block.caption, 7.5, colour=SOFT, before=1.0)


def _grid(rows: list[list[Paragraph]], widths: tuple[int, ...], *, ruled: bool) -> Grid:
    columns = [WIDTH * width / sum(widths) for width in widths]
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    if ruled:
        commands += [("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("BACKGROUND", (0, 0), (-1, 0), PALE)]
    return _RowGrid(
        rows, colWidths=columns, repeatRows=1 if ruled else 0, hAlign="LEFT",
        spaceBefore=3, spaceAfter=5, style=TableStyle(commands),
    )


def _words(
    text: str, size: float, *, bold: bool = False, colour: Any = colors.black, before: float = 0.0
) -> Paragraph:
    """A paragraph of plain text; nothing in it is a tag."""
    style = ParagraphStyle(
        "words", fontName=BOLD if bold else REGULAR, fontSize=size, leading=size * 1.35, textColor=colour,
        alignment=TA_LEFT, spaceBefore=before, spaceAfter=2.0, splitLongWords=1,
    )
    return Paragraph(escape(bound_wide(readable(text))), style)
