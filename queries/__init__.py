"""Saved queries: reviewed Cypher files, a guard and a runner; ``open_case`` asks them from Python."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from queries.catalog import library
    from queries.errors import NotReviewed, ParameterInvalid, QueryError, RefusedStatement, UnknownQuery
    from queries.naming import NotNamed
    from queries.notebook.answer import Answer
    from queries.notebook.case import AnswerCut, Case, MomentMistaken, NameUnknown
    from queries.notebook.opening import open_case
    from queries.saved_query import SavedQuery

__all__ = [
    "Answer", "AnswerCut", "Case", "MomentMistaken", "NameUnknown", "NotNamed", "NotReviewed", "ParameterInvalid",
    "QueryError", "RefusedStatement", "SavedQuery", "UnknownQuery", "library", "open_case",
]
_PLACES = {
    "Answer": "notebook.answer", "AnswerCut": "notebook.case", "Case": "notebook.case",
    "MomentMistaken": "notebook.case", "NameUnknown": "notebook.case", "NotNamed": "naming",
    "SavedQuery": "saved_query", "library": "catalog", "open_case": "notebook.opening",
}


def __getattr__(name: str) -> Any:
    """What ``from queries import NAME`` wants, read then: whoever needs one module need not wait for pandas."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'errors')}"), name)
