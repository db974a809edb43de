"""Which files were read into a case?  One row a file and table, with its hash, as its batch's manifest has it."""

from collections.abc import Collection, Sequence
from pathlib import PurePath

import pandas as pd

from ingest.case_folder.manifest import Manifest, ManifestSource
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.faults.sources import own_path
from workbench.views.models.sources.tables import masked, shown
from workbench.views.models.words.contract import table_word

_LONGEST = 1_000


def files_read(batches: Sequence[Manifest], words: Words, hidden: Collection[str] = ()) -> pd.DataFrame:
    """The newest batch first, its files as they were given; a name or path that tells a minor is withheld."""
    _ = words.gettext
    rows = [
        (
            pd.Timestamp(batch.created_at), _named(PurePath(own_path(source.path)).name, hidden, words),
            table_word(table, words) if table else "–", source.read.get(table, 0), _rejected(batch, source, table),
            plain_text(source.sha256), batch.batch_id, _named(own_path(source.path), hidden, words),
        )
        for batch in sorted(batches, key=lambda batch: batch.created_at, reverse=True)
        for source in batch.sources
        for table in source.read or ("",)
    ]
    heads = [
        _("Committed"), _("File"), _("Table"), _("Rows read"), _("Rejected"), _("SHA-256"), _("Batch"), _("Full path"),
    ]
    frame = pd.DataFrame(rows, columns=heads)
    frame[heads[0]] = pd.to_datetime(frame[heads[0]], utc=True)
    return frame.astype({heads[3]: "Int64", heads[4]: "Int64"})


def _named(path: str, hidden: Collection[str], words: Words) -> str:
    """The path, each of its parts withheld that names a minor, with or without its ending."""
    parts = path.split("/")
    mask = masked(words)
    told = [
        mask if any(shown(one, hidden, withheld=mask) == mask for one in (part, PurePath(part).stem)) else part
        for part in parts
    ]
    return plain_text("/".join(told), limit=_LONGEST)


def _rejected(batch: Manifest, source: ManifestSource, table: str) -> int | None:
    """Rows of the file that were rejected when it was read; None where an old manifest does not say whose they were."""
    counted = batch.tables.get(table)
    if counted is None or not counted.rejected or any(one.rejected for one in batch.sources):
        return source.rejected.get(table, 0)
    return None
