"""Of which types are a query's parameters and columns?  Things of the graph, plain values, and lists of each."""

from collections.abc import Mapping
from types import MappingProxyType

ENTITIES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "account": ("Account",), "room": ("Room",), "identifier": ("Identifier",), "company": ("Company",),
    "person": ("Person",), "owner": ("Company", "Person"), "entity": ("Account", "Company", "Person"),
})
"""Types whose value is the id of something that the search finds, with the labels of the nodes that may have it."""
BY_ID = (*ENTITIES, "platform", "lead")
"""Types whose value is an id."""
PLAIN = ("text", "integer", "number", "boolean", "instant", "day")
"""Types whose value is written out."""
_ASKED = (*BY_ID, *PLAIN, "period", "choice")
_ANSWERED = (*BY_ID, *PLAIN, "share")
PARAMETER_TYPES: tuple[str, ...] = (*_ASKED, *(f"{kind}[]" for kind in _ASKED))
COLUMN_TYPES: tuple[str, ...] = (*_ANSWERED, *(f"{kind}[]" for kind in _ANSWERED))
FORMER: Mapping[str, str] = MappingProxyType({"string": "text", "strings": "text[]"})
"""Names of types in files of earlier versions."""


def item_type(kind: str) -> str:
    """The type of a list's values; of a single value its own."""
    return kind.removesuffix("[]")


def is_list(kind: str) -> bool:
    return kind.endswith("[]")
