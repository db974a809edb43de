"""How likely is what an account did under each way of living?  The fit of ordinary life, and the likelihoods.

Three ways: people of each age as they live here; an adult who seeks minors; somebody who writes to anybody, whose
contacts are drawn from those present without any taste, the adults as well as the minors.  Beside each of them a part
of the openings may be a mailing, which one text opens and which goes to anybody.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from graph.detect.hubs_ages import AgeGroups, Ints, affinity, senders
from graph.detect.hubs_begun import begun_logs
from graph.detect.hubs_counted import Contacts
from graph.detect.hubs_hours import hour_logs
from graph.detect.hubs_seen import Seen, whole
from graph.detect.statistics import Floats, dirichlet_multinomial_logs

MANY = 5


@dataclass(frozen=True)
class WeightParameters:
    """Judgements, fixed; docs/methods.md says why, and how little the results hang on them.

    ``lies``: share of stated ages that are not true; ``raised_ages``: share of minors among those who state an age of
    the youngest adult group; ``indiscriminate``: share of accounts that write to anybody, whose choices are drawn from
    those present with the strength ``anybody_people``; ``advertising``: probability that a text that opens all chats
    of an account is a mailing to anybody (a part of them: as much less); ``raised_odds``: the odds ratios a seeker may
    have, alike likely; ``seeker_circles``: share of a seeker's minors that lie in circles; ``seeker_hours``: share of
    seekers who write when minors do; ``hours_cap`` and ``hours_prior``: see ``hubs_hours.hour_logs``; dispersions are
    intra-class correlations, ``*_people`` strengths of a Dirichlet-multinomial; ``contacts_cap`` contacts of an account
    at most tell how its group chooses; ``first_guess``: share of seekers before the data, used only to weigh accounts
    down in the second fit; ``temper``: the power of the likelihood ratio, as its parts are not wholly independent;
    ``tail``: prior exponent of how many minors people reach, with the weight of ``tail_accounts``; ``further_begun``
    and ``least_begun``: see ``hubs_begun.begun_logs``.
    """

    lies: float = 0.08
    raised_ages: float = 0.25
    indiscriminate: float = 0.03
    advertising: float = 0.9
    raised_odds: tuple[float, ...] = (2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0)
    share_dispersion: float = 0.02
    choice_people: float = 15.0
    anybody_people: float = 40.0
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
    further_begun: float = 2.0
    least_begun: float = -1.0

    def __post_init__(self) -> None:
        shares = (self.lies, self.indiscriminate, self.advertising, self.first_guess, self.seeker_hours)
        if not all(0.0 < share < 1.0 for share in shares):
            raise ValueError("shares lie inside (0, 1)")
        if not self.raised_odds or min(self.raised_odds) <= 1.0 or not 0.0 < self.temper <= 1.0:
            raise ValueError("raised_odds lie above 1, temper in (0, 1]")


class Model:
    """What does not change between the two fits of ``hubs_weight.weigh``, and the last fit."""

    def __init__(self, contacts: Contacts, tested: Ints, groups: AgeGroups, parameters: WeightParameters) -> None:
        self.contacts, self.tested, self.groups, self.parameters = contacts, tested, groups, parameters
        size, accounts = groups.size, len(contacts.own)
        place = np.full(accounts, -1, dtype=np.int64)
        place[tested] = np.arange(len(tested))
        rows = np.flatnonzero(place[contacts.account] >= 0)
        self.seen = Seen(contacts, rows, place[contacts.account[rows]], len(tested), groups)
        plain = contacts.role[contacts.account] == 0
        known = np.flatnonzero(plain & (contacts.recipient >= 0))
        known = known[place[contacts.recipient[known]] >= 0]
        incoming = np.bincount(
            place[contacts.recipient[known]] * size + contacts.sender_group[known], minlength=len(tested) * size
        )
        self.incoming: Floats = incoming.reshape(len(tested), size)[:, : groups.known].astype(np.float64)
        sent = np.bincount(contacts.account, minlength=accounts)
        got = np.bincount(contacts.recipient[contacts.recipient >= 0], minlength=accounts)
        cap = parameters.contacts_cap
        written = np.bincount(contacts.recipient[(contacts.recipient >= 0) & plain], minlength=accounts)
        self.sent, self.got = (of[tested].astype(np.float64) for of in (sent, written))
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

    def fit(self, ordinary: Floats) -> None:
        """Ordinary life as told by accounts by how far they live it, and what it says of each tested holder's age."""
        contacts, groups, parameters = self.contacts, self.groups, self.parameters
        votes = self.sent_vote * ordinary[contacts.account]
        own = contacts.own[contacts.account]
        self.factors = affinity(contacts.opportunity, own, contacts.group, votes)
        got_votes = self.got_vote * ordinary[contacts.account]
        by_whom = whole(senders(contacts.group, contacts.sender_group, got_votes, groups.size)[:, : groups.known])
        self.circles = self._circle_shares(votes, own)
        strength = parameters.senders_people
        writers = [dirichlet_multinomial_logs(self.incoming, by_whom[g], strength) for g in range(groups.known)]
        self.age: Floats = self.prior + np.stack(writers, axis=1)
        self.kept, young_kept = hour_logs(
            contacts.hours, contacts.own, ordinary * (1 - contacts.role), self.tested, groups,
            cap=parameters.hours_cap, prior=parameters.hours_prior,
        )
        as_young = parameters.seeker_hours
        self.sought = np.logaddexp(math.log(1.0 - as_young) + self.kept, math.log(as_young) + young_kept[:, None])

    def sides(self, seen: Seen) -> tuple[Floats, Floats]:
        """log P of what was seen for an adult who seeks minors, and for everybody else, under the last fit.

        Own age and hours are those of the account, whatever part of its contacts is ``seen``.
        """
        groups, parameters = self.groups, self.parameters
        young, rest = slice(0, groups.minors), slice(groups.minors, groups.known)
        people, spread = parameters.choice_people, parameters.share_dispersion
        outside = seen.circle_logs(parameters.seeker_circles, parameters.seeker_dispersion)
        flat = seen.choice_logs(seen.present, young, people) + outside
        seeking, living = [], []
        for group in range(groups.known):
            chances = seen.chances(self.factors[group])
            share = np.clip(chances[:, young].sum(axis=1), 1e-4, 1.0 - 1e-4)
            both = self.age[:, group] + seen.choice_logs(chances, rest, people)
            living.append(
                both + self.kept[:, group] + seen.choice_logs(chances, young, people) + seen.share_logs(share, spread)
                + seen.circle_logs(float(self.circles[group]), parameters.circles_dispersion)
            )
            if group >= groups.minors:
                odds = share / (1.0 - share)
                raised = [seen.share_logs(odds * by / (1.0 + odds * by), spread) for by in parameters.raised_odds]
                choice = flat + logsumexp(raised, axis=0) - math.log(len(raised))
                seeking.append(both + self.sought[:, group] + choice)
        in_general = logsumexp(np.stack(living, axis=1), axis=1)
        anybody = logsumexp(self.age + self.kept, axis=1) + self.anybody_logs(seen)
        few = parameters.indiscriminate
        others = np.logaddexp(math.log(1.0 - few) + in_general, math.log(few) + anybody)
        return np.asarray(logsumexp(np.stack(seeking, axis=1), axis=1), dtype=np.float64), others

    def anybody_logs(self, seen: Seen) -> Floats:
        """Of contacts with whoever is there: all ages at once, nearly as those present."""
        everybody = slice(0, self.groups.known)
        outside = seen.circle_logs(self.parameters.seeker_circles, self.parameters.seeker_dispersion)
        return seen.choice_logs(seen.present, everybody, self.parameters.anybody_people) + outside

    def adult(self) -> tuple[Floats, Floats]:
        """Probability that the holder is an adult, by its stated age and who writes to it, and by the former alone."""
        grown = slice(self.groups.minors, self.groups.known)
        told = np.exp(logsumexp(self.age[:, grown], axis=1) - logsumexp(self.age, axis=1))
        return told, np.exp(logsumexp(self.prior[:, grown], axis=1))

    def tails(self, ordinary: Floats) -> Floats:
        """Pareto exponents of the number of strangers who are minors, fitted apart to minors and others (Hill 1975)."""
        young = self.contacts.own[self.tested] < self.groups.minors
        plain = self.contacts.role[self.tested] == 0
        strangers = self.seen.strangers
        tail = np.zeros(len(self.tested))
        for family in (young, ~young):
            told = family & plain & (strangers >= MANY)
            votes = ordinary[self.tested][told]
            accounts, prior = math.fsum(votes.tolist()), self.parameters.tail_accounts
            logs = math.fsum((votes * np.log(strangers[told] / (MANY - 0.5))).tolist())
            tail[family] = (accounts + prior) / (logs + prior / self.parameters.tail)
        return tail

    def begun(self, ordinary: Floats) -> Floats:
        """What it says of each account that it begins its chats, or that others begin them (nats)."""
        votes = ordinary[self.tested] * (self.contacts.role[self.tested] == 0)
        return begun_logs(
            self.sent, self.got, votes, further=self.parameters.further_begun, least=self.parameters.least_begun
        )

    def _circle_shares(self, votes: Floats, own: Ints) -> Floats:
        """By own group: share of minors in a circle with the account, drawn to the platform's by 10 contacts."""
        looked = np.flatnonzero((self.contacts.group < self.groups.minors) & (self.contacts.closed >= 0))
        everybody = np.bincount(own[looked], weights=votes[looked], minlength=self.groups.size)
        inside = np.bincount(
            own[looked], weights=(votes * (self.contacts.closed == 1))[looked], minlength=self.groups.size
        )
        platform = (inside.sum() + 0.5) / (everybody.sum() + 1.0)
        return np.asarray((inside + 10.0 * platform) / (everybody + 10.0), dtype=np.float64)

