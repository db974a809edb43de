"""What do two accounts share: marks, rooms, counterparts; and how much did pairs of accounts write to each other?"""

from collections.abc import Collection
from dataclasses import dataclass

import ibis
import pyarrow as pa

from ingest.lake import Lake
from workbench.dossier.account import Contact, contacts, rooms
from workbench.dossier.marks import marks, own_marks
from workbench.dossier.rows import rows


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


@dataclass(frozen=True)
class Exchanged:
    """The messages of a conversation, and how many of them are ``cited``."""

    messages: int = 0
    cited: int = 0


def exchanged(
    lake: Lake, ones: Collection[str], others: Collection[str], *, cited: Collection[str] = ()
) -> dict[tuple[str, str], Exchanged]:
    """By (one, other), in either direction; pairs that never wrote are left out.  ``cited``: ids of records."""
    if not ones or not others:
        return {}
    table = lake.table("messages")
    first, second = (ibis.memtable(pa.table({"account": pa.array(sorted(set(ids)), pa.string())}))
                     for ids in (ones, others))
    there = table.semi_join(first, table.sender == first.account).semi_join(second, table.recipient == second.account)
    back = table.semi_join(second, table.sender == second.account).semi_join(first, table.recipient == first.account)
    both = ibis.union(
        there.select("record_id", one="sender", other="recipient"),
        back.select("record_id", one="recipient", other="sender"),
    )
    marked = both.record_id.isin(sorted(set(cited))) if cited else ibis.literal(False)
    counted = both.mutate(marked=marked.cast("int64")).group_by(["one", "other"]).aggregate(
        n=lambda t: t.count(), cited=lambda t: t.marked.sum()
    )
    return {(one, other): Exchanged(int(n), int(of)) for one, other, n, of in rows(counted)}
