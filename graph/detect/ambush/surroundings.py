"""What surrounded a crew's convergences?  Crowd, room, arrivals, chatter, ages: what tells crews from look-alikes."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from graph.detect.ambush.crews import Convergence, Crew
from graph.detect.ambush.neighbourhood import HOUR_US, Neighbourhood

HOUR = timedelta(hours=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # instants are naive and UTC, as ``rows`` gives them
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Surroundings:
    """Numbers about one crew.  None: the evidence cannot tell."""

    members_on_victims: int
    outsiders_on_victims: int
    arrivals: int
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

    @property
    def outsider_share(self) -> float:
        return self.outsiders_on_victims / (self.outsiders_on_victims + self.members_on_victims)

    @property
    def coverage(self) -> float | None:
        """Share of the arrivals beside a member that two members or more wrote to; None below five such arrivals."""
        return self.rushed / self.beside if self.beside >= 5 else None


def surroundings(crew: Crew, near: Neighbourhood) -> Surroundings:
    """What was around this crew's convergences."""
    members = set(crew.members)
    width = timedelta(seconds=crew.window_s)
    hits = [(hit, meeting.victim) for meeting in crew.convergences for hit in meeting.hits]
    spans = [(_since(meeting.first_at - width), _since(meeting.last_at + width)) for meeting in crew.convergences]
    around, shortly_before = _within(spans), _within((start - HOUR_US, end) for start, end in spans)
    talk = [(at, record) for name in crew.members for at, to, record in near.private.get(name, ()) if to in members]
    during = [record for at, record in talk if around(_since(at))]
    hours = set[int]().union(*(near.active[name].tolist() for name in crew.members if name in near.active))
    close = sum(map(shortly_before, hours))
    minor_victims = sum(victim in near.minors for victim in crew.victims)
    beside = near.rooms.beside(crew.members) if near.rooms else frozenset()
    return Surroundings(
        members_on_victims=len(hits),
        outsiders_on_victims=sum(_outsiders(meeting, members, near) for meeting in crew.convergences),
        arrivals=sum(
            any(new and actor in members for _, actor, new in near.on_victims[meeting.victim])
            for meeting in crew.convergences
        ),
        beside=len(beside), rushed=len(beside & near.visits.shared(crew.members)), hits=len(hits),
        hits_in_room=sum(_together(hit.actor, victim, hit.at, near) for hit, victim in hits) if near.rooms else None,
        chatter=len(during), chatter_expected=len(talk) * close / len(hours) if hours else 0.0,
        chatter_records=tuple(f"messages:{record}" for record in during),
        minor_victims=minor_victims,
        minor_expected=(
            sum(near.minor_share.get(name, 0.0) for name in crew.members) / len(crew.members) * len(crew.victims)
            if near.ages_known else None
        ),
        minor_members=len(members & near.minor_members), own_contacts=len(near.visits.rows_of(crew.members)),
        answered=sum((hit.actor, victim) in near.replied for hit, victim in hits),
    )


def _since(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - EPOCH) // MICROSECOND


def _within(spans: Iterable[tuple[int, int]]) -> Callable[[int], bool]:
    """Whether an instant lies in one of the spans, ends included."""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    ends = list(accumulate((end for _, end in ordered), max))  # the latest end of all that have begun

    def inside(at: int) -> bool:
        begun = bisect_right(starts, at)
        return begun > 0 and at <= ends[begun - 1]

    return inside


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
