"""What surrounded a convergence?  Ages, other meetings, a public occasion, a caller, reports: how far to trust it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.detect.context import DetectionContext
from graph.detect.convergence_burst import Burst, moments
from graph.detect.convergence_callers import Call, callers_of
from graph.detect.statistics import beta_binomial_tail

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ALIKE = 0.05  # how alike in age those are who write to one person: an intra-class correlation
HABIT = 2  # one meeting more may be chance
REPORTED_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Elsewhere:
    """On how many other targets most of the members came within the same time, and the most who did on one.

    A target to which more others than members came in that time does not count: a public occasion is nobody's plan.
    ``regulars``: members who met others of them on ``HABIT`` such occasions or more, a day apart.
    ``wave``: the most members on another target within a day of the burst, whoever else came there.
    ``acquainted``: pairs of members who had written to each other before they came.
    """

    times: int
    most_often: int
    wave: int
    acquainted: int
    regulars: int = 0


@dataclass(frozen=True)
class Occasion:
    """The room out of which most members came: how many, how many accounts wrote there that hour and usually."""

    room: str
    members: int
    crowd: int
    usual: float


@dataclass(frozen=True)
class Around:
    """What the evidence says about one burst.  Ages: at its first contact; ``reports``: member and record.

    ``adults_p``: how often that many of those of known age would be adults among those who write to a minor here.
    """

    target_minor: bool
    target_basis: str | None
    adults: int
    minors: int
    adults_p: float
    role: str | None
    elsewhere: Elsewhere
    spoke: int
    occasion: Occasion | None
    called: Call | None
    reports: tuple[tuple[str, str], ...]


def together_elsewhere(context: DetectionContext, bursts: Sequence[Burst]) -> dict[str, Elsewhere]:
    """By target: whether the members met on other targets too."""
    if not bursts:
        return {}
    members = sorted({member for burst in bursts for member in burst.members})
    own = context.pairs.semi_join(_column("initiator", members), "initiator").select("initiator", "target", "first_at")
    table = own.order_by(["initiator", "first_at", "target"]).to_pyarrow().combine_chunks()
    targets = table["target"].combine_chunks().dictionary_encode()
    names = {name: place for place, name in enumerate(targets.dictionary.to_pylist())}
    target = targets.indices.to_numpy().astype(np.int64)
    starts = np.searchsorted(pc.index_in(table["initiator"], value_set=pa.array(members, pa.string())).to_numpy(),
                             np.arange(len(members) + 1))
    spans = {name: np.arange(starts[i], starts[i + 1]) for i, name in enumerate(members)}
    met: dict[str, list[tuple[str, datetime, Set[str]]]] = {}
    knew = {}
    for burst in bursts:
        rows = np.concatenate([spans[name] for name in burst.members])
        owner = np.repeat(np.arange(len(burst.members)), [len(spans[name]) for name in burst.members])
        owner, rows = (column[target[rows] != names.get(burst.target, -1)] for column in (owner, rows))
        inside = np.isin(target[rows], [names.get(name, -1) for name in burst.members])
        acquainted = sum(moment < burst.at[0] for moment in table["first_at"].take(pa.array(rows[inside])).to_pylist())
        reached, place, counts = np.unique(target[rows], return_inverse=True, return_counts=True)
        owner, rows, place = (column[counts[place] >= 2] for column in (owner, rows, place))
        visits: dict[int, list[tuple[datetime, str]]] = {}
        moments_of = table["first_at"].take(pa.array(rows)).to_pylist()
        for other, moment, member in zip(place.tolist(), moments_of, owner.tolist(), strict=True):
            visits.setdefault(other, []).append((moment, burst.members[member]))
        span = timedelta(seconds=burst.seconds)
        met[burst.target] = [
            (targets.dictionary[int(reached[other])].as_py(), *_most_within(sorted(came), span))
            for other, came in visits.items()
        ]
        knew[burst.target] = acquainted
    wanted = {other for meetings in met.values() for other, _, together in meetings if len(together) >= 2}
    came = _arrivals(context, sorted(wanted))
    found = {}
    for burst in bursts:
        span = timedelta(seconds=burst.seconds)
        together = [
            (start, members) for other, start, members in met[burst.target]
            if 2 * len(members) >= _between(came.get(other, []), start, start + span)
        ]
        times = sum(len(members) >= max(3, len(burst.members) / 2) for _, members in together)
        same_day = (len(members) for _, start, members in met[burst.target] if abs(start - burst.at[0]) <= DAY)
        found[burst.target] = Elsewhere(
            times, max((len(members) for _, members in together), default=0), max(same_day, default=0),
            knew[burst.target], _regulars(together, burst.at[0]),
        )
    return found


def _arrivals(context: DetectionContext, targets: Sequence[str]) -> dict[str, list[datetime]]:
    """By target the instants at which anybody first wrote to it, in order."""
    pairs = context.pairs.semi_join(_column("target", targets), "target")
    came: dict[str, list[datetime]] = {}
    for target, at in context.rows(pairs.select("target", "first_at")):
        came.setdefault(target, []).append(at)
    return came


def _regulars(together: Sequence[tuple[datetime, Set[str]]], at: datetime) -> int:
    """Members who met others of them on ``HABIT`` occasions or more, a day from the burst and from each other."""
    occasions: dict[str, list[datetime]] = {}
    for start, members in sorted(together, key=lambda meeting: meeting[0]):
        if len(members) < 2 or abs(start - at) <= DAY:
            continue
        for member in members:
            before = occasions.setdefault(member, [])
            if not before or start - before[-1] > DAY:
                before.append(start)
    return sum(len(times) >= HABIT for times in occasions.values())


def _between(moments: Sequence[datetime], start: datetime, end: datetime) -> int:
    """How many of the sorted moments lie there, ends included."""
    return bisect_right(moments, end) - bisect_left(moments, start)


def _most_within(visits: Sequence[tuple[datetime, str]], span: timedelta) -> tuple[datetime, Set[str]]:
    """Who came in the fullest span of the sorted visits (the first of equals), and when that begins."""
    most, begun, start = 0, 0, 0
    for end, (moment, _) in enumerate(visits):
        while moment - visits[start][0] > span:
            start += 1
        if end - start + 1 > most:
            most, begun = end - start + 1, start
    return visits[begun][0], frozenset(member for _, member in visits[begun : begun + most])


def what_surrounded(
    context: DetectionContext, bursts: Sequence[Burst], elsewhere: Mapping[str, Elsewhere], contacts: pa.Table, *,
    called_hours: int, called_share: float, occasion_crowd: int, occasion_times: float,
) -> dict[str, Around]:
    """The surroundings of each burst by its target, from a few reads for all of them."""
    if not bursts:
        return {}
    ages = _ages(context, bursts)
    share = _adults_on_minors(context, contacts)
    roles = dict(context.rows(context.roles))
    spoke = _spoke_before(context, bursts)
    occasions = _occasions(context, bursts, occasion_crowd, occasion_times)
    callers = callers_of(context, bursts, timedelta(hours=called_hours), called_share)
    reports = _reports(context, bursts)
    found = {}
    for burst in bursts:
        minor, basis = ages[burst.target, burst.target]
        known = [ages[burst.target, member] for member in burst.members if ages[burst.target, member][1] is not None]
        young = sum(is_minor for is_minor, _ in known)
        found[burst.target] = Around(
            minor, basis, len(known) - young, young,
            beta_binomial_tail(len(known) - young, len(known), share, ALIKE), roles.get(burst.target),
            elsewhere[burst.target],
            spoke.get(burst.target, 0), occasions.get(burst.target), callers.get(burst.target),
            tuple(reports.get(burst.target, ())),
        )
    return found


def _column(name: str, values: Sequence[str]) -> Any:
    return ibis.memtable(pa.table({name: pa.array(list(values), pa.string())}))


def _ages(context: DetectionContext, bursts: Sequence[Burst]) -> dict[tuple[str, str], tuple[bool, str | None]]:
    """(target, account): minor and basis at the burst's first contact, for the target itself and each member."""
    rows = [(burst.target, name, burst.at[0]) for burst in bursts for name in (burst.target, *burst.members)]
    aged = context.with_minority(moments(rows, "burst", "account", "at"), account="account", at="at")
    return {
        (burst, account): (bool(minor), basis)
        for burst, account, minor, basis in context.rows(aged.select("burst", "account", "minor", "basis"))
    }


def _adults_on_minors(context: DetectionContext, contacts: pa.Table) -> float:
    """The share of adults among those of known age who first wrote to a minor, in those first contacts."""
    plain = ibis.memtable(contacts.select(["target", "initiator", "first_at"]))
    aged = context.with_minority(plain, account="target", at="first_at", prefix="target_")
    aged = context.with_minority(aged.filter(aged.target_minor), account="initiator", at="first_at")
    ((adults, known),) = context.rows(
        aged.filter(aged.basis.notnull()).agg(adults=lambda t: (~t.minor).sum(), known=lambda t: t.count())
    )
    return (int(adults or 0) + 1) / (int(known) + 2)


def _spoke_before(context: DetectionContext, bursts: Sequence[Burst]) -> dict[str, int]:
    """By target: room messages it wrote in the hour before the first of them came."""
    wanted = moments([(burst.target, burst.target, burst.at[0]) for burst in bursts], "burst", "sender", "came")
    messages = context.table("messages")
    posted = messages.filter(messages.room.notnull()).select("sender", "sent_at")
    near = posted.join(wanted, ["sender"]).filter(
        lambda t: (t.sent_at <= t.came) & (t.sent_at >= t.came - ibis.interval(hours=1))
    )
    return dict(context.rows(near.group_by("burst").agg(n=lambda t: t.count())))


def _occasions(
    context: DetectionContext, bursts: Sequence[Burst], least: int, ratio: float
) -> dict[str, Occasion]:
    """By target: a room far fuller than usual in the hours of the burst, in which half of the members wrote."""
    presence = context.presence
    by_hour = presence.group_by(["room", "hour"]).agg(crowd=lambda t: t.count())
    usual = {
        room: crowd / hours
        for room, crowd, hours in context.rows(
            by_hour.group_by("room").agg(crowds=lambda t: t.crowd.sum(), hours=lambda t: t.count())
        )
    }
    rows = [
        (burst.target, member, hour)
        for burst in bursts for hour in _hours(burst.at[0] - HOUR, burst.at[-1]) for member in burst.members
    ]
    wanted = moments(rows, "burst", "account", "hour")
    there = presence.join(wanted, ["account", "hour"]).group_by(["burst", "room", "hour"]).agg(
        members=lambda t: t.account.nunique()
    )
    found: dict[str, Occasion] = {}
    sizes = {burst.target: len(burst.members) for burst in bursts}
    for burst, room, _, members, crowd in context.rows(there.join(by_hour, ["room", "hour"]).select(
        "burst", "room", "hour", "members", "crowd"
    )):
        fuller = crowd >= least and crowd >= ratio * usual[room]
        if fuller and 2 * members >= sizes[burst] and (burst not in found or members > found[burst].members):
            found[burst] = Occasion(room, int(members), int(crowd), usual[room])
    return found


def _hours(start: datetime, end: datetime) -> list[datetime]:
    """The hours that the time from start to end touches."""
    hour = start.replace(minute=0, second=0, microsecond=0)
    hours = []
    while hour <= end:
        hours.append(hour)
        hour += HOUR
    return hours


def _reports(context: DetectionContext, bursts: Sequence[Burst]) -> dict[str, list[tuple[str, str]]]:
    """By target: its own reports in the month after they came: the member and the record."""
    rows = [(b.target, member, b.at[0]) for b in bursts for member in b.members]
    wanted = moments(rows, "reporter", "reported", "came")
    reports = context.table("reports").select("reporter", "reported", "made_at", "record_id")
    made = reports.join(wanted, ["reporter", "reported"]).filter(
        lambda t: (t.made_at >= t.came)
        & (t.made_at <= t.came + ibis.interval(seconds=int(REPORTED_WITHIN.total_seconds())))
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for reporter, record, member in context.rows(made.select("reporter", "record_id", "reported")):
        found.setdefault(reporter, []).append((member, f"reports:{record}"))
    return found
