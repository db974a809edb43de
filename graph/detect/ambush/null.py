"""How much likelier are a group's meetings with people who come together than by chance and custom?

The ratio's mean by chance is one, so by Markov's inequality exp(-evidence) bounds the chance of as much (an e-value:
Vovk and Wang 2021), and times the number of groups of that size, each with its weight, it bounds how many such groups
chance gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import lgamma, log

import numpy as np

from graph.detect.ambush.chance import ByChance, Chance
from graph.detect.ambush.contacts import FirstContacts
from graph.detect.ambush.customs import Customs
from graph.detect.ambush.meetings import Crew, Gathered, Visits
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.arrays import Floats

MOST = 0.9  # however likely a custom makes it that somebody comes
AGAIN = 3  # times that habits are judged, beside what the crew did
ROUNDS = 6  # of expectation and maximisation for pi, each time


@dataclass(frozen=True)
class GroupNull:
    """What groups are judged by; answers are kept, as searches ask for the same group again."""

    contacts: FirstContacts
    visits: Visits
    customs: Customs
    parameters: AmbushParameters
    _known: dict[tuple[tuple[int, ...], int, tuple[float, float]], Crew | None] = field(default_factory=dict)

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
        owner, targets = seen.group, np.bincount(seen.group, minlength=many)
        wrote = np.maximum(targets, 1)
        by_chance = self._chance.of(seen, groups, window_s, custom)
        crew, pi = np.zeros(len(owner)), met / wrote
        for again in range(AGAIN):
            beside = self._beside(seen, groups, crew) if again else np.ones((3, many, max(map(len, groups))))
            ratios, likely = self._ratios(seen, by_chance, beside)
            together = np.exp(np.minimum(ratios, 200.0))
            for _ in range(ROUNDS):
                share = np.repeat(pi, targets)
                crew = share * together
                crew /= 1.0 - share + crew
                pi = np.clip(np.bincount(owner, weights=crew, minlength=many) / wrote, 1e-4, 0.95)
        share = np.repeat(pi, targets)
        whole = np.bincount(owner, weights=np.log(1.0 - share + share * together), minlength=many)
        expected = np.bincount(owner, weights=likely, minlength=many).tolist()
        came = np.bincount(owner, weights=seen.sizes - 1, minlength=many).tolist()
        acted = np.flatnonzero((crew >= 0.5) & (seen.sizes > 1))
        sought_by = self.visits.target[seen.rows[seen.first[acted]]]
        begins = np.searchsorted(owner[acted], np.arange(many + 1))
        found: list[Crew | None] = []
        for number, group in enumerate(groups):
            mine = slice(begins[number], begins[number + 1])
            sought, beyond = frozenset(sought_by[mine].tolist()), int((seen.sizes[acted[mine]] - 1).sum())
            if len(sought) < least or beyond <= expected[number]:  # by chance and custom as many, wherever
                found.append(None)
                continue
            evidence = float(whole[number]) - self._frailty(came[number], expected[number])
            evidence -= 0.5 * log(wrote[number])  # pi is fitted: the price of one parameter (Schwarz 1978)
            price = self._log_groups(group) + log(len(self.parameters.windows_s))
            found.append(Crew(self.visits, group, window_s, price - evidence, expected[number], sought))
        return found

    def _log_groups(self, group: Sequence[int]) -> float:
        """ln of how many groups of that size count as tested: half of the bound goes to all of them evenly, half by how
        much their members write, who seldom can show less (weighted Bonferroni: Genovese et al. 2006)."""
        size, able = len(group), max(self.contacts.able, len(group))
        evenly = lgamma(size + 1) + lgamma(able - size + 1) - lgamma(able + 1)
        by_contacts = lgamma(size + 1) + float(np.log(self.contacts.share[list(group)]).sum())
        return log(2.0) - float(np.logaddexp(evenly, by_contacts))

    def _frailty(self, came: float, expected: float) -> float:
        """ln of how much likelier as many comers are where each group has a rate of its own: gamma around the expected
        one (Vaupel et al. 1979), so that counts are negative binomial instead of Poisson."""
        a = self.parameters.frailty
        ratio = lgamma(came + a) - lgamma(a) + a * log(a / (a + expected)) - came * log(a + expected) + expected
        return max(0.0, ratio)

    def _ratios(self, seen: Gathered, by: ByChance, beside: Floats) -> tuple[Floats, Floats]:
        """By target: ln likelihood ratio of who came after the first of the group did, and how many do by chance."""
        own, many = beside[by.kind, seen.group[by.row], by.column], len(seen.starts)
        stays = by.stays * (1.0 - np.minimum(by.habit * own, MOST))
        likely = self._chance.comes(stays)
        chance = np.log1p(-likely)
        chance[by.came] = self._chance.of_coming(stays[by.came])
        return (
            by.coming - by.chance - np.bincount(by.row, weights=chance - by.alone[1], minlength=many),
            by.likely + np.bincount(by.row, weights=likely - by.alone[0], minlength=many),
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

    @cached_property
    def _chance(self) -> Chance:
        return Chance(self.contacts, self.visits, self.customs, self.parameters)
