"""Which font stands in a report, and what of a character that it lacks?  DejaVu, which matplotlib brings.

Latin with all accents, Greek, Cyrillic, Armenian, Georgian, Arabic and Hebrew letters are in it; a character that is
not is written by its number, so that two names that differ never look the same.
"""

from functools import cache
from pathlib import Path

import matplotlib as mpl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Filature", "Filature-Bold"
_FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}


def drawable(text: str, *, last: int = 0x10FFFF) -> str:
    """The text with ``[U+4E2D]`` for a character that the font cannot draw, or that is beyond the ``last``."""
    known = _glyphs()
    return "".join(
        char if (ord(char) in known and ord(char) <= last) or char == "\n" else f"[U+{ord(char):04X}]" for char in text
    )


def readable(text: str) -> str:
    """The same for the text of a PDF: faces and letters of the upper planes would be drawn, but the library tells no
    reader which they are, so that they are lost where text is copied, searched or read aloud."""
    return drawable(text, last=0xFFFF)


def register() -> None:
    """Make the fonts known to the PDF library; a second call does nothing."""
    for name in _FILES:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(_font(name))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def _glyphs() -> frozenset[int]:
    """Characters that both faces have."""
    faces = [set(_font(name).face.charToGlyph) for name in _FILES]
    return frozenset(faces[0] & faces[1])


def _font(name: str) -> TTFont:
    return TTFont(name, str(Path(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[name]))
