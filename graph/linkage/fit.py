"""What are m, u and the prior?  Learnt from the records alone: frequencies, random pairs, expectation-maximisation.

No pair is labelled.  Sources: Winkler 1988, Proc. Survey Research Methods, ASA, 667; Dempster, Laird and Rubin 1977,
JRSS B 39:1; u by random pairs and frequencies: Linacre et al. 2022, Int. J. Population Data Science 7(1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from graph.linkage.bits import odds_bits, posteriors
from graph.linkage.candidates import Candidates
from graph.linkage.declaration import Declaration
from graph.linkage.outcomes import SILENT, Outcomes, outcomes
from graph.linkage.records import Records

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
_A_LITTLE, _PRIOR_ROUNDS = 0.5, 10


@dataclass(frozen=True)
class Fitted:
    """``m``, ``u``: by field, the probabilities of its levels and "else"; ``share``: P(two random records are one).

    ``caught``: the share of matches that the blocks are expected to find; ``converged``, or stopped after ``rounds``.
    """

    m: Mapping[str, tuple[float, ...]]
    u: Mapping[str, tuple[float, ...]]
    share: float
    caught: float
    rounds: int
    converged: bool

    @property
    def prior(self) -> float:
        """Log2 odds before anything is compared."""
        return odds_bits(self.share)

    def weights(self, seen: Outcomes) -> Floats:
        """Bits by pair and field, 0 where a field is silent."""
        return _weights(seen, [np.array(m) for m in self.m.values()], [np.array(u) for u in self.u.values()])


@dataclass
class _State:
    """What the rounds change: by field m, u and P(both values there and equal), by rule the share of matches."""

    m: list[Floats]
    u: list[Floats]
    equal: Floats
    shares: Floats
    share: float
    caught: float = 1.0


def fit(records: Records, declaration: Declaration, pairs: Candidates, seen: Outcomes) -> Fitted:
    """Expectation-maximisation over the pairs of every block at once.

    A pair stands once for every rule that found it, there without the fields of the rule: what a rule asks for says
    nothing of how often it agrees.  m is common to all rules, the share of matches is each rule's own.  u of the near
    levels comes from random pairs, each counted as far as it is no match; u of an exact agreement is the frequency of
    its value.  The prior is what the model finds among all pairs, divided by the share that the blocks catch.
    """
    names = [field.name for field in declaration.fields]
    views = []
    for i, rule in enumerate(declaration.blocks):
        untouched = [k for k, name in enumerate(names) if name not in declaration.touched(rule)]
        views.append((np.flatnonzero(pairs.found_by(i)), untouched))
    whole = len(records) * (len(records) - 1) / 2.0
    drawn = _random_pairs(records, declaration)
    state = _start(declaration, len(records))
    _chance(state, declaration, records, seen, drawn, np.zeros(len(seen.levels)))
    rounds, moved = 0, 1.0
    while rounds < declaration.rounds and moved > declaration.still:
        before = [*state.m, state.shares]
        _learn(state, declaration, views, seen)
        matches = _matches(state, declaration, seen, whole)
        _chance(state, declaration, records, seen, drawn, matches)
        moved = max(float(np.abs(new - old).max()) for new, old in zip([*state.m, state.shares], before, strict=True))
        rounds += 1
    return Fitted(
        {name: tuple(m.tolist()) for name, m in zip(names, state.m, strict=True)},
        {name: tuple(u.tolist()) for name, u in zip(names, state.u, strict=True)},
        state.share, state.caught, rounds, moved <= declaration.still,
    )


def _weights(seen: Outcomes, m: Sequence[Floats], u: Sequence[Floats]) -> Floats:
    """log2(m/u) by pair and field; u of an exact agreement is its value's own."""
    bits = np.zeros(seen.chance.shape)
    for k, (of_one, of_two) in enumerate(zip(m, u, strict=True)):
        level, chance = seen.levels[:, k], seen.chance[:, k]
        own = np.where(chance > 0.0, chance, of_two[level])
        bits[:, k] = np.where(level == SILENT, 0.0, np.log2(of_one[level] / own))
    return bits


def _start(declaration: Declaration, records: int) -> _State:
    """The priors of m, one match a record, and every second pair of a block a match."""
    m = [np.array(field.prior_m) for field in declaration.fields]
    equal = np.array([agreed[0] for agreed in m])
    return _State(m, [], equal, np.full(len(declaration.blocks), 0.5), 1.0 / max(2, records))


def _learn(
    state: _State, declaration: Declaration, views: Sequence[tuple[Numbers, list[int]]], seen: Outcomes
) -> None:
    """One round: how likely is each pair a match in each view, and how do the matches agree?"""
    bits = _weights(seen, state.m, state.u)
    weight = declaration.prior_matches
    counts = [np.array(field.prior_m) * weight for field in declaration.fields]
    looked = np.full(len(counts), weight)
    equal = np.array([count[0] for count in counts])
    shares = state.shares.copy()
    for i, (rows, kept) in enumerate(views):
        likely = posteriors(odds_bits(shares[i]) + bits[rows][:, kept].sum(axis=1))
        found = float(likely.sum())
        shares[i] = (found + _A_LITTLE) / (len(rows) + 2.0 * _A_LITTLE)
        for k in kept:
            level = seen.levels[rows, k]
            counts[k] += np.bincount(level[level != SILENT], likely[level != SILENT], minlength=len(counts[k]))
            equal[k] += float(likely[level == 0].sum())
            looked[k] += found
    state.m, state.shares, state.equal = [count / count.sum() for count in counts], shares, equal / looked


def _matches(state: _State, declaration: Declaration, seen: Outcomes, whole: float) -> Floats:
    """The posterior of every pair by all fields, and with it the share of matches among all pairs of records."""
    bits = _weights(seen, state.m, state.u).sum(axis=1)
    state.caught = caught(declaration, state.equal)
    for _ in range(_PRIOR_ROUNDS):
        found = float(posteriors(odds_bits(state.share) + bits).sum())
        state.share = min(0.5, (found + _A_LITTLE) / (state.caught * whole + 1.0))
    return posteriors(odds_bits(state.share) + bits)


def caught(declaration: Declaration, equal: Floats) -> float:
    """How likely two records of one agree on all fields of a rule at least, if fields err independently."""
    names = sorted({name for rule in declaration.blocks for name in rule})
    place = {field.name: equal[k] for k, field in enumerate(declaration.fields)}
    total = 0.0
    for agree in product((True, False), repeat=len(names)):
        same = {name for name, agrees in zip(names, agree, strict=True) if agrees}
        if any(same.issuperset(rule) for rule in declaration.blocks):
            total += prod(place[name] if name in same else 1.0 - place[name] for name in names)
    return max(total, 1e-3)


def _random_pairs(records: Records, declaration: Declaration) -> Outcomes:
    """``sample`` pairs of records drawn by the seed; all pairs where there are no more."""
    number = len(records)
    if number * (number - 1) // 2 <= declaration.sample:
        a, b = np.triu_indices(number, 1)
    else:
        random = np.random.default_rng(declaration.seed)
        a, b = (random.integers(0, number, declaration.sample) for _ in range(2))
        a, b = a[a != b], b[a != b]
    return outcomes(records, declaration, a.astype(np.int64), b.astype(np.int64))


def _chance(
    state: _State, declaration: Declaration, records: Records, seen: Outcomes, drawn: Outcomes, matches: Floats
) -> None:
    """u of exact agreement by counting values, without what matches among the pairs add; of the rest by the sample."""
    others = np.ones(len(drawn.levels))
    if state.u:
        others = 1.0 - posteriors(odds_bits(state.share) + _weights(drawn, state.m, state.u).sum(axis=1))
    fresh = []
    for k, field in enumerate(declaration.fields):
        level = drawn.levels[:, k]
        told = level != SILENT
        near = np.bincount(level[told], others[told], minlength=len(field.outcomes)) + _A_LITTLE
        u = near / near.sum()
        counts = records.columns[field.name].counts.astype(np.float64)
        agreeing = float((counts * (counts - 1.0)).sum()) / 2.0 - float(matches[seen.levels[:, k] == 0].sum())
        whole = float(counts.sum())
        pairs = whole * (whole - 1.0) / 2.0 - float(matches[seen.levels[:, k] != SILENT].sum())
        u[0] = min(0.999, max(agreeing, _A_LITTLE) / max(pairs, 1.0))
        u[1:] *= (1.0 - u[0]) / u[1:].sum()
        fresh.append(u)
    state.u = fresh
