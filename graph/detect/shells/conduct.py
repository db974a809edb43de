"""Do two accounts take turns?  Hand-overs and simultaneous visits, counted in the engine beside what habits explain."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import ibis

from graph.detect.context import DetectionContext
from graph.detect.shells.visits import HOUR, hours_of, slots_of

DAY = 24 * HOUR


class Conduct(NamedTuple):
    """How two accounts' visits lie in their common days, beside two people with their habits at their hours.

    ``handovers``: visits of one that ended where the other began within ``window`` seconds; of these ``elsewhere`` on
    devices known to differ, ``private`` on one device or address of a few accounts.  ``overlaps``: visits at once that
    are not known to be on one device; of these ``overlaps_apart`` on devices known to differ.  ``visits``: of the one
    with fewer, in those days.
    """

    handovers: int
    elsewhere: int
    private: int
    expected_handovers: float
    overlaps: int
    overlaps_apart: int
    expected_overlaps: float
    visits: int
    days: float
    window: int


class Common(NamedTuple):
    """Devices two accounts share: how many, and the share of each one's sessions that run on them."""

    devices: int
    least_share: float


def read_periods(
    context: DetectionContext, pairs: Any, visits: Any, *, handover_s: int, loose_handover_s: int, name: str = "periods"
) -> Any:
    """Per pair (a, b) that lived together a day with two visits each: the days both lived (since, until), the span of a
    hand-over (``loose_handover_s`` where a visit is known from messages only), visits of each in those days and at all.
    """
    return context.kept(f"shells.{name}", lambda: _periods(pairs, visits, handover_s, loose_handover_s))


def read_conduct(
    context: DetectionContext, pairs: Any, periods: Any, visits: Any, *, loose_handover_s: int
) -> tuple[Mapping[tuple[int, int], Conduct], Mapping[tuple[int, int], Common]]:
    """Conduct of each pair of ``periods``, and devices in common of each of ``pairs``."""
    turned = turns(periods, visits, loose_handover_s)
    counts = turned.group_by(["a", "b"]).agg(
        handovers=turned.count(), elsewhere=turned.different.sum(), private=turned.private.sum()
    )
    met = _overlaps(periods, visits)
    shared = {(a, b): rest for a, b, *rest in context.rows(_on_common_devices(pairs, visits))}
    habits = _habits(periods, context.kept("shells.hours", lambda: hours_of(visits)))
    whole = periods.left_join(counts, ["a", "b"]).drop("a_right", "b_right")
    whole = whole.left_join(met, ["a", "b"]).drop("a_right", "b_right")
    whole = whole.left_join(habits, ["a", "b"]).drop("a_right", "b_right")
    columns = (
        "a", "b", "since", "until", "span", "a_visits", "b_visits", "a_all", "b_all", "a_seconds", "b_seconds",
        "handovers", "elsewhere", "private", "overlaps", "overlaps_apart", "passing", "together",
    )
    conduct = {}
    for a, b, since, until, span, va, vb, na, nb, sa, sb, n, elsewhere, private, overlaps, apart, passing, together in (
        context.rows(whole.select(*columns))
    ):
        days, part = (until - since) / DAY, (va / na) * (vb / nb)
        lengths = (sa / na, sb / nb)
        episodes = 0.0
        if min(lengths) > 0:
            both = int(together or 0) * part / (days * HOUR)
            episodes = both * sum(lengths) / (lengths[0] * lengths[1])
        joint = int(shared[a, b][3]) / (sa * sb) if (a, b) in shared and sa and sb else 0.0
        conduct[a, b] = Conduct(
            int(n or 0), int(elsewhere or 0), int(private or 0), int(passing or 0) * part * span / (days * HOUR),
            int(overlaps or 0), int(apart or 0), episodes * (1.0 - min(1.0, joint)), min(va, vb), days, span,
        )
    common = {
        pair: Common(int(devices), min(float(a_on / a_all), float(b_on / b_all)))
        for pair, (devices, a_on, b_on, _, a_all, b_all) in shared.items()
    }
    return conduct, common


def turns(periods: Any, visits: Any, longest: int) -> Any:
    """One row a visit that ended in a pair's common days where the other account began within its span.

    a, b, y (who began), ended, begun, different (devices known to differ), private.  Starts lie in buckets as wide as
    the longest span, so an end meets only those of its own bucket and the next: linear in visits of the pairs.
    """
    both = ibis.union(
        periods.select("a", "b", "since", "until", "span", x="a", y="b"),
        periods.select("a", "b", "since", "until", "span", x="b", y="a"),
    )
    ending = both.join(visits.select("ended", "begun", "device", "address", x="who"), "x")
    ending = ending.filter(ending.begun >= ending.since, ending.ended <= ending.until).drop("begun", "x")
    ending = ending.mutate(bucket=(ending.ended / longest).floor().cast("int64"))
    ending = ibis.union(ending, ending.mutate(bucket=ending.bucket + 1))
    starting = visits.select(
        "begun", "own_device", "own_address", bucket=(visits.begun / longest).floor().cast("int64"), y="who",
        last="ended", next_device="device", next_address="address",
    )
    met = ending.join(starting, ["y", "bucket"])
    met = met.filter(met.begun >= met.ended, met.begun <= met.ended + met.span, met.last <= met.until)
    same = (met.device == met.next_device).fill_null(False)
    private = (same & met.own_device) | ((met.address == met.next_address).fill_null(False) & met.own_address)
    different = (met.device != met.next_device).fill_null(False)
    met = met.mutate(same=same, different=different, private=private)
    return met.group_by(["a", "b", "y", "ended"]).agg(
        begun=met.begun.min(), different=met.different.any() & ~met.same.any(), private=met.private.any()
    )


def _periods(pairs: Any, visits: Any, handover_s: int, loose_handover_s: int) -> Any:
    lives = visits.group_by("who").agg(
        since=visits.begun.min(), until=visits.ended.max(), n=visits.count(),
        seconds=(visits.ended - visits.begun).sum().cast("int64"), told=visits.told.all(),
    )
    one = lives.select(
        a="who", a_since="since", a_until="until", a_all="n", a_seconds="seconds", a_told="told"
    )
    other = lives.select(
        b="who", b_since="since", b_until="until", b_all="n", b_seconds="seconds", b_told="told"
    )
    both = pairs.join(one, "a").join(other, "b")
    both = both.mutate(
        since=ibis.greatest(both.a_since, both.b_since), until=ibis.least(both.a_until, both.b_until),
        span=ibis.ifelse(both.a_told & both.b_told, handover_s, loose_handover_s),
    )
    both = both.filter(both.until - both.since >= DAY)
    inside = {}
    for side in ("a", "b"):
        found = both.select("a", "b", "since", "until").join(visits.select("begun", "ended", **{side: "who"}), side)
        found = found.filter(found.begun >= found.since, found.ended <= found.until)
        inside[side] = found.group_by(["a", "b"]).agg(**{f"{side}_visits": found.count()})
    whole = both.join(inside["a"], ["a", "b"]).join(inside["b"], ["a", "b"])
    return whole.filter(whole.a_visits >= 2, whole.b_visits >= 2).select(
        "a", "b", "since", "until", "span", "a_visits", "b_visits", "a_all", "b_all", "a_seconds", "b_seconds"
    )


def _overlaps(periods: Any, visits: Any) -> Any:
    """Per pair: visits at once not known to be on one device, each counted in the hour in which it begins.

    a, b, overlaps, overlaps_apart (of these, on devices known to differ).
    """
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
    apart = (met.device != met.other_device).fill_null(False)
    return met.group_by(["a", "b"]).agg(overlaps=met.count(), overlaps_apart=apart.sum())


def _habits(periods: Any, hours: Any) -> Any:
    """Per pair: ends of one times starts of the other, both ways, and seconds times seconds, summed over hours."""
    one = hours.select(a="who", hour="hour", a_starts="starts", a_ends="ends", a_on="seconds")
    other = hours.select(b="who", hour="hour", b_starts="starts", b_ends="ends", b_on="seconds")
    both = periods.select("a", "b").join(one, "a").join(other, ["b", "hour"])
    return both.group_by(["a", "b"]).agg(
        passing=(both.a_ends * both.b_starts + both.b_ends * both.a_starts).sum().cast("int64"),
        together=(both.a_on * both.b_on).sum().cast("int64"),
    )


def _on_common_devices(pairs: Any, visits: Any) -> Any:
    """a, b, devices in common, sessions of each on them, seconds times seconds, sessions of each with a device."""
    used = visits.filter(visits.device.notnull())
    by_device = used.group_by(["who", "device"]).agg(
        n=used.count(), seconds=(used.ended - used.begun).sum().cast("int64")
    )
    whole = used.group_by("who").agg(n=used.count())
    one = by_device.select(a="who", device="device", a_n="n", a_seconds="seconds")
    other = by_device.select(b="who", device="device", b_n="n", b_seconds="seconds")
    both = pairs.join(one, "a").join(other, ["b", "device"])
    summed = both.group_by(["a", "b"]).agg(
        devices=both.count(), a_on=both.a_n.sum().cast("int64"), b_on=both.b_n.sum().cast("int64"),
        together=(both.a_seconds * both.b_seconds).sum().cast("int64"),
    )
    return summed.join(whole.select(a="who", a_all="n"), "a").join(whole.select(b="who", b_all="n"), "b").select(
        "a", "b", "devices", "a_on", "b_on", "together", "a_all", "b_all"
    )
