"""On which targets did members of a group meet, and in which order?  First contacts of some accounts, in columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import numpy as np
import pyarrow as pa

from graph.detect.ambush.contacts import SECOND, FirstContacts, Ints, numbers_of

ASIDE = 2 * 86_400 * SECOND  # members who came so long before or after the others still belong to the replay


@dataclass(frozen=True)
class Meeting:
    """The most members on one target within a window: rows of ``Visits`` in order of time, one a member.

    ``asides``: first contacts of other members with that target, at another time.
    """

    target: int
    rows: tuple[int, ...]
    asides: tuple[int, ...] = ()


@dataclass(frozen=True)
class Visits:
    """First contacts of some accounts, a row each, sorted by actor, instant and target.

    ``crowd``: by window how many accounts wrote first to the target at most so far away, this one counted.
    """

    contacts: FirstContacts
    actor: Ints
    target: Ints
    at: Ints
    stratum: Ints
    crowd: Mapping[int, Ints]
    record: pa.ChunkedArray

    @classmethod
    def of(cls, contacts: FirstContacts, accounts: Sequence[int], windows_s: Sequence[int]) -> "Visits":
        """All first contacts by those accounts."""
        table = contacts.of(accounts, "actor").to_pyarrow().combine_chunks()
        order = np.lexsort(tuple(numbers_of(table[name]) for name in ("target", "at", "actor")))
        table = table.take(pa.array(order)).combine_chunks()
        actor, target, at, stratum = (numbers_of(table[name]) for name in ("actor", "target", "at", "stratum"))
        crowd = {width: numbers_of(table[f"crowd_{width}"]) for width in windows_s}
        return cls(contacts, actor, target, at, stratum, crowd, table["record"])

    @cached_property
    def starts(self) -> list[int]:
        """Where each account's rows start, and where the last one's end."""
        found: list[int] = np.searchsorted(self.actor, np.arange(len(self.contacts.names) + 1)).tolist()
        return found

    @cached_property
    def _by_target(self) -> tuple[Ints, Ints]:
        """The rows by target and instant, and the place of each among them."""
        order = np.lexsort((self.at, self.target))
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        return order, place

    def of_one(self, account: int) -> slice:
        """The rows of an account."""
        return slice(self.starts[account], self.starts[account + 1])

    def gathered(self, group: Sequence[int], window_s: int) -> "Gathered":
        """What the group's targets saw of it.  Members are no targets of each other."""
        order, places = self._by_target
        rows = order[np.sort(np.concatenate([places[self.of_one(member)] for member in group]))]
        rows = rows[~np.isin(self.target[rows], group)]
        target, at = self.target[rows], self.at[rows]
        other = np.diff(target, prepend=-1) > 0
        starts, place = np.flatnonzero(other), np.cumsum(other) - 1
        at = at - at.min(initial=2**62)
        at = place * (int(at.max(initial=0)) + (window_s + 1) * SECOND) + at  # by target, and targets out of reach
        size = np.searchsorted(at, at + window_s * SECOND, side="right") - np.arange(len(rows))
        most = np.maximum.reduceat(size, starts) if len(rows) else size
        fullest = np.flatnonzero(size == most[place])
        firsts = fullest[np.diff(place[fullest], prepend=-1) > 0]  # the earliest of equals
        return Gathered(rows, starts, place, firsts, firsts + size[firsts])


@dataclass(frozen=True)
class Gathered:
    """A group's rows by target and time; ``place``: the target of each.  By target: where it ``starts``, and from where
    (``first``) to where (``last``) stands the largest meeting within the window, the earliest of equals; of one member
    or more."""

    rows: Ints
    starts: Ints
    place: Ints
    first: Ints
    last: Ints

    @property
    def sizes(self) -> Ints:
        return self.last - self.first


@dataclass(frozen=True)
class Part:
    """A member's part: on how many common targets, first on how many, ahead of the others on how many more."""

    member: str
    targets: int
    first: int
    ahead: int


@dataclass(frozen=True)
class Crew:
    """Accounts (places among the contacts' names) that met on the same targets within a window.

    ``evidence``: ln of the likelihood of their meetings with a group that comes together over chance and custom;
    ``log_q``: ln of how many such groups chance gives; ``expected``: arrivals where a member already was, by chance and
    custom.
    """

    visits: Visits
    numbers: tuple[int, ...]
    window_s: int
    evidence: float
    log_q: float
    expected: float

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Of two members or more, in order of the target."""
        seen, target = self.visits.gathered(self.numbers, self.window_s), self.visits.target
        ends = np.append(seen.starts[1:], len(seen.rows))
        found = []
        for start, first, last, end in zip(seen.starts, seen.first, seen.last, ends, strict=True):
            if last - first > 1:
                asides = (*seen.rows[start:first].tolist(), *seen.rows[last:end].tolist())
                found.append(Meeting(int(target[seen.rows[first]]), tuple(seen.rows[first:last].tolist()), asides))
        return tuple(found)

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(self.visits.contacts.names[number] for number in self.numbers)

    @property
    def victims(self) -> tuple[str, ...]:
        return tuple(self.visits.contacts.names[meeting.target] for meeting in self.meetings)

    @cached_property
    def hits(self) -> tuple[int, ...]:
        """The rows of all meetings."""
        return tuple(row for meeting in self.meetings for row in meeting.rows)

    @property
    def coincidences(self) -> int:
        """Arrivals at a target where another member already was."""
        return len(self.hits) - len(self.meetings)

    @property
    def median_gap_s(self) -> float:
        """Seconds between a member and the one before."""
        at = self.visits.at
        return median(
            (int(at[later]) - int(at[earlier])) / SECOND
            for meeting in self.meetings for earlier, later in zip(meeting.rows, meeting.rows[1:], strict=False)
        )

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What each member did; those who open most often first."""
        visits, names = self.visits, self.visits.contacts.names
        targets = Counter(names[visits.actor[row]] for row in self.hits)
        first = Counter(names[visits.actor[meeting.rows[0]]] for meeting in self.meetings)
        ahead = Counter(
            names[visits.actor[row]] for meeting in self.meetings for row in meeting.asides
            if visits.at[meeting.rows[0]] - ASIDE <= visits.at[row] < visits.at[meeting.rows[0]]
        )
        parts = [Part(name, targets[name], first[name], ahead[name]) for name in self.members]
        return tuple(sorted(parts, key=lambda part: (-part.first - part.ahead, -part.targets, part.member)))

    def records(self, *, asides: bool = False) -> tuple[str, ...]:
        """The first messages of the meetings; with ``asides`` also of members who came up to two days apart."""
        at = self.visits.at
        rows = [
            row for meeting in self.meetings for row in (*meeting.rows, *(meeting.asides if asides else ()))
            if row in meeting.rows or at[meeting.rows[0]] - ASIDE <= at[row] <= at[meeting.rows[-1]] + ASIDE
        ]
        return tuple(f"messages:{self.visits.record[row].as_py()}" for row in rows)
