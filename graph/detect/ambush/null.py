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
from functools import cached_property
from math import lgamma, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln

from graph.detect.ambush.contacts import FirstContacts, Ints, near
from graph.detect.ambush.customs import Customs
from graph.detect.ambush.meetings import Crew, Gathered, Visits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.statistics import Floats

Bools = NDArray[np.bool_]

FAITH = (3.0, 1.5)  # beta prior of how reliably members of a crew come: two of three
NEAR_S, NEAR_PRIOR = 3600, 30.0  # a share is judged within the hour before and after, drawn by so many contacts
ROUNDS = 12  # of expectation and maximisation for pi


@dataclass(frozen=True)
class GroupNull:
    """What groups are judged by; answers are kept, as searches ask for the same group again."""

    contacts: FirstContacts
    visits: Visits
    customs: Customs
    parameters: AmbushParameters
    _known: dict[tuple[tuple[int, ...], int, tuple[float, float]], Crew | None] = field(default_factory=dict)
    _own: dict[int, tuple[Ints, tuple[float, float]]] = field(default_factory=dict)

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
            pi = min(0.95, max(1e-4, float((pi * together / (1.0 - pi + pi * together)).mean())))
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
        member = np.searchsorted(group, self.visits.actor[seen.rows])
        place = np.repeat(np.arange(len(seen.starts)), np.diff(np.append(seen.starts, len(seen.rows))))
        row = np.arange(len(seen.rows))
        opened, inside = row == seen.first[place], (row > seen.first[place]) & (row < seen.last[place])
        came, able = np.zeros((2, len(seen.starts), len(group)), dtype=bool)
        came[place[inside], member[inside]] = True
        able[:] = True
        before = row <= seen.first[place]  # the opener, and who had written to the target already
        able[place[before], member[before]] = False
        likely, most = self._coming_by_chance(seen.rows[opened], seen.sizes, group, came, window_s, custom)
        chance = np.where(came, np.log(most), np.log1p(-likely))  # chance gets the benefit of doubt either way
        ratios = _coming(came.sum(axis=1), able.sum(axis=1)) - np.where(able, chance, 0.0).sum(axis=1)
        return ratios, float(np.where(able, likely, 0.0).sum())

    def _coming_by_chance(
        self, openers: Ints, sizes: Ints, group: tuple[int, ...], came: Bools, window_s: int,
        custom: tuple[float, float],
    ) -> tuple[Floats, Floats]:
        """How likely each member (column) comes to each target (row) within the window after the opener, and at most.

        Its share of the first contacts of those hours, without this one, drawn to its share of those days, and that to
        its share of all days, by so many contacts of prior each.
        """
        visits, contacts, prior = self.visits, self.contacts, self.parameters.stratum_contacts
        stratum, at = visits.stratum[openers], visits.at[openers]
        arrival = np.array(contacts.arrivals)[stratum].astype(int)
        totals = np.array([total for total, _ in contacts.totals], dtype=np.float64)[stratum][:, None]
        own = [self._activity(member) for member in group]
        by_stratum = np.stack([counts[stratum] for counts, _ in own], axis=1)
        shares = np.stack([np.array(kinds)[arrival] for _, kinds in own], axis=1)
        share = (np.maximum(by_stratum - came, 0) + prior * shares) / (totals - 1 + prior)
        if window_s <= NEAR_S:
            around = np.stack([visits.within(member, at, NEAR_S) for member in group], axis=1)
            hourly = self._hourly[openers][:, None]
            share = (np.maximum(around - came, 0) + NEAR_PRIOR * share) / (hourly - 1 + NEAR_PRIOR)
        outsiders = np.maximum(visits.crowd[window_s][openers] - sizes, 0)
        crowd = np.empty(len(openers))
        for kind in (False, True):
            if (window_s, kind) in contacts.crowding:
                here = arrival == kind
                crowd[here] = contacts.crowding[window_s, kind].expected(outsiders[here]) / 2.0  # after, not before
        members = np.tile(np.array(group), len(openers))
        targets = np.repeat(visits.target[openers], len(group))
        habit = self.customs.chance(members, targets, np.repeat(at, len(group)), custom).reshape(came.shape)
        stays = np.exp(-share * crowd[:, None]) * (1.0 - habit)
        most = 1.0 - stays**self.parameters.slack
        return np.clip(1.0 - stays, 1e-7, 1.0 - 1e-6), np.clip(most, 1e-7, 1.0 - 1e-6)

    @cached_property
    def _hourly(self) -> Ints:
        """By row of the visits how many first contacts of everybody lie within ``NEAR_S``."""
        order = np.argsort(self.visits.at, kind="stable")
        found = np.empty(len(order), dtype=np.int64)
        found[order] = near(self.contacts.instants, self.visits.at[order], NEAR_S)
        return found

    def _activity(self, member: int) -> tuple[Ints, tuple[float, float]]:
        """An account's contacts by stratum, and its share of all contacts to others and to arrivals."""
        if member not in self._own:
            counts = self.contacts.activity.of(member, len(self.contacts.totals))
            arrivals = np.array(self.contacts.arrivals, dtype=bool)
            totals = np.array([total for total, _ in self.contacts.totals])
            shares = [float(counts[kind].sum() / max(1, totals[kind].sum())) for kind in (~arrivals, arrivals)]
            self._own[member] = counts, (shares[0], shares[1])
        return self._own[member]


def _coming(came: Floats, able: Floats) -> Floats:
    """ln probability that just these came of those able to, in a crew."""
    found: Floats = betaln(FAITH[0] + came, FAITH[1] + able - came) - betaln(*FAITH)
    return found
