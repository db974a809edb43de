"""In which room did a private contact probably start?  Of the rooms of its target, where both were, by likelihood.

Source: Dempster, Laird, Rubin 1977, JRSS B 39:1.
"""

import numpy as np

from graph.detect.arrays import Floats
from graph.detect.rooms.contacts import Contacts
from graph.detect.rooms.parameters import RoomParameters


def placed(found: Contacts, parameters: RoomParameters) -> Floats:
    """By row the chance that the contact started in that room; they sum to 1 a contact."""
    pairs, pair = np.unique(found.by * max(len(found.rooms), 1) + found.room, return_inverse=True)
    prior = np.zeros(len(pairs))
    prior[pair] = found.own + parameters.least_hours
    seen = (found.hours + parameters.seen_hours * found.here) * (1.0 + parameters.seen_hours * found.own_here)
    liking, share = prior, np.zeros(len(found.room))
    for _ in range(parameters.rounds):
        weight = liking[pair] * seen
        share = weight / np.bincount(found.contact, weights=weight)[found.contact]
        liking = prior + np.bincount(pair, weights=share, minlength=len(pairs))
    return share
