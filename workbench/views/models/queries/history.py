"""The console's history as rows of plain cells; the ids and names in it are masked as everywhere."""

import re
from collections.abc import Sequence

import pandas as pd

from workbench.casebook.statements import RanStatement
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.names import Names
from workbench.views.models.queries.outcomes import outcome_text

_LITERAL = re.compile(r"'([^'\\]*)'|\"([^\"\\]*)\"")


def texts_in(ran: Sequence[RanStatement]) -> set[str]:
    """The values, and the texts written in the statements: what may be somebody's id or name."""
    literals = {found[1] or found[2] or "" for one in ran for found in _LITERAL.finditer(one.text)}
    return {*literals, *(value for one in ran for value in one.parameters.values())} - {""}


def table(ran: Sequence[RanStatement], names: Names, words: Words) -> pd.DataFrame:
    """One row a statement: the text on one line, its values, how it ended, when."""
    _ = words.gettext
    rows = [
        (
            plain_text(_LITERAL.sub(lambda found: _masked(found, names), one.text), limit=110),
            ", ".join(f"{name} = {names.written(value)}" for name, value in one.parameters.items()),
            outcome_text(one.outcome, words),
            words.instant(one.at),
        )
        for one in ran
    ]
    return pd.DataFrame(rows, columns=[_("Statement"), _("Values"), _("Outcome"), _("When")])


def _masked(found: re.Match[str], names: Names) -> str:
    inner = found[1] or found[2] or ""
    shown = names.written(inner)
    return found[0] if not inner or shown == plain_text(inner, limit=1_000) else f"'{shown}'"
