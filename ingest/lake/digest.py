"""Which evidence is this?  One digest over what was committed: the same in every workspace, at any time."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from ingest.case_folder.folder import CaseFolder
from ingest.case_folder.manifest import Manifest, manifests


def evidence_digest(batches: Iterable[Manifest]) -> str:
    """``sha256:…`` over ``evidence_text``."""
    return "sha256:" + hashlib.sha256(evidence_text(batches).encode()).hexdigest()


def evidence_text(batches: Iterable[Manifest]) -> str:
    """What the digest is of: batch ids, source hashes, readers and counts; no path, time or order of ingest in it.

    One line of JSON, keys sorted, no blanks and no line end: its SHA-256 in UTF-8 is the digest.
    """
    content = [
        {
            "batch_id": batch.batch_id,
            "schema_version": batch.schema_version,
            "sources": sorted(
                [source.sha256, source.bytes, source.format, source.context, source.reader_version]
                for source in batch.sources
            ),
            "timezone": batch.timezone,
            "mapping_sha256": batch.mapping_sha256,
            "platforms": sorted(batch.platforms),
            "tables": {name: asdict(counts) for name, counts in batch.tables.items()},
        }
        for batch in sorted(batches, key=lambda batch: batch.batch_id)
    ]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def case_digest(case: CaseFolder) -> str:
    """That of the evidence which a case holds now; no table is opened for it."""
    return evidence_digest(manifests(case))
