"""Can each of several files be read as it is chosen to be?  In words, with what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ingest.batch.trial import Trial
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.sources.tables import Choice, Source, file_name


@dataclass(frozen=True)
class FileState:
    """A state in words, its ``reason`` where there is one, and whether nothing is read while it lasts."""

    told: str
    reason: str = ""
    blocks: bool = False


def unreadable(reason: str, words: Words) -> FileState:
    return FileState(words.gettext("cannot be read"), reason, blocks=True)


def state_of(
    choice: Choice, trial: Trial | None, *, copy_of: Source | None, needs_zone: bool, words: Words
) -> FileState:
    """Of a file that can be read.  ``trial``: None where it was not tried; ``copy_of``: a file of the same bytes."""
    _ = words.gettext
    if not choice.ready:
        return FileState(_("needs a mapping"))
    if needs_zone:
        return FileState(_("needs a time zone"))
    if copy_of is not None:
        return FileState(_("handed in twice"), _("the same bytes as {file}", file=file_name(copy_of.name)))
    if trial is None:
        return FileState(_("not tried yet"))
    if trial.counts and all(one.read == one.duplicate for one in trial.counts.values()):
        return FileState(_("already read"))
    return FileState(_("ready"))


def files_frame(rows: Sequence[tuple[str, str, FileState]], words: Words) -> pd.DataFrame:
    """Names of files, what each is taken for, its state, and the reasons where there are any."""
    _ = words.gettext
    frame = pd.DataFrame(
        [(name, taken, state.told, plain_text(state.reason, limit=300) if state.reason else "")
         for name, taken, state in rows],
        columns=[_("File"), _("Taken for"), _("State"), _("Reason")],
    )
    return frame if any(state.reason for _name, _taken, state in rows) else frame.drop(columns=[_("Reason")])
