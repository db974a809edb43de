"""How much likelier is what an account did if its holder is an adult who seeks minors than if it lives as others do?

Own age is hidden on all sides; people of unknown age tell nothing.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaln, logsumexp

from graph.detect.arrays import Flags, Floats, Ints
from graph.detect.hubs.ages import AgeGroups
from graph.detect.hubs.conduct import Conduct, conduct_of, shares
from graph.detect.hubs.null import Life, ordinary_life, stated_ages
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import Chats
from graph.detect.statistics import dirichlet_multinomial_logs

FEW = 3  # first contacts; those with fewer tell of ordinary life only
CHOICE = 15.0  # strength of a Dirichlet-multinomial: how far people of an age scatter around its choices
_MANY = 25.0  # minors: up to here each more tells
_PRESENT = 40.0  # as CHOICE, for who writes to anybody
_SEEKERS, _ACCOUNTS = 0.01, 100.0  # their share before the data, which weighs as much as so many accounts
_MOST = 3.0  # nats against, a third for: many live among strangers
CIRCLES_APART = 0.1  # intra-class correlation: that two know each other says that others do
_CIRCLE = 4.0  # so many times as likely do two of a circle know each other as any two


@dataclass(frozen=True)
class Sides:
    """By account: log P of what it did if it seeks minors, if it lives as others do, if it writes to anybody.

    ``ages``: how likely it is of each known group by what is stated and by who writes to it.
    """

    seeking: Floats
    living: Floats
    anybody: Floats
    ages: Floats

    @property
    def likelier_seeking(self) -> Flags:
        """Which are likelier to seek minors than to live as others do."""
        return np.asarray(self.seeking > self.living)

    def take(self, rows: Ints) -> "Sides":
        """Those of the accounts of these rows."""
        return Sides(self.seeking[rows], self.living[rows], self.anybody[rows], self.ages[rows])


@dataclass(frozen=True)
class Model:
    """Life as it was fitted, and how it is held against a seeker's."""

    life: Life
    groups: AgeGroups
    parameters: HubParameters

    def take(self, rows: Ints) -> "Model":
        """The same for the accounts of these rows."""
        return replace(self, life=self.life.take(rows))

    def sides(self, conduct: Conduct) -> Sides:
        """How likely each side makes what the accounts did."""
        groups, parts, life = self.groups, set(self.parameters.parts), self.life
        young, rest, spread = slice(0, groups.minors), slice(groups.minors, groups.known), self.parameters.dispersion
        from_whom, chosen = self.from_whom(conduct), conduct.chosen
        # written to as an adult of his age, or as whoever he pretends to be: minors he draws in make no minor of him
        anyone = logsumexp(from_whom, axis=1, keepdims=True) - math.log(groups.known)
        sought = conduct.age + np.logaddexp(from_whom, anyone) - math.log(2.0)
        anyhow = _logs(chosen[:, young], conduct.present[:, young], CHOICE) if "ages" in parts else 0.0
        beside, share, seeking = self.beside_share(conduct, from_whom), life.minors(groups), []
        as_minors = share_logs(conduct.minors, conduct.known, share[:, young].max(axis=1), spread)
        living = [
            beside[:, group] + share_logs(conduct.minors, conduct.known, share[:, group], spread)
            for group in range(groups.known)
        ]
        for group in range(groups.minors, groups.known):
            odds = share[:, group] / (1.0 - share[:, group])
            raised = [
                share_logs(conduct.minors, conduct.known, odds * by / (1.0 + odds * by), spread)
                for by in self.parameters.seeker_odds
            ]
            # or as minors choose, where so few adults write to minors that no odds come near
            raised.append(as_minors)
            adults = _logs(chosen[:, rest], life.chosen[:, group, rest], CHOICE) if "ages" in parts else 0.0
            seeking.append(sought[:, group] + anyhow + adults + logsumexp(raised, axis=0) - math.log(len(raised)))
        age = conduct.age + from_whom
        whole = logsumexp(age, axis=1, keepdims=True)
        listed = np.broadcast_to(life.people, chosen.shape)  # or whoever is on a list of all, there or not
        met = np.logaddexp(_logs(chosen, conduct.present, _PRESENT), _logs(chosen, listed, _PRESENT)) - math.log(2.0)
        anybody = whole[:, 0] + met
        return Sides(_any(seeking), _any(living), anybody, np.exp(age - whole))

    def beside_share(self, conduct: Conduct, from_whom: Floats) -> Floats:
        """log P, by known group, of what it did as people of that age do, but for the share of minors it chose."""
        groups, parts, life, found = self.groups, set(self.parameters.parts), self.life, []
        for group in range(groups.known):
            logs = conduct.age[:, group] + from_whom[:, group]
            if "ages" in parts:
                for ages in (slice(0, groups.minors), slice(groups.minors, groups.known)):
                    logs = logs + _logs(conduct.chosen[:, ages], life.chosen[:, group, ages], CHOICE)
            if "circles" in parts and group < groups.minors:  # teenagers write within circles that know each other
                logs = logs + np.minimum(self._circle(conduct, 1.0, 1.0 / 3.0), 0.0)  # nor do friends of those drawn in
            found.append(logs)
        return np.stack(found, axis=1)

    def evidence(self, conduct: Conduct, sides: Sides, mailing: Floats) -> Floats:
        """Nats for a seeker, given how likely each account writes to anybody before its choices are looked at."""
        parts, parameters = set(self.parameters.parts), self.parameters
        others = np.logaddexp(np.log1p(-mailing) + sides.living, np.log(mailing) + sides.anybody)
        found = parameters.temper * (sides.seeking - others)
        if "begun" in parts:
            found = found + self._begun(conduct)
        if "circles" in parts:
            found = found + np.clip(self._circle(conduct, 1.0, _CIRCLE), -_MOST, _MOST / 3.0)
        if "number" in parts:
            found = found + np.log(np.clip(conduct.minors, FEW, _MANY) / FEW)
        if "reports" in parts:
            found = found + math.log(parameters.report_ratio) * np.minimum(conduct.reports, parameters.reports_cap)
        return np.asarray(found, dtype=np.float64)

    def mates(self, conduct: Conduct, sides: Sides) -> Floats:
        """With whom each account is compared: weights of the groups, its own one where something is stated.

        Where nothing is, the ages that those who write to it suggest.
        """
        weights = np.eye(self.groups.size)[conduct.own]
        silent = conduct.own == self.groups.unknown
        weights[silent] = np.append(sides.ages[silent], np.zeros((int(silent.sum()), 1)), axis=1)
        return weights

    def expected(self, conduct: Conduct, sides: Sides) -> Floats:
        """The share of minors usual for those whom each account is compared with."""
        return np.asarray((self.mates(conduct, sides) * self.life.minors(self.groups)).sum(axis=1))

    def of_adults(self, sides: Sides) -> Floats:
        """The share of minors usual for adults, of the groups that each account may be of."""
        adults = slice(self.groups.minors, self.groups.known)
        weights = sides.ages[:, adults] + 1e-12
        usual = self.life.minors(self.groups)[..., adults]
        return np.asarray((weights * usual).sum(axis=1) / weights.sum(axis=1))

    def from_whom(self, conduct: Conduct) -> Floats:
        """log P of who writes to it, by its own known group."""
        if "senders" not in self.parameters.parts:
            return np.zeros_like(conduct.age)
        logs = [_logs(conduct.writers, self.life.writers[:, group], CHOICE) for group in range(self.groups.known)]
        return np.stack(logs, axis=1)

    def _circle(self, conduct: Conduct, one: float, other: float) -> Floats:
        """The log likelihood ratio of how many of its minors know each other: so many times as likely as usual, over so
        many times."""
        usual = [np.array(1.0 - (1.0 - self.life.circles) ** times) for times in (one, other)]
        logs = [share_logs(conduct.closed, conduct.looked, mean, CIRCLES_APART) for mean in usual]
        return np.asarray(logs[0] - logs[1], dtype=np.float64)

    def _begun(self, conduct: Conduct) -> Floats:
        """The log likelihood ratio of how each account's chats divide.

        A seeker's share is drawn from the platform's beta after ``further_begun`` more chats that it began; at least
        -1, since others can be made to write, and who is popular can seek.
        """
        strength, further = 1.0 / self.life.begun_apart - 1.0, self.parameters.further_begun
        own, others = self.life.begun * strength, (1.0 - self.life.begun) * strength
        seeker = betaln(own + further + conduct.contacts, others + conduct.came) - betaln(own + further, others)
        usual = betaln(own + conduct.contacts, others + conduct.came) - betaln(own, others)
        return np.asarray(np.maximum(seeker - usual, -1.0), dtype=np.float64)


def weigh(
    known: Chats, likely: Chats, reports: Floats, groups: AgeGroups, parameters: HubParameters
) -> tuple[Chats, Model, Conduct, Sides]:
    """The accounts that wrote first to ``FEW`` people, by the ages that are known and those that are ``likely``.

    Fitted twice: the second time each account tells of ordinary life by the probability that it lives so, and who is
    likelier a seeker has the age that is known, if any: his contacts with minors make no minor of him.  The chats of
    that second time come first.
    """
    tested = np.flatnonzero(likely.sums(likely.account) >= FEW)
    age, ordinary = stated_ages(likely, groups, parameters)[tested], np.ones(likely.size)
    conduct = conduct_of(likely, tested, age, reports[tested], groups)
    model = Model(ordinary_life(likely, conduct, ordinary, groups, parameters), groups, parameters)
    sides = model.sides(conduct)
    ordinary[tested] = ordinary_shares(sides.seeking - sides.living)
    seeking = np.zeros(likely.size, dtype=np.bool_)
    seeking[tested] = sides.likelier_seeking
    likely = likely.but(seeking, known)
    conduct = conduct_of(likely, tested, age, reports[tested], groups)
    model = Model(ordinary_life(likely, conduct, ordinary, groups, parameters), groups, parameters)
    return likely, model, conduct, model.sides(conduct)


def ordinary_shares(evidence: Floats) -> Floats:
    """How likely each account lives as others do, given nats for a seeker, with the share of seekers that makes all
    likeliest.

    Source: Efron 2008, Statistical Science 23:1 (two groups).
    """
    ratio, share = np.exp(np.clip(evidence, -40.0, 40.0)), _SEEKERS
    for _ in range(20):
        lives = 1.0 / (1.0 + share / (1.0 - share) * ratio)
        share = (float((1.0 - lives).sum()) + _ACCOUNTS * _SEEKERS) / (len(lives) + _ACCOUNTS)
    return np.asarray(lives, dtype=np.float64)


def share_logs(successes: Floats, trials: Floats, means: Floats, spread: float) -> Floats:
    """log P of beta-binomials up to the binomial coefficient."""
    strength = 1.0 / spread - 1.0
    a, b = means * strength, (1.0 - means) * strength
    return np.asarray(betaln(successes + a, trials - successes + b) - betaln(a, b), dtype=np.float64)


def _logs(counts: Floats, means: Floats, strength: float) -> Floats:
    return dirichlet_multinomial_logs(counts, shares(means), strength)


def _any(logs: list[Floats]) -> Floats:
    return np.asarray(logsumexp(np.stack(logs, axis=1), axis=1), dtype=np.float64)
