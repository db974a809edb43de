"""Every rejected row as a file of the screen: in the reader's words, with what finds the original again."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.rejects import read_rejects
from workbench.exports.tables.columns import Cell, Sheet
from workbench.language import Words
from workbench.views.models.faults.sources import hint_text, own_path, reason_text
from workbench.views.models.words.contract import column_word


def rejects_sheet(case: CaseFolder, words: Words) -> Sheet:
    """A row a rejected row: the file by its name and hash (several of one name differ in it), and the original text."""
    _ = words.gettext
    heads = (
        _("File"), _("SHA-256 of the file"), _("Row"), _("Column"), _("Reason"), _("How to fix it"), _("Original text")
    )
    return Sheet("rejects", dict.fromkeys(heads, "text"), _rows(case, words))


def _rows(case: CaseFolder, words: Words) -> Iterator[tuple[Cell, ...]]:
    hashes: dict[str, set[str]] = {}
    for batch in manifests(case):
        for source in batch.sources:
            hashes.setdefault(source.path, set()).add(source.sha256)

    @lru_cache(maxsize=1_000)
    def translated(column: str, reason: str, hint: str) -> tuple[str, str, str]:
        return column_word(column, words) if column else "", reason_text(reason, words), hint_text(hint, words)

    for reject in read_rejects(case):
        column, reason, hint = translated(reject.column, reject.reason, reject.hint)
        yield (
            Path(own_path(reject.file)).name, ", ".join(sorted(hashes.get(reject.file, ()))) or None, reject.row,
            column or None, reason, hint or None, reject.raw,
        )
