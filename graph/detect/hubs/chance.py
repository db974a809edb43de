"""How likely has an ordinary account so much evidence?  The platform's life is drawn anew, and weighed as it is itself.

A parametric bootstrap of the whole figure that ranks the accounts (Efron and Tibshirani 1993), pooled over them: what
is drawn scatters as far as the platform's accounts do, those apart who are likelier to seek minors.
"""

from dataclasses import replace

import numpy as np
from scipy.special import logsumexp

from graph.detect.arrays import Flags, Floats, Ints
from graph.detect.hubs.conduct import Conduct
from graph.detect.hubs.model import CHOICE, CIRCLES_APART, Model, ordinary_shares, share_logs
from graph.detect.statistics import benjamini_hochberg

_DRAWN = 10_000  # accounts, at least
_TOGETHER = 200  # of them, where they are fewer
_FITTED = 5_000  # accounts at most that tell how far they scatter
_TAIL = 0.01  # share of the drawn accounts for which an exponential tail stands
_SEED = 2024
_AS_LIKELY = 0.05  # nats: of scatters so alike in likelihood the least, as where nobody writes to a minor
_SOME, _NEVER = 1e-3, 1e-6  # contacts, and a share: next to none
SPREADS = (0.01, 0.02, 0.03, 0.045, 0.07, 0.1, 0.15, 0.2, 0.3)  # intra-class correlations


def q_values(
    model: Model, conduct: Conduct, evidence: Floats, mailing: Floats, *, seeking: Flags, at_least: int
) -> Floats:
    """Benjamini-Hochberg adjusted chances; 1 for accounts with fewer than ``at_least`` contacts of known age.

    ``mailing``: see ``Model.evidence``; ``seeking``: likelier to seek minors than to live as others do.
    """
    q = np.ones(len(evidence))
    votes = ordinary_shares(evidence) * ~(conduct.role | seeking)  # what speaks for a seeker takes him out of the usual
    columns = (conduct.came, conduct.present[:, 0], conduct.own, conduct.minors, conduct.known, conduct.contacts)
    order = np.lexsort(columns)  # by what they did, so that what an account is called changes no draw
    rows = order[conduct.known[order] >= at_least]
    if len(rows):
        spread, random = fitted_spread(model.take(rows), conduct.take(rows), votes[rows]), np.random.default_rng(_SEED)
        again = np.tile(rows, max(1, _TOGETHER // len(rows)))  # draws of one account at a time would cost mostly calls
        few, model, mailing = conduct.take(again), model.take(again), mailing[again]
        found = []
        for _ in range(-(-_DRAWN // len(again))):
            drawn = ordinary_conduct(model, few, spread, random)
            found.append(model.evidence(drawn, model.sides(drawn), mailing))
        q[rows] = benjamini_hochberg(chances(evidence[rows], np.concatenate(found)).tolist())
    return q


def chances(evidence: Floats, ordinary: Floats) -> Floats:
    """The share of the ``ordinary`` ones with as much evidence or more.

    For their last hundredth stands an exponential tail, so that few draws give small chances: that of a likelihood
    ratio is no heavier.  Source: Pickands 1975, Annals of Statistics 3:119.
    """
    ordered = np.sort(ordinary)
    above = len(ordered) - np.searchsorted(ordered, evidence, side="left")
    bound = float(np.quantile(ordered, 1.0 - _TAIL))
    beyond = ordered[ordered > bound] - bound
    scale = max(float(beyond.mean()), 1e-9) if len(beyond) else 1e-9
    tail = (len(beyond) + 1.0) / (len(ordered) + 1.0) * np.exp(-np.maximum(evidence - bound, 0.0) / scale)
    return np.asarray(np.where(evidence > bound, tail, (above + 1.0) / (len(ordered) + 1.0)), dtype=np.float64)


def fitted_spread(model: Model, conduct: Conduct, votes: Floats) -> float:
    """How far the share of minors of accounts of one age scatters: the least of ``SPREADS`` that is hardly less likely
    than any.

    ``votes``: how far each account tells of it.
    """
    some = np.arange(0, len(conduct.own), -(-len(conduct.own) // _FITTED))
    conduct, model, votes = conduct.take(some), model.take(some), votes[some]
    beside, means = model.beside_share(conduct, model.from_whom(conduct)), _as_seen(model, conduct, votes)

    def fit(spread: float) -> float:
        logs = [
            beside[:, group] + share_logs(conduct.minors, conduct.known, means[:, group], spread)
            for group in range(model.groups.known)
        ]
        return float((votes * logsumexp(np.stack(logs, axis=1), axis=1)).sum())

    fits = [fit(spread) for spread in SPREADS]
    least = max(fits) - _AS_LIKELY
    return next(spread for spread, found in zip(SPREADS, fits, strict=True) if found > least)


def _as_seen(model: Model, conduct: Conduct, votes: Floats) -> Floats:
    """The usual shares of minors at the odds that the accounts of each stated group show in all.

    They are smoothed away from none at all, and beside such shares people who never write to a minor look like scatter.
    """
    usual = model.life.minors(model.groups)
    means, others = usual.copy(), conduct.known - conduct.minors
    for group in range(model.groups.known):
        weight, share = votes * (conduct.own == group), usual[:, group]
        seen = _odds(weight * conduct.minors, weight * others)
        expected = _odds(weight * conduct.known * share, weight * conduct.known * (1.0 - share))
        odds = seen / expected * share / (1.0 - share)
        means[:, group] = np.clip(odds / (1.0 + odds), _NEVER, 1.0 - _NEVER)
    return means


def _odds(one: Floats, other: Floats) -> float:
    return float((one.sum() + _SOME) / (other.sum() + _SOME))


def ordinary_conduct(model: Model, conduct: Conduct, spread: float, random: np.random.Generator) -> Conduct:
    """The same accounts as ordinary life would have them do: as many chats, in the same rooms.

    Own age from what is stated; then whom one chooses, who writes, who shares contacts, who begins, who is reported.
    """
    groups, life, accounts = model.groups, model.life, len(conduct.own)
    rows, young = np.arange(accounts), slice(0, groups.minors)
    own = (np.exp(conduct.age).cumsum(axis=1) < random.random((accounts, 1))).sum(axis=1)
    own = np.minimum(own, groups.known - 1)
    known, both = conduct.known.astype(np.int64), (conduct.contacts + conduct.came).astype(np.int64)
    minors = _shared_out(random, known, life.minors(groups)[rows, own], spread)
    chances = life.chosen[rows, own]
    chosen = [_divided(random, minors, chances[:, young])]
    chosen.append(_divided(random, known - minors, chances[:, groups.minors :]))
    looked = np.where(minors > 1, minors, 0)
    begun = _shared_out(random, both, np.full(accounts, life.begun), life.begun_apart)
    return replace(
        conduct, chosen=np.concatenate(chosen, axis=1), minors=minors.astype(np.float64),
        looked=looked.astype(np.float64),
        closed=_shared_out(random, looked, np.full(accounts, life.circles), CIRCLES_APART).astype(np.float64),
        writers=_divided(random, conduct.writers.sum(axis=1).astype(np.int64), life.writers[rows, own]),
        contacts=begun.astype(np.float64), came=(both - begun).astype(np.float64),
        reports=random.binomial(conduct.contacts.astype(np.int64), life.reported).astype(np.float64),
    )


def _shared_out(random: np.random.Generator, trials: Ints, means: Floats, spread: float) -> Ints:
    """Beta-binomial draws."""
    strength = 1.0 / spread - 1.0
    return random.binomial(trials, random.beta(means * strength, (1.0 - means) * strength))


def _divided(random: np.random.Generator, trials: Ints, means: Floats) -> Floats:
    """Dirichlet-multinomial draws."""
    weight = random.standard_gamma(np.maximum(means, 1e-6) * CHOICE) + 1e-12
    return random.multinomial(trials, weight / weight.sum(axis=1, keepdims=True)).astype(np.float64)
