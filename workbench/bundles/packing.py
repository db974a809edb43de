"""How does a case leave in one file?  Only as it was recorded; every file is hashed, then packed and hashed again."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from ingest.batch.commit import ingest_lock
from ingest.case_folder import LABEL_KEY, SCHEMA_VERSION, CaseFolder, label_key
from ingest.case_folder.manifest import manifests
from ingest.case_folder.verification import verify_stored
from ingest.lake.digest import case_digest
from ingest.runtime.progress import Progress, silent
from ingest.source_files import original_path, printable, sha256_of
from queries.files.packs import as_packed
from workbench import __version__
from workbench.bootstrap import Workbench
from workbench.bundles.document import (
    AUDIT,
    BUNDLE_VERSION,
    CASEWORK,
    FOLDERS,
    NAME,
    QUERIES,
    Document,
    Member,
)
from workbench.casebook.schema import VERSION as CASEWORK_VERSION
from workbench.custody.brought import brought_with, to_lines
from workbench.custody.recorded import check_recorded
from workbench.custody.seal_check import check_seals
from workbench.errors import WorkbenchError
from workbench.exports.manifest import write_whole
from workbench.exports.tables.csv_files import zip_member
from workbench.runs.findings_file import findings_sha256

_WAIT_S = 30.0
_CHUNK = 1 << 20
_PACKED_ALREADY = frozenset((".parquet", ".zip", ".gz", ".xz", ".bz2", ".7z", ".ufdr", ".xlsx"))


@dataclass(frozen=True)
class Packed:
    """A bundle that was written: where, the file's SHA-256, and what it says of itself."""

    path: Path
    sha256: str
    document: Document


@dataclass(frozen=True)
class _File:
    """A file to pack: where it is, and where it stands in the case."""

    source: Path
    place: str
    member: Member


def export_case(
    workbench: Workbench, case: CaseFolder, path: Path, *, reason: str, with_sources: bool = False,
    progress: Progress = silent,
) -> Packed:
    """Write the whole case to ``path`` and record it.  ``with_sources``: with copies of the sources not kept in it.

    A bundle masks nobody, so it asks for the rights to export and to lift masks, and for a reason.  WorkbenchError
    where the case is not as recorded, or a source that is wanted is no longer there.
    """
    workbench.casebook.allow("export", case.name)
    workbench.casebook.allow("unmask", case.name)
    if not reason.strip():
        raise WorkbenchError(
            "a bundle holds every name and text, minors' as well, and no reason is given", where=f"case {case.name}",
            fix="say why the case is handed on",
        )
    if path.is_dir():
        raise WorkbenchError("is a folder", where=str(path), fix="name a file")
    with ingest_lock(case, wait_s=_WAIT_S):
        log = tuple(workbench.casebook.audit())
        _as_recorded(workbench, case, progress)
        files = list(_files(case, with_sources, progress))
        texts = _texts(workbench, case, to_lines(log, case.name))
        listed = [file.member for file in files]
        listed += [Member(name, "", len(body), hashlib.sha256(body).hexdigest()) for name, body in texts.items()]
        document = Document(
            BUNDLE_VERSION, __version__, SCHEMA_VERSION, CASEWORK_VERSION, case.name,
            datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"), workbench.person, reason.strip(),
            case_digest(case), findings_sha256(case), len(log), log[-1].hash if log else "",
            tuple(file.place for file in files if not (case.path / file.place).is_file()), tuple(listed),
        )
        write_whole(path, lambda draft: _write(draft, document, files, texts, progress))
    sha256 = sha256_of(path, progress=progress)[0]
    workbench.casebook.record(workbench.person, case.name, "export", json.dumps({
        "to": "case bundle", "file": path.name, "path": str(path.absolute()), "sha256": sha256,
        "reason": reason.strip(), "selection": {"all": True}, "audit_length": document.audit_length,
        "audit_head": document.audit_head,
    }, sort_keys=True))
    return Packed(path, sha256, document)


def _as_recorded(workbench: Workbench, case: CaseFolder, progress: Progress) -> None:
    """Nothing that was changed is handed on as if it were whole; sources may have left their places."""
    log = tuple(workbench.casebook.audit())
    brought = brought_with(case, log)
    told = (*brought.entries, *log)
    recorded = check_recorded(case, [entry for entry in told if entry.case == case.name])
    differs = any(one.fault for one in verify_stored(case, progress=progress))
    if differs or brought.faults or recorded.faults or check_seals(case, told).faults or (
        workbench.casebook.verify_audit()
    ):
        raise WorkbenchError(
            "the case is not as it was recorded", where=f"case {case.name}", fix="filature verify names what differs"
        )


def _files(case: CaseFolder, with_sources: bool, progress: Progress) -> Iterator[_File]:
    label_key(case)  # an older case gets one, so that its labels are the same wherever it goes
    places = ["case.json", LABEL_KEY]
    for folder in FOLDERS:
        found = (path for path in (case.path / folder).rglob("*") if path.is_file() and not path.is_symlink())
        places += sorted(
            str(path.relative_to(case.path)) for path in found
            if not path.name.startswith(".") and path.suffix != ".partial"
        )
    wanted = [(case.path / place, place) for place in places]
    if with_sources:
        wanted += sorted(_sources(case))
    for number, (source, place) in enumerate(wanted):
        sha256, size = sha256_of(source, progress=progress)
        if place.startswith("kept/") and place != f"kept/{sha256}":
            raise WorkbenchError("changed since it was read", where=printable(source), fix="filature verify names it")
        yield _File(source, place, Member(f"files/{number:06d}", place, size, sha256))


def _sources(case: CaseFolder) -> set[tuple[Path, str]]:
    """Sources that the case does not keep, each where it was handed in and where it will be kept."""
    found: dict[str, tuple[Path, str]] = {}
    for file in (one.handed_in for batch in manifests(case) for one in batch.sources):
        place, path = f"kept/{file.sha256}", original_path(file.path)
        if (case.path / place).is_file():
            continue
        if not path.is_file():
            raise WorkbenchError(
                "is no longer at its place, so it cannot go with the case", where=printable(path),
                fix="bring it back, or make the bundle without sources",
            )
        found.setdefault(place, (path, place))
    return set(found.values())


def _texts(workbench: Workbench, case: CaseFolder, log: bytes) -> dict[str, bytes]:
    """The log, the casework, and the queries that were run in the case or watch it, as far as this person sees them."""
    rows = json.dumps(workbench.casebook.moved.rows(case.name), ensure_ascii=True, sort_keys=True, indent=0)
    used = {(one.query, one.owner) for one in workbench.casebook.runs.of(case.name)}
    used |= {(watch.query, watch.owner) for watch, _ in workbench.casebook.watches.all_of(case.name)}
    known = workbench.casebook.queries(workbench.person, archived=True)
    seen = [one for one in known if (one.id, one.owner) in used]
    packed = {f"{QUERIES}{number:06d}.cypher": as_packed(one).encode() for number, one in enumerate(seen)}
    return {AUDIT: log, CASEWORK: rows.encode(), **packed}


def _write(
    draft: Path, document: Document, files: list[_File], texts: dict[str, bytes], progress: Progress
) -> None:
    total, done = sum(file.member.bytes for file in files), 0
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zip_member(NAME), document.to_bytes(), zipfile.ZIP_DEFLATED)
        packed.writestr(zip_member("SHA256SUMS"), document.sums, zipfile.ZIP_DEFLATED)
        for name, body in texts.items():
            packed.writestr(zip_member(name), body, zipfile.ZIP_DEFLATED)
        for file in files:
            entry = zip_member(file.member.member)
            stored = Path(file.place).suffix.lower() in _PACKED_ALREADY
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.file_size = file.member.bytes
            with file.source.open("rb") as stream, packed.open(entry, "w", force_zip64=True) as out:
                if _copied(stream, out) != file.member.sha256:
                    raise WorkbenchError("changed while it was packed", where=file.place, fix="try again")
            done += file.member.bytes
            progress("packing the case", done, total)


def _copied(stream: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_CHUNK):
        digest.update(block)
        out.write(block)
    return digest.hexdigest()
