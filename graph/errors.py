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


class StatementStopped(GraphError):
    """A statement was ended because somebody asked for it."""


class StatementTooLarge(GraphError):
    """A statement, or its answer, would need more memory than there is and was ended."""


class StatementInvalid(GraphError):
    """The engine cannot read a statement; ``line`` and ``column`` count from 1, 0 where it does not say."""

    def __init__(self, what: str, *, where: str = "", fix: str = "", line: int = 0, column: int = 0) -> None:
        self.line, self.column = line, column
        super().__init__(what, where=where, fix=fix)


class StatementFailed(StatementInvalid):
    """The engine has read a statement, and stopped at a value that an operation in it does not take."""


class Disturbed(GraphError):
    """The engine failed in a way that may pass: a bulk load may have replaced the graph while the statement ran."""


class UnknownEntity(GraphError):
    """No node with that id is in the graph."""


class DetectionError(GraphError):
    """A detection cannot run with these parameters or on this evidence."""
