"""What surrounded the crews' meetings?  Others around, answers, ages, reports: read once for all crews."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from graph.detect.ambush.customs import Customs
from graph.detect.ambush.meetings import Crew
from graph.detect.arrays import listed
from graph.detect.context import DetectionContext


@dataclass(frozen=True)
class Surroundings:
    """Numbers about one crew.  None: the evidence cannot tell."""

    hits: int
    outsiders: int  # first contacts of others on the targets within the window around the first member's: the signal
    usual_newcomers: float  # the share of contacts with arrivals among all first contacts, however they came about
    minors: int  # targets that were minors when first contacted
    aged: int  # targets of known age
    minors_expected: float | None  # of these; None: no age is known
    young: int  # members that are minors
    others: tuple[str, ...] = ()  # first contacts of outsiders around any member's: what is told
    with_role: tuple[str, ...] = ()  # those of accounts with a role, which are no outsiders here
    reports: tuple[str, ...] = ()  # by targets, of members who had written to them; one a pair
    to_minors: tuple[str, ...] = ()  # the contacts with these minors
    answers: tuple[str, ...] = ()  # the first answer to each contact that was answered
    followed: tuple[str, ...] = ()  # the contacts that followed an appearance beside the member
    arrivals: tuple[str, ...] = ()  # those with arrivals that had not appeared beside the member: custom knows none

    @property
    def answered(self) -> int:
        return len(self.answers)


def read_surroundings(context: DetectionContext, customs: Customs, crews: Sequence[Crew]) -> list[Surroundings]:
    """What surrounded each crew; sizes follow the candidates, not the platform."""
    names = sorted({name for crew in crews for name in crew.members})
    contacts, reports = _contacts(context, names), context.reported_by_targets
    rows = context.rows(reports.semi_join(listed(account=names), "account").select("account", "reporter", "record"))
    reported = {(member, target): record for member, target, record in rows}
    answers = context.first_messages((other, one) for one, other in contacts.answered)
    found = []
    for crew, (others, with_role) in zip(crews, _others(context, crews), strict=True):
        members, visits = set(crew.members), crew.visits
        crowd = visits.crowd[crew.window_s]
        name = visits.contacts.names
        pairs = [(name[visits.actor[row]], name[visits.target[row]]) for row in crew.hits]
        followed = {
            row for row in crew.hits if (int(visits.actor[row]), int(visits.target[row])) in customs.followed
        }
        new = [row for row in crew.hits if row not in followed and visits.contacts.arrivals[visits.stratum[row]]]
        usual = [contacts.usual.get(member, 0.0) for member in crew.members]
        aged = sum(victim in contacts.aged for victim in crew.victims)
        found.append(Surroundings(
            hits=len(pairs),
            answers=tuple(answers[other, one] for one, other in pairs if (one, other) in contacts.answered),
            followed=crew.messages(sorted(followed)), arrivals=crew.messages(new),
            to_minors=crew.messages(row for row in crew.hits if name[visits.target[row]] in contacts.minors),
            outsiders=sum(max(0, int(crowd[meeting.rows[0]]) - len(meeting.rows)) for meeting in crew.meetings),
            others=others, with_role=with_role, usual_newcomers=visits.contacts.arriving,
            minors=sum(victim in contacts.minors for victim in crew.victims),
            aged=aged,
            minors_expected=sum(usual) / len(usual) * aged if aged else None,
            young=len(members & contacts.young),
            reports=tuple(sorted({f"reports:{reported[pair]}" for pair in pairs if pair in reported})),
        ))
    return found


def _others(context: DetectionContext, crews: Sequence[Crew]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """By crew the first contacts of others with its targets, within the window of any member's at the meeting: of
    outsiders, and of accounts with a role."""
    contacts, came = context.first_contacts, dict[str, list[tuple[datetime, str, str, bool]]]()
    there = contacts.semi_join(listed(target=sorted({name for crew in crews for name in crew.victims})), "target")
    wanted = there.select("target", "at", "initiator", "record", role=there.initiator_role.notnull())
    for target, at, who, record, role in context.rows(wanted):  # of each target in order of time
        came.setdefault(target, []).append((at, who, record, role))
    found = []
    for crew in crews:
        width, members, others = timedelta(seconds=crew.window_s), set(crew.members), []
        for victim, meeting in zip(crew.victims, crew.meetings, strict=True):
            # members follow each other within the window: from the first to the last of them no moment is left out
            first, last = (crew.visits.moment(meeting.rows[place]) for place in (0, -1))
            rows = came[victim]
            near = slice(bisect_left(rows, first - width, key=itemgetter(0)),
                         bisect_right(rows, last + width, key=itemgetter(0)))
            others += [row for row in rows[near] if row[1] not in members]
        said, with_role = (
            tuple(f"messages:{record}" for *_, record, role in others if role == held) for held in (False, True)
        )
        found.append((said, with_role))
    return found


@dataclass(frozen=True)
class _Contacts:
    """Of the first contacts of members: ``answered`` pairs, ``minors`` among targets and ``young`` members at that
    moment, ``aged`` targets, whose age is known; ``usual``: by member the share of minors among the first contacts of
    everybody of its age band."""

    answered: Set[tuple[str, str]]
    minors: Set[str]
    aged: Set[str]
    young: Set[str]
    usual: Mapping[str, float]


def _contacts(context: DetectionContext, names: Sequence[str]) -> _Contacts:
    contacts = context.first_contacts
    known = contacts.filter(contacts.target_basis.notnull()).mutate(band=contacts.initiator_band.fill_null("unknown"))
    counted = known.group_by("band").agg(minors=known.target_minor.sum(), known=known.count())
    by_band = {band: minors / count for band, minors, count in context.rows(counted)}
    own = context.rows(
        contacts.semi_join(listed(initiator=names), "initiator").select(
            "initiator", "target", "target_minor", "initiator_minor", band=contacts.initiator_band.fill_null("unknown"),
            known=contacts.target_basis.notnull(), answered=contacts.replies > 0,
        )
    )
    return _Contacts(
        frozenset((one, other) for one, other, *_, answered in own if answered),
        frozenset(target for _, target, minor, *_ in own if minor),
        frozenset(target for _, target, *_, known, _ in own if known),
        frozenset(one for one, _, _, young, *_ in own if young),
        {one: by_band.get(band, 0.0) for one, _, _, _, band, _, _ in own},
    )
