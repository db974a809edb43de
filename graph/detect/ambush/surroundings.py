"""What surrounded a crew's convergences?  Crowd, room, arrivals, chatter, ages: what tells crews from look-alikes."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from graph.detect.ambush.crews import Convergence, Crew
from graph.detect.ambush.neighbourhood import HOUR_US, Neighbourhood

HOUR = timedelta(hours=1)
CALL = timedelta(minutes=30)  # talk so close to a member's contact may have called or followed it
EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # instants are naive and UTC, as ``rows`` gives them
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Surroundings:
    """Numbers about one crew.  None: the evidence cannot tell."""

    members_on_victims: int
    outsiders: tuple[int, ...]  # by target: first contacts of others within an hour of a member's
    comers: tuple[int, ...]  # by target: those of members
    arrivals: int
    arrival_share: float
    beside: int
    rushed: int
    hits: int
    hits_in_room: int | None
    chatter: int
    chatter_expected: float
    chatter_records: tuple[str, ...]
    minor_victims: int
    minor_expected: float | None
    minor_members: int
    own_contacts: int
    answered: int
    same_text: float | None  # of the openings with text, those with the commonest text of their member
    reports: tuple[str, ...]  # by targets, of members who had written to them: record references, one a pair

    @property
    def outsiders_on_victims(self) -> int:
        return sum(self.outsiders)

    def crowded(self, share: float) -> int:
        """On how many targets more than that share of the contacts were others'."""
        return sum(
            others > share * (others + own) for others, own in zip(self.outsiders, self.comers, strict=True)
        )

    @property
    def coverage(self) -> float | None:
        """Share of the arrivals beside a member that two members or more wrote to; None below five such arrivals."""
        return self.rushed / self.beside if self.beside >= 5 else None


def surroundings(crew: Crew, near: Neighbourhood) -> Surroundings:
    """What was around this crew's convergences."""
    members = set(crew.members)
    hits = [(hit, meeting.victim) for meeting in crew.convergences for hit in meeting.hits]
    width = min(timedelta(seconds=crew.window_s), CALL)
    spans = [(_since(hit.at - width), _since(hit.at + width)) for hit, _ in hits]
    around = _joined(spans)
    talk = [(at, record) for name in crew.members for at, to, record in near.private.get(name, ()) if to in members]
    during = [record for at, record in talk if _inside(_since(at), around)]
    hours = set[int]().union(*(near.active[name].tolist() for name in crew.members if name in near.active))
    minor_victims = sum(victim in near.minors for victim in crew.victims)
    beside = near.rooms.beside(crew.members) if near.rooms else frozenset()
    return Surroundings(
        members_on_victims=len(hits),
        outsiders=tuple(_outsiders(meeting, members, near) for meeting in crew.convergences),
        comers=tuple(len(meeting.hits) for meeting in crew.convergences),
        arrivals=sum(
            any(new and actor in members for _, actor, new in near.on_victims[meeting.victim])
            for meeting in crew.convergences
        ),
        arrival_share=near.arrival_share,
        beside=len(beside), rushed=len(beside & near.visits.shared(crew.members)), hits=len(hits),
        hits_in_room=sum(_together(hit.actor, victim, hit.at, near) for hit, victim in hits) if near.rooms else None,
        chatter=len(during), chatter_expected=len(talk) * _share_of(hours, around) if hours else 0.0,
        chatter_records=tuple(f"messages:{record}" for record in during),
        minor_victims=minor_victims,
        minor_expected=(
            sum(near.minor_share.get(name, 0.0) for name in crew.members) / len(crew.members) * len(crew.victims)
            if near.ages_known else None
        ),
        minor_members=len(members & near.minor_members), own_contacts=len(near.visits.rows_of(crew.members)),
        answered=sum((hit.actor, victim) in near.replied for hit, victim in hits),
        same_text=_same_text(crew, near),
        reports=tuple(sorted(
            f"reports:{near.reported[hit.actor, victim]}"
            for hit, victim in hits if (hit.actor, victim) in near.reported
        )),
    )


def _same_text(crew: Crew, near: Neighbourhood) -> float | None:
    """The members' shares of equal openings, weighed by how many targets each came to."""
    shares = [(near.texts[part.member].share, part.targets) for part in crew.parts if part.member in near.texts]
    told = sum(targets for _, targets in shares)
    return sum(share * targets for share, targets in shares) / told if told else None


def _since(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - EPOCH) // MICROSECOND


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an instant lies in one of the joined spans, ends included."""
    begun = bisect_right(spans, at, key=lambda span: span[0])
    return begun > 0 and at <= spans[begun - 1][1]


def _share_of(hours: Set[int], spans: Iterable[tuple[int, int]]) -> float:
    """The share of these hours that the joined spans cover."""
    covered = 0
    for start, end in spans:
        for hour in range(start // HOUR_US * HOUR_US, end, HOUR_US):
            if hour in hours:
                covered += min(end, hour + HOUR_US) - max(start, hour)
    return covered / (len(hours) * HOUR_US)


def _outsiders(meeting: Convergence, members: set[str], near: Neighbourhood) -> int:
    """First contacts by others to the victim within an hour of a member's."""
    return sum(
        actor not in members and any(abs(at - hit.at) <= HOUR for hit in meeting.hits)
        for at, actor, _ in near.on_victims[meeting.victim]
    )


def _together(actor: str, victim: str, at: datetime, near: Neighbourhood) -> bool:
    """Both posted in one room in the hour of the contact or the one before."""
    if near.rooms is None:
        return False
    rooms, hour = near.rooms.rooms, _since(at) // HOUR_US * HOUR_US
    return any(
        not rooms.get((actor, moment), frozenset()).isdisjoint(rooms.get((victim, moment), frozenset()))
        for moment in (hour, hour - HOUR_US)
    )
