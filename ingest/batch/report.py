"""What came of an ingest?  Sources and reconciled counts, as printed and as the JSON report."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ingest.batch.known import Known
from ingest.case_folder.manifest import Counts
from ingest.sources.reader import Archive

_TOLD = ("path", "sha256", "bytes", "format")
"""What the JSON report of the contract says of a source."""


@dataclass(frozen=True)
class SourceReport:
    """One file that was read.  ``kept``: where in the case folder its copy stands; empty without one.

    ``archive``: what it was taken out of; that is what was handed in, and what is kept.
    ``known``: the file of the case, or before it in this ingest, that has the same bytes.
    """

    path: str
    sha256: str
    bytes: int
    format: str
    sha1: str
    kept: str = ""
    archive: Archive | None = None
    known: Known | None = None


@dataclass(frozen=True)
class IngestReport:
    """``tables`` holds every table the sources speak of; ``ignored`` names files that were left aside.

    ``known_media``: records of the case that name a medium of its hash lists, by then.
    ``again``: accepted rows whose file and row the case had already, read otherwise: they stand there twice.
    ``assumed``: as ``Platforms`` has it.
    ``manifest_sha256``: of the batch's manifest as it stands in the case; None if there is none of this id.
    """

    batch_id: str
    sources: tuple[SourceReport, ...]
    tables: Mapping[str, Counts]
    ignored: tuple[str, ...] = ()
    manifest_sha256: str | None = None
    known_media: int = 0
    again: int = 0
    assumed: str = ""

    @property
    def rejected(self) -> int:
        """Rejected rows of all tables."""
        return sum(counts.rejected for counts in self.tables.values())

    def to_dict(self) -> dict[str, Any]:
        """The JSON report of the contract; ``ignored`` and ``again`` stand in it only if there are any."""
        report: dict[str, Any] = {
            "batch_id": self.batch_id,
            "sources": [{name: getattr(source, name) for name in _TOLD} for source in self.sources],
            "tables": {name: asdict(counts) for name, counts in self.tables.items()},
        }
        if self.ignored:
            report["ignored"] = list(self.ignored)
        if self.again:
            report["again"] = self.again
        return report
