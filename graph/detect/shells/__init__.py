"""Which accounts does one person run?  Record linkage with rarity and negative evidence, and groups that cannot chain.

Pairs are compared where they share a device, an address on a day, an identifier or a name skeleton; each piece of
evidence weighs log2(m/u) (Fellegi and Sunter 1969), u being how common it is in its time.
One operator stands against two alternatives: two strangers, and two people who share a home, a school's computers or a
family account.
"""

from math import log2

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.shells.accounts import read_accounts
from graph.detect.shells.clusters import clusters
from graph.detect.shells.leads import lead
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.values import read_values
from graph.detect.shells.weights import (
    Pair,
    PairWeights,
    behaviour_weights,
    holders_of_place,
    place_prior,
    prior_bits,
    shared_by_pair,
    value_weights,
)

__all__ = ["ShellParameters", "find_shells"]


def find_shells(context: DetectionContext, parameters: ShellParameters) -> tuple[Finding, ...]:
    """Groups of accounts consistent with one operator, with the weights that say so."""
    values = read_values(context, parameters)
    prior = prior_bits(values.accounts)
    for kind, count in sorted(values.crowded.items()):
        context.note("shell", f"{count} values of kind {kind} are held by too many accounts to link any")
    shared = dict(sorted(shared_by_pair(values).items()))
    by_value = {pair: tuple(value_weights(pair, found, values, parameters)) for pair, found in shared.items()}
    promising = {
        pair: weights
        for pair, weights in by_value.items()
        if max(weight.bits for weight in weights) >= parameters.family_bits
    }
    if not promising:
        return ()
    known = read_accounts(context, sorted({name for pair in promising for name in pair}))
    weighed: dict[Pair, PairWeights] = {}
    for pair, weights in promising.items():
        holders = holders_of_place(shared[pair], parameters)
        whole = (*weights, *behaviour_weights(pair, known, parameters, holders=holders))
        weighed[pair] = PairWeights(pair, prior, place_prior(holders, parameters), whole)
    threshold = -_odds_bits(parameters.link)
    bits = {
        pair: found.total + threshold
        if found.independent(parameters.family_bits) >= 2
        else min(found.total + threshold, 0.0)
        for pair, found in weighed.items()
    }
    groups = clusters(
        bits, nothing=prior + threshold, largest=parameters.largest_component, cut=_odds_bits(parameters.strong)
    )
    findings = [lead(group, weighed, prior, known, values, parameters) for group in groups]
    return tuple(finding for finding in findings if finding.score >= parameters.link)


def _odds_bits(probability: float) -> float:
    """log2 of the odds: the bits a pair needs for that posterior."""
    return log2(probability / (1.0 - probability))
