"""What do two accounts share: marks, rooms, counterparts; and when was one there and the other not?"""

from dataclasses import dataclass
from datetime import datetime

from ingest.lake import Lake
from workbench.dossier.account import by_day, contacts, rooms
from workbench.dossier.marks import marks


@dataclass(frozen=True)
class Shared:
    """``marks``: kind, value and how many hold it; ``rooms`` and ``counterparts``: ids with the messages of each;
    ``days``: day, messages of the one, of the other; ``wrote``: messages each way, if they wrote to each other."""

    marks: tuple[tuple[str, str, int], ...]
    rooms: tuple[tuple[str, int, int], ...]
    counterparts: tuple[tuple[str, int, int, bool], ...]
    days: tuple[tuple[datetime, int, int], ...]
    wrote: tuple[int, int] | None


def shared(lake: Lake, one: str, other: str) -> Shared:
    """What the evidence says of both."""
    marked = tuple(
        (mark.kind, mark.value, mark.holders)
        for mark in marks(lake, one)
        if any(holder == other for holder, _ in mark.others)
    )
    first_rooms, second_rooms = ({row[0]: row[1] for row in rooms(lake, who)} for who in (one, other))
    first, second = ({item.other: item for item in contacts(lake, who)} for who in (one, other))
    counterparts = tuple(
        (who, first[who].sent + first[who].received, second[who].sent + second[who].received, first[who].minor)
        for who in sorted(first.keys() & second.keys(), key=lambda who: (-first[who].sent - second[who].sent, who))
    )
    days: dict[datetime, list[int]] = {}
    for place, who in enumerate((one, other)):
        for day, private, posted in by_day(lake, who):
            days.setdefault(day, [0, 0])[place] += private + posted
    direct = first.get(other)
    return Shared(
        marked,
        tuple(
            (room, first_rooms[room], second_rooms[room]) for room in sorted(first_rooms.keys() & second_rooms.keys())
        ),
        counterparts, tuple((day, mine, theirs) for day, (mine, theirs) in sorted(days.items())),
        (direct.sent, direct.received) if direct else None,
    )
