"""How do invisible characters stand in an exported file?  Written out, so that two names that differ look different."""

import unicodedata

_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    r"""The text with control, direction and surrogate characters written out as ``\u202e``."""
    return "".join(
        f"\\u{ord(character):04x}" if unicodedata.category(character) in _INVISIBLE else character for character in text
    )
