"""Is the evidence still what was committed?  Re-hashes sources and stored files against the batches' manifests."""

import os
from dataclasses import dataclass
from pathlib import Path

from ingest.case_folder import CaseFolder
from ingest.errors import EvidenceDamaged, SourceUnreadable
from ingest.manifest import Manifest, StoredFile, read_manifest
from ingest.progress import Progress, silent
from ingest.source_files import original_path, printable, regular_file, sha256_of


@dataclass(frozen=True)
class Difference:
    """``path`` (inside the case folder, or a source's own) and ``what`` differs there."""

    path: str
    what: str


def verify(case: CaseFolder, *, progress: Progress = silent) -> list[Difference]:
    """Every difference, sorted; empty if sources and evidence are as committed.

    A source that is no longer at its place is ``source missing``, one with other bytes ``source changed``.
    """
    differences: list[Difference] = []
    batches: list[Manifest] = []
    for path in sorted(case.batches.glob("*.json")):
        try:
            batch = read_manifest(path)
        except EvidenceDamaged as error:
            differences.append(Difference(str(path.relative_to(case.path)), error.what))
            continue
        batches.append(batch)
        if batch.batch_id != path.stem:
            differences.append(Difference(str(path.relative_to(case.path)), f"manifest names batch {batch.batch_id}"))
    expected = {file.path: file for batch in batches for file in (*batch.evidence.values(), batch.rejects) if file}
    for place, file in expected.items():
        differences += _stored(case, place, file, progress)
    differences += [Difference(place, "file in no manifest") for place in _present(case) - set(expected)]
    sources = {(source.path, source.sha256) for batch in batches for source in batch.sources}
    for source, sha256 in sources:
        differences += _source(source, sha256, progress)
    return sorted(set(differences), key=lambda difference: (difference.path, difference.what))


def _stored(case: CaseFolder, place: str, file: StoredFile, progress: Progress) -> list[Difference]:
    path = case.path / place
    if not path.is_file():
        return [Difference(place, "evidence file missing")]
    if sha256_of(path, progress=progress)[0] != file.sha256:
        return [Difference(place, "evidence file changed")]
    return []


def _present(case: CaseFolder) -> set[str]:
    """Every file below ``evidence/`` and ``rejects/``, known table or not."""
    return {
        str(Path(folder, name).relative_to(case.path))
        for top in (case.evidence, case.rejects)
        for folder, _, names in os.walk(top)
        for name in names
    }


def _source(source: str, sha256: str, progress: Progress) -> list[Difference]:
    path = original_path(source)
    try:
        regular_file(path)
    except SourceUnreadable as error:
        missing = not path.exists()
        return [Difference(printable(path), "source missing" if missing else f"source unreadable: {error.what}")]
    return [] if sha256_of(path, progress=progress)[0] == sha256 else [Difference(printable(path), "source changed")]
