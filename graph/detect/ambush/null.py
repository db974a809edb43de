"""How much likelier are a group's meetings with people who come together than by chance and custom?

A likelihood ratio over all targets the group wrote to.  Given that a first member came to a target, each other one

- by chance comes within the window with its share of all first contacts of those days times how many others that
  target has around it (``Crowding``: outsiders there at the time raise it), or by its habit on the occasion
  (``customs``), each for itself;
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
KEPT = 5_000  # pairs of accounts; a search looks at some hundred
ROUNDS = 12  # of expectation and maximisation for pi


@dataclass(frozen=True)
class GroupNull:
    """What groups are judged by; answers are kept, as searches ask for the same group again."""

    contacts: FirstContacts
    visits: Visits
    customs: Customs
    parameters: AmbushParameters
    _known: dict[tuple[tuple[int, ...], int, tuple[float, float]], Crew | None] = field(default_factory=dict)
    _own: dict[int, tuple[Ints, Floats]] = field(default_factory=dict)
    _pairs: dict[tuple[int, int], tuple[Floats, Floats]] = field(default_factory=dict)

    def crew(self, group: Sequence[int], window_s: int, together: tuple[float, float] = (0.0, 0.0)) -> Crew | None:
        """The group as a crew in that window; None if it met on fewer than ``min_victims`` targets."""
        key = tuple(sorted(group)), window_s, together
        if key not in self._known:
            self._known[key] = self._judged(*key)
        return self._known[key]

    def _judged(self, group: tuple[int, ...], window_s: int, custom: tuple[float, float]) -> Crew | None:
        seen = self.visits.gathered(group, window_s)
        met = int((seen.sizes > 1).sum())
        if met < self.parameters.min_victims:
            return None
        ratios, expected = self._ratios(seen, group, window_s, custom)
        together, pi = np.exp(np.minimum(ratios, 200.0)), met / len(ratios)
        for _ in range(ROUNDS):
            likely = pi * together
            before, pi = pi, min(0.95, max(1e-4, float((likely / (1.0 - pi + likely)).sum()) / len(ratios)))
            if pi == before:
                break
        came = int((seen.sizes - 1).sum())
        evidence = float(np.log(1.0 - pi + pi * together).sum()) - self._frailty(came, expected)
        evidence -= 0.5 * log(len(ratios))  # pi is fitted: the price of one parameter (Schwarz 1978)
        size, able = len(group), max(self.contacts.able, len(group))
        groups = lgamma(able + 1) - lgamma(size + 1) - lgamma(able - size + 1) + log(len(self.parameters.windows_s))
        return Crew(self.visits, group, window_s, evidence, groups - evidence, expected)

    def _frailty(self, came: int, expected: float) -> float:
        """ln of how much likelier as many comers are where each group has a rate of its own: gamma around the expected
        one (Vaupel et al. 1979), so that counts are negative binomial instead of Poisson."""
        a = self.parameters.frailty
        ratio = lgamma(came + a) - lgamma(a) + a * log(a / (a + expected)) - came * log(a + expected) + expected
        return max(0.0, ratio)

    def _ratios(
        self, seen: Gathered, group: tuple[int, ...], window_s: int, custom: tuple[float, float]
    ) -> tuple[Floats, float]:
        """ln likelihood ratio of who came to each target after the first of the group did, and how many by chance."""
        place, row = seen.place, np.arange(len(seen.rows))
        member = np.searchsorted(group, self.visits.actor[seen.rows])
        after, before = row > seen.first[place], row <= seen.first[place]
        inside = after & (row < seen.last[place])
        came, able = np.zeros((2, len(seen.starts), len(group)), dtype=bool)
        came[place[inside], member[inside]] = True
        able[:] = True
        able[place[before], member[before]] = False  # the opener, and who had written to the target already
        stays = self._staying(seen.rows[seen.first], member[seen.first], seen.sizes, group, came, window_s, custom)
        likely = np.clip(1.0 - stays, 1e-7, 1.0 - 1e-6)
        chance = np.log1p(-likely)  # chance gets the benefit of doubt either way
        chance[came] = np.log(np.clip(1.0 - stays[came] ** self.parameters.slack, 1e-7, 1.0 - 1e-6))
        coming = _coming(len(group))[came.sum(axis=1), able.sum(axis=1)]
        return coming - np.where(able, chance, 0.0).sum(axis=1), float(np.where(able, likely, 0.0).sum())

    def _staying(
        self, openers: Ints, by: Ints, sizes: Ints, group: tuple[int, ...], came: Bools, window_s: int,
        custom: tuple[float, float],
    ) -> Floats:
        """How likely each member (column) does not come to each target (row) within the window after the opener."""
        starts = np.array([self.visits.starts[member] for member in group])
        ends = np.cumsum([self.visits.starts[member + 1] for member in group] - starts)
        place = openers - starts[by] + np.append(0, ends)[by]
        near = int(window_s <= NEAR_S)
        terms = np.concatenate([self._terms(member, one)[near] for member in group for one in group], axis=1)
        terms = terms.take(place[:, None] + ends[-1] * np.arange(len(group)), axis=1)
        share = np.where(came, terms[1], terms[0])
        arrival = self._arrival[self.visits.stratum[openers]]
        outsiders = np.maximum(self.visits.crowd[window_s][openers] - sizes, 0)
        shape, over = self._crowding[window_s]
        crowd = (shape[arrival] + outsiders) / over[arrival] / 2.0  # after, not before
        stays: Floats = np.exp(-share * crowd[:, None])
        if len(terms) > 2:
            habit = terms[2] + np.array((*custom, 0.0))[terms[3].astype(np.int64)] * (1.0 - terms[2])
            stays *= 1.0 - habit
        return stays

    def _terms(self, member: int, opener: int) -> tuple[Floats, Floats]:
        """By target of ``opener`` (column) what speaks for the member to come after it.

        Its share of the first contacts of those days, drawn to its share of all days, if it did not come and, without
        that contact, if it did; and ``Customs.habit_of``, if there are customs.  Then the same with its share of the
        first contacts of those hours, drawn to the former.
        """
        if (member, opener) not in self._pairs:
            if len(self._pairs) >= KEPT:
                self._pairs.clear()  # by then another group is searched
            visits, prior, rows = self.visits, self.parameters.stratum_contacts, self.visits.of_one(opener)
            stratum, at = visits.stratum[rows], visits.at[rows]
            counts, shares = self._activity(member)
            daily, hourly = np.empty((2, 4 if len(self.customs.asked) else 2, len(at)))
            usual, around = prior * shares[self._arrival[stratum]], near(visits.at[visits.of_one(member)], at, NEAR_S)
            for came in (0, 1):
                daily[came] = (np.maximum(counts[stratum] - came, 0) + usual) / (self._totals[stratum] - 1 + prior)
                some = np.maximum(around - came, 0) + NEAR_PRIOR * daily[came]
                hourly[came] = some / (self._hourly[rows] - 1 + NEAR_PRIOR)
            if len(daily) > 2:
                daily[2], daily[3] = self.customs.habit_of(member, visits.target[rows], at)
                hourly[2:] = daily[2:]
            self._pairs[member, opener] = daily, hourly
        return self._pairs[member, opener]

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
