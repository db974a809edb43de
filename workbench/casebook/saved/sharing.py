"""Who sees a saved query, and who may edit it?  Its owner, the people it is shared with by name, or everybody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from workbench.errors import WorkbenchError

Part = Literal["run", "edit"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True)
class Sharing:
    """``everyone`` may find and run it; ``people`` are named and may ``run`` or ``edit`` it."""

    everyone: bool = False
    people: Mapping[str, Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if wrong := sorted({part for part in self.people.values() if part not in PARTS}):
            raise WorkbenchError(f"a query is not shared to {', '.join(wrong)}", fix=f"use {' or '.join(PARTS)}")
        if any(not name.strip() or not name.isprintable() or len(name) > 200 for name in self.people):
            raise WorkbenchError("a query is shared with somebody who has no name", fix="name each person")

    @property
    def audience(self) -> Literal["private", "named", "all"]:
        return "all" if self.everyone else "named" if self.people else "private"

    def shows(self, person: str) -> bool:
        """May this person, who does not own it, see and run it?"""
        return self.everyone or person in self.people

    def edits(self, person: str) -> bool:
        """May this person, who does not own it, add a revision?"""
        return self.people.get(person) == "edit"

    def written(self) -> str:
        """The people as they are kept."""
        return json.dumps(dict(sorted(self.people.items())), ensure_ascii=True)


PRIVATE = Sharing()


def read(everyone: object, people: str) -> Sharing:
    """As it was kept."""
    return Sharing(bool(everyone), json.loads(people))
