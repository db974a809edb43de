"""How is a room told as a finding?  Reasons and counter-evidence as data; sentences: ``room.toml``."""

import ibis
import pyarrow as pa

from graph.detect import values
from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, instant
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.rooms.contacts import first_contacts
from graph.detect.rooms.null import Judged
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.rooms.tiers import graded


def lead(context: DetectionContext, found: Judged, parameters: RoomParameters) -> Finding:
    """The finding of one room."""
    tier, score = graded(found, parameters)
    by, to = (pa.array(side, pa.int64()) for side in zip(*found.met, strict=True))
    met = first_contacts(context).semi_join(ibis.memtable(pa.table({"by": by, "to": to})), ["by", "to"])
    rows = context.rows(met.select("at", "record", "target"))
    people = ibis.memtable(pa.table({"number": pa.array(found.seekers, pa.int64())}))
    names = dict(context.rows(context.numbers.semi_join(people, "number").select("number", "account")))
    minors = {target for _, _, target in rows}
    seekers, cap = sorted(names.values()), parameters.records_cap
    named = tuple(f"accounts:{name}" for name in seekers[:cap])
    voices = {"voices": values.number(found.voices), "usual": values.number(found.expected)}
    listed = {"adults": values.count(len(seekers)), "names": values.accounts(seekers)}
    contacts = {"contacts": values.count(len(rows)), "minors": values.count(len(minors))}
    records = tuple(f"messages:{record}" for _, record, _ in rows[:cap])
    reasons = (
        Reason("adults_who_seek_minors_here", voices, found.voices, found.expected, "adults", named),
        Reason("adults_mainly_here", listed, len(seekers), unit="adults"),
        Reason("contacts_that_start_here", contacts, len(rows), unit="first contacts", records=records),
    )
    begun = {
        "approached": values.count(found.approached), "began": values.count(found.began),
        "others": values.count(len(found.met) - found.began),
    }
    counter = (
        CounterEvidence("minors_begin_as_well", begun, found.approached, found.began, "first contacts"),
        CounterEvidence("what_would_clear_it"),
    )
    return Finding(
        kind="room", members=(found.room,), targets=tuple(minors), tier=tier, score=score, q_value=found.q_value,
        first_at=instant(rows[0][0]), last_at=instant(rows[-1][0]), reasons=reasons,
        counter_evidence=counter,
    )
