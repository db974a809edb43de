"""Which files of a folder does a reader of exports take?  Those it recognises; the others are told as left aside."""

import os
from collections.abc import Callable
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.source_files import printable, regular_file
from ingest.sources.reader import SourceFile, Survey

_LOOKED_AT = 400


def files_below(folder: Path) -> list[Path]:
    """Files of a folder and its folders that are not hidden, sorted; no link to a folder is followed."""
    found: list[Path] = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(here) / name for name in sorted(names) if not name.startswith(".")]
    return found


def any_recognised(path: Path, taken: Callable[[Path], bool]) -> bool:
    """Is this file, or one of the first files of this folder, one that the reader takes?"""
    if path.is_dir():
        return any(taken(entry) for entry in files_below(path)[:_LOOKED_AT])
    return path.is_file() and taken(path)


def survey_of(
    path: Path, format: str, taken: Callable[[Path], bool], *, mapping: Path | None, holds: str,
    context: Callable[[Path], str] | None = None,
) -> Survey:
    """The survey of a file or folder; SourceUnreadable if nothing in it is taken, or a mapping is given.

    ``holds`` names what is read, as in "holds no Discord export".
    """
    if mapping is not None:
        raise SourceUnreadable(f"a {holds} takes no mapping", where=printable(path), fix="leave the mapping out")
    files, ignored = [], []
    for entry in files_below(path) if path.is_dir() else [regular_file(path)]:
        if entry.is_file() and taken(entry):
            files.append(SourceFile(regular_file(entry), format, context=context(entry) if context else ""))
        else:
            ignored.append(printable(entry))
    if not files:
        raise SourceUnreadable(
            f"holds no {holds}", where=printable(path), fix="see docs/formats.md for what is read and how to get it"
        )
    return Survey(tuple(files), tuple(ignored))
