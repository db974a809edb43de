"""What can go wrong between evidence and a finding."""

from ingest.errors import FilatureError


class GraphError(FilatureError):
    """The graph engine refused, failed or holds something else than expected."""


class EngineUnavailable(GraphError):
    """No graph engine answers at the address, or it rejects the credentials."""


class WrongCase(GraphError):
    """The database already holds the graph of another case."""


class StatementTimeout(GraphError):
    """A statement ran longer than it may and was ended."""


class Disturbed(GraphError):
    """The engine failed in a way that may pass: a bulk load may have replaced the graph while the statement ran."""


class UnknownEntity(GraphError):
    """No node with that id is in the graph."""


class DetectionError(GraphError):
    """A detection cannot run with these parameters or on this evidence."""
