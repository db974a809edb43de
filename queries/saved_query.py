"""What is a saved query?  A reviewed statement with a stable id, typed parameters and a revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

ParameterType = Literal[
    "string", "integer", "number", "boolean", "instant", "strings",
    "account", "room", "identifier", "company", "person", "owner", "entity",
]
Risk = Literal["low", "medium", "high"]


ENTITIES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "account": ("Account",), "room": ("Room",), "identifier": ("Identifier",), "company": ("Company",),
    "person": ("Person",), "owner": ("Company", "Person"), "entity": ("Account", "Company", "Person"),
})
"""Types whose value is an id, with the labels of the nodes that may have it."""


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
