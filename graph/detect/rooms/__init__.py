"""In which rooms do adults meet minors to write to them in private, more than there are minors to meet?

First private contacts (``contacts``) are placed in the rooms where they probably started (``model``).  Adults who
choose minors are voices, held against the minors to be found in each room and against the other rooms (``null``); that
and what explains it otherwise gives a lead (``leads``).
"""

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.rooms.contacts import adults_wrote, contacts, minor_hours
from graph.detect.rooms.leads import lead
from graph.detect.rooms.model import placed
from graph.detect.rooms.null import judged
from graph.detect.rooms.parameters import RoomParameters

__all__ = ["RoomParameters", "find_rooms"]


def find_rooms(context: DetectionContext, parameters: RoomParameters) -> tuple[Finding, ...]:
    """Room findings: members = [the room], targets = the minors whom adults met there; unordered."""
    messages = context.table("messages")
    if not context.rows(messages.filter(messages.room.notnull()).select("record_id").limit(1)):
        context.note("room", "there are no messages in rooms: nothing to place a contact in")
        return ()
    if not adults_wrote(context):
        context.note("room", "no adult wrote first to a minor, as far as ages are known")
        return ()
    begun = contacts(context)
    found = judged(begun, placed(begun, parameters), minor_hours(context), parameters)
    if not found:
        context.note("room", "no platform has two rooms in which minors post: nothing to compare a room with")
    return tuple(
        lead(context, item, parameters)
        for item in found
        if len({target for _, target in item.met}) >= parameters.min_minors
        and len(item.seekers) >= parameters.min_adults
        and item.q_value <= parameters.weak_q
    )
