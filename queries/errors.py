"""What can go wrong between a statement and its answer."""

from ingest.errors import FilatureError


class QueryError(FilatureError):
    """A query cannot be read, saved or run."""


class RefusedStatement(QueryError):
    """The statement would write, administer, read files or call what is not allowed; names the clause."""


class ParameterInvalid(QueryError):
    """A parameter is missing, unknown or has the wrong type."""


class PeriodReversed(ParameterInvalid):
    """A period ends before it begins."""


class UnknownQuery(QueryError):
    """No saved query of that name is visible to this user."""


class RevisedMeanwhile(QueryError):
    """Somebody has saved a revision since the one that was edited: theirs is to be compared first."""


class NotReviewed(QueryError):
    """The query came in a pack, and nobody here has read its statement yet."""


class PackInvalid(QueryError):
    """A pack of queries cannot be read; every file that is at fault is named."""


class HeaderInvalid(QueryError):
    """The header of a .cypher file is malformed; every fault is listed at once."""
