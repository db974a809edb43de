"""How do people of each age live here, and how seldom does chance bring so many minors?

The null: one chooses among those present as people of one's age do.  Own age is a hidden variable: a stated age is a
claim, believed for the most part.  Everything is learnt from the platform, every account telling at most
``contacts_cap`` contacts, and by the probability that it lives as others do.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, gammaln

from graph.detect.hubs.ages import AgeGroups, Ints, affinity
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import Chats
from graph.detect.statistics import Floats, benjamini_hochberg, moment_dispersion

_NARROW, _RAISED_SPREAD = 0.02, 0.1  # intra-class correlations
_RAISED_ODDS, _RAISED_SHARE = 6.0, 0.05  # of the few who do not follow the null, before the data
_ROUNDS = 20
_SILENT = 30.0  # accounts
_FEW = 10.0  # contacts by whose weight a group's habit is drawn to the platform's


def own_ages(chats: Chats, groups: AgeGroups, parameters: HubParameters) -> Floats:
    """log P(own age group | what is stated), a row an account.

    A share of ``lies`` of the stated ages says nothing; where nothing is stated, the platform's mix of ages.
    """
    people = np.bincount(chats.stated, minlength=groups.size)[: groups.known] + 1.0
    mix = people / people.sum()
    prior = np.where((chats.stated == groups.unknown)[:, None], mix, parameters.lies * mix)
    stated = np.flatnonzero(chats.stated < groups.unknown)
    prior[stated, chats.stated[stated]] += 1.0 - parameters.lies
    barely = np.flatnonzero(chats.stated == groups.minors)  # children who say they are of age say they are just so
    grown = prior[barely][:, groups.minors :].sum(axis=1, keepdims=True)
    prior[barely] *= (1.0 - parameters.raised_ages) / grown
    prior[barely, : groups.minors] = parameters.raised_ages * mix[: groups.minors] / mix[: groups.minors].sum()
    return np.asarray(np.log(prior), dtype=np.float64)


@dataclass(frozen=True)
class Life:
    """Ordinary life of the tested accounts, were they of each group (second axis; the last: of unknown age).

    ``chosen``: chances of the groups among those it wrote to; ``writers``: among those who wrote to it; ``circles``:
    share of its minors that share a third contact with it; ``apart``: how far accounts scatter around that share.
    """

    chosen: Floats
    writers: Floats
    circles: Floats
    apart: float


def ordinary_life(
    chats: Chats, tested: Ints, ordinary: Floats, groups: AgeGroups, parameters: HubParameters
) -> Life:
    """What the platform tells, every account by how far it lives so (``ordinary``, by account)."""
    plain = ~chats.role[chats.account]
    votes = ordinary[chats.account] * plain
    cap = parameters.contacts_cap
    sent, got = (np.minimum(1.0, cap / np.maximum(chats.sums(who), 1.0))[who] * votes
                 for who in (chats.account, chats.other))
    own, theirs = chats.stated[chats.account], chats.stated[chats.other]
    factors = affinity(chats.there, own, chats.group, sent)
    back = affinity(chats.around, theirs, chats.own_group, got)
    place = np.full(chats.size, -1, dtype=np.int64)
    place[tested] = np.arange(len(tested))
    chosen = _means(chats.there, place[chats.account], factors, len(tested), groups)
    writers = _means(chats.around[plain], place[chats.other[plain]], back, len(tested), groups)
    looked = (chats.group < groups.minors) & (chats.closed >= 0)
    shared = looked & (chats.closed == 1)
    seen, inside = (np.bincount(own[rows], weights=sent[rows], minlength=groups.size) for rows in (looked, shared))
    platform = (inside.sum() + 0.5) / (seen.sum() + 1.0)
    circles = np.clip((inside + _FEW * platform) / (seen + _FEW), 0.02, 0.98)
    trials, closed = (chats.sums(chats.account[rows])[tested] for rows in (looked, shared))
    scatter = moment_dispersion(
        closed, trials, circles[chats.stated[tested]], ordinary[tested] * ~chats.role[tested]
    )
    return Life(chosen, writers, circles, min(max(scatter, 0.05), 0.6))


def _means(there: Floats, owner: Ints, factors: Floats, accounts: int, groups: AgeGroups) -> Floats:
    """Chances of the known groups, means over each owner's contacts: account, own group, group."""
    rows, known = np.flatnonzero(owner >= 0), groups.known
    there, owner = there[rows], owner[rows]
    count = np.bincount(owner, minlength=accounts)
    found = np.full((accounts, groups.size, known), 1.0 / known)
    for group in range(groups.size):
        each = (there * factors[group])[:, :known]
        each /= each.sum(axis=1, keepdims=True)
        for column in range(known):
            sums = np.bincount(owner, weights=each[:, column], minlength=accounts)
            found[:, group, column] = np.where(count > 0, sums / np.maximum(count, 1), 1.0 / known)
    return found


def as_stated(stated: Ints, ages: Floats, groups: AgeGroups) -> Floats:
    """With whom each account is compared: weights of the groups, its own one where something is stated.

    Where nothing is, the ``ages`` (probabilities) that its hours and those who write to it suggest.
    """
    weights = np.eye(groups.size)[stated]
    silent = stated == groups.unknown
    weights[silent] = np.append(ages[silent], np.zeros((int(silent.sum()), 1)), axis=1)
    return weights


def as_minors(stated: Ints, groups: AgeGroups) -> Floats:
    """The weights of the minors' groups, by how many there are."""
    people = np.bincount(stated, minlength=groups.size)[: groups.minors] + 1.0
    weights = np.zeros(groups.size)
    weights[: groups.minors] = people / people.sum()
    return weights


@dataclass(frozen=True)
class Test:
    """By tested account: ``expected`` share of minors (of those that count), upper tail ``p`` and its ``q``."""

    expected: Floats
    p: Floats
    q: Floats


def share_tests(
    minors: Floats, known: Floats, expected: Floats, doubt: Floats, young: Floats, families: Ints, *, at_least: int
) -> Test:
    """Beta-binomial test of the ``minors`` that count, of ``known`` contacts, against the ``expected`` share.

    With a chance of ``doubt`` the holder is a minor and chooses as they do (share ``young``).  Each of the ``families``
    of ``_SILENT`` accounts or more scatters around the mean in a way of its own.  Accounts with fewer than ``at_least``
    contacts of known age are not tested (p = q = 1).  Source: Williams 1975 and 1982.
    """
    enough = known >= at_least
    p, q = np.ones(len(minors)), np.ones(len(minors))
    small = np.bincount(families[enough], minlength=int(families.max(initial=0)) + 1) < _SILENT
    families = np.where(small[families], -1, families)  # too few for a scatter of their own
    for family in np.unique(families):
        rows = np.flatnonzero(enough & (families == family))
        spread = empirical_spread(minors[rows], known[rows], expected[rows])
        rows = rows[minors[rows] > 0]
        as_said = beta_binomial_tails(minors[rows], known[rows], expected[rows], spread)
        as_minor = beta_binomial_tails(minors[rows], known[rows], young[rows], spread)
        p[rows] = (1.0 - doubt[rows]) * as_said + doubt[rows] * as_minor
    q[enough] = benjamini_hochberg(p[enough].tolist())
    return Test(expected, p, q)


def empirical_spread(successes: Floats, trials: Floats, means: Floats) -> float:
    """The intra-class correlation of those who follow the null, where a few have raised odds instead.

    An empirical null: expectation-maximisation weighs each account by the probability that it follows.  It begins
    narrow, or the ones looked for would widen the null that is to find them.  Source: Efron 2004, JASA 99:96.
    """
    if len(trials) < _SILENT:
        return _NARROW
    spread, share = _NARROW, _RAISED_SHARE
    odds = _RAISED_ODDS * means / (1.0 - means)
    raised = share_logs(successes, trials, odds / (1.0 + odds), _RAISED_SPREAD)
    for _ in range(_ROUNDS):
        usual = share_logs(successes, trials, means, spread)
        other = np.exp(np.clip(raised - usual, -50.0, 50.0)) * share / (1.0 - share)
        follows = 1.0 / (1.0 + other)
        share = (float((1.0 - follows).sum()) + 20.0 * _RAISED_SHARE) / (len(trials) + 20.0)
        spread = max(moment_dispersion(successes, trials, means, follows), _NARROW)
    return spread


def share_logs(successes: Floats, trials: Floats, means: Floats, spread: float) -> Floats:
    """log P of beta-binomials up to the binomial coefficient."""
    strength = 1.0 / spread - 1.0
    a, b = means * strength, (1.0 - means) * strength
    return np.asarray(betaln(successes + a, trials - successes + b) - betaln(a, b), dtype=np.float64)


def beta_binomial_tails(successes: Floats, trials: Floats, means: Floats, dispersion: float) -> Floats:
    """P(X >= successes) of beta-binomials of those means; see ``statistics.beta_binomial_tail``."""
    means = np.clip(means, 1e-6, 1.0 - 1e-6)
    strength = 1.0 / dispersion - 1.0
    length = (trials - successes + 1.0).astype(np.int64)
    owner = np.repeat(np.arange(len(length)), length)
    x = successes[owner] + np.arange(len(owner)) - np.repeat(np.cumsum(length) - length, length)
    n, a, b = trials[owner], (means * strength)[owner], ((1.0 - means) * strength)[owner]
    logs = (
        gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1) + gammaln(x + a) + gammaln(n - x + b)
        - gammaln(n + strength) + gammaln(strength) - gammaln(a) - gammaln(b)
    )
    return np.minimum(np.bincount(owner, weights=np.exp(logs), minlength=len(length)), 1.0)
