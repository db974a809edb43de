"""How much likelier are a group's meetings with people who come together than by chance and custom?

A likelihood ratio over all targets the group wrote to.  Given that a first member came to a target, each other one

- by chance comes within the window with its share of all first contacts of those days times how many others that
  target has around it (``Crowding``: outsiders there at the time raise it), or by its habit on the occasion
  (``customs``), which many others there make likelier; what the group did as a crew is no habit of its members;
- in a crew comes together with the others on a share pi of the targets (fitted), the number of comers beta-binomial.

Its mean by chance is one, so by Markov's inequality exp(-evidence) bounds the chance of as much (an e-value: Vovk and
Wang 2021), and times the number of groups of that size it bounds how many such groups chance gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import lgamma, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln

from graph.detect.ambush.contacts import Crowding, FirstContacts, Ints, near
from graph.detect.ambush.customs import Customs
from graph.detect.ambush.meetings import Crew, Gathered, Visits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.statistics import Floats

Bools = NDArray[np.bool_]

FAITH = (3.0, 1.5)  # beta prior of how reliably members of a crew come: two of three
NEAR_S, NEAR_PRIOR = 3600, 30.0  # a share is judged within the hour before and after, drawn by so many contacts
MOST = 0.9  # however likely a custom makes it that somebody comes
KEPT = 20_000  # pairs of accounts; a search looks at some hundred
AGAIN = 3  # times that habits are judged, beside what the crew did
ROUNDS = 6  # of expectation and maximisation for pi, each time


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
    came: Bools
    alone: tuple[Floats, Floats]


@dataclass(frozen=True)
class GroupNull:
    """What groups are judged by; answers are kept, as searches ask for the same group again."""

    contacts: FirstContacts
    visits: Visits
    customs: Customs
    parameters: AmbushParameters
    _known: dict[tuple[tuple[int, ...], int, tuple[float, float]], Crew | None] = field(default_factory=dict)
    _own: dict[int, tuple[Ints, Floats]] = field(default_factory=dict)
    _pairs: dict[tuple[int, int], Floats] = field(default_factory=dict)

    def crews(
        self, groups: Sequence[Sequence[int]], window_s: int, together: tuple[float, float] = (0.0, 0.0)
    ) -> list[Crew | None]:
        """The groups as crews in that window; None for one that came together on fewer than ``min_victims`` targets."""
        keys = [(tuple(sorted(group)), window_s, together) for group in groups]
        fresh = list(dict.fromkeys(key[0] for key in keys if key not in self._known))
        if fresh:
            judged = self._judged(fresh, window_s, together)
            self._known.update(((group, window_s, together), crew) for group, crew in zip(fresh, judged, strict=True))
        return [self._known[key] for key in keys]

    def _judged(
        self, groups: Sequence[tuple[int, ...]], window_s: int, custom: tuple[float, float]
    ) -> list[Crew | None]:
        """All groups in one array of their targets, as a search asks for many at a time."""
        seen, many, least = self.visits.gathered(groups, window_s), len(groups), self.parameters.min_victims
        met = np.bincount(seen.group, weights=seen.sizes > 1, minlength=many)
        enough = met[seen.group] >= least
        if not enough.any():
            return [None] * many
        owner, wrote = seen.group, np.maximum(np.bincount(seen.group, minlength=many), 1)
        by_chance = self._by_chance(seen, groups, window_s, custom)
        crew, pi = np.zeros(len(owner)), met / wrote
        for again in range(AGAIN):
            beside = self._beside(seen, groups, crew) if again else np.ones((3, many, max(map(len, groups))))
            ratios, likely = self._ratios(seen, by_chance, beside)
            together = np.exp(np.minimum(ratios, 200.0))
            for _ in range(ROUNDS):
                odds = pi[owner] * together
                crew = odds / (1.0 - pi[owner] + odds)
                pi = np.clip(np.bincount(owner, weights=crew, minlength=many) / wrote, 1e-4, 0.95)
        whole = np.bincount(owner, weights=np.log(1.0 - pi[owner] + pi[owner] * together), minlength=many)
        expected = np.bincount(owner, weights=likely, minlength=many).tolist()
        came = np.bincount(owner, weights=seen.sizes - 1, minlength=many).tolist()
        targets, told = self.visits.target[seen.rows[seen.first]], (crew >= 0.5) & (seen.sizes > 1)
        found: list[Crew | None] = []
        for number, group in enumerate(groups):
            mine = told & (owner == number)
            sought, beyond = frozenset(targets[mine].tolist()), int((seen.sizes[mine] - 1).sum())
            if len(sought) < least or beyond <= expected[number]:  # by chance and custom as many, wherever
                found.append(None)
                continue
            evidence = float(whole[number]) - self._frailty(came[number], expected[number])
            evidence -= 0.5 * log(wrote[number])  # pi is fitted: the price of one parameter (Schwarz 1978)
            size, able = len(group), max(self.contacts.able, len(group))
            log_groups = lgamma(able + 1) - lgamma(size + 1) - lgamma(able - size + 1)
            log_groups += log(len(self.parameters.windows_s))
            found.append(
                Crew(self.visits, group, window_s, evidence, log_groups - evidence, expected[number], sought)
            )
        return found

    def _frailty(self, came: float, expected: float) -> float:
        """ln of how much likelier as many comers are where each group has a rate of its own: gamma around the expected
        one (Vaupel et al. 1979), so that counts are negative binomial instead of Poisson."""
        a = self.parameters.frailty
        ratio = lgamma(came + a) - lgamma(a) + a * log(a / (a + expected)) - came * log(a + expected) + expected
        return max(0.0, ratio)

    def _ratios(self, seen: Gathered, by: ByChance, beside: Floats) -> tuple[Floats, Floats]:
        """By target: ln likelihood ratio of who came after the first of the group did, and how many do by chance."""
        own, many = beside[by.kind, seen.group[by.row], by.column], len(seen.starts)
        terms = self._chances(by.stays * (1.0 - np.minimum(by.habit * own, MOST)), by.came)
        likely, chance = (
            whole + np.bincount(by.row, weights=term - alone, minlength=many)
            for whole, term, alone in zip((by.likely, by.chance), terms, by.alone, strict=True)
        )
        return by.coming - chance, likely

    def _chances(self, stays: Floats, came: Bools) -> tuple[Floats, Floats]:
        """How likely each comes, and the logarithm of what chance gives of its coming or not."""
        likely = np.clip(1.0 - stays, 1e-7, 1.0 - 1e-6)
        chance = np.log1p(-likely)  # chance gets the benefit of doubt either way
        chance[came] = np.log(np.clip(1.0 - stays[came] ** self.parameters.slack, 1e-7, 1.0 - 1e-6))
        return likely, chance

    def _by_chance(
        self, seen: Gathered, groups: Sequence[tuple[int, ...]], window_s: int, custom: tuple[float, float]
    ) -> ByChance:
        """What chance gives of members' coming, but for how much of their habit is custom."""
        width, after = max(map(len, groups)), np.arange(len(seen.rows)) - seen.first[seen.place]  # the opener: 0
        before = np.zeros((len(seen.starts), width), dtype=np.int64)  # who had come, of each that came
        before[seen.place[seen.met], seen.member[seen.met]] = after[seen.met]
        came, early = before > 0, after <= 0
        able = np.arange(width) < np.array([len(group) for group in groups])[seen.group][:, None]
        able[seen.place[early], seen.member[early]] = False  # the opener, and who had written there already
        people, openers = sorted({member for group in groups for member in group}), seen.rows[seen.first]
        number = {account: at for at, account in enumerate(people)}
        column = np.zeros((len(groups), width), dtype=np.int64)
        for at, group in enumerate(groups):
            column[at, : len(group)] = [number[member] for member in group]
        asked = np.zeros((len(people), len(people)), dtype=bool)
        for at, group in enumerate(groups):
            asked[np.ix_(column[at, : len(group)], column[at, : len(group)])] = True
        np.fill_diagonal(asked, False)
        pairs = [(people[member], people[opener]) for member, opener in np.argwhere(asked).tolist()]
        blocks = self._terms(pairs)
        begins = np.zeros(asked.shape, dtype=np.int64)
        begins[asked] = np.cumsum([0, *(block.shape[1] for block in blocks[:-1])])
        by = np.searchsorted(people, self.visits.actor[openers])
        local = openers - self.visits.starts[self.visits.actor[openers]]
        hourly = 2 * int(window_s <= NEAR_S)
        where = begins[column[seen.group], by[:, None]] + local[:, None]
        terms = np.concatenate(blocks, axis=1)
        where = np.minimum(where, terms.shape[1] - 1)  # of the opener itself, and beyond the group: not looked at
        share = terms[hourly][where]
        share[came] = terms[hourly + 1][where[came]]
        arrival = self._arrival[self.visits.stratum[openers]]
        outsiders = np.maximum(self.visits.crowd[window_s][openers] - seen.sizes, 0)
        shape, over = self._crowding[window_s]
        crowd = (shape[arrival] + outsiders) / over[arrival] / 2.0  # after, not before
        stays, habits = np.exp(-share * crowd[:, None]), terms[4][where]
        likely, chance = self._chances(stays, came)
        members = np.nonzero(able & (habits > 0.0))
        kind = terms[5].astype(np.int64)[where[members]]
        ahead = np.where(came[members], before[members], seen.sizes[members[0]])  # of who stayed away all who came
        habit = habits[members] * (1.0 + np.array((*custom, 0.0))[kind] * ahead)
        return ByChance(
            np.where(able, likely, 0.0).sum(axis=1), np.where(able, chance, 0.0).sum(axis=1),
            _coming(width)[came.sum(axis=1), able.sum(axis=1)], members[0], members[1], stays[members], habit, kind,
            came[members], (likely[members], chance[members]),
        )

    def _beside(self, seen: Gathered, groups: Sequence[tuple[int, ...]], crew: Floats) -> Floats:
        """By kind of occasion (2: none), group and member the habit that is left, as a part of all, if the group came
        together on the targets as a crew with these probabilities."""
        width, met = max(map(len, groups)), seen.met[seen.sizes[seen.place[seen.met]] > 1]
        rows, place = seen.rows[met], seen.place[met]
        member = seen.group[place] * width + seen.member[met]
        apart: Floats = np.array([
            np.bincount(member, weights=crew[place] * took[rows], minlength=len(groups) * width)
            for took in self.customs.took_at
        ])
        sizes = np.array([len(group) for group in groups])
        at = np.flatnonzero(np.arange(width) < sizes[:, None])
        found = np.ones((3, len(groups) * width))
        found[:2, at] = self.customs.beside(np.concatenate(groups), apart[:, at])
        return found.reshape(3, len(groups), width)

    def _terms(self, pairs: Sequence[tuple[int, int]]) -> list[Floats]:
        """By pair of member and opener, by target of the opener (column), what speaks for the member to come after it.

        Its share of the first contacts of those days, drawn to its share of all days, if it did not come and, without
        that contact, if it did; the same two of those hours, drawn to the former; and ``Customs.habit_of``.
        """
        if len(self._pairs) > KEPT:
            self._pairs.clear()  # by then another group is searched
        visits, prior = self.visits, self.parameters.stratum_contacts
        fresh: dict[int, list[int]] = {}
        for member, opener in pairs:
            if (member, opener) not in self._pairs:
                fresh.setdefault(member, []).append(opener)
        for member, openers in fresh.items():
            spans = [np.arange(visits.starts[one], visits.starts[one + 1]) for one in openers]
            rows = np.concatenate(spans)
            stratum, at = visits.stratum[rows], visits.at[rows]
            counts, shares = self._activity(member)
            found = np.empty((6, len(rows)))
            usual, around = prior * shares[self._arrival[stratum]], near(visits.at[visits.of_one(member)], at, NEAR_S)
            for came in (0, 1):
                found[came] = (np.maximum(counts[stratum] - came, 0) + usual) / (self._totals[stratum] - 1 + prior)
                some = np.maximum(around - came, 0) + NEAR_PRIOR * found[came]
                found[2 + came] = some / (self._hourly[rows] - 1 + NEAR_PRIOR)
            found[4], found[5] = self.customs.habit_of(member, rows)
            cuts = np.cumsum([len(span) for span in spans])[:-1]
            self._pairs.update(
                ((member, one), block) for one, block in zip(openers, np.split(found, cuts, axis=1), strict=True)
            )
        return [self._pairs[pair] for pair in pairs]

    @cached_property
    def _arrival(self) -> Ints:
        return np.array(self.contacts.arrivals, dtype=np.int64)

    @cached_property
    def _totals(self) -> Floats:
        return np.array([total for total, _ in self.contacts.totals], dtype=np.float64)

    @cached_property
    def _crowding(self) -> dict[int, tuple[Floats, Floats]]:
        """``Crowding.expected`` of others and of arrivals by window: shape, and what is divided by."""
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

    def _activity(self, member: int) -> tuple[Ints, Floats]:
        """An account's contacts by stratum, and its share of all contacts to others and to arrivals."""
        if member not in self._own:
            counts = self.contacts.activity.of(member, len(self.contacts.totals))
            arrivals = self._arrival > 0
            shares = [counts[kind].sum() / max(1.0, self._totals[kind].sum()) for kind in (~arrivals, arrivals)]
            self._own[member] = counts, np.array(shares)
        return self._own[member]


@cache
def _coming(size: int) -> Floats:
    """ln probability that just these came (row) of those able to (column), in a crew."""
    came, able = np.mgrid[: size + 1, : size + 1]
    found: Floats = betaln(FAITH[0] + came, FAITH[1] + np.maximum(able - came, 0)) - betaln(*FAITH)
    return found
