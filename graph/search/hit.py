"""What does a search hand back?  Hits, each with what tells it apart, and how many there are in all."""

from dataclasses import dataclass
from typing import Literal

from graph.errors import GraphError

Match = Literal["exact", "prefix", "lookalike", "within"]
SEARCHED: tuple[str, ...] = ("Account", "Room", "Company", "Person", "Identifier")
LARGEST_PAGE = 1_000_000


class SearchInvalid(GraphError):
    """A search asks for nothing, for a label there is none of, or for an impossible page."""


class SearchUnavailable(GraphError):
    """A case has no readable search index, or this SQLite cannot hold one."""


@dataclass(frozen=True)
class Hit:
    """One account, room, identifier, company or person.

    ``name``: what it is called, its native id where it has no name.  ``via``: the other name or the identifier by which
    it was found, None where its own name or id was.  ``age`` and ``basis``: what rules last of what the evidence tells
    of an account's age (``declared``, ``stated``, ``report``); ``minor``: it is to be masked (``detect.minors.ages``).
    ``messages``: sent by an account, written in a room; ``first_day`` and ``last_day``: of its activity, ISO 8601, UTC.
    ``kind``: an account's role, a room's or an identifier's kind, a company's jurisdiction.  ``links``: accounts of an
    identifier, ownerships of a company or a person.
    """

    id: str
    label: str
    name: str
    match: Match
    platform: str
    via: str | None = None
    declared_age: int | None = None
    age: int | None = None
    basis: str | None = None
    minor: bool = False
    kind: str | None = None
    messages: int = 0
    links: int = 0
    first_day: str | None = None
    last_day: str | None = None

    @property
    def key(self) -> str:
        """``label/id``, unique in a case."""
        return f"{self.label}/{self.id}"

    @property
    def about(self) -> str:
        """The line that tells it apart: age and its basis, messages, first and last day."""
        return self.told()

    def told(self, *, via: bool = True) -> str:
        """The same, without the other name by which it was found unless ``via``."""
        found = f"found by {self.via}" if via and self.via else None
        return " · ".join(part for part in (*self._parts(), self._days(), found) if part)

    def _parts(self) -> tuple[str | None, ...]:
        if self.label == "Account":
            role = None if self.kind in (None, "member") else self.kind
            return role, self._age(), _count(self.messages, "message")
        if self.label == "Room":
            return self.kind, _count(self.messages, "message")
        if self.label == "Identifier":
            return self.kind, f"used by {_count(self.links, 'account')}"
        return self.kind, _count(self.links, "ownership")

    def _age(self) -> str:
        told = [] if self.declared_age is None else [f"declared age {self.declared_age}"]
        if self.basis == "stated":
            told.append(f"states age {self.age}")
        elif self.basis == "report":
            told.append("a minor by a report" if self.age is None else f"age {self.age} by a report")
        return ", ".join(told) or "age unknown"

    def _days(self) -> str | None:
        if self.first_day is None:
            return None
        return self.first_day if self.first_day == self.last_day else f"{self.first_day} to {self.last_day}"


@dataclass(frozen=True)
class Hits:
    """One page of hits, best first, of ``total``; ``notes`` say in words what was not looked for."""

    hits: tuple[Hit, ...]
    total: int
    offset: int = 0
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.total < len(self.hits):
            raise ValueError(f"a total of {self.total} for {len(self.hits)} hits")

    @property
    def note(self) -> str:
        """The notes in one line; empty where everything was looked for."""
        return "; ".join(self.notes)

    @property
    def more(self) -> int:
        """Hits after this page."""
        return max(0, self.total - self.offset - len(self.hits))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
