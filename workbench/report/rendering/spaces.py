"""Which spaces may no line break at?  Those inside guillemets and before a sign that stands apart, as French writes."""

import re

from workbench.masking.telling import HIDDEN

NO_BREAK, NARROW = "\u00a0", "\u202f"
_BOUND = re.compile(r"(?<=«) | (?=[»:;?!%])")
_LABEL = re.compile(rf"\w+ {HIDDEN} (?=[0-9a-f])")


def bound(text: str) -> str:
    """The text with no-break spaces there: sentences lose theirs where a text of the data is made plain."""
    return _BOUND.sub(NO_BREAK, text)


def bound_wide(text: str) -> str:
    """The same for the library of PDFs, which breaks lines at narrow no-break spaces; nor does a label break."""
    wide = bound(text).replace(NARROW, NO_BREAK)
    return _LABEL.sub(lambda found: found[0].replace(" ", NO_BREAK), wide)
