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


def drawable(text: str) -> str:
    """The text with ``[U+4E2D]`` for a character that the font cannot draw."""
    known = _glyphs()
    return "".join(char if ord(char) in known or char == "\n" else f"[U+{ord(char):04X}]" for char in text)


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
