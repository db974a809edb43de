"""What are the homes of this platform like?  How often names alike there, how often one operator in place of a home.

Source: Jaro 1989, JASA 84:414 (a mixture whose proportion is estimated).
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from graph.detect.shells.parameters import ShellParameters

_ROUNDS, _SMALL = 200, 1e-6


def names_at_home(alike: Sequence[bool], parameters: ShellParameters) -> float:
    """How often two people of one home have names alike: of pairs that are surely two people, beside what is usual."""
    return (sum(alike) + parameters.home_names * parameters.known_pairs) / (len(alike) + parameters.known_pairs)


def operator_bits(odds: Sequence[float], parameters: ShellParameters) -> float:
    """What the platform's pairs take from the prior log2 odds of one operator over a home; never above 0.

    ``odds``: of each pair that shares a private mark, with the prior.  ``known_pairs`` pairs at the prior stand beside
    them.  Nothing is added where operators seem many: two of a home of whom nothing is known look like one.
    """
    if not odds:
        return 0.0
    usual = float(expit(parameters.unknown_home_bits * np.log(2.0)))
    known, bits = parameters.known_pairs, 0.0
    nats = np.sort(np.asarray(odds, dtype=np.float64)) * np.log(2.0)  # no order of rows changes the last digit
    for _ in range(_ROUNDS):
        behind = float(expit(nats + bits * np.log(2.0)).sum())
        share = (behind + known * usual) / (len(odds) + known)
        before, bits = bits, float(np.log2(share / (1.0 - share))) - parameters.unknown_home_bits
        if abs(bits - before) < _SMALL:
            break
    return min(0.0, bits)
