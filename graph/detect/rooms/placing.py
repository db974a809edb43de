"""In which room did a private contact probably start?  Of the rooms of its target, where both were, by likelihood.

Messages in private name no room, and many who sit in a room hardly post.  The room of a contact is a hidden value: its
chance is that of the target there (its hours with posts) times that of the one who wrote.  How much the latter likes a
room is learnt from its own posts and from all its contacts together, in a few rounds of expectation and maximisation:
somebody who writes to ten people who have one room in common sits in that room, posts or not.
Source: Dempster, Laird, Rubin 1977, JRSS B 39:1.
"""

from dataclasses import dataclass

import numpy as np

from graph.detect.rooms.contacts import Contact, Ints, Places
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.statistics import Floats


@dataclass(frozen=True)
class Placed:
    """One row a contact and room as in ``Places``; ``share``: the chance that the contact started there.

    ``room`` and ``by`` are numbers into ``rooms`` and ``people`` (those who wrote), both sorted; ``own`` counts the
    hours in which the latter posted in the room.
    """

    contacts: tuple[Contact, ...]
    rooms: tuple[str, ...]
    people: tuple[str, ...]
    contact: Ints
    room: Ints
    by: Ints
    share: Floats
    own: Floats


def placed(contacts: tuple[Contact, ...], found: Places, parameters: RoomParameters) -> Placed:
    """Chances of every contact that has a room; those of one contact sum to 1."""
    rooms, room = found.rooms, found.room
    people = tuple(sorted({contact.by for contact in contacts}))
    who = {name: place for place, name in enumerate(people)}
    by = np.array([who[contact.by] for contact in contacts], dtype=np.int64)[found.contact]
    pairs, pair = np.unique(by * max(len(rooms), 1) + room, return_inverse=True)
    prior = np.zeros(len(pairs))
    prior[pair] = found.own + parameters.least_hours
    seen = (found.hours + parameters.seen_hours * found.here) * (1.0 + parameters.seen_hours * found.own_here)
    liking, share = prior, np.zeros(len(room))
    for _ in range(parameters.rounds):
        weight = liking[pair] * seen
        share = weight / np.bincount(found.contact, weights=weight, minlength=len(contacts))[found.contact]
        liking = prior + np.bincount(pair, weights=share, minlength=len(pairs))
    return Placed(contacts, rooms, people, found.contact, room, by, share, found.own)
