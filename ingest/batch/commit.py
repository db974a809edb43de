"""How does a batch become evidence, all of it or nothing?  Staging, a lock a case, one rename at the end.

Evidence and reject files go to their places first; nobody reads them, since they count only once the manifest that
names them stands in ``batches/``.  The manifest arrives by one rename.  What a killed ingest left is removed by
the next.
"""

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Manifest
from ingest.errors import IngestError
from ingest.lake.columns import STORED
from ingest.runtime.file_lock import locked
from ingest.runtime.to_disk import to_disk


@contextlib.contextmanager
def ingest_lock(case: CaseFolder, *, wait_s: float) -> Iterator[None]:
    """Only one ingest a case at a time; IngestError if another one is still at work after ``wait_s`` seconds."""
    busy = IngestError("another ingest is at work", where=f"case {case.name!r}", fix="wait for it and try again")
    with locked(case.path / "ingest.lock", wait_s=wait_s, busy=busy):
        yield


def clear_leftovers(case: CaseFolder) -> None:
    """Removes what a killed ingest left: its staging and files that no manifest names.  Call under the lock."""
    shutil.rmtree(case.staging, ignore_errors=True)
    committed = {path.stem for path in case.batches.glob("*.json")}
    folders = [case.evidence / table for table in STORED]
    for path in (path for folder in (*folders, case.rejects) for path in folder.glob("*.parquet")):
        if path.stem not in committed:
            path.unlink()


def commit(case: CaseFolder, manifest: Manifest, *, files: Mapping[str, Path], staging: Path) -> None:
    """Moves staged ``files`` (by their place relative to the case folder) and then the manifest into the case."""
    for place, staged in files.items():
        target = case.path / place
        target.parent.mkdir(parents=True, exist_ok=True)
        to_disk(staged)
        staged.rename(target)
        to_disk(target.parent)
        to_disk(target.parent.parent)
    staged_manifest = staging / "manifest.json"
    staged_manifest.write_text(manifest.to_json(), encoding="utf-8")
    to_disk(staged_manifest)
    staged_manifest.rename(case.batches / f"{manifest.batch_id}.json")
    to_disk(case.batches)
