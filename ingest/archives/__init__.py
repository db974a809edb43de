"""What is in an archive?  Its members, taken out within bounds and read as sources that name archive and member."""

from ingest.archives.opening import Archives
from ingest.archives.recognising import ARCHIVE, archive_kind

__all__ = ["ARCHIVE", "Archives", "archive_kind"]
