"""What came of an ingest?  Sources and reconciled counts, as printed and as the JSON report."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ingest.manifest import Counts


@dataclass(frozen=True)
class SourceReport:
    """One file that was read."""

    path: str
    sha256: str
    bytes: int
    format: str


@dataclass(frozen=True)
class IngestReport:
    """``tables`` holds every table the sources speak of; ``ignored`` names files that were left aside."""

    batch_id: str
    sources: tuple[SourceReport, ...]
    tables: Mapping[str, Counts]
    ignored: tuple[str, ...] = ()

    @property
    def rejected(self) -> int:
        """Rejected rows of all tables."""
        return sum(counts.rejected for counts in self.tables.values())

    def to_dict(self) -> dict[str, Any]:
        """The JSON report of the contract; ``ignored`` stands in it only if files were left aside."""
        report: dict[str, Any] = {
            "batch_id": self.batch_id,
            "sources": [asdict(source) for source in self.sources],
            "tables": {name: asdict(counts) for name, counts in self.tables.items()},
        }
        if self.ignored:
            report["ignored"] = list(self.ignored)
        return report
