"""Which tier has a lead about a room?  One figure: the surprise of its voices, less what explains them otherwise."""

import math

from graph.detect.rooms.null import Judged
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.tiers import Bounds, Tier, grade

_NONE, _ALL, _BEGUN = 1 / 3, 1 / 2, 4


def graded(found: Judged, parameters: RoomParameters) -> tuple[Tier, float]:
    """Tier and score of −ln q times a shape (at most 1), in nats.

    The less of two: each chat that a minor began with a seeker there cancels one that a seeker began (full where they
    are at most a fifth as many: teachers of a class are written to as well); and the seekers' part of what adults began
    with minors there (few who stand out among many do so by chance: nothing at a third, full at half).  Surprise beyond
    the strong bound cannot make up for what is missing.
    """
    mutual = max(found.began - found.approached, 0) / (_BEGUN * found.approached) if found.approached else 1.0
    part = found.began / len(found.met) if found.met else 1.0
    shape = min(1.0, mutual, max(0.0, (part - _NONE) / (_ALL - _NONE)))
    bounds = Bounds(moderate=-math.log(parameters.moderate_q), strong=-math.log(parameters.strong_q))
    surprise = -math.log(max(found.q_value, 1e-300))
    return grade(surprise if shape == 1.0 else min(surprise, bounds.strong) * shape, bounds)
