"""Who serves a case without a server?  ArcadeDB, a child process that the processes of one workspace share."""

from graph.embedded.bulk_files import BulkReport, EdgeFile, NodeFile
from graph.embedded.engine import EmbeddedEngine, Lease

__all__ = ["BulkReport", "EdgeFile", "EmbeddedEngine", "Lease", "NodeFile"]
