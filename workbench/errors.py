"""What can go wrong in casework."""

from ingest.errors import FilatureError


class WorkbenchError(FilatureError):
    """A setting, an export or a case action cannot be carried out."""


class SettingsInvalid(WorkbenchError):
    """The configuration is faulty; every fault is listed at once."""


class UnknownCase(WorkbenchError):
    """The workspace has no case of that name."""


class ExportError(WorkbenchError):
    """A subgraph cannot be written in that format or to that place."""


class Overtaken(WorkbenchError):
    """Somebody else has written meanwhile what would be covered up; nothing was written."""


class Cancelled(WorkbenchError):
    """Somebody gave the work up while it ran."""
