"""The console's history as rows of plain cells."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from workbench.casebook.statements import RanStatement
from workbench.language import Words
from workbench.plain_text import plain_text


def table(ran: Sequence[RanStatement], words: Words) -> pd.DataFrame:
    """One row a statement: the text on one line, its values, how it ended, when."""
    _ = words.gettext
    rows = [
        (
            plain_text(one.text, limit=140),
            plain_text(", ".join(f"{name} = {value}" for name, value in one.parameters.items()), limit=80)
            if one.parameters else "",
            plain_text(one.outcome, limit=80),
            words.instant(datetime.fromisoformat(one.at)),
        )
        for one in ran
    ]
    return pd.DataFrame(rows, columns=[_("Statement"), _("Values"), _("Outcome"), _("When")])
