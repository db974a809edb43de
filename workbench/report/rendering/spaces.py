"""Which spaces may no line break at?  Those inside guillemets and before a sign that stands apart, as French writes."""

import re

NO_BREAK, NARROW = "\u00a0", "\u202f"
_BOUND = re.compile(r"(?<=«) | (?=[»:;?!%])")


def bound(text: str) -> str:
    """The text with no-break spaces there: sentences lose theirs where a text of the data is made plain."""
    return _BOUND.sub(NO_BREAK, text)


def bound_wide(text: str) -> str:
    """The same for the library of PDFs, which breaks lines at narrow no-break spaces."""
    return bound(text).replace(NARROW, NO_BREAK)
