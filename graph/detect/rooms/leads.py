"""How is a room told as a finding?  Reasons and counter-evidence as data; sentences: ``room.toml``."""

import numpy as np

from graph.detect import values
from graph.detect.arrays import listed
from graph.detect.context import DetectionContext
from graph.detect.finding import Finding, instant
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.rooms.contacts import first_contacts
from graph.detect.rooms.null import Judged
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.tiers import graded

_NONE, _ALL, _BEGUN = 1 / 3, 1 / 2, 4


def lead(context: DetectionContext, found: Judged, parameters: RoomParameters) -> Finding:
    """The finding of one room."""
    tier, score = graded(
        found.q_value, shape(found), moderate_q=parameters.moderate_q, strong_q=parameters.strong_q
    )
    by, to = np.array(found.met, dtype=np.int64).T
    met = first_contacts(context).semi_join(listed(by=by, to=to), ["by", "to"])
    rows = context.rows(met.select("at", "record", "target"))
    people = listed(number=np.array(found.seekers, dtype=np.int64))
    names = dict(context.rows(context.numbers.semi_join(people, "number").select("number", "account")))
    minors = {target for _, _, target in rows}
    seekers, cap = sorted(names.values()), parameters.records_cap
    named = tuple(f"accounts:{name}" for name in seekers[:cap])
    voices = {"voices": values.number(found.voices), "usual": values.number(found.expected)}
    adults = {"adults": values.count(len(seekers)), "names": values.accounts(seekers)}
    contacts = {"contacts": values.count(len(rows)), "minors": values.count(len(minors))}
    records = tuple(f"messages:{record}" for _, record, _ in rows[:cap])
    reasons = (
        Reason("adults_who_seek_minors_here", voices, found.voices, found.expected, "adults", named),
        Reason("adults_mainly_here", adults, len(seekers), unit="adults"),
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


def shape(found: Judged) -> float:
    """How far the surprise of a room's voices is not explained otherwise, at most 1.

    The less of two: each chat that a minor began with a seeker there cancels one that a seeker began (full where they
    are at most a fifth as many: teachers of a class are written to as well); and the seekers' part of what adults began
    with minors there (few who stand out among many do so by chance: nothing at a third, full at half).
    """
    mutual = max(found.began - found.approached, 0) / (_BEGUN * found.approached) if found.approached else 1.0
    part = found.began / len(found.met) if found.met else 1.0
    return min(1.0, mutual, max(0.0, (part - _NONE) / (_ALL - _NONE)))
