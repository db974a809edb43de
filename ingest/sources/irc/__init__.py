"""IRC logs: dialects of clients, names of files, what happened on each line."""

from ingest.sources.irc.logs import IrcLogs

__all__ = ["IrcLogs"]
