"""How much likelier is what an account did if its holder is an adult who seeks minors than if it lives as others do?

A likelihood ratio over signals that do not need each other: the share of minors among those of known age it wrote to
and their ages, given who was present; who writes to it and when it writes, which tell its own age; circles that know
each other.  Own age is a hidden variable on both sides: a stated age is believed, not taken for certain.  People of
unknown age tell nothing, on either side.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from graph.detect.hubs_ages import AgeGroups, Ints, affinity, senders
from graph.detect.hubs_counted import Contacts
from graph.detect.hubs_hours import hour_logs
from graph.detect.statistics import Floats, beta_binomial_logs, dirichlet_multinomial_logs


@dataclass(frozen=True)
class WeightParameters:
    """Judgements, fixed; docs/methods.md says why, and how little the results hang on them.

    ``lies``: share of stated ages that are not true; ``raised_ages``: share of minors among those who state an age of
    the youngest adult group; ``indiscriminate``: share of accounts that write to anybody,
    ``advertising``: the same where one text opens all; ``raised_odds``: the odds ratios a seeker may have, alike
    likely; ``seeker_circles``: share of a seeker's minors that lie in circles; ``seeker_hours``: share of seekers who
    write when minors do; ``hours_cap`` and ``hours_prior``: see ``hubs_hours.hour_logs``; dispersions are intra-class
    correlations, ``*_people`` strengths of a Dirichlet-multinomial; ``contacts_cap`` contacts of an account at most
    tell how its group chooses; ``first_guess``: share of seekers before the data, used only to weigh accounts down in
    the second fit; ``temper``: the power of the likelihood ratio, as its parts are not wholly independent; ``tail``:
    prior exponent of how many minors people reach, with the weight of ``tail_accounts``.
    """

    lies: float = 0.08
    raised_ages: float = 0.25
    indiscriminate: float = 0.03
    advertising: float = 0.9
    raised_odds: tuple[float, ...] = (2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0)
    share_dispersion: float = 0.02
    choice_people: float = 15.0
    senders_people: float = 10.0
    circles_dispersion: float = 0.15
    seeker_circles: float = 0.05
    seeker_dispersion: float = 0.05
    seeker_hours: float = 0.5
    hours_cap: float = 20.0
    hours_prior: float = 20.0
    contacts_cap: float = 10.0
    first_guess: float = 0.01
    temper: float = 0.5
    tail: float = 1.5
    tail_accounts: float = 3.0

    def __post_init__(self) -> None:
        shares = (self.lies, self.indiscriminate, self.advertising, self.first_guess, self.seeker_hours)
        if not all(0.0 < share < 1.0 for share in shares):
            raise ValueError("shares lie inside (0, 1)")
        if not self.raised_odds or min(self.raised_odds) <= 1.0 or not 0.0 < self.temper <= 1.0:
            raise ValueError("raised_odds lie above 1, temper in (0, 1]")


@dataclass(frozen=True)
class Weight:
    """``ratio``: log likelihood ratio (nats) of seeker against others, before tempering; ``ratio_one_text``: the same
    if one text opens all its chats.

    ``adult``: probability that the holder is an adult, from its stated age and who writes to it; ``stated``: the same
    before anybody writes; ``from_minors`` of ``from_known`` people of known age who wrote to it first are minors;
    ``reach``: share of ordinary accounts of its sort, among those that reach ``MANY`` strangers who are minors, that
    reach as many as it does.
    """

    ratio: float
    ratio_one_text: float
    adult: float
    stated: float
    from_minors: int
    from_known: int
    reach: float

    def total(self, *, temper: float, one_text: bool) -> float:
        """The weight of evidence in nats: the tempered ratio, and how rare it is to reach so many.

        Reaching many is no surprise in who sends one text to all.
        """
        return temper * (self.ratio_one_text if one_text else self.ratio) - (0.0 if one_text else math.log(self.reach))


MANY = 5


def weigh(contacts: Contacts, tested: Ints, groups: AgeGroups, parameters: WeightParameters) -> list[Weight]:
    """A Weight for each account of ``tested`` (places, ascending).

    Fitted twice: the second time each tested account tells of ordinary life by the probability that it lives so.
    """
    model = _Model(contacts, tested, groups, parameters)
    ordinary = np.ones(len(contacts.own))
    for _ in range(2):
        ratio, one_text, adult, stated = model.ratios(ordinary)
        odds = parameters.first_guess / (1.0 - parameters.first_guess) * np.exp(np.clip(ratio, -40.0, 40.0))
        ordinary[tested] = 1.0 / (1.0 + odds)
    reach = model.reach(ordinary)
    minors, known = model.incoming[:, : groups.minors].sum(axis=1), model.incoming.sum(axis=1)
    return [
        Weight(
            float(ratio[i]), float(one_text[i]), float(adult[i]), float(stated[i]), int(minors[i]), int(known[i]),
            float(reach[i]),
        )
        for i in range(len(tested))
    ]


class _Model:
    """What does not change between the two fits: counts by tested account and group."""

    def __init__(self, contacts: Contacts, tested: Ints, groups: AgeGroups, parameters: WeightParameters) -> None:
        self.contacts, self.tested, self.groups, self.parameters = contacts, tested, groups, parameters
        size, accounts = groups.size, len(contacts.own)
        place = np.full(accounts, -1, dtype=np.int64)
        place[tested] = np.arange(len(tested))
        self.rows: Ints = np.flatnonzero(place[contacts.account] >= 0)
        self.owner: Ints = place[contacts.account[self.rows]]
        everybody = self._table(self.owner, contacts.group[self.rows], size)
        self.count, self.chosen = everybody.sum(axis=1), everybody[:, : groups.known]
        plain = contacts.role[contacts.account] == 0
        known = np.flatnonzero(plain & (contacts.recipient >= 0))
        known = known[place[contacts.recipient[known]] >= 0]
        incoming = self._table(place[contacts.recipient[known]], contacts.sender_group[known], size)
        self.incoming = incoming[:, : groups.known]
        minor = contacts.group < groups.minors
        looked = minor & (contacts.closed >= 0)
        self.circle_trials = self._sums(looked[self.rows].astype(np.float64))
        self.circles = self._sums((looked & (contacts.closed == 1))[self.rows].astype(np.float64))
        self.strangers = self.chosen[:, : groups.minors].sum(axis=1) - self.circles
        self.trials = self.chosen.sum(axis=1)
        self.offered = contacts.opportunity[self.rows]
        self.present = self._means(_whole(self.offered[:, : groups.known]))
        sent = np.bincount(contacts.account, minlength=accounts)
        got = np.bincount(contacts.recipient[contacts.recipient >= 0], minlength=accounts)
        cap = parameters.contacts_cap
        self.sent_vote = np.minimum(1.0, cap / np.maximum(sent, 1))[contacts.account] * plain
        self.got_vote = np.where(
            contacts.recipient >= 0, np.minimum(1.0, cap / np.maximum(got, 1))[contacts.recipient], 1.0
        ) * plain
        people = np.bincount(contacts.own, minlength=size)[: groups.known] + 1.0
        share = people / people.sum()
        own = contacts.own[tested]
        prior = np.where((own == groups.unknown)[:, None], share, parameters.lies * share)
        stated = np.flatnonzero(own < groups.unknown)
        prior[stated, own[stated]] += 1.0 - parameters.lies
        barely = np.flatnonzero(own == groups.minors)  # children who say they are of age say they are just so
        prior[barely] *= (1.0 - parameters.raised_ages) / prior[barely][:, groups.minors :].sum(axis=1, keepdims=True)
        young = share[: groups.minors] / share[: groups.minors].sum()
        prior[barely, : groups.minors] = parameters.raised_ages * young
        self.prior: Floats = np.log(prior)

    def ratios(self, ordinary: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Log likelihood ratio, the same for one text, probability of an adult holder with and without the senders."""
        contacts, groups, parameters = self.contacts, self.groups, self.parameters
        votes = self.sent_vote * ordinary[contacts.account]
        own = contacts.own[contacts.account]
        factors = affinity(contacts.opportunity, own, contacts.group, votes)
        got_votes = self.got_vote * ordinary[contacts.account]
        by_whom = senders(contacts.group, contacts.sender_group, got_votes, groups.size)
        circles = self._circle_shares(votes, own)
        by_whom = _whole(by_whom[:, : groups.known])
        strength = parameters.senders_people
        writers = [dirichlet_multinomial_logs(self.incoming, by_whom[g], strength) for g in range(groups.known)]
        age = self.prior + np.stack(writers, axis=1)
        young, rest = slice(0, groups.minors), slice(groups.minors, groups.known)
        flat = self._choice_logs(self.present, young)
        seeker_circle = self._circle_logs(parameters.seeker_circles, parameters.seeker_dispersion)
        kept, young_kept = hour_logs(
            contacts.hours, contacts.own, ordinary * (1 - contacts.role), self.tested, groups,
            cap=parameters.hours_cap, prior=parameters.hours_prior,
        )
        as_young = parameters.seeker_hours
        sought_hours = np.logaddexp(math.log(1.0 - as_young) + kept, math.log(as_young) + young_kept[:, None])
        seeking, living = [], []
        for group in range(groups.known):
            chances = self._means(_whole((self.offered * factors[group])[:, : groups.known]))
            share = _inside(chances[:, young].sum(axis=1))
            both = age[:, group] + self._choice_logs(chances, rest)
            living.append(
                both + kept[:, group] + self._choice_logs(chances, young) + self._share_logs(share)
                + self._circle_logs(float(circles[group]), parameters.circles_dispersion)
            )
            if group >= groups.minors:
                odds = share / (1.0 - share)
                raised = [self._share_logs(odds * by / (1.0 + odds * by)) for by in parameters.raised_odds]
                choice = flat + logsumexp(raised, axis=0) - math.log(len(raised))
                seeking.append(both + sought_hours[:, group] + choice + seeker_circle)
        anybody = (
            logsumexp(age + kept, axis=1) + flat + seeker_circle + self._choice_logs(self.present, rest)
            + self._share_logs(_inside(self.present[:, young].sum(axis=1)))
        )
        in_general = logsumexp(np.stack(living, axis=1), axis=1)
        sought = logsumexp(np.stack(seeking, axis=1), axis=1)
        ratio, one_text = (
            sought - np.logaddexp(math.log(1.0 - share) + in_general, math.log(share) + anybody)
            for share in (parameters.indiscriminate, parameters.advertising)
        )
        grown = slice(groups.minors, groups.known)
        adult = np.exp(logsumexp(age[:, grown], axis=1) - logsumexp(age, axis=1))
        return ratio, one_text, adult, np.exp(logsumexp(self.prior[:, grown], axis=1))

    def reach(self, ordinary: Floats) -> Floats:
        """Pareto tail of the number of strangers who are minors, fitted apart to minors and others (Hill 1975)."""
        young = self.contacts.own[self.tested] < self.groups.minors
        plain = self.contacts.role[self.tested] == 0
        tail = np.zeros(len(self.tested))
        for family in (young, ~young):
            told = family & plain & (self.strangers >= MANY)
            votes = ordinary[self.tested][told]
            accounts, prior = math.fsum(votes.tolist()), self.parameters.tail_accounts
            logs = math.fsum((votes * np.log(self.strangers[told] / (MANY - 0.5))).tolist())
            tail[family] = (accounts + prior) / (logs + prior / self.parameters.tail)
        return np.asarray((np.maximum(self.strangers, MANY) / MANY) ** -tail, dtype=np.float64)

    def _share_logs(self, share: Floats) -> Floats:
        minors = self.chosen[:, : self.groups.minors].sum(axis=1)
        return beta_binomial_logs(minors, self.trials, share, self.parameters.share_dispersion)

    def _choice_logs(self, chances: Floats, groups: slice) -> Floats:
        """Of these groups, which it chose: their shares among themselves follow ``chances``."""
        among = _whole(chances[:, groups])
        return dirichlet_multinomial_logs(self.chosen[:, groups], among, self.parameters.choice_people)

    def _circle_logs(self, share: float, dispersion: float) -> Floats:
        return beta_binomial_logs(self.circles, self.circle_trials, np.full(len(self.tested), share), dispersion)

    def _circle_shares(self, votes: Floats, own: Ints) -> Floats:
        """By own group: share of minors in a circle with the account, drawn to the platform's by 10 contacts."""
        looked = np.flatnonzero((self.contacts.group < self.groups.minors) & (self.contacts.closed >= 0))
        whole = np.bincount(own[looked], weights=votes[looked], minlength=self.groups.size)
        inside = np.bincount(
            own[looked], weights=(votes * (self.contacts.closed == 1))[looked], minlength=self.groups.size
        )
        platform = (inside.sum() + 0.5) / (whole.sum() + 1.0)
        return np.asarray((inside + 10.0 * platform) / (whole + 10.0), dtype=np.float64)

    def _means(self, values: Floats) -> Floats:
        """Mean of each column over every tested account's contacts."""
        sums = [self._sums(values[:, column]) for column in range(values.shape[1])]
        return np.asarray(np.stack(sums, axis=1) / self.count[:, None], dtype=np.float64)

    def _sums(self, values: Floats) -> Floats:
        return np.asarray(np.bincount(self.owner, weights=values, minlength=len(self.tested)), dtype=np.float64)

    def _table(self, owner: Ints, group: Ints, size: int) -> Floats:
        counts = np.bincount(owner * size + group, minlength=len(self.tested) * size)
        return np.asarray(counts.reshape(len(self.tested), size), dtype=np.float64)


def _inside(share: Floats) -> Floats:
    return np.clip(share, 1e-4, 1.0 - 1e-4)


def _whole(values: Floats) -> Floats:
    """Rows scaled to sum 1."""
    return np.asarray(values / values.sum(axis=1, keepdims=True), dtype=np.float64)
