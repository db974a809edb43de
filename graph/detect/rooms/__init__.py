"""In which rooms do adults meet minors to write to them in private, more than there are minors to meet?

First contacts of adults are placed in the rooms where they start (``meetings``) and held against the minors present
there and how adults choose in all other rooms (``chance``).  Who posts there, how many adults are new and whether
somebody watches over the room is said beside it (``leads``).
"""

from dataclasses import replace

from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.rooms.chance import judge, seekers
from graph.detect.rooms.leads import lead
from graph.detect.rooms.meetings import Audience, audiences, chosen, meetings
from graph.detect.rooms.parameters import RoomParameters

__all__ = ["RoomParameters", "find_rooms"]


def find_rooms(context: DetectionContext, parameters: RoomParameters) -> tuple[Finding, ...]:
    """Room findings: members = [the room], targets = the minors whom adults met there; unordered."""
    messages = context.table("messages")
    if not context.rows(messages.filter(messages.room.notnull()).select("record_id").limit(1)):
        context.note("room", "there are no messages in rooms: nothing to place a contact in")
        return ()
    met = meetings(context)
    if not any(meeting.minor for meeting in met):
        context.note("room", "no adult wrote first to a minor who had just posted in a room")
        return ()
    rooms = audiences(context)
    whole = _sum(tuple(rooms.values()))
    found = seekers(chosen(context), parameters)
    return tuple(
        lead(judged, rooms[judged.room], whole, found, parameters)
        for judged in judge(met, parameters)
        if len(judged.with_minors) >= parameters.min_minors
        and judged.adults >= parameters.min_adults
        and (judged.q_value <= parameters.weak_q or judged.p_value <= parameters.weak_p)
    )


def _sum(rooms: tuple[Audience, ...]) -> Audience:
    """All rooms as one; somebody who posts in two counts in both."""
    first = replace(rooms[0], name=None, kind=None)
    columns = ("people", "minors", "adults", "wardens", "warden_hours", "hours", "newcomers")
    return replace(first, **{name: sum(getattr(room, name) for room in rooms) for name in columns})
