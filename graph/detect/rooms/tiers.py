"""Which tier has a lead about a room?  One figure: the surprise of its voices, less what explains them otherwise."""

import math

from graph.detect.rooms.null import Judged
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.tiers import Bounds, Tier, grade


def graded(found: Judged, parameters: RoomParameters) -> tuple[Tier, float]:
    """Tier and score of −ln q times a shape (at most 1), in nats.

    Each adult whom minors wrote to first there cancels one who wrote first: the shape is 1 where they are at most half
    as many.  Surprise beyond the strong bound cannot make up for what is missing.
    """
    mutual = max(found.began - found.approached, 0) / found.approached if found.approached else 1.0
    shape = min(1.0, mutual)
    bounds = Bounds(moderate=-math.log(parameters.moderate_q), strong=-math.log(parameters.strong_q))
    surprise = -math.log(max(found.q_value, 1e-300))
    return grade(surprise if shape == 1.0 else min(surprise, bounds.strong) * shape, bounds)
