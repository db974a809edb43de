"""SQL dumps of PostgreSQL, MySQL and MariaDB, read without a server."""

from ingest.sources.dumps.reading import is_dump, loaded, surveyed_dump

__all__ = ["is_dump", "loaded", "surveyed_dump"]
