"""How do sources become evidence?  As one batch: surveyed, checked, written, committed; a trial leaves out the last."""

from ingest.batch.pipeline import ingest
from ingest.batch.report import IngestReport

__all__ = ["IngestReport", "ingest"]
