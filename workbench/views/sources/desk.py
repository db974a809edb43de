"""What would come of each of the files that were handed in?  Tried with the choices as they stand, and remembered."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from ingest.batch.trial import Trial
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Counts
from ingest.errors import FilatureError
from workbench.views.language import _
from workbench.views.models.sources import tables as model
from workbench.views.models.sources.tables import Choice, ReadBefore, Source
from workbench.views.session import server

_MOST_BYTES, _GLANCE_BYTES, _MOST_TRIED = 16 << 20, 1 << 20, 12


@dataclass(frozen=True)
class Desk:
    """The files that lie there for a case, what it has read before, and the zone of times that state none.

    Of many files none is tried but those that are open or were (``opened``), unless ``all`` are asked for.
    """

    name: str
    held: ReadBefore | None
    sources: Sequence[Source]
    zone: str | None
    opened: Collection[str] = ()
    all: bool = False

    def trials(self, choices: Sequence[Choice | None], place: int) -> list[Trial | FilatureError | None]:
        """By file, the open one (at ``place``) at length; None where it is not ready, or one of too many."""
        copies = self.copies(choices)
        return [
            _as_copy(trial) if number in copies and isinstance(trial, Trial) else trial
            for number, trial in enumerate(
                self._trial(choice, self.zone, number == place) if choice and choice.ready else None
                for number, choice in enumerate(choices)
            )
        ]

    def needing(self, choices: Sequence[Choice | None], place: int) -> dict[str, int]:
        """Rows that need a zone, whether one is chosen by now or not, by the name of their file."""
        found = {}
        for number, choice in enumerate(choices):
            if choice is None or not choice.ready:
                continue
            trial = self._trial(choice, None, number == place and self.zone is None)
            if isinstance(trial, Trial) and trial.without_zone:
                found[choice.source.name] = trial.without_zone
        return found

    def under_age(self, choices: Sequence[Choice | None], place: int) -> frozenset[str]:
        """Ids and names of whom any of the files declares to be under age: no preview of the others shows them."""
        return frozenset().union(*(
            trial.under_age for trial in self.trials(choices, place) if isinstance(trial, Trial)
        ))

    def copies(self, choices: Sequence[Choice | None]) -> dict[int, Source]:
        """Files that hold the bytes of one before them and are read alike, by place, with that one."""
        versions = [_version(source.path) for source in self.sources]
        sizes = [size for size, _at in versions]
        first: dict[tuple[str, str, str | None], Source] = {}
        found = {}
        for number, (source, choice) in enumerate(zip(self.sources, choices, strict=True)):
            if choice is None or sizes[number] == 0 or sizes.count(sizes[number]) < 2:
                continue
            key = (_digest(str(source.path), versions[number]), choice.format, choice.mapping)
            if key in first:
                found[number] = first[key]
            first.setdefault(key, source)
        return found

    def _trial(self, choice: Choice, zone: str | None, is_open: bool) -> Trial | FilatureError | None:
        at_length = is_open or choice.declares_ages or str(choice.source.path) in self.opened
        if not at_length and not self.all and len(self.sources) > _MOST_TRIED:
            return None
        path = choice.source.path
        version = _version(path)
        before = self.held if self.held is not None and _may_have(self.held, path, version) else None
        with st.spinner(_("Looking at {file} …", file=model.file_name(choice.source.name))):
            return _kept_trial(
                str(path), version, choice, self.name or "case", zone, _MOST_BYTES if at_length else _GLANCE_BYTES,
                str(server().workbench.settings.workspace / "trials"),
                before.batches if before else (), before.case if before else None,
            )


def _may_have(held: ReadBefore, path: Path, version: tuple[int, int]) -> bool:
    """Has the case read a file of that size, or of a folder any file of it?"""
    if not path.is_dir():
        return version[0] in held.sizes
    return any(file.is_file() and file.stat().st_size in held.sizes for file in path.rglob("*"))


def _as_copy(trial: Trial) -> Trial:
    """What a file of the same bytes leaves to this one: duplicates."""
    return replace(trial, counts={
        table: Counts(one.read, 0, one.rejected, one.duplicate + one.accepted) for table, one in trial.counts.items()
    })


def _version(path: Path) -> tuple[int, int]:
    """Size and time of change; nothing of a folder, and of what is not there."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return (found.st_size, found.st_mtime_ns) if path.is_file() else (0, found.st_mtime_ns)


@st.cache_data(max_entries=1000, show_spinner=False)
def _digest(path: str, version: tuple[int, int]) -> str:  # noqa: ARG001  the version is part of the key
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@st.cache_data(max_entries=1000, show_spinner=False, hash_funcs={Choice: repr})
def _kept_trial(
    path: str, version: tuple[int, int], choice: Choice, name: str, zone: str | None, most: int,  # noqa: ARG001
    scratch: str, batches: tuple[str, ...], _before: CaseFolder | None,  # noqa: ARG001
) -> Trial | FilatureError:
    return model.tried(choice, scratch=Path(scratch), case_name=name, timezone=zone, most_bytes=most,
                       case=_before)
