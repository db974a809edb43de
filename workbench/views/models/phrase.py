"""How is it shown where a phrase stands?  A row a conversation or room, minors masked; never what was written."""

from collections.abc import Sequence

import pandas as pd

from graph.search.phrase import Occurrence
from workbench.language import Words
from workbench.views.models.names import Names


def rows(listed: Sequence[Occurrence], names: Names, words: Words) -> pd.DataFrame:
    """Who wrote it, to whom or in which room, how many messages hold it, the first and the last of them.

    Of two who both did, the one who did more often stands first, and how many the other wrote beside it.
    """
    _ = words.gettext
    shown = [
        (*(_in_room(item, names, words) if item.room else _between(item, names, words)), item.first_at, item.last_at)
        for item in listed
    ]
    return pd.DataFrame(shown, columns=[
        _("Written by"), _("To, or in"), _("Messages"), _("By the other"), _("First (UTC)"), _("Last (UTC)"),
    ])


def _between(item: Occurrence, names: Names, words: Words) -> tuple[str, str, int, str]:
    fewer = min(item.by_one, item.messages - item.by_one)
    who, other = (item.one, item.other) if 2 * item.by_one >= item.messages else (item.other, item.one)
    return names.apart(who), names.apart(other), item.messages, words.number(fewer) if fewer else ""


def _in_room(item: Occurrence, names: Names, words: Words) -> tuple[str, str, int, str]:
    several = words.ngettext("{number} account", "{number} accounts", item.writers)
    who = names.apart(item.writer) if item.writers == 1 else several
    return who, f"{names.apart(item.room)} " + words.gettext("(a room)"), item.messages, ""
