"""Do two accounts take turns?  Hand-overs, visits at once and use of devices, counted beside what habits explain."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import ibis
import numpy as np

from graph.detect.context import DetectionContext
from graph.detect.shells.logins import DAY, HOUR, hours_of, slots_of
from graph.detect.shells.parameters import ShellParameters


class Conduct(NamedTuple):
    """How two accounts' visits lie in their common days, beside two people with their habits at their hours.

    ``handovers``: visits of one that ended where the other began within ``window`` seconds.  ``overlaps``: visits at
    once that are not known to be on one device.  ``visits``: of the one with fewer, in those days.
    """

    handovers: int
    expected_handovers: float
    overlaps: int
    expected_overlaps: float
    visits: int
    window: int


class Use(NamedTuple):
    """An account's sessions on one device, and the first and last of them (seconds since 1970)."""

    sessions: int
    seconds: int
    first: int
    last: int


@dataclass(frozen=True)
class Uses:
    """Who uses the shared devices, and how much.  ``by``: by account and device; ``of``: by account its sessions with a
    device; ``holders``: accounts by device; ``lives``: when an account's first visit on any began and its last ended.
    An account without sessions has used each of its devices once; ``listed``: those of which one device alone is listed
    so, where hardly anybody's are.  ``following``: of all pairs of accounts of the platform, in what part the one was
    gone before the other came.
    """

    by: Mapping[int, Mapping[str, Use]]
    of: Mapping[int, int]
    holders: Mapping[str, tuple[int, ...]]
    lives: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    listed: Collection[int] = frozenset()
    following: float = 0.0

    def follow(self, one: int, other: int) -> bool:
        """Whether the one account was gone before the other was there for the first time."""
        if one not in self.lives or other not in self.lives:
            return False
        (begun, ended), (then, until) = self.lives[one], self.lives[other]
        return ended < then or until < begun

    def common(self, one: int, other: int) -> list[tuple[Use, Use]]:
        """How both use each of their common devices."""
        a, b = self.by.get(one, {}), self.by.get(other, {})
        return [(a[device], b[device]) for device in sorted(a.keys() & b.keys())]


def read_conduct(
    context: DetectionContext, periods: Any, visits: Any, uses: Uses, parameters: ShellParameters
) -> Mapping[tuple[int, int], Conduct]:
    """Conduct of each pair of ``periods``."""
    counts = turns(periods, visits, parameters.loose_handover_s).group_by(["a", "b"]).agg(
        handovers=lambda t: t.count()
    )
    met = _overlaps(periods, visits)
    habits = _habits(periods, context.kept("shells.hours", lambda: hours_of(visits), by=parameters))
    joined = periods
    for table in (counts, met, habits):
        joined = joined.left_join(table, ["a", "b"]).drop("a_right", "b_right")
    columns = (
        "a", "b", "since", "until", "span", "a_visits", "b_visits", "a_all", "b_all", "a_seconds", "b_seconds",
        "handovers", "overlaps", "passing", "together",
    )
    conduct = {}
    for a, b, since, until, span, va, vb, na, nb, sa, sb, n, overlaps, passing, together in (
        context.rows(joined.select(*columns))
    ):
        days, part = (until - since) / DAY, (va / na) * (vb / nb)
        lengths = (sa / na, sb / nb)
        episodes = 0.0
        if min(lengths) > 0:
            both = int(together or 0) * part / (days * HOUR)
            episodes = both * sum(lengths) / (lengths[0] * lengths[1])
        joint = sum(one.seconds * other.seconds for one, other in uses.common(a, b)) / max(1, sa * sb)
        conduct[a, b] = Conduct(
            int(n or 0), int(passing or 0) * part * span / (days * HOUR), int(overlaps or 0),
            episodes * (1.0 - min(1.0, joint)), min(va, vb), span,
        )
    return conduct


def part_following(spans: Any) -> float:
    """Of all pairs of accounts, in what part the one was gone before the other was there for the first time.

    ``spans``: first and last of every account (``read_spans``).  Those who share a mark are no measure: where several
    people come back after a ban, most of them are such.
    """
    begun, ended = (spans.select(name).to_pyarrow()[name].to_numpy() for name in ("first", "last"))
    pairs = len(begun) * (len(begun) - 1) / 2
    return float((len(begun) - np.searchsorted(np.sort(begun), ended, side="right")).sum()) / max(pairs, 1.0)


def read_uses(context: DetectionContext, visits: Any, devices: Any, shared: Any, *, accounts: int) -> Uses:
    """``devices``: who, value, device: who holds which, the number null where no session tells; ``shared``: values.

    ``accounts``: of the case; where half of them or more have a device, one that is listed alone is all there is.
    """
    used = visits.filter(visits.device.notnull())
    of: dict[int, int] = dict(context.rows(used.group_by("who").agg(n=used.count())))
    by_device = used.group_by(["who", "device"]).agg(
        n=used.count(), seconds=(used.ended - used.begun).sum().cast("int64"), first=used.begun.min(),
        last=used.begun.max(),
    )
    listed = devices.semi_join(visits.select("who").distinct(), "who")
    held: dict[int, int] = {}
    by: dict[int, dict[str, Use]] = {}
    holders: dict[str, list[int]] = {}
    rows = listed.left_join(by_device, ["who", "device"]).select("who", "value", "n", "seconds", "first", "last")
    for who, n in context.rows(listed.group_by("who").agg(n=listed.count())):
        held[who] = n
    for who, value, n, seconds, first, last in context.rows(rows.semi_join(shared, "value")):
        if n is None and who in of:
            continue
        by.setdefault(who, {})[value] = Use(int(n or 1), int(seconds or 0), int(first or 0), int(last or 0))
        holders.setdefault(value, []).append(who)
    alone = frozenset(who for who, n in held.items() if n == 1 and who not in of)
    if alone and 2 * context.rows(devices.agg(n=devices.who.nunique()))[0][0] >= accounts:
        alone = frozenset()
    lives = visits.group_by("who").agg(first=visits.begun.min(), last=visits.ended.max())
    return Uses(
        by, {**held, **of}, {value: tuple(who) for value, who in holders.items()},
        {who: (first, last) for who, first, last in context.rows(lives)},
        alone,
    )


def turns(periods: Any, visits: Any, longest: int) -> Any:
    """One row a visit that ended in a pair's common days where the other account began within its span.

    a, b, y (who began), ended, begun.  Starts lie in buckets as wide as the longest span, so an end meets only those of
    its own bucket and the next: linear in visits of the pairs.
    """
    both = ibis.union(
        periods.select("a", "b", "since", "until", "span", x="a", y="b"),
        periods.select("a", "b", "since", "until", "span", x="b", y="a"),
    )
    ending = both.join(visits.select("ended", "begun", x="who"), "x")
    ending = ending.filter(ending.begun >= ending.since, ending.ended <= ending.until).drop("begun", "x")
    ending = ending.mutate(bucket=(ending.ended / longest).floor().cast("int64"))
    ending = ibis.union(ending, ending.mutate(bucket=ending.bucket + 1))
    starting = visits.select(
        "begun", bucket=(visits.begun / longest).floor().cast("int64"), y="who", last="ended"
    )
    met = ending.join(starting, ["y", "bucket"])
    met = met.filter(met.begun >= met.ended, met.begun <= met.ended + met.span, met.last <= met.until)
    return met.group_by(["a", "b", "y", "ended"]).agg(begun=met.begun.min())


def read_periods(
    context: DetectionContext, pairs: Any, visits: Any, parameters: ShellParameters, *, name: str = "periods"
) -> Any:
    """Per pair (a, b) that lived together a day with two visits each: the days both lived (since, until), the span of a
    hand-over (``loose_handover_s`` where a visit is known from messages only), visits of each in those days and at all.
    """
    lives = visits.group_by("who").agg(
        since=visits.begun.min(), until=visits.ended.max(), n=visits.count(),
        seconds=(visits.ended - visits.begun).sum().cast("int64"), logged=visits.logged.all(),
    )
    sides = [
        lives.rename({side: "who", **{f"{side}_{new}": old for new, old in (
            ("since", "since"), ("until", "until"), ("all", "n"), ("seconds", "seconds"), ("logged", "logged")
        )}})
        for side in ("a", "b")
    ]
    both = pairs.join(sides[0], "a").join(sides[1], "b")
    both = both.mutate(
        since=ibis.greatest(both.a_since, both.b_since), until=ibis.least(both.a_until, both.b_until),
        span=ibis.ifelse(both.a_logged & both.b_logged, parameters.handover_s, parameters.loose_handover_s),
    )
    both = both.filter(both.until - both.since >= DAY)
    inside = {}
    for side in ("a", "b"):
        found = both.select("a", "b", "since", "until").join(visits.select("begun", "ended", **{side: "who"}), side)
        found = found.filter(found.begun >= found.since, found.ended <= found.until)
        inside[side] = found.group_by(["a", "b"]).agg(**{f"{side}_visits": found.count()})
    joined = both.join(inside["a"], ["a", "b"]).join(inside["b"], ["a", "b"])
    often = joined.filter(joined.a_visits >= 2, joined.b_visits >= 2).select(
        "a", "b", "since", "until", "span", "a_visits", "b_visits", "a_all", "b_all", "a_seconds", "b_seconds"
    )
    return context.kept(f"shells.{name}", lambda: often, by=parameters)


def _overlaps(periods: Any, visits: Any) -> Any:
    """a, b, overlaps: visits at once not known to be on one device, each counted in the hour in which it begins."""
    slots = slots_of(visits).select("who", "begun", "ended", "device", "slot")
    one = periods.select("a", "b", "since", "until").join(slots.rename(a="who"), "a")
    one = one.filter(one.begun >= one.since, one.ended <= one.until)
    other = slots.select(b="who", slot="slot", from_="begun", to="ended", other_device="device")
    both = one.join(other, ["b", "slot"])
    later = ibis.greatest(both.begun, both.from_)
    met = both.filter(
        both.from_ >= both.since, both.to <= both.until, both.begun < both.to, both.from_ < both.ended,
        (later / HOUR).floor().cast("int64") == both.slot, (both.device != both.other_device).fill_null(True),
    )
    return met.group_by(["a", "b"]).agg(overlaps=met.count())


def _habits(periods: Any, hours: Any) -> Any:
    """Per pair: ends of one times starts of the other, both ways, and seconds times seconds, summed over hours."""
    one = hours.select(a="who", hour="hour", a_starts="starts", a_ends="ends", a_on="seconds")
    other = hours.select(b="who", hour="hour", b_starts="starts", b_ends="ends", b_on="seconds")
    both = periods.select("a", "b").join(one, "a").join(other, ["b", "hour"])
    return both.group_by(["a", "b"]).agg(
        passing=(both.a_ends * both.b_starts + both.b_ends * both.a_starts).sum().cast("int64"),
        together=(both.a_on * both.b_on).sum().cast("int64"),
    )
