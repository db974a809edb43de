"""Which rows did not become evidence, and which of them are still out?"""

from ingest.rejects.reading import Reject, read_rejects, write_csv

__all__ = ["Reject", "read_rejects", "write_csv"]
