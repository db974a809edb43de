"""On which targets did members of a group meet, and in which order?  First contacts of some accounts, held in columns."""

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
    record: pa.Array

    @classmethod
    def of(cls, contacts: FirstContacts, accounts: Sequence[int], windows_s: Sequence[int]) -> "Visits":
        """All first contacts by those accounts."""
        table = contacts.of(accounts, "actor").to_pyarrow().combine_chunks()
        order = np.lexsort(tuple(numbers_of(table[name]) for name in ("target", "at", "actor")))
        table = table.take(pa.array(order)).combine_chunks()
        columns = (numbers_of(table[name]) for name in ("actor", "target", "at", "stratum"))
        crowd = {width: numbers_of(table[f"crowd_{width}"]) for width in windows_s}
        return cls(contacts, *columns, crowd, pa.chunked_array(table["record"]).combine_chunks())

    def rows_of(self, group: Sequence[int]) -> Ints:
        """The rows of those accounts."""
        spans = [np.arange(*np.searchsorted(self.actor, [number, number + 1])) for number in group]
        return np.concatenate([np.empty(0, dtype=np.int64), *spans])

    def within(self, account: int, at: Ints, width_s: int) -> Ints:
        """How many first contacts of an account lie so close to each instant."""
        own = self.at[slice(*np.searchsorted(self.actor, [account, account + 1]))]
        width = width_s * SECOND
        last, first = (np.searchsorted(own, at + shift, side) for shift, side in ((width, "right"), (-width, "left")))
        return np.asarray(last - first, dtype=np.int64)

    def meetings(self, group: Sequence[int], window_s: int) -> tuple[list[Meeting], Ints]:
        """By target that two of the group wrote to, the most within the window (the earliest of equals), one or more;
        and the rows on targets that one wrote to alone.  Members are no targets of each other."""
        rows = self.rows_of(group)
        rows = rows[~np.isin(self.target[rows], group)]
        rows = rows[np.lexsort((rows, self.at[rows], self.target[rows]))]
        targets, starts, counts = np.unique(self.target[rows], return_index=True, return_counts=True)
        met = []
        for place in np.flatnonzero(counts > 1).tolist():
            own = rows[starts[place] : starts[place] + counts[place]]
            last = np.searchsorted(self.at[own], self.at[own] + window_s * SECOND, side="right")
            size = last - np.arange(len(own))
            first = int(size.argmax())
            here = own[first : last[first]].tolist()
            met.append(Meeting(int(targets[place]), tuple(here), tuple(sorted(set(own.tolist()) - set(here)))))
        return met, rows[starts[counts == 1]]


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
    ``log_q``: ln of how many such groups chance gives; ``meetings``: of two or more; ``expected``: arrivals where a member already was, by chance and
    custom.
    """

    visits: Visits
    numbers: tuple[int, ...]
    meetings: tuple[Meeting, ...]
    window_s: int
    evidence: float
    log_q: float
    expected: float

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
