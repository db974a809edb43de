"""What surrounded the crews' meetings?  Others around, answers, talk, ages, reports: read once for all crews."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import ibis

from graph.detect.ambush.contacts import SECOND, listed, numbers_of
from graph.detect.ambush.customs import Customs
from graph.detect.ambush.meetings import Crew
from graph.detect.context import DetectionContext

HOUR = 3600 * SECOND
CALL = HOUR // 2  # talk so close to a member's contact may have called or followed it
Span = tuple[int, int]


@dataclass(frozen=True)
class Surroundings:
    """Numbers about one crew.  None: the evidence cannot tell."""

    hits: int
    outsiders: int  # first contacts of others on the targets within an hour of a member's first one
    in_public: int  # contacts that followed an appearance beside the member
    answered: int
    talk: tuple[str, ...]  # private messages among members around the meetings, as record references
    talk_expected: float
    minors: int  # targets that were minors when first contacted
    minors_expected: float | None
    young: int  # members that are minors
    reports: tuple[str, ...]  # by targets, of members who had written to them; one a pair


def read_surroundings(context: DetectionContext, customs: Customs, crews: Sequence[Crew]) -> list[Surroundings]:
    """What surrounded each crew; sizes follow the candidates, not the platform."""
    names = sorted({name for crew in crews for name in crew.members})
    private = context.private.semi_join(listed(names, "sender"), "sender")
    among = private.semi_join(listed(names, "recipient"), "recipient").to_pyarrow()
    talk = sorted(zip(
        numbers_of(among["sent_at"]).tolist(),
        *(among[name].to_pylist() for name in ("sender", "recipient", "record_id")), strict=True,
    ))
    hours = _active(context, private, names)
    contacts = _contacts(context, names)
    reported = _reported(context, names, sorted({victim for crew in crews for victim in crew.victims}))
    found = []
    for crew in crews:
        members, visits = set(crew.members), crew.visits
        name = visits.contacts.names
        pairs = [(name[visits.actor[row]], name[visits.target[row]]) for row in crew.hits]
        width = min(crew.window_s * SECOND, CALL)
        around = _joined((int(visits.at[row]) - width, int(visits.at[row]) + width) for row in crew.hits)
        own = [(at, record) for at, one, other, record in talk if one in members and other in members]
        usual = [contacts.usual.get(member, 0.0) for member in crew.members]
        found.append(Surroundings(
            hits=len(pairs),
            outsiders=sum(
                max(0, int(visits.crowd[crew.window_s][meeting.rows[0]]) - len(meeting.rows)) for meeting in crew.meetings
            ),
            in_public=sum((int(visits.actor[row]), int(visits.target[row])) in customs.followed for row in crew.hits),
            answered=sum(pair in contacts.answered for pair in pairs),
            talk=tuple(f"messages:{record}" for at, record in own if _inside(at, around)),
            talk_expected=len(own) * _share_of(set().union(*(hours[member] for member in members)), around),
            minors=sum(victim in contacts.minors for victim in crew.victims),
            minors_expected=sum(usual) / len(usual) * len(crew.victims) if contacts.ages_known else None,
            young=len(members & contacts.young),
            reports=tuple(sorted({f"reports:{reported[pair]}" for pair in pairs if pair in reported})),
        ))
    return found


@dataclass(frozen=True)
class _Contacts:
    """Of the first contacts of members: ``answered`` pairs, ``minors`` among targets and ``young`` members at that
    moment; ``usual``: by member the share of minors among the first contacts of everybody of its age band."""

    answered: Set[tuple[str, str]]
    minors: Set[str]
    young: Set[str]
    usual: Mapping[str, float]
    ages_known: bool


def _contacts(context: DetectionContext, names: Sequence[str]) -> _Contacts:
    contacts = context.first_contacts
    known = contacts.filter(contacts.target_basis.notnull()).mutate(band=contacts.initiator_band.fill_null("unknown"))
    counted = known.group_by("band").agg(minors=known.target_minor.sum(), known=known.count())
    by_band = {band: minors / count for band, minors, count in context.rows(counted)}
    own = context.rows(
        contacts.semi_join(listed(names, "initiator"), "initiator").select(
            "initiator", "target", "target_minor", "initiator_minor", band=contacts.initiator_band.fill_null("unknown"),
            known=contacts.target_basis.notnull(), answered=contacts.replies > 0,
        )
    )
    return _Contacts(
        frozenset((one, other) for one, other, *_, answered in own if answered),
        frozenset(target for _, target, minor, *_ in own if minor),
        frozenset(one for one, _, _, young, *_ in own if young),
        {one: by_band.get(band, 0.0) for one, _, _, _, band, _, _ in own},
        any(known for *_, known, _ in own),
    )


def _active(context: DetectionContext, private: Any, names: Sequence[str]) -> Mapping[str, Set[int]]:
    """By account the hours (since 1970) in which it wrote anything."""
    presence = context.presence.semi_join(listed(names, "account"), "account")
    hours = defaultdict[str, set[int]](set)
    for table in (
        presence.select("account", "hour").distinct(),
        private.select(account="sender", hour=private.sent_at.truncate("h")).distinct(),
    ):
        rows = table.to_pyarrow()
        for account, at in zip(rows["account"].to_pylist(), numbers_of(rows["hour"]).tolist(), strict=True):
            hours[account].add(at // HOUR)
    return hours


def _reported(context: DetectionContext, names: Sequence[str], victims: Sequence[str]) -> dict[tuple[str, str], str]:
    """By member and target the report the target made of the member after the first message; the first by its id."""
    reports = context.table("reports").select("reported", "reporter", "made_at", "record_id")
    wanted = reports.semi_join(listed(names, "reported"), "reported").semi_join(listed(victims, "reporter"), "reporter")
    pairs = context.pairs
    met = wanted.join(pairs.select(reported="initiator", reporter="target", first_at="first_at"), ["reported", "reporter"])
    after = met.filter(met.made_at.isnull() | (met.made_at >= met.first_at))
    first = after.group_by(["reported", "reporter"]).agg(record=after.record_id.min())
    return {(member, target): record for member, target, record in context.rows(first)}


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside(at: int, spans: Sequence[Span]) -> bool:
    """Whether an instant lies in one of the joined spans, ends included."""
    begun = bisect_right(spans, at, key=lambda span: span[0])
    return begun > 0 and at <= spans[begun - 1][1]


def _share_of(hours: Set[int], spans: Iterable[Span]) -> float:
    """The share of these hours that the joined spans cover."""
    covered = sum(
        min(end, (hour + 1) * HOUR) - max(start, hour * HOUR)
        for start, end in spans for hour in range(start // HOUR, (end - 1) // HOUR + 1) if hour in hours
    )
    return covered / (len(hours) * HOUR) if hours else 0.0
