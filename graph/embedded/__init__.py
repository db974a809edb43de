"""Who serves a case without a server?  ArcadeDB, a child process that the processes of one workspace share."""

from graph.embedded.engine import EmbeddedEngine, Lease
from graph.embedded_server.bulk_files import BulkReport, EdgeFile, NodeFile

__all__ = ["BulkReport", "EdgeFile", "EmbeddedEngine", "Lease", "NodeFile"]
