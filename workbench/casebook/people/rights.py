"""What may each role do?  One table; a role counts in the cases of which its holder is a member."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from workbench.errors import WorkbenchError

Role = Literal["reader", "analyst", "lead", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
Right = Literal[
    "read", "annotate", "save", "export", "unmask", "ingest", "detect", "seal", "create", "members", "people"
]

_READER: frozenset[Right] = frozenset({"read"})
_ANALYST: frozenset[Right] = _READER | {"annotate", "save", "export", "unmask", "ingest", "detect"}
_LEAD: frozenset[Right] = _ANALYST | {"seal", "create", "members"}
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType({
    "reader": _READER, "analyst": _ANALYST, "lead": _LEAD, "administrator": _LEAD | {"people"},
})
"""An administrator governs people; of a case they see nothing before they are a member of it, which the log shows."""
WITHOUT_A_CASE: frozenset[Right] = frozenset({"save", "create", "people"})
"""What is asked of a person, not of a case."""

IN_WORDS: Mapping[Right, str] = MappingProxyType({
    "read": "open this case", "annotate": "judge, note or tag", "save": "save or share queries",
    "export": "export or report", "unmask": "lift masks", "ingest": "add evidence", "detect": "run detections",
    "seal": "seal a case", "create": "begin a case", "members": "say who works on a case",
    "people": "give roles, passes or end sessions",
})


class NotAllowed(WorkbenchError):
    """The person's role, or their membership of the case, does not cover what they asked for."""


class NotSignedIn(WorkbenchError):
    """A team works here, and nothing proves who asks."""
