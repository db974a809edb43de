"""What surrounded the members of a window: their other minors, other targets in common, crews?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from graph.detect.arrays import Ints
from graph.detect.convergence.contacts import ADULT, DAY, HOUR, UNKNOWN, YOUNG, Contacts
from graph.detect.convergence.model import Windows
from graph.detect.finding import Finding


@dataclass(frozen=True)
class Around:
    """One window's surroundings; ``rows``: the members' first contacts to the target, in order of time.

    ``adults``, ``unknown``: members by age; ``young``: minors who wrote first to the target then.  ``others``: of each
    member who also wrote first to other minors the first such contact, and how many members are expected to.
    ``shared``: most members who came to one other target around that time; ``crewed``: members in one crew of several
    targets; ``hours``: from the first to the last of them.
    """

    rows: Ints
    adults: int
    unknown: int
    young: int
    others: Ints
    others_expected: float
    shared: int
    crewed: int
    hours: float


class Surroundings:
    """Looks members up among all first contacts."""

    def __init__(self, contacts: Contacts, crews: Sequence[Finding]) -> None:
        self.contacts = contacts
        people = len(contacts.people)
        self.order = np.argsort(contacts.initiator, kind="stable")
        self.begins = np.searchsorted(contacts.initiator[self.order], np.arange(people + 1))
        aged = contacts.target_side != UNKNOWN
        adult = contacts.side == ADULT
        self.to_minors = (float((adult & (contacts.target_side == YOUNG)).sum()) + 1.0) / (
            float((adult & aged).sum()) + 2.0
        )
        sizes = [len(crew.members) for crew in crews]
        crewed = pa.array([member for crew in crews for member in crew.members], pa.string())
        place = pa.compute.fill_null(pa.compute.index_in(crewed, value_set=contacts.people), -1).to_numpy()
        self.crewed = np.array([place, np.repeat(np.arange(len(crews)), sizes)], dtype=np.int64)

    def of(self, windows: Windows, row: int, nearest: int) -> Around:
        """The surroundings of one window; other targets count within ``nearest`` milliseconds of it."""
        contacts = self.contacts
        inside = np.arange(windows.first[row], windows.after[row])
        rows = inside[contacts.side[inside] != YOUNG]
        members, target = contacts.initiator[rows], int(windows.target[row])
        theirs = np.concatenate([self.order[self.begins[m] : self.begins[m + 1]] for m in members])
        theirs = theirs[contacts.target[theirs] != target]
        minors = theirs[contacts.target_side[theirs] == YOUNG]
        minors = minors[np.argsort(contacts.at[minors], kind="stable")]
        aged = np.bincount(
            np.searchsorted(np.sort(members), contacts.initiator[theirs[contacts.target_side[theirs] != UNKNOWN]]),
            minlength=len(members),
        )
        begin, end = int(contacts.at[rows[0]]), int(contacts.at[rows[-1]])
        near = theirs[(contacts.at[theirs] >= begin - nearest) & (contacts.at[theirs] <= end + nearest)]
        shared = np.bincount(contacts.target[near]).max(initial=0) if len(near) else 0
        return Around(
            rows=rows, adults=int((contacts.side[rows] == ADULT).sum()),
            unknown=int((contacts.side[rows] == UNKNOWN).sum()), young=len(inside) - len(rows),
            others=minors[np.sort(np.unique(contacts.initiator[minors], return_index=True)[1])],
            others_expected=float((1.0 - (1.0 - self.to_minors) ** aged).sum()),
            shared=int(shared),
            crewed=int(np.bincount(self.crewed[1, np.isin(self.crewed[0], members)]).max(initial=0)),
            hours=(end - begin) / HOUR,
        )


def periods(contacts: Contacts, rows: Ints) -> list[Ints]:
    """The members' arrivals in runs; a pause longer than a day and a fifth of the whole begins another."""
    at = contacts.at[rows]
    pause = max(DAY, int(at[-1] - at[0]) // 5)
    return np.split(rows, np.flatnonzero(np.diff(at) > pause) + 1)
