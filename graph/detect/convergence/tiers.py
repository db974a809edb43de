"""How rare is the evidence of a window on this platform, and which tier does that give?"""

import numpy as np

from graph.detect.arrays import Floats

FROM = 1.0  # nats from which evidence is taken for the tail
QUANTILES = (0.5, 0.75, 0.9, 0.95)
ABOVE = 5.0  # values that must lie above a quantile: as many convergences do not change it
LEAST_SCALE = 1.0
STEADY = 100.0  # values of the usual scale beside the platform's own


def chances(evidence: Floats, tested: int) -> Floats:
    """How often a target of this platform has that much evidence at least: a tail fitted to the platform itself.

    Evidence beyond ``FROM`` falls off exponentially; the slope is the flattest that any quantile with ``ABOVE`` values
    beyond it shows, so that a custom of the platform raises what is usual, and a few convergences do not.  Source:
    peaks over a threshold, Davison and Smith 1990, JRSS B 52:393.
    """
    beyond = np.sort(evidence[evidence > FROM]) - FROM
    scale = LEAST_SCALE
    for quantile in QUANTILES:
        place = int(np.floor(quantile * len(beyond)))
        if len(beyond) - place > ABOVE:
            scale = max(scale, float(beyond[place]) / -np.log1p(-quantile))
    share = (len(beyond) + 1.0) / (max(tested, len(beyond)) + 1.0)
    scale = (scale * len(beyond) + LEAST_SCALE * STEADY) / (len(beyond) + STEADY)
    return np.minimum(1.0, np.where(evidence > FROM, share * np.exp(-(evidence - FROM) / scale), 1.0))
