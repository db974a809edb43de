"""What is said of a case as it stands: description, authority, scope, people?  The latest of what people added."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.casebook.remarks import Remark

ABOUT = ("description", "authority", "scope")
"""Kinds of remark of which the latest stands."""


@dataclass(frozen=True)
class Standing:
    """Each None where nobody wrote it; ``people`` in the order in which they were added."""

    description: Remark | None = None
    authority: Remark | None = None
    scope: Remark | None = None
    people: tuple[Remark, ...] = ()

    @classmethod
    def of(cls, case: str, remarks: Iterable[Remark]) -> "Standing":
        """From the remarks of a case, oldest first; an emptied text stands no longer."""
        latest: dict[str, Remark] = {}
        people: dict[str, Remark] = {}
        for remark in remarks:
            if remark.subject != f"case:{case}":
                continue
            if remark.kind in ABOUT:
                latest[remark.kind] = remark
            elif remark.kind == "person":
                people[remark.text] = remark
            elif remark.kind == "person off":
                people.pop(remark.text, None)
        told = {kind: remark for kind, remark in latest.items() if remark.text}
        return cls(**told, people=tuple(people.values()))

    def text(self, kind: str) -> str:
        """The text of a kind of ``ABOUT``, empty where there is none."""
        remark: Remark | None = getattr(self, kind)
        return remark.text if remark else ""
