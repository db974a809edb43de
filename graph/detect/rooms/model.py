"""In which room did a private contact probably start?  Of the rooms of its target, where both were, by likelihood.

Messages in private name no room, and many who sit in a room hardly post.  The room of a contact is a hidden value: its
chance is that of the target there (its hours with posts) times that of the one who wrote.  How much the latter likes a
room is learnt from its own posts and from all its contacts together, in a few rounds of expectation and maximisation:
somebody who writes to ten people who have one room in common sits in that room, posts or not.
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
