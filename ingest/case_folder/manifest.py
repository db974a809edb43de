"""What did a batch bring in?  Its manifest: sources, counts, evidence files; a batch exists once this file stands."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ingest.case_folder import SCHEMA_VERSION, CaseFolder
from ingest.errors import EvidenceDamaged
from ingest.source_files import sha256_of


@dataclass(frozen=True)
class Counts:
    """Rows of one table: ``read = accepted + rejected + duplicate``, always."""

    read: int
    accepted: int
    rejected: int
    duplicate: int

    def __post_init__(self) -> None:
        if self.read != self.accepted + self.rejected + self.duplicate:
            raise ValueError(f"counts do not reconcile: {self}")

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.read + other.read,
            self.accepted + other.accepted,
            self.rejected + other.rejected,
            self.duplicate + other.duplicate,
        )


@dataclass(frozen=True)
class ManifestArchive:
    """The archive, as it was handed in, that a source file was taken out of."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class ManifestSource:
    """One source file.  ``context`` is what the reader took from its name.

    ``read``: the rows read from it by table; ``rejected``: those of them that were rejected (empty in old manifests).
    ``sha1``: for lists that name files by it (empty in old manifests).
    ``archive``: what it was taken out of; then ``path`` is ``ARCHIVE!/MEMBER``, and hashes and bytes are the member's.
    """

    path: str
    sha256: str
    bytes: int
    format: str
    context: str
    reader_version: str
    read: Mapping[str, int]
    rejected: Mapping[str, int] = field(default_factory=dict)
    sha1: str = ""
    archive: ManifestArchive | None = None

    @property
    def handed_in(self) -> ManifestArchive:
        """The file that was handed in and that stands on a disk: the archive, or this file itself."""
        return self.archive or ManifestArchive(self.path, self.sha256, self.bytes)


@dataclass(frozen=True)
class StoredFile:
    """One file of the batch inside the case folder: relative path, SHA-256, rows."""

    path: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Manifest:
    """A committed batch.  ``created_at`` is for people; nothing that is compared or digested depends on it.

    ``ids_across``: by then one id of a message or report stood for rows of several platforms.  ``ids_repeated``: tables
    of messages and reports in which by then one id of one platform stood for several rows.
    """

    batch_id: str
    sources: tuple[ManifestSource, ...]
    tables: Mapping[str, Counts]
    evidence: Mapping[str, StoredFile]
    rejects: StoredFile | None
    timezone: str | None
    mapping_sha256: str | None
    platforms: tuple[str, ...]
    bases: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    ids_across: bool = False
    ids_repeated: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION
    created_at: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _from_dict(value: Mapping[str, Any]) -> Manifest:
    return Manifest(
        batch_id=value["batch_id"],
        sources=tuple(map(_source, value["sources"])),
        tables={name: Counts(**counts) for name, counts in value["tables"].items()},
        evidence={name: StoredFile(**stored) for name, stored in value["evidence"].items()},
        rejects=None if value["rejects"] is None else StoredFile(**value["rejects"]),
        timezone=value["timezone"],
        mapping_sha256=value["mapping_sha256"],
        platforms=tuple(value["platforms"]),
        bases=value["bases"],
        ignored=tuple(value["ignored"]),
        ids_across=bool(value.get("ids_across", False)),
        ids_repeated=tuple(value.get("ids_repeated", ())),
        schema_version=value["schema_version"],
        created_at=value["created_at"],
    )


def _source(value: Mapping[str, Any]) -> ManifestSource:
    archive = value.get("archive")
    return ManifestSource(**{**value, "archive": None if archive is None else ManifestArchive(**archive)})


def read_manifest(path: Path) -> Manifest:
    """The manifest in ``path``; EvidenceDamaged if it is no manifest of this schema."""
    try:
        manifest = _from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvidenceDamaged(
            f"the batch's manifest cannot be read ({type(error).__name__})",
            where=str(path),
            fix="restore it from a copy; run verify for everything that differs",
        ) from error
    if manifest.schema_version != SCHEMA_VERSION:
        raise EvidenceDamaged(
            f"the batch has schema version {manifest.schema_version}, this program reads {SCHEMA_VERSION}",
            where=str(path),
            fix="use the matching version of the program",
        )
    return manifest


def manifest_sha256(case: CaseFolder, batch_id: str) -> str | None:
    """The hash of a batch's manifest file; None if the case has no such batch."""
    path = case.batches / f"{batch_id}.json"
    return sha256_of(path)[0] if path.is_file() else None


def manifests(case: CaseFolder) -> tuple[Manifest, ...]:
    """Every committed batch of a case, by batch id."""
    return tuple(read_manifest(path) for path in sorted(case.batches.glob("*.json")))


def in_order(batches: Iterable[Manifest]) -> list[Manifest]:
    """The batches in the order in which they were committed."""
    return sorted(batches, key=lambda batch: (batch.created_at, batch.batch_id))


def platforms_of(batches: Iterable[Manifest]) -> tuple[str, ...]:
    """The names of all platforms in these batches, in order of the alphabet."""
    return tuple(sorted({name for batch in batches for name in batch.platforms}))
