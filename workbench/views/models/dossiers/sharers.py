"""Who used the same marks, as a file has it: a row a mark and account."""

from collections.abc import Mapping, Sequence

import pandas as pd

from workbench.dossier import CROWD, Holder
from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.views.models.dossiers.account import moment
from workbench.views.models.names import Names


def sharer_rows(
    held: Mapping[tuple[str, str], Sequence[Holder]], names: Names, words: Words, *, own: str = "", crowds: bool = False
) -> pd.DataFrame:
    """Of a mark of a crowd the account ``own`` alone is named, as it is nobody's, unless ``crowds`` are asked for."""
    _ = words.gettext
    rows: list[tuple[object, ...]] = []
    for (kind, value), found in held.items():
        shown = names.mark_value(kind, value, (row[0] for row in found))
        crowd = len(found) > CROWD and not crowds
        rows += [
            (mark_kind(kind, words), shown, len(found), names.of(who), names.identity(who), times, moment(first),
             moment(last))
            for who, times, first, last in found if not crowd or who == own
        ]
        if crowd:
            rows.append((mark_kind(kind, words), shown, len(found), _("many: it tells little"), "", None, "", ""))
    return pd.DataFrame(rows, columns=[
        _("Kind"), _("Value"), _("Accounts"), _("Name"), _("Id"), _("Times"), _("First (UTC)"), _("Last (UTC)"),
    ], dtype=object)
