"""Which tier has a lead of extortion?  One figure: the surprise of the pressed minors, times the shape of the chats."""

import math

from graph.detect.extortion.model import Exchanges
from graph.detect.extortion.parameters import ExtortionParameters
from graph.detect.tiers import Bounds, Tier, grade


def graded(found: Exchanges, parameters: ExtortionParameters) -> tuple[Tier, float]:
    """Tier and score of −ln q times the shape of the chats (at most 1), in nats.

    The shape is 1 where ``strong_minors`` were pressed (those of unknown age count as the share of minors among the
    others); none halves it.  A mutual chat cancels one that is not.  Surprise beyond the strong bound cannot make up
    for what is missing.
    """
    chats = found.chats
    likely = (chats.pressed + chats.ageless * chats.minors / chats.known) / parameters.strong_minors
    shape = 0.5 + 0.5 * min(likely, 1.0)
    if chats.mutual:
        shape *= min(1.0, (chats.asked - chats.mutual) / chats.mutual)
    bounds = Bounds(moderate=-math.log(parameters.moderate_q), strong=-math.log(parameters.strong_q))
    surprise = -math.log(max(found.presser.q_value, 1e-300))
    return grade(surprise if shape == 1.0 else min(surprise, bounds.strong) * shape, bounds)
