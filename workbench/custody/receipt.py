"""Who brought these sources, when, and under which authority?  One entry of the audit log for every time they came in.

The entry itself tells who took them in and when.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.report import IngestReport

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
    """The entry's detail: every source with its hashes, and what was said of them."""
    return {
        "batch_id": report.batch_id, "received_from": receipt.received_from, "authority": receipt.authority,
        "note": receipt.note,
        "sources": [
            {"path": one.path, "bytes": one.bytes, "sha256": one.sha256, "sha1": one.sha1, "kept": one.kept}
            for one in report.sources
        ],
    }


def sources_in(facts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The sources that an entry of the log lists, a receipt or a reading."""
    listed = facts.get("sources")
    yield from (source for source in listed if isinstance(source, dict)) if isinstance(listed, list) else ()
