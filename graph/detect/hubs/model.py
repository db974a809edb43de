"""How much likelier is what an account did if its holder is an adult who seeks minors than if it lives as others do?

Three ways: people of each age as they live here (``null``); an adult who seeks minors, who chooses adults as others of
his age do, minors at higher odds and of whatever age is present, strangers to his circle, at hours of his own or of
minors, and who is written to as anybody might be: who draws minors in has no age by that; somebody who writes to
anybody present, minors and adults as they come.  Own age is hidden on all sides.  People of unknown age tell nothing.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, logsumexp

from graph.detect.hubs.ages import AgeGroups, Ints
from graph.detect.hubs.hours import Hours, hour_logs
from graph.detect.hubs.null import Life, Test, as_minors, as_stated, ordinary_life, own_ages, share_logs, share_tests
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import Chats, Flags
from graph.detect.statistics import Floats, dirichlet_multinomial_logs, moment_dispersion

FEW = 3  # first contacts; those with fewer tell of ordinary life only
MANY = 5.0  # minors beyond the usual
_CHOICE = 15.0  # strength of a Dirichlet-multinomial: how far people of an age scatter around its choices
_PRESENT = 40.0  # the same for who writes to anybody
_SEEKERS = 0.01  # share before the data; only weighs accounts down in the second fit
_FLOOR = 0.02
_LEAST = -4.0  # nats: whoever draws minors in, draws in their friends too
_CIRCLE = 4.0  # odds of a contact in common among people who know each other, over those usual here


@dataclass(frozen=True)
class Weighed:
    """By tested account (``number``, ascending): counts of people, log likelihoods of the sides, and more nats.

    ``minors`` of ``known`` first contacts of known age (``expected``: the usual share), of ``contacts`` of any;
    ``strangers`` of the ``looked`` minors share no third contact with it (``circles``: the usual share that does).
    ``came_minors`` of ``came_known`` people of known age wrote to it first, of ``came`` of any; ``drawn`` are usual in
    its rooms and hours.  ``arrivals``: contacts that were new.  ``number_own``, ``number_any``: nats of the minors
    beyond what people of its age, or anybody there, would have reached.  ``adult``: probability by the stated age.
    ``further``: nats of what is no choice of people.
    """

    number: Ints
    contacts: Floats
    known: Floats
    minors: Floats
    looked: Floats
    strangers: Floats
    came: Floats
    came_known: Floats
    came_minors: Floats
    arrivals: Floats
    number_own: Floats
    number_any: Floats
    expected: Floats
    circles: Floats
    drawn: Floats
    adult: Floats
    begun_share: float
    seeking: Floats
    living: Floats
    anybody: Floats
    further: Floats
    test: Test

    def evidence(self, mailing: Floats, *, temper: float) -> Floats:
        """Nats for a seeker, given how likely each account writes to anybody before its choices are looked at."""
        others = np.logaddexp(np.log1p(-mailing) + self.living, np.log(mailing) + self.anybody)
        number = (1.0 - mailing) * self.number_own + mailing * self.number_any
        return np.asarray(temper * (self.seeking - others) + self.further + number, dtype=np.float64)


def weigh(chats: Chats, hours: Hours, groups: AgeGroups, parameters: HubParameters) -> Weighed:
    """The accounts that wrote first to ``FEW`` people.

    Fitted twice: the second time each account tells of ordinary life by the probability that it lives so.
    """
    tested = np.flatnonzero(chats.sums(chats.account) >= FEW)
    chosen = chats.counts(chats.account, chats.group, groups)[tested]
    plain = ~chats.role[chats.account]
    writers = chats.counts(chats.other, chats.own_group, groups, plain)[tested]
    stated = own_ages(chats, groups, parameters)[tested]
    ordinary = np.ones(chats.size)
    for _ in range(2):
        life = ordinary_life(chats, tested, ordinary, groups, parameters)
        sides = _sides(chats, hours, tested, chosen, writers, stated, ordinary, life, groups, parameters)
        odds = _SEEKERS / (1.0 - _SEEKERS) * np.exp(np.clip(sides[0] - sides[1], -40.0, 40.0))
        ordinary[tested] = 1.0 / (1.0 + odds)
    return _weighed(chats, tested, chosen, writers, stated, ordinary, life, sides, groups, parameters)


def _sides(
    chats: Chats, hours: Hours, tested: Ints, chosen: Floats, writers: Floats, stated: Floats, ordinary: Floats,
    life: Life, groups: AgeGroups, parameters: HubParameters,
) -> tuple[Floats, Floats, Floats, Floats]:
    """log P of what each account did if it seeks minors, if it lives as others do, if it writes to anybody.

    And log P of its own age with its hours and those who write to it.
    """
    parts, young, rest = set(parameters.parts), slice(0, groups.minors), slice(groups.minors, groups.known)
    nothing = np.zeros((len(tested), groups.known))
    kept = sought = from_whom = nothing
    if "hours" in parts:
        kept, young_kept = hour_logs(hours, chats.stated, ordinary * ~chats.role, tested, groups)
        sought = np.logaddexp(kept, young_kept[:, None]) - math.log(2.0)
    if "senders" in parts:
        from_whom = np.stack(
            [dirichlet_multinomial_logs(writers, life.writers[:, g], _CHOICE) for g in range(groups.known)], axis=1
        )
    age = stated + from_whom
    # written to as an adult of his age, or as whoever he pretends to be: minors he draws in make no minor of him
    drawn = logsumexp(from_whom, axis=1, keepdims=True) - math.log(groups.known)
    seekers_age = stated + np.logaddexp(from_whom, drawn) - math.log(2.0)
    minors, known = chosen[:, young].sum(axis=1), chosen.sum(axis=1)
    looked, closed = _circles(chats, tested, groups)
    present = _present(chats, tested, groups)
    spread, seeking, living = parameters.dispersion, [], []
    anyhow = np.zeros(len(tested))
    if "ages" in parts:
        anyhow = dirichlet_multinomial_logs(chosen[:, young], _shares(present[:, young]), _CHOICE)
    for group in range(groups.known):
        chances = life.chosen[:, group]
        share = np.clip(chances[:, young].sum(axis=1), 1e-3, 1.0 - 1e-3)
        both, within = np.zeros(len(tested)), np.zeros(len(tested))
        if "ages" in parts:
            both = dirichlet_multinomial_logs(chosen[:, rest], _shares(chances[:, rest]), _CHOICE)
            within = dirichlet_multinomial_logs(chosen[:, young], _shares(chances[:, young]), _CHOICE)
        if "circles" in parts and group < groups.minors:  # teenagers write within circles that know each other
            usual = np.full(len(tested), life.circles[group])
            within = within + share_logs(closed, looked, usual, life.apart)
            within = within - share_logs(closed, looked, usual / 3.0, life.apart)
        living.append(age[:, group] + kept[:, group] + both + within + share_logs(minors, known, share, spread))
        if group >= groups.minors:
            odds = share / (1.0 - share)
            raised = [
                share_logs(minors, known, odds * by / (1.0 + odds * by), spread) for by in parameters.seeker_odds
            ]
            choice = anyhow + both + logsumexp(raised, axis=0) - math.log(len(raised))
            seeking.append(seekers_age[:, group] + sought[:, group] + choice)
    anybody = logsumexp(age + kept, axis=1) + dirichlet_multinomial_logs(chosen, _shares(present), _PRESENT)
    side = [np.asarray(logsumexp(np.stack(logs, axis=1), axis=1), dtype=np.float64) for logs in (seeking, living)]
    return side[0], side[1], np.asarray(anybody, dtype=np.float64), age + kept


def _weighed(
    chats: Chats, tested: Ints, chosen: Floats, writers: Floats, stated: Floats, ordinary: Floats, life: Life,
    sides: tuple[Floats, Floats, Floats, Floats], groups: AgeGroups, parameters: HubParameters,
) -> Weighed:
    parts, young = set(parameters.parts), slice(0, groups.minors)
    minors, known = chosen[:, young].sum(axis=1), chosen.sum(axis=1)
    looked, closed = _circles(chats, tested, groups)
    contacts, came = (chats.sums(who)[tested] for who in (chats.account, chats.other))
    usual = _shares(_present(chats, tested, groups))[:, young].sum(axis=1)
    own = chats.stated[tested]
    families = np.digitize(own, (groups.minors, groups.known)) + 3 * chats.role[tested]
    mates = as_stated(own, np.exp(sides[3] - logsumexp(sides[3], axis=1, keepdims=True)), groups)
    shares = np.clip(life.chosen[:, :, young].sum(axis=2), 1e-3, 1.0 - 1e-3)
    expected = (mates * shares).sum(axis=1)
    votes = ordinary[tested] * ~chats.role[tested]
    further = np.zeros(len(tested))
    begun_share, begun = _begun(contacts, came, votes, further=parameters.further_begun)
    if "begun" in parts:
        further += begun
    usual_circles = mates @ life.circles
    if "circles" in parts:
        odds = _CIRCLE * usual_circles / (1.0 - usual_circles)
        among_friends = share_logs(closed, looked, odds / (1.0 + odds), life.apart)
        apart = share_logs(closed, looked, usual_circles, life.apart) - among_friends
        further += parameters.temper * np.clip(apart, _LEAST, 0.0)
    number = number_any = np.zeros(len(tested))
    if "number" in parts:
        number, number_any = (
            _reach(np.maximum(minors - share * known, 0.0), own < groups.minors, votes) for share in (expected, usual)
        )
    claimed = own < groups.minors  # a teenager's contacts are a circle; friends of those he draws in surround a hub
    apart = np.where(claimed[:, None], shares * (1.0 - life.circles), shares)
    mean = np.where(chats.role[tested], usual, (mates * apart).sum(axis=1))  # a role's duty is with whoever is there
    return Weighed(
        number=tested, contacts=contacts, known=known, minors=minors, looked=looked, strangers=looked - closed,
        came=came, came_known=writers.sum(axis=1), came_minors=writers[:, young].sum(axis=1),
        arrivals=chats.sums(chats.account, chats.arrival)[tested], expected=expected, number_own=number,
        number_any=number_any, circles=usual_circles,
        drawn=(mates * life.writers[:, :, young].sum(axis=2)).sum(axis=1) * writers.sum(axis=1),
        adult=np.exp(logsumexp(stated[:, groups.minors :], axis=1)),
        begun_share=begun_share, seeking=sides[0], living=sides[1], anybody=sides[2], further=further,
        test=share_tests(
            minors - claimed * closed, known, mean, parameters.raised_ages * (own == groups.minors),
            apart @ as_minors(own, groups), families, at_least=parameters.min_known,
        ),
    )


def _circles(chats: Chats, tested: Ints, groups: AgeGroups) -> tuple[Floats, Floats]:
    """How many of its minors were looked at, and share a third contact with it."""
    looked = (chats.group < groups.minors) & (chats.closed >= 0)
    return tuple(chats.sums(chats.account, looked & inside)[tested] for inside in (looked, chats.closed == 1))  # type: ignore[return-value]


def _present(chats: Chats, tested: Ints, groups: AgeGroups) -> Floats:
    """The groups among those present, means over each account's contacts."""
    count = np.maximum(chats.sums(chats.account), 1.0)
    known = _shares(chats.there[:, : groups.known])
    return np.stack([(chats.sums(chats.account, known[:, g]) / count)[tested] for g in range(groups.known)], axis=1)


def _reach(excess: Floats, young: Flags, votes: Floats) -> Floats:
    """-log of the Pareto tail of ``excess``, fitted apart to minors and others with a prior of three accounts.

    Source: Hill 1975.
    """
    nats = np.zeros(len(excess))
    for family in (young, ~young):
        many = family & (excess >= MANY)
        logs = float((votes[many] * np.log(excess[many] / (MANY - 0.5))).sum())
        exponent = (float(votes[many].sum()) + 3.0) / (logs + 2.0)
        nats[family] = exponent * np.log(np.maximum(excess[family], MANY) / MANY)
    return nats


def _begun(begun: Floats, came: Floats, votes: Floats, *, further: float) -> tuple[float, Floats]:
    """The usual share of chats begun, and the log likelihood ratio of how each account's chats divide.

    A seeker's share is drawn from the platform's beta after ``further`` more chats that it began; at least -1, since
    others can be made to write, and who is popular can seek.  Source of the fit: Williams 1982.
    """
    chats = begun + came
    weight = votes * np.minimum(1.0, 10.0 / np.maximum(chats, 1.0))
    mean = min(max(float((weight * begun).sum()) / max(float((weight * chats).sum()), 1e-9), 0.05), 0.95)
    spread = max(moment_dispersion(begun, chats, np.full(len(begun), mean), votes), _FLOOR)
    strength = 1.0 / spread - 1.0
    own, others = mean * strength, (1.0 - mean) * strength
    seeker = betaln(own + further + begun, others + came) - betaln(own + further, others)
    usual = betaln(own + begun, others + came) - betaln(own, others)
    return mean, np.asarray(np.maximum(seeker - usual, -1.0), dtype=np.float64)


def _shares(values: Floats) -> Floats:
    return np.asarray(values / np.maximum(values.sum(axis=-1, keepdims=True), 1e-12), dtype=np.float64)
