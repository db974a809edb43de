"""How are records shown that name a known medium?  Who, where, when, and by which list; nothing of the medium."""

from collections.abc import Iterable, Mapping

import pandas as pd

from ingest.lake.known_media import KnownMedium
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.dossiers.account import moment
from workbench.views.models.names import Names
from workbench.views.models.records import reference


def known_media_rows(
    found: Iterable[KnownMedium], lists: Mapping[str, str], names: Names, words: Words
) -> pd.DataFrame:
    """In the order given; ``lists``: the name of each list by its SHA-256."""
    _ = words.gettext

    def known_by(sha256: str, category: str) -> str:
        name = plain_text(lists.get(sha256, sha256), limit=80)
        if not category:
            return name
        return _("{name} (category {category})", name=name, category=plain_text(category, limit=40))

    rows = [
        (
            moment(item.at), names.of(item.account), names.of(where) if (where := item.room or item.recipient) else "",
            ", ".join(known_by(*entry) for entry in item.lists), reference(item.record, names),
        )
        for item in found
    ]
    return pd.DataFrame(rows, columns=[_("When (UTC)"), _("Who"), _("Where"), _("Known by"), _("Record")])
