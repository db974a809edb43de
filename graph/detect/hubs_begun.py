"""Does an account come to people, or do people come to it?

Who is known, leads something or belongs to a circle is written to first as well; who seeks strangers begins nearly all
of its chats.  How the chats of ordinary accounts divide is fitted as a beta-binomial; a seeker's share of chats begun
is drawn from that beta after ``further`` more chats that it began, so it differs by a judgement, not by a threshold.
"""

import math

import numpy as np
from scipy.special import betaln

from graph.detect.statistics import Floats, moment_dispersion

_CAP = 10.0  # chats of an account at most tell of the mean
_FLOOR = 0.02  # dispersion, as everywhere


def begun_logs(begun: Floats, received: Floats, votes: Floats, *, further: float, least: float) -> Floats:
    """log likelihood ratio (nats) of how each account's chats divide, a seeker's against ordinary ones.

    ``votes``: how far an account tells of ordinary life.  At most what ``further`` chats make of the mean share, so
    that nobody is a lead by this alone; not below ``least``: others can be made to write, and who is popular can seek.
    Source of the fit: Williams 1982.
    """
    chats = begun + received
    told = votes * np.minimum(1.0, _CAP / np.maximum(chats, 1.0))
    whole = math.fsum((told * chats).tolist())
    if whole <= 0.0:
        return np.zeros(len(begun))
    mean = min(max(math.fsum((told * begun).tolist()) / whole, 0.01), 0.99)
    dispersion = max(moment_dispersion(begun, chats, np.full(len(begun), mean), votes), _FLOOR)
    strength = 1.0 / dispersion - 1.0
    own, others = mean * strength, (1.0 - mean) * strength
    seeker = betaln(own + further + begun, others + received) - betaln(own + further, others)
    ordinary = betaln(own + begun, others + received) - betaln(own, others)
    return np.asarray(np.maximum(seeker - ordinary, least), dtype=np.float64)
