"""How does a case keep its sources?  A copy or a hard link of each in ``kept/``, named by its SHA-256, verified.

The name is ours, so a hostile file name is never a path, and equal files are kept once.  Nothing is written over.  A
hard link costs no space and survives the original's deletion, but shares its bytes: what is changed in place there is
changed here, and verification names both.
"""

import contextlib
import errno
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from ingest.archives import ARCHIVE
from ingest.case_folder import CaseFolder
from ingest.errors import EvidenceDamaged, IngestError, SourceUnreadable
from ingest.runtime.progress import Progress, silent
from ingest.source_files import printable, sha256_of
from ingest.sources.reader import SourceFile

Keep = Literal["hard-link", "copy"]
WAYS: tuple[str, ...] = get_args(Keep)
_READ_ONLY = 0o444
_NO_LINK = frozenset((errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EACCES))


def keep_sources(
    sources: Sequence[SourceFile], way: Keep, *, case: CaseFolder, progress: Progress = silent
) -> dict[str, str]:
    """The place in the case folder of each kept source (an archive as a whole), by its SHA-256.  Call under the lock.

    SourceUnreadable if a source changed since it was hashed, EvidenceDamaged if what was kept before differs,
    IngestError if it cannot be kept in this way.
    """
    case.kept.mkdir(exist_ok=True)
    for source in {one.sha256: one for one in map(_handed_in, sources)}.values():
        target = case.kept / source.sha256
        if not target.exists():
            _put(source, target, way, staged=case.staging / "kept")
            if sha256_of(target, progress=progress)[0] != source.sha256:
                target.unlink()
                where = printable(source.path)
                raise SourceUnreadable("changed while it was read", where=where, fix="ingest a copy that rests")
        elif sha256_of(target, progress=progress)[0] != source.sha256:
            raise EvidenceDamaged("the kept copy was changed", where=str(target), fix="restore it from another copy")
    return {sha256: str((case.kept / sha256).relative_to(case.path)) for sha256 in {
        _handed_in(source).sha256 for source in sources
    }}


def _handed_in(source: SourceFile) -> SourceFile:
    """The archive that a source was taken out of, else itself."""
    archive = source.archive
    return source if archive is None else SourceFile(archive.path, ARCHIVE, sha256=archive.sha256, bytes=archive.bytes)


def _put(source: SourceFile, target: Path, way: Keep, *, staged: Path) -> None:
    try:
        if way == "hard-link":
            target.hardlink_to(source.path.resolve())  # a link to the file itself, not to a link that leads to it
            return
        staged.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.path, staged)
        staged.chmod(_READ_ONLY)  # of a copy only: a hard link's mode is the original's
        staged.rename(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            staged.unlink()
        fix = "use --keep copy" if way == "hard-link" and error.errno in _NO_LINK else "make room or give it rights"
        raise IngestError(
            f"cannot be kept in the case ({(error.strerror or str(error)).lower()})",
            where=printable(source.path), fix=fix,
        ) from error
