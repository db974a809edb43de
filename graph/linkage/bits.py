"""How much does an observation weigh?  log2 of a likelihood ratio, and the way from bits to a probability and back.

m: how often the observation is made on two records of one; u: on two records of different ones.
Source: Fellegi and Sunter 1969, JASA 64:1183.
"""

from math import log2

import numpy as np
from numpy.typing import NDArray

_MOST = 60.0


def agreement_bits(m: float, u: float) -> float:
    """log2(m/u): positive where the observation is more usual on one than on different ones."""
    return log2(m / u)


def posterior(bits: float) -> float:
    """Probability from log2 odds; beyond 60 bits as at 60."""
    return float(1.0 / (1.0 + 2.0 ** -max(-_MOST, min(_MOST, bits))))


def posteriors(bits: NDArray[np.float64]) -> NDArray[np.float64]:
    """``posterior`` of every element."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -_MOST, _MOST))), dtype=np.float64)


def odds_bits(probability: float) -> float:
    """log2 of the odds: the bits that make this posterior."""
    return log2(probability / (1.0 - probability))
