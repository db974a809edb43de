"""In which rooms do adults meet minors to write to them in private, more than there are minors to meet?

First private contacts are placed in the rooms where they probably started (``contacts``, ``placing``).  Adults who
choose minors are voices, and each room's voices are held against the minors to be found there and against the other
rooms (``chance``).  Who posts there (``audience``), whether minors begin as well and who watches over the room decides
with it how far a lead goes (``leads``).
"""

from dataclasses import replace

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.rooms.audience import COUNTS, Audience, audiences
from graph.detect.rooms.chance import judge
from graph.detect.rooms.contacts import first_contacts, places
from graph.detect.rooms.leads import lead
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.rooms.placing import placed

__all__ = ["RoomParameters", "find_rooms"]


def find_rooms(context: DetectionContext, parameters: RoomParameters) -> tuple[Finding, ...]:
    """Room findings: members = [the room], targets = the minors whom adults met there; unordered."""
    messages = context.table("messages")
    if not context.rows(messages.filter(messages.room.notnull()).select("record_id").limit(1)):
        context.note("room", "there are no messages in rooms: nothing to place a contact in")
        return ()
    contacts = first_contacts(context)
    if not any(contact.to_minor and not contact.by_minor for contact in contacts):
        context.note("room", "no adult wrote first to a minor, as far as ages are known")
        return ()
    rooms = audiences(context)
    whole = _sum(tuple(rooms.values()))
    found = placed(contacts, places(context, contacts), parameters)
    judged = judge(found, {room: audience.minor_hours for room, audience in rooms.items()}, parameters)
    if not judged:
        context.note("room", "no platform has two rooms in which minors post: nothing to compare a room with")
    return tuple(
        lead(item, rooms[item.room], whole, parameters)
        for item in judged
        if len({contact.to for contact in item.met}) >= parameters.min_minors
        and len(item.seekers) >= parameters.min_adults
        and item.q_value <= parameters.weak_q
    )


def _sum(rooms: tuple[Audience, ...]) -> Audience:
    """All rooms as one; somebody who posts in two counts in both."""
    first = replace(rooms[0], name=None, kind=None)
    return replace(first, **{name: sum(getattr(room, name) for room in rooms) for name in COUNTS})
