"""What surrounded a crew's convergences?  Crowd, room, arrivals, chatter, ages: what tells crews from look-alikes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.ambush.crews import Crew
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.context import DetectionContext

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Neighbourhood:
    """Evidence about all candidate members and their targets, read once for all crews."""

    on_targets: Mapping[str, Sequence[tuple[datetime, str, bool]]]  # target: (at, actor, the target was an arrival)
    reached: Mapping[str, int]  # first contacts of each candidate in all
    places: Mapping[tuple[str, datetime], frozenset[str]]  # rooms an account posted in, by hour
    spots: Mapping[str, frozenset[tuple[str, datetime]]]  # rooms and hours in which a candidate posted
    arrivals: Mapping[tuple[str, datetime], frozenset[str]]  # by room and hour: those who posted there once as new
    private: Mapping[str, Sequence[tuple[datetime, str, str]]]  # among candidates, by sender: at, recipient, record
    active: Mapping[str, frozenset[datetime]]  # hours in which a candidate wrote anything
    minors: frozenset[str]  # targets that were minors when first contacted
    minor_members: frozenset[str]  # candidates of whom the evidence says minor
    ages_known: int
    minor_share: Mapping[str, float]  # of an account's age band: share of minors among first-contact targets
    replied: frozenset[tuple[str, str]]  # (actor, target): the target answered


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


def read_neighbourhood(
    context: DetectionContext, parameters: AmbushParameters, contacts: Any, names: Sequence[str], victims: Sequence[str]
) -> Neighbourhood:
    """Everything the crews' surroundings are computed from; sizes follow the candidates, not the platform."""
    rows = context.rows
    on_targets: dict[str, list[tuple[datetime, str, bool]]] = {}
    touched = ibis.union(
        contacts.semi_join(listed(names, "actor"), "actor"),
        contacts.semi_join(listed(victims, "target"), "target"),
        distinct=True,
    )
    reached: dict[str, int] = {}
    candidates = set(names)
    for target, at, actor, arrival in rows(touched.select("target", "at", "actor", "arrival")):
        on_targets.setdefault(target, []).append((at, actor, bool(arrival)))
        if actor in candidates:
            reached[actor] = reached.get(actor, 0) + 1
    presence = context.presence
    shared_rooms = presence.semi_join(listed(names, "account"), "account").select("room", "hour").distinct()
    around = presence.semi_join(shared_rooms, ["room", "hour"]).left_join(
        context.appearances.select(account="account", seen_at="first_at"), "account"
    )
    around = around.select(
        "account", "room", "hour",
        new=(around.hour <= around.seen_at + ibis.interval(seconds=parameters.arrival_s)).fill_null(False),
    )
    places: dict[tuple[str, datetime], set[str]] = {}
    spots: dict[str, set[tuple[str, datetime]]] = {}
    active: dict[str, set[datetime]] = {}
    beside = rows(around)
    newcomers = {account for account, _, _, new in beside if new}
    arrivals: dict[tuple[str, datetime], set[str]] = {}
    for account, room, hour, _ in beside:
        places.setdefault((account, hour), set()).add(room)
        if account in newcomers:
            arrivals.setdefault((room, hour), set()).add(account)
        if account in candidates:
            spots.setdefault(account, set()).add((room, hour))
            active.setdefault(account, set()).add(hour)
    private = context.private
    written = private.semi_join(listed(names, "sender"), "sender")
    for account, hour in rows(written.select("sender", hour=written.sent_at.truncate("h")).distinct()):
        active.setdefault(account, set()).add(hour)
    among = written.semi_join(listed(names, "recipient"), "recipient")
    talk: dict[str, list[tuple[datetime, str, str]]] = {}
    for at, sender, recipient, record in rows(among.select("sent_at", "sender", "recipient", "record_id")):
        talk.setdefault(sender, []).append((at, recipient, record))
    pairs = context.pairs
    answered = pairs.semi_join(listed(names, "initiator"), "initiator").filter(lambda t: t.replies > 0)
    aged = context.kept("ambush.aged", lambda: _aged(context, contacts))
    by_band = {
        band: minors / known
        for band, minors, known in rows(
            aged.filter(aged.target_basis.notnull()).group_by("band").agg(
                minors=lambda t: t.target_minor.sum(), known=lambda t: t.count()
            )
        )
    }
    of_candidates = aged.semi_join(listed(names, "actor"), "actor")
    minors, minor_members, known, share = set(), set(), 0, {}
    columns = ("actor", "target", "band", "target_minor", "target_basis", "actor_minor")
    for actor, target, band, target_minor, basis, actor_minor in rows(of_candidates.select(*columns)):
        known += basis is not None
        share[actor] = by_band.get(band, 0.0)
        if target_minor:
            minors.add(target)
        if actor_minor:
            minor_members.add(actor)
    return Neighbourhood(
        on_targets, reached, {key: frozenset(value) for key, value in places.items()},
        {key: frozenset(value) for key, value in spots.items()},
        {key: frozenset(value) for key, value in arrivals.items()}, talk,
        {key: frozenset(value) for key, value in active.items()},
        frozenset(minors), frozenset(minor_members), known, share,
        frozenset((actor, target) for actor, target in rows(answered.select("initiator", "target"))),
    )


def listed(names: Sequence[str], column: str) -> Any:
    """A table of one column of names, to join with."""
    return ibis.memtable(pa.table({column: pa.array(list(names), pa.string())}))


def _aged(context: DetectionContext, contacts: Any) -> Any:
    """The first contacts with the ages of both sides at that moment, and the actor's age band."""
    plain = contacts.select("actor", "target", "at")
    targets = context.kept(
        "ambush.target_ages", lambda: context.with_minority(plain, account="target", at="at", prefix="target_")
    )
    aged = context.with_minority(targets, account="actor", at="at", prefix="actor_")
    return aged.mutate(band=aged.actor_band.fill_null("unknown"))


def surroundings(crew: Crew, near: Neighbourhood) -> Surroundings:
    """What was around this crew's convergences."""
    members = set(crew.members)
    width = timedelta(seconds=crew.window_s)
    outsiders = sum(
        actor not in members and any(abs(at - hit.at) <= HOUR for hit in meeting.hits)
        for meeting in crew.convergences
        for at, actor, _ in near.on_targets[meeting.victim]
    )
    arrivals = sum(
        any(new and actor in members for _, actor, new in near.on_targets[meeting.victim])
        for meeting in crew.convergences
    )
    beside, rushed = _rush(members, near)
    hits = [(hit, meeting.victim) for meeting in crew.convergences for hit in meeting.hits]
    in_room = sum(_together(hit.actor, victim, hit.at, near) for hit, victim in hits) if near.places else None
    spans = [(meeting.first_at - width, meeting.last_at + width) for meeting in crew.convergences]
    talk = [(at, record) for name in crew.members for at, to, record in near.private.get(name, ()) if to in members]
    during = [record for at, record in talk if any(start <= at <= end for start, end in spans)]
    hours = set().union(*(near.active.get(name, frozenset()) for name in crew.members))
    close = [hour for hour in hours if any(start - HOUR <= hour <= end for start, end in spans)]
    minor_victims = [victim for victim in crew.victims if victim in near.minors]
    return Surroundings(
        members_on_victims=len(hits), outsiders_on_victims=outsiders, arrivals=arrivals, beside=beside, rushed=rushed,
        hits=len(hits), hits_in_room=in_room, chatter=len(during),
        chatter_expected=len(talk) * len(close) / len(hours) if hours else 0.0,
        chatter_records=tuple(f"messages:{record}" for record in during),
        minor_victims=len(minor_victims),
        minor_expected=(
            sum(near.minor_share.get(name, 0.0) for name in crew.members) / len(crew.members) * len(crew.victims)
            if near.ages_known else None
        ),
        minor_members=len(members & near.minor_members),
        own_contacts=sum(near.reached.get(name, 0) for name in crew.members),
        answered=sum((hit.actor, victim) in near.replied for hit, victim in hits),
    )


def _rush(members: set[str], near: Neighbourhood) -> tuple[int, int]:
    """Arrivals that were in a room with a member in the same hour, and those two members or more wrote to first."""
    spots = set().union(*(near.spots.get(name, frozenset()) for name in members))
    beside = set().union(*(near.arrivals.get(spot, frozenset()) for spot in spots)) - members
    rushed = [name for name in beside if len({row[1] for row in near.on_targets.get(name, ())} & members) >= 2]
    return len(beside), len(rushed)


def _together(actor: str, victim: str, at: datetime, near: Neighbourhood) -> bool:
    """Both posted in one room in the hour of the contact or the one before."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return any(
        near.places.get((actor, moment), frozenset()) & near.places.get((victim, moment), frozenset())
        for moment in (hour, hour - HOUR)
    )
