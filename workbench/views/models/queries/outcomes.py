"""How did a run end, in the words of the screen?  The log keeps it in English: a number of rows, or what went wrong."""

import re

from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.faults import engine_words
from workbench.views.models.faults.errors import known_what

_ROWS = re.compile(r"(?P<number>\d+) rows(?P<more>, as many as it gives|, more there)?")
_FAULT = re.compile(r"(?:[^:]*: )?(?P<what>.*?)(?:; [^;]*)?")
"""Place, what and fix, as an error is written; the last two may hold colons themselves."""
MOST = 400  # characters of a fault


def outcome_text(outcome: str, words: Words) -> str:
    """What is known in the language; else as it was written down."""
    if (rows := _ROWS.fullmatch(outcome)) is not None:
        told = words.ngettext("{number} row", "{number} rows", int(rows["number"]))
        return words.gettext("{rows}, more there", rows=told) if rows["more"] else told
    if outcome == "stopped for the next one":
        return words.gettext("stopped for the next one")
    if outcome in ("not run", "no answer"):
        return words.gettext("not run") if outcome == "not run" else words.gettext("no answer")
    fault = _FAULT.fullmatch(outcome)
    for what in (outcome, fault["what"] if fault else outcome):
        if known := known_what(what, words) or engine_words.what_text(what, words):
            return plain_text(known, limit=MOST)
    return plain_text(outcome, limit=MOST)
