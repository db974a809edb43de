"""Who comes to a target after another by chance, but for what is custom?  Of many groups at once, as a search asks.

Most targets saw one of a group alone.  What speaks for the others to come there is the sum of what speaks for each of
them, whatever else the group is: these terms are reckoned once for everybody asked about, and groups that differ by a
member differ by its terms.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
from scipy.special import betaln

from graph.detect.ambush.contacts import Crowding, FirstContacts, near, spread
from graph.detect.ambush.customs import Customs
from graph.detect.ambush.meetings import Gathered, Visits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.arrays import Flags, Floats, Ints

FAITH = (3.0, 1.5)  # beta prior of how reliably members of a crew come: two of three
NEAR_S, NEAR_PRIOR = 3600, 30.0  # a share is judged within the hour before and after, drawn by so many contacts
KEPT = 20_000  # pairs of accounts; a search looks at some hundred


@dataclass(frozen=True)
class ByChance:
    """What chance gives of who comes to a target after the opener, but for habit: sums by target of ``likely`` and of
    the logarithms of ``chance``, and ``coming``, the logarithm of what a crew gives.

    Where a member has a habit (``row``: the target, ``column``: the member) also how likely it ``stays`` away without
    it, its ``habit``, the ``kind`` of occasion, whether it ``came``, and its own terms ``alone`` of the two sums.
    """

    likely: Floats
    chance: Floats
    coming: Floats
    row: Ints
    column: Ints
    stays: Floats
    habit: Floats
    kind: Ints
    came: Flags
    alone: tuple[Floats, Floats]


class _Terms(NamedTuple):
    """By member how likely it stays away and comes, but for habit, and ln of what chance gives of what it did."""

    stays: Floats
    likely: Floats
    chance: Floats


@dataclass(frozen=True)
class _Met:
    """The ``targets`` on which several of a group met, and the ``place`` of each target among them, else -1.

    By such target and member: how many had come ``before`` it, 0 if it did not come, and whether it was ``able`` to;
    the opener, and who had written there already, were not.
    """

    targets: Ints
    place: Ints
    before: Ints
    able: Flags

    @classmethod
    def of(cls, seen: Gathered, width: int, sizes: Ints) -> "_Met":
        """``width``: of the largest group; ``sizes``: of all."""
        targets = np.flatnonzero(seen.sizes > 1)
        place = np.full(len(seen.starts), -1)
        place[targets] = np.arange(len(targets))
        rows = np.flatnonzero(place[seen.place] >= 0)
        at, member = place[seen.place[rows]], seen.member[rows]
        after = rows - seen.first[seen.place[rows]]  # the opener: 0
        able = np.arange(width) < sizes[seen.group[targets]][:, None]
        able[at[after <= 0], member[after <= 0]] = False
        later = (after > 0) & (rows < seen.last[seen.place[rows]])
        before = np.zeros((len(targets), width), dtype=np.int64)
        before[at[later], member[later]] = after[later]
        return cls(targets, place, before, able)

    @cached_property
    def came(self) -> Flags:
        return self.before > 0

    def could(self, targets: Ints, members: Ints) -> Flags:
        """Whether members were able to come to targets, of which some saw several and some one of the group."""
        found = self.place[targets] < 0
        found[~found] = self.able[self.place[targets[~found]], members[~found]]
        return np.asarray(found)


@dataclass(frozen=True)
class _Habits:
    """A line each: who, on which line of the openers' targets, its habit and the kind of occasion."""

    member: Ints
    line: Ints
    habit: Floats
    kind: Ints


@dataclass(frozen=True)
class Chance:
    """How likely accounts come after each other, by their shares of first contacts and the crowd around a target."""

    contacts: FirstContacts
    visits: Visits
    customs: Customs
    parameters: AmbushParameters
    _pairs: dict[tuple[int, int], tuple[Floats, Ints, Floats, Ints]] = field(default_factory=dict)

    def comes(self, stays: Floats) -> Floats:
        """How likely one comes that stays away so likely."""
        return np.clip(1.0 - stays, 1e-7, 1.0 - 1e-6)

    def of_coming(self, stays: Floats) -> Floats:
        """ln of what chance gives of its coming: the benefit of doubt is chance's, as it is where one stays away."""
        return np.asarray(np.log(self.comes(stays**self.parameters.slack)), dtype=np.float64)

    def of(
        self, seen: Gathered, groups: Sequence[Sequence[int]], window_s: int, custom: tuple[float, float]
    ) -> ByChance:
        """Of every target of the groups; ``custom``: by how much likelier one writes where another did, by kind."""
        people, who, column = _members(groups)
        inside, openers = column >= 0, seen.rows[seen.first]
        rows, share, habits = self._terms(people.tolist(), window_s)
        line = np.searchsorted(rows, openers)
        alone = self._alone(rows, share, np.searchsorted(people, self.visits.actor[rows]), window_s)
        met = _Met.of(seen, who.shape[1], inside.sum(axis=1))
        members = who[seen.group[met.targets]]
        together = self._together(
            share[members, line[met.targets][:, None]], people[members], met.came, openers[met.targets],
            seen.sizes[met.targets], window_s,
        )
        likely, chance = (_by_group(terms, inside)[seen.group, line] for terms in (alone.likely, alone.chance))
        for whole, terms in ((likely, together.likely), (chance, together.chance)):
            whole[met.targets] = np.where(met.able, terms, 0.0).sum(axis=1)
        able, comers = inside.sum(axis=1)[seen.group] - 1, np.zeros(len(openers), dtype=np.int64)
        able[met.targets], comers[met.targets] = met.able.sum(axis=1), met.came.sum(axis=1)
        coming = _coming(who.shape[1])[comers, able]
        # habits of members, where they could have come
        targets = np.full((len(groups), len(rows)), -1)
        targets[seen.group, line] = np.arange(len(openers))
        group, entry = np.nonzero((targets[:, habits.line] >= 0) & inside[:, habits.member])
        row, member = targets[group, habits.line[entry]], column[group, habits.member[entry]]
        could = met.could(row, member)
        row, member, entry = row[could], member[could], entry[could]
        several = np.flatnonzero(met.place[row] >= 0)
        there = met.place[row[several]], member[several]
        own = [each[habits.member[entry], habits.line[entry]] for each in alone]
        for each, known in zip(own, together, strict=True):
            each[several] = known[there]
        came, ahead = np.zeros(len(row), dtype=bool), np.ones(len(row), dtype=np.int64)
        came[several] = met.came[there]
        ahead[several] = np.where(came[several], met.before[there], seen.sizes[row[several]])  # who stays saw all come
        habit = habits.habit[entry] * (1.0 + np.array((*custom, 0.0))[habits.kind[entry]] * ahead)
        return ByChance(
            likely, chance, coming, row, member, own[0], habit, habits.kind[entry], came, (own[1], own[2])
        )

    def _alone(self, rows: Ints, share: Floats, opener: Ints, window_s: int) -> _Terms:
        """By member and row of the visits, if its actor (``opener``: which of the members) is the only one there."""
        stays = np.exp(-share * self._crowd(rows, np.ones(len(rows), dtype=np.int64), window_s))
        likely = self.comes(stays)
        likely[opener, np.arange(len(rows))] = 0.0  # the opener is there
        return _Terms(stays, likely, np.log1p(-likely))

    def _together(
        self, share: Floats, members: Ints, came: Flags, openers: Ints, sizes: Ints, window_s: int
    ) -> _Terms:
        """By target that saw several and member: who came has a share without this contact."""
        share = share - np.where(came, self._own(members, openers, window_s), 0.0)
        stays = np.exp(-share * self._crowd(openers, sizes, window_s)[:, None])
        likely = self.comes(stays)
        chance = np.log1p(-likely)
        chance[came] = self.of_coming(stays[came])
        return _Terms(stays, likely, chance)

    def _crowd(self, openers: Ints, met: Ints, window_s: int) -> Floats:
        """How many others are expected to come after the opener (rows of the visits) where so many of a group met."""
        arrival = self._arrival[self.visits.stratum[openers]]
        outsiders = np.maximum(self.visits.crowd[window_s][openers] - met, 0)
        shape, over = self._crowding[window_s]
        return np.asarray((shape[arrival] + outsiders) / over[arrival] / 2.0, dtype=np.float64)  # after, not before

    def _own(self, members: Ints, openers: Ints, window_s: int) -> Floats:
        """By opener (row) and member: what a contact of the member adds to its share, which without it is smaller."""
        stratum = self.visits.stratum[openers]
        day = 1.0 / (self._totals[stratum] - 1 + self.parameters.stratum_contacts)[:, None]
        people, number = np.unique(members, return_inverse=True)
        counted = np.array([self._counts(one) for one in people]).reshape(len(people), len(self._totals)) > 0
        found = np.where(counted[number.reshape(members.shape), stratum[:, None]], day, 0.0)
        if window_s <= NEAR_S:
            found = (1.0 + NEAR_PRIOR * found) / (self._hourly[openers] - 1 + NEAR_PRIOR)[:, None]
        return np.asarray(found, dtype=np.float64)

    def _counts(self, member: int) -> Ints:
        """First contacts by stratum."""
        return np.asarray(self.contacts.activity[[member]].toarray()[0], dtype=np.int64)

    def _terms(self, people: Sequence[int], window_s: int) -> tuple[Ints, Floats, _Habits]:
        """The rows of these openers; by member and row its share of the first contacts of those days, in windows up to
        ``NEAR_S`` of that hour drawn to it; and where members have habits."""
        self._keep(people)
        visits, hourly = self.visits, int(window_s <= NEAR_S)
        opener, rows = visits.of_all(np.array(people))
        cuts = np.searchsorted(opener, np.arange(len(people) + 1)).tolist()
        share, habits = np.empty((len(people), len(rows))), list[tuple[Ints, Ints, Floats, Ints]]()
        for at, member in enumerate(people):
            for one, begin, end in zip(people, cuts[:-1], cuts[1:], strict=True):
                if one == member:
                    share[at, begin:end] = 0.0
                    continue
                shares, line, habit, kind = self._pairs[member, one]
                share[at, begin:end] = shares[hourly]
                if len(line):
                    habits.append((np.full(len(line), at), line + begin, habit, kind))
        if not habits:
            none = np.empty(0, dtype=np.int64)
            return rows, share, _Habits(none, none, np.empty(0), none)
        return rows, share, _Habits(*(np.concatenate(column) for column in zip(*habits, strict=True)))

    def _keep(self, people: Sequence[int]) -> None:
        """Reckon what is not known yet of the pairs of these people."""
        visits, prior = self.visits, self.parameters.stratum_contacts
        if len(self._pairs) > KEPT:
            self._pairs.clear()  # by then another group is searched
        for member in people:
            openers = [one for one in people if one != member and (member, one) not in self._pairs]
            if not openers:
                continue
            opener, rows = visits.of_all(np.array(openers))
            stratum, arrivals = visits.stratum[rows], self._arrival > 0
            counts = self._counts(member)
            usual = np.array([
                counts[kind].sum() / max(1.0, self._totals[kind].sum()) for kind in (~arrivals, arrivals)
            ])[self._arrival[stratum]]
            around = near(visits.at[visits.of_one(member)], visits.at[rows], NEAR_S)
            shares = np.empty((2, len(rows)))
            shares[0] = (counts[stratum] + prior * usual) / (self._totals[stratum] - 1 + prior)
            shares[1] = (around + NEAR_PRIOR * shares[0]) / (self._hourly[rows] - 1 + NEAR_PRIOR)
            habit, kind = self.customs.habit_of(member, rows)
            cuts = np.searchsorted(opener, np.arange(len(openers) + 1)).tolist()
            for one, begin, end in zip(openers, cuts[:-1], cuts[1:], strict=True):
                some = begin + np.flatnonzero(habit[begin:end] > 0.0)
                self._pairs[member, one] = shares[:, begin:end], some - begin, habit[some], kind[some]

    @cached_property
    def _arrival(self) -> Ints:
        return np.array(self.contacts.arrivals, dtype=np.int64)

    @cached_property
    def _totals(self) -> Floats:
        return np.array([total for total, _ in self.contacts.totals], dtype=np.float64)

    @cached_property
    def _crowding(self) -> dict[int, tuple[Floats, Floats]]:
        """Of others and of arrivals by window, for the mean of a target with so many around (negative binomial, the
        posterior mean: (shape + others) / (shape / mean + 1)): shape, and what is divided by."""
        found = {}
        for window_s in self.parameters.windows_s:
            kinds = [self.contacts.crowding.get((window_s, kind), Crowding(1.0, 1.0)) for kind in (False, True)]
            shape = np.array([kind.shape for kind in kinds])
            found[window_s] = shape, shape / np.array([kind.mean for kind in kinds]) + 1.0
        return found

    @cached_property
    def _hourly(self) -> Ints:
        """By row of the visits how many first contacts of everybody lie within ``NEAR_S``."""
        order = np.argsort(self.visits.at, kind="stable")
        found = np.empty(len(order), dtype=np.int64)
        found[order] = near(self.contacts.instants, self.visits.at[order], NEAR_S)
        return found


def _members(groups: Sequence[Sequence[int]]) -> tuple[Ints, Ints, Ints]:
    """Everybody, sorted; by group who its members are (places among them, 0 beyond its size); and by group and person
    the place in the group, -1 for those who are no members."""
    sizes = np.array([len(group) for group in groups])
    people, number = np.unique(np.concatenate(groups), return_inverse=True)
    group, at = spread(np.zeros_like(sizes), sizes)
    who = np.zeros((len(groups), int(sizes.max())), dtype=np.int64)
    who[group, at] = number
    column = np.full((len(groups), len(people)), -1)
    column[group, number] = at
    return people.astype(np.int64), who, column


def _by_group(terms: Floats, inside: Flags) -> Floats:
    """Sums of the members' terms by group: of those in most groups once, then what each group has more or less."""
    most = inside.mean(axis=0) > 0.5
    found = np.repeat(terms[most].sum(axis=0)[None], len(inside), axis=0)
    for group, person in zip(*np.nonzero(inside != most), strict=True):
        found[group] += terms[person] if inside[group, person] else -terms[person]
    return found


@cache
def _coming(size: int) -> Floats:
    """ln probability that just these came (row) of those able to (column), in a crew."""
    came, able = np.mgrid[: size + 1, : size + 1]
    found: Floats = betaln(FAITH[0] + came, FAITH[1] + np.maximum(able - came, 0)) - betaln(*FAITH)
    return found
