"""Which message of the screens says what a text of another stage says?  The first whose pattern is the whole text."""

import re
from collections.abc import Callable, Mapping

from workbench.language import Words

Values = Callable[[str, str], str]
"""Name and text of a place to what is filled in there."""


def said(text: str, known: Mapping[str, str], words: Words, *, values: Values | None = None) -> str | None:
    """The message, its places filled with what the text has there; None where no pattern is the whole text."""
    for pattern, message in known.items():
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found is not None:
            parts = {name: value or "" for name, value in found.groupdict().items()}
            return words.gettext(message, **{name: values(name, value) if values else value
                                             for name, value in parts.items()})
    return None
