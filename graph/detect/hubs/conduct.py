"""What did each account do, as the model reads it?  Counts of people by age, and who was there."""

from dataclasses import dataclass, fields, replace

import numpy as np

from graph.detect.arrays import Flags, Floats, Ints
from graph.detect.hubs.ages import AgeGroups
from graph.detect.hubs.people import Chats


@dataclass(frozen=True)
class Conduct:
    """A row an account of ``number``, ascending; counts of people.

    ``own``: the stated group, ``age``: log P of each group by what is stated, ``role``: has one.  ``chosen``: whom it
    wrote to first, by known group (``minors`` of the ``known``), of ``contacts`` of any age, ``arrivals`` of them new
    here; ``present``: shares of the groups among those there.  ``looked`` minors of them were looked at, ``closed`` of
    them if each were to know all the others or none (their density, times ``looked``).  ``writers``: who wrote to it
    first, by known group, of ``came`` of any age.  ``reports``: by those it wrote to.
    """

    number: Ints
    own: Ints
    age: Floats
    role: Flags
    chosen: Floats
    minors: Floats
    known: Floats
    contacts: Floats
    arrivals: Floats
    present: Floats
    looked: Floats
    closed: Floats
    writers: Floats
    came: Floats
    reports: Floats

    @property
    def ties(self) -> Floats:
        """Pairs of the minors looked at who know each other."""
        return np.asarray(self.closed * np.maximum(self.looked - 1.0, 0.0) / 2.0)

    def take(self, rows: Ints) -> "Conduct":
        """The accounts of these rows."""
        return replace(self, **{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def conduct_of(chats: Chats, tested: Ints, age: Floats, reports: Floats, groups: AgeGroups) -> Conduct:
    """The conduct of the ``tested`` accounts; ``age`` and ``reports`` are theirs."""
    plain = ~chats.role[chats.account]
    young = (chats.group < groups.minors) & chats.looked
    looked, tied = chats.sums(chats.account, young), chats.tied[:, young[chats.tied].all(axis=0)]
    known = np.bincount(chats.account[tied[0]], minlength=chats.size)
    looked = np.where(looked > 1, looked, 0.0)  # one alone knows no other
    closed = 2.0 * known / np.maximum(looked - 1.0, 1.0)
    contacts = chats.sums(chats.account)[tested]
    chosen = chats.counts(chats.account, chats.group, groups)[tested]
    there = shares(chats.there[:, : groups.known])
    present = [chats.sums(chats.account, there[:, group])[tested] / contacts for group in range(groups.known)]
    return Conduct(
        number=tested, own=chats.stated[tested], age=age, role=chats.role[tested], chosen=chosen,
        minors=chosen[:, : groups.minors].sum(axis=1), known=chosen.sum(axis=1), contacts=contacts,
        arrivals=chats.sums(chats.account, chats.arrival)[tested], present=shares(np.stack(present, axis=1)),
        looked=looked[tested], closed=closed[tested],
        writers=chats.counts(chats.other, chats.own_group, groups, plain)[tested],
        came=chats.sums(chats.other)[tested], reports=reports,
    )


def shares(values: Floats) -> Floats:
    """Rows that sum to 1."""
    return np.asarray(values / np.maximum(values.sum(axis=-1, keepdims=True), 1e-12), dtype=np.float64)
