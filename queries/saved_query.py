"""What is a saved query?  A reviewed statement with a stable id, typed parameters and a revision."""

from dataclasses import dataclass
from typing import Any, Literal

ParameterType = Literal["string", "integer", "number", "boolean", "instant", "strings"]
Risk = Literal["low", "medium", "high"]


@dataclass(frozen=True)
class Parameter:
    """A typed parameter; ``default`` None means it must be given."""

    name: str
    type: ParameterType
    default: Any = None
    description: str = ""


@dataclass(frozen=True)
class SavedQuery:
    """``id`` is stable; ``revision`` counts up; ``owner`` is empty for the shipped library.

    ``headline`` is a sentence about the answer with ``{rows}`` and parameter names as fields.
    """

    id: str
    title: str
    description: str
    cypher: str
    parameters: tuple[Parameter, ...] = ()
    revision: int = 1
    risk: Risk = "low"
    headline: str = ""
    owner: str = ""
    shared: bool = True
