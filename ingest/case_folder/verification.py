"""Is the evidence still what was committed?  Re-hashes sources and stored files against the batches' manifests."""

import json
import os
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.case_folder import SCHEMA_VERSION, CaseFolder
from ingest.case_folder.manifest import Manifest, ManifestArchive, StoredFile, read_manifest
from ingest.errors import EvidenceDamaged, SourceUnreadable
from ingest.runtime.progress import Progress, silent
from ingest.source_files import original_path, printable, regular_file, sha256_of

_SHA256 = re.compile(r"[0-9a-f]{64}")
Hash = Callable[[Path], str | None]


@dataclass(frozen=True)
class Difference:
    """``path`` (inside the case folder, or a source's own) and ``what`` differs there.

    ``fault``: False where nothing is lost, as when a source has left its place and the case keeps a copy of it.
    """

    path: str
    what: str
    fault: bool = True


def verify(
    case: CaseFolder, *, elsewhere: Collection[str] = (), progress: Progress = silent
) -> list[Difference]:
    """Every difference, sorted; empty if sources and evidence are as committed.

    A source that is no longer at its place is ``source missing``, one with other bytes ``source changed``.
    ``elsewhere``: batches that were read on another machine: their sources are not expected here.
    """
    hashed = _each_file_once(progress)
    differences, batches = _stored_whole(case, hashed)
    here = {(one.path, one.sha256) for one in _handed_in(batch for batch in batches if batch.batch_id not in elsewhere)}
    for source, sha256 in {(one.path, one.sha256) for one in _handed_in(batches)}:
        found = _source(case, source, sha256, hashed)
        if found and found[0].fault and (source, sha256) not in here and not original_path(source).exists():
            found = [Difference(found[0].path, "source not here: the case was brought from elsewhere", fault=False)]
        differences += found
    return sorted(set(differences), key=lambda difference: (difference.path, difference.what))


def verify_stored(case: CaseFolder, *, progress: Progress = silent) -> list[Difference]:
    """As ``verify``, of what the case folder itself holds: no source is looked for at its place."""
    return sorted(_stored_whole(case, _each_file_once(progress))[0], key=lambda one: (one.path, one.what))


def _stored_whole(case: CaseFolder, hashed: Hash) -> tuple[list[Difference], list[Manifest]]:
    differences = _case_file(case)
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
        differences += _stored(case, place, file, hashed)
    present = {str(path.relative_to(case.path)) for top in (case.evidence, case.rejects) for path in _files(top)}
    differences += [Difference(place, "file in no manifest") for place in present - set(expected)]
    differences += _named_by_hash(case, hashed)
    return differences, batches


def _handed_in(batches: Iterable[Manifest]) -> set[ManifestArchive]:
    return {source.handed_in for batch in batches for source in batch.sources}


def _each_file_once(progress: Progress) -> Hash:
    """The SHA-256 of a path, None if it cannot be read; a file that several hard links lead to is read once."""
    known: dict[tuple[int, int], str] = {}

    def sha256(path: Path) -> str | None:
        try:
            found = path.stat()
            identity = (found.st_dev, found.st_ino)
            if identity not in known:
                known[identity] = sha256_of(path, progress=progress)[0]
        except OSError:
            return None
        return known[identity]

    return sha256


def _case_file(case: CaseFolder) -> list[Difference]:
    try:
        read = json.loads((case.path / "case.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [Difference("case.json", "cannot be read")]
    same = isinstance(read, dict) and (read.get("name"), read.get("schema_version")) == (case.name, SCHEMA_VERSION)
    return [] if same else [Difference("case.json", "names another case or schema version")]


def _stored(case: CaseFolder, place: str, file: StoredFile, hashed: Hash) -> list[Difference]:
    path = case.path / place
    if not path.is_file():
        return [Difference(place, "evidence file missing")]
    return _unlike(place, "evidence file", hashed(path), file.sha256)


def _files(top: Path) -> list[Path]:
    """Every file below a folder, known table or not."""
    return [Path(folder, name) for folder, _, names in os.walk(top) for name in names]


def _named_by_hash(case: CaseFolder, hashed: Hash) -> list[Difference]:
    """Kept sources and mappings that were made on the screen bear their SHA-256 as name."""
    found: list[Difference] = []
    for top, what in ((case.kept, "kept source"), (case.sources / "mappings", "mapping")):
        for path in _files(top):
            place = printable(path.relative_to(case.path))
            if not _SHA256.fullmatch(path.stem):
                found.append(Difference(place, f"is no {what}"))
            else:
                found += _unlike(place, what, hashed(path), path.stem)
    return found


def _source(case: CaseFolder, source: str, sha256: str, hashed: Hash) -> list[Difference]:
    path = original_path(source)
    try:
        regular_file(path)
    except SourceUnreadable as error:
        if path.exists():
            return [Difference(printable(path), f"source unreadable: {error.what}")]
        if (case.kept / sha256).is_file():  # whether that is whole is looked at for itself
            return [Difference(printable(path), f"source no longer at its place; kept as kept/{sha256}", fault=False)]
        return [Difference(printable(path), "source missing")]
    return _unlike(printable(path), "source", hashed(path), sha256)


def _unlike(place: str, what: str, found: str | None, expected: str) -> list[Difference]:
    if found == expected:
        return []
    return [Difference(place, f"{what} cannot be read" if found is None else f"{what} changed")]
