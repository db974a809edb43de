"""How is it shown where a phrase stands?  A row a conversation or room, minors masked; never what was written."""

from collections.abc import Sequence

import pandas as pd

from graph.search.phrase import Occurrence
from workbench.language import Words
from workbench.views.models.names import Names


def rows(listed: Sequence[Occurrence], names: Names, words: Words) -> pd.DataFrame:
    """Both people or the room, how many messages hold it, the first and the last of them."""
    _ = words.gettext
    shown = [
        (
            names.apart(item.room or item.one), _("(a room)") if item.room else names.apart(item.other), item.messages,
            item.first_at, item.last_at,
        )
        for item in listed
    ]
    return pd.DataFrame(shown, columns=[
        _("Between, or in"), _("And"), _("Messages"), _("First (UTC)"), _("Last (UTC)"),
    ])
