"""Can each of several files be read as it is chosen to be?  In words, with what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ingest.batch.trial import Trial
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.faults.sources import reason_text
from workbench.views.models.sources.tables import Choice, Source, file_name
from workbench.views.models.words.contract import table_word


@dataclass(frozen=True)
class FileState:
    """A state in words, its ``reason`` where there is one, and whether nothing is read while it lasts."""

    told: str
    reason: str = ""
    blocks: bool = False
    untried: bool = False


def unreadable(reason: str, words: Words) -> FileState:
    return FileState(words.gettext("cannot be read"), reason, blocks=True)


def state_of(
    choice: Choice, trial: Trial | None, *, copy_of: Source | None, needs_zone: bool, words: Words
) -> FileState:
    """Of a file that can be read.  ``trial``: None where it was not tried; ``copy_of``: a file of the same bytes."""
    _ = words.gettext
    if not choice.ready:
        return FileState(_("needs a mapping"))
    swapped = trial is not None and trial.both_ways
    unsure = _("day and month may be exchanged, every date fits both ways: open it and see") if swapped else ""
    if needs_zone:
        return FileState(_("needs a time zone"), unsure)
    if copy_of is not None:
        return FileState(_("handed in twice"), _("the same bytes as {file}", file=file_name(copy_of.name)))
    if trial is None:
        return FileState(_("not tried yet"), untried=True)
    rejected = trial.rejected
    reason = plain_text(reason_text(trial.faults[0].reason, words), limit=200) if trial.faults else ""
    if trial.adds_nothing:
        return FileState(_("already read"), _rejected(rejected, reason, words))
    if rejected and not trial.accepted:
        return FileState(_("nothing of it can be read"), _rejected(rejected, reason, words))
    without = [table_word(table, words) for table, one in trial.counts.items() if one.read and one.read == one.rejected]
    part = _("ready, but without {tables}", tables=", ".join(without)) if without else _("ready, in part")
    if trial.ignored:
        aside = words.ngettext("{number} file is left aside", "{number} files are left aside", len(trial.ignored))
        return FileState(part, _both(unsure, aside, _rejected(rejected, reason, words)))
    return FileState(part if rejected else _("ready"), _both(unsure, _rejected(rejected, reason, words)))


def _both(*reasons: str) -> str:
    """The reasons that there are, the more telling one first: a cell has three lines."""
    return "; ".join(filter(None, reasons))


def _rejected(rows: int, reason: str, words: Words) -> str:
    """How many rows would be rejected, and why most of them; empty if none."""
    if not rows:
        return ""
    return words.ngettext(
        "{number} row of those looked at is rejected: {reason}",
        "{number} rows of those looked at are rejected: {reason}", rows, reason=reason,
    )


def files_frame(rows: Sequence[tuple[str, str, FileState]], words: Words) -> pd.DataFrame:
    """Names of files, what each is taken for, its state, and the reasons where there are any."""
    _ = words.gettext
    frame = pd.DataFrame(
        [(name, taken, state.told, plain_text(state.reason, limit=300) if state.reason else "")
         for name, taken, state in rows],
        columns=[_("File"), _("Taken for"), _("State"), _("Reason")],
    )
    return frame if any(state.reason for _name, _taken, state in rows) else frame.drop(columns=[_("Reason")])
