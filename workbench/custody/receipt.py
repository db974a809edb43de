"""Who brought these sources, when, and under which authority?  One entry of the audit log for every time they came in.

The entry itself tells who took them in and when.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.batch.report import IngestReport, SourceReport
from ingest.source_files import printable

RECEIVE, HASH_LIST = "receive", "add hash list"
"""What the audit log calls it, and the taking in of a list of known media."""


@dataclass(frozen=True)
class Receipt:
    """What is said when sources are handed in; empty where nothing was said."""

    received_from: str = ""
    authority: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("received_from", "authority", "note"):
            object.__setattr__(self, name, getattr(self, name).strip())


UNSAID = Receipt()
"""Sources of which nothing is said."""


def received(report: IngestReport, receipt: Receipt) -> Mapping[str, Any]:
    """The entry's detail: every file that was handed in, with its hashes, and what was said of them.

    Of files that were taken out of an archive it is the archive; the reading's own entry names them one by one.
    """
    return {
        "batch_id": report.batch_id, "received_from": receipt.received_from, "authority": receipt.authority,
        "note": receipt.note,
        "sources": [
            {"path": path, "bytes": size, "sha256": sha256, "sha1": sha1, "kept": kept}
            for path, size, sha256, sha1, kept in dict.fromkeys(map(_handed_in, report.sources))
        ],
    }


def _handed_in(one: SourceReport) -> tuple[str, int, str, str, str]:
    file = one.archive
    if file is None:
        return one.path, one.bytes, one.sha256, one.sha1, one.kept
    return printable(file.path), file.bytes, file.sha256, file.sha1, one.kept


def sources_in(facts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The sources that an entry of the log lists, a receipt or a reading."""
    listed = facts.get("sources")
    yield from (source for source in listed if isinstance(source, dict)) if isinstance(listed, list) else ()
