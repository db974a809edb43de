"""On which targets did members of a group meet, and in which order?  First contacts of some accounts, in columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median

import numpy as np
import pyarrow as pa

from graph.detect.ambush.contacts import SECOND, FirstContacts, spread
from graph.detect.arrays import Ints, numbers_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # findings hold naive UTC instants
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
        table = contacts.of(accounts).to_pyarrow().combine_chunks()
        order = np.lexsort(tuple(numbers_of(table[name]) for name in ("target", "at", "actor")))
        table = table.take(pa.array(order)).combine_chunks()
        actor, target, at, stratum = (numbers_of(table[name]) for name in ("actor", "target", "at", "stratum"))
        crowd = {width: numbers_of(table[f"crowd_{width}"]) for width in windows_s}
        return cls(contacts, actor, target, at, stratum, crowd, table["record"])

    @cached_property
    def starts(self) -> Ints:
        """Where each account's rows start, and where the last one's end."""
        return np.searchsorted(self.actor, np.arange(len(self.contacts.names) + 1))

    @cached_property
    def _by_target(self) -> Ints:
        """The place of each row in order of target and instant."""
        place = np.empty(len(self.at), dtype=np.int64)
        place[np.lexsort((self.at, self.target))] = np.arange(len(place))
        return place

    @cached_property
    def _until(self) -> dict[int, Ints]:
        """By window how many rows of all stand before the end of the window that begins with each row."""
        in_time = np.sort(self.at)
        return {
            width: np.searchsorted(in_time, self.at + width * SECOND, side="right") for width in (0, *self.crowd)
        }

    def moment(self, row: int) -> datetime:
        """When the contact of a row was made."""
        return EPOCH + timedelta(microseconds=int(self.at[row]))

    def of_one(self, account: int) -> slice:
        """The rows of an account."""
        return slice(int(self.starts[account]), int(self.starts[account + 1]))

    def of_all(self, accounts: Ints) -> tuple[Ints, Ints]:
        """The rows of accounts, one behind the other: which of the accounts, and the row."""
        begins = self.starts[accounts]
        return spread(begins, self.starts[accounts + 1] - begins)

    def rows_of(self, actors: Ints, targets: Ints) -> Ints:
        """The row of each actor and target, all of which are there."""
        key = self.actor * len(self.contacts.names) + self.target
        order = np.argsort(key, kind="stable")
        return order[np.searchsorted(key, actors * len(self.contacts.names) + targets, sorter=order)]

    def gathered(self, groups: Sequence[Sequence[int]], window_s: int) -> "Gathered":
        """What the targets of each group saw of it.  Members are no targets of each other."""
        members = np.concatenate([np.sort(np.array(group, dtype=np.int64)) for group in groups])
        sizes = np.array([len(group) for group in groups])
        owner, people = np.repeat(np.arange(len(groups)), sizes), len(self.contacts.names)
        entry, rows = self.of_all(members)
        inside, wanted = owner * people + members, owner[entry] * people + self.target[rows]
        own = inside[np.minimum(np.searchsorted(inside, wanted), len(inside) - 1)] == wanted
        rows, entry = rows[~own], entry[~own]
        order = np.argsort(owner[entry] * len(self.at) + self._by_target[rows])
        rows, entry = rows[order], entry[order]
        other = np.diff(owner[entry] * people + self.target[rows], prepend=-1) > 0
        seen, place = np.flatnonzero(other), np.cumsum(other) - 1
        line = place * (len(self.at) + 1)  # targets one behind the other
        size = np.searchsorted(line + self._until[0][rows], line + self._until[window_s][rows], side="right")
        size -= np.arange(len(rows))
        most = np.maximum.reduceat(size, seen) if len(rows) else size
        fullest = np.flatnonzero(size == most[place])
        firsts = fullest[np.diff(place[fullest], prepend=-1) > 0]  # the earliest of equals
        column = entry - (np.cumsum(sizes) - sizes)[owner[entry]]
        return Gathered(rows, column, owner[entry][seen], seen, place, firsts, firsts + size[firsts])


@dataclass(frozen=True)
class Gathered:
    """The rows of groups by group, target and time; ``member``: its place in the group, ``place``: its target.

    By group and target: the ``group``, where it ``starts``, and from where (``first``) to where (``last``) stands the
    largest meeting within the window, the earliest of equals; of one member or more.
    """

    rows: Ints
    member: Ints
    group: Ints
    starts: Ints
    place: Ints
    first: Ints
    last: Ints

    @cached_property
    def sizes(self) -> Ints:
        return self.last - self.first

    @cached_property
    def met(self) -> Ints:
        """The places of rows that belong to the largest meeting of their target, the opener's among them."""
        place = np.arange(len(self.rows))
        return np.flatnonzero((place >= self.first[self.place]) & (place < self.last[self.place]))


@dataclass(frozen=True)
class Crew:
    """Accounts (places among the contacts' names) that met on the same targets within a window.

    ``log_q``: ln of how many groups whose meetings are so much likelier with people who come together chance gives;
    ``expected``: arrivals where a member already was, by chance and custom; ``targets``: those on which they came
    together more likely than by chance.
    """

    visits: Visits
    numbers: tuple[int, ...]
    window_s: int
    log_q: float
    expected: float
    targets: frozenset[int]

    @property
    def possible_arrivals(self) -> int:
        """How many there would be at the meetings had every member come to each."""
        return len(self.numbers) * len(self.meetings)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Of two members or more on the targets, in order of the target."""
        seen, target = self.visits.gathered([self.numbers], self.window_s), self.visits.target
        ends = np.append(seen.starts[1:], len(seen.rows))
        found = []
        for start, first, last, end in zip(seen.starts, seen.first, seen.last, ends, strict=True):
            if last - first > 1 and int(target[seen.rows[first]]) in self.targets:
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
        """Seconds between a member and the one before, of all in the replay."""
        at = self.visits.at
        return median(
            (int(at[later]) - int(at[earlier])) / SECOND for rows in self.replay for earlier, later in pairwise(rows)
        )

    @cached_property
    def replay(self) -> tuple[tuple[int, ...], ...]:
        """By meeting its rows and those of members who came up to two days before or after, in order of time."""
        at = self.visits.at
        return tuple(
            tuple(sorted(
                (*meeting.rows, *(
                    row for row in meeting.asides
                    if at[meeting.rows[0]] - ASIDE <= at[row] <= at[meeting.rows[-1]] + ASIDE
                )),
                key=lambda row: (int(at[row]), row not in meeting.rows, row),
            ))
            for meeting in self.meetings
        )

    def records(self, *, asides: bool = False) -> tuple[str, ...]:
        """The first messages of the meetings; with ``asides`` also of members who came up to two days apart."""
        return self.messages([row for rows in self.replay for row in rows] if asides else self.hits)

    def messages(self, rows: Iterable[int]) -> tuple[str, ...]:
        """The first messages of these rows of ``visits``."""
        return tuple(f"messages:{self.visits.record[row].as_py()}" for row in rows)

    @cached_property
    def often_beside(self) -> tuple[tuple[int, ...], ...]:
        """By outsider who came to two of the targets within the window of a meeting: its rows; most targets first."""
        visits, width = self.visits, self.window_s * SECOND
        found: dict[int, list[int]] = {}
        for meeting in self.meetings:
            since, until = (int(visits.at[meeting.rows[place]]) for place in (0, -1))
            near = (visits.at >= until - width) & (visits.at <= since + width)
            for row in np.flatnonzero((visits.target == meeting.target) & near).tolist():
                if int(visits.actor[row]) not in self.numbers:
                    found.setdefault(int(visits.actor[row]), []).append(row)
        often = [(actor, rows) for actor, rows in found.items() if len(rows) > 1]
        return tuple(tuple(rows) for _, rows in sorted(often, key=lambda item: (-len(item[1]), item[0])))
