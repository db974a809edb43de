"""What do two accounts share: marks, rooms, counterparts; and did they write to each other?"""

from dataclasses import dataclass

from ingest.lake import Lake
from workbench.dossier.account import Contact, contacts, rooms
from workbench.dossier.marks import marks, own_marks


@dataclass(frozen=True)
class Shared:
    """``marks``: kind, value and how many hold it; ``rooms``: ids with the messages of each; ``wrote_to``: the contacts
    that each has with the people both wrote to, ``met``: with those whom one of them only heard from; ``wrote``:
    messages each way, if they wrote to each other."""

    marks: tuple[tuple[str, str, int], ...]
    rooms: tuple[tuple[str, int, int], ...]
    wrote_to: tuple[tuple[Contact, Contact], ...]
    met: tuple[tuple[Contact, Contact], ...]
    wrote: tuple[int, int] | None


def shared(lake: Lake, one: str, other: str) -> Shared:
    """What the evidence says of both; people with most messages first."""
    others = {(row[0], row[1]) for row in own_marks(lake, other)}
    marked = tuple(
        (mark.kind, mark.value, mark.holders) for mark in marks(lake, one) if (mark.kind, mark.value) in others
    )
    first_rooms, second_rooms = ({row[0]: row[1] for row in rooms(lake, who)} for who in (one, other))
    first, second = ({item.other: item for item in contacts(lake, who)} for who in (one, other))
    common = sorted(first.keys() & second.keys(), key=lambda who: (-first[who].sent - second[who].sent, who))
    pairs = [(first[who], second[who]) for who in common]
    direct = first.get(other)
    return Shared(
        marked,
        tuple(
            (room, first_rooms[room], second_rooms[room]) for room in sorted(first_rooms.keys() & second_rooms.keys())
        ),
        tuple(pair for pair in pairs if pair[0].sent and pair[1].sent),
        tuple(pair for pair in pairs if not (pair[0].sent and pair[1].sent)),
        (direct.sent, direct.received) if direct else None,
    )
