"""Which pairs of accounts touched the same target within a window?  The relational kernel of the ambush detection."""

from collections.abc import Sequence
from typing import Any

import ibis


def co_targeting(events: Any, window_s: int) -> Any:
    """One row a pair of different actors and target they touched at most ``window_s`` seconds apart.

    ``events``: ibis table with actor, target (strings) and at (timestamp); repeated events are allowed.  Returns
    a, b, target, a_at, b_at, co_events with ``a < b``: how many pairs of their events lie within the window (its
    ends included), and each one's earliest such event.  Events without another on their target within the window leave
    first; time is cut into buckets as wide as the window, so that an event meets only events of its own bucket and
    the next: cost is that of sorting the events, and linear in them for a bounded crowd a bucket.
    The pairs are those of coordination-network-toolkit's co-retweet network (Graham et al. 2020).
    """
    if window_s < 1:
        raise ValueError(f"window of {window_s} s: at least one second")
    met = _meetings(_beside_another(events.select("actor", "target", "at"), window_s), window_s)
    swapped = met.x > met.y
    ordered = met.select(
        "target",
        a=ibis.ifelse(swapped, met.y, met.x),
        b=ibis.ifelse(swapped, met.x, met.y),
        a_at=ibis.ifelse(swapped, met.y_at, met.x_at),
        b_at=ibis.ifelse(swapped, met.x_at, met.y_at),
    )
    return ordered.group_by(["a", "b", "target"]).agg(
        a_at=ordered.a_at.min(), b_at=ordered.b_at.min(), co_events=ordered.count()
    )


def crowds(events: Any, windows_s: Sequence[int]) -> Any:
    """The events with ``crowd_<window>`` for each window: how many events touched the same target at most so far away.

    The event itself is counted.  Instants count by their whole second: engines agree on these.
    Where an actor touches a target once, that is the number of accounts around it.
    """
    timed = events.mutate(second=_second(events["at"]))
    counts = {
        f"crowd_{width}": timed.count().over(
            ibis.range_window(preceding=width, following=width, group_by="target", order_by="second")
        )
        for width in windows_s
    }
    return timed.mutate(**counts).drop("second")


def co_hits(placed: Any, window_s: int, *, max_crowd: int) -> Any:
    """The pairs of ``co_targeting`` among first contacts, with the stratum each is judged in.

    ``placed``: actor, target, at, stratum and crowd (of ``crowds``), one event an actor and target.  Returns a, b,
    target and stratum (of the earlier contact).  Events amid more than ``max_crowd`` are left out.  As no event
    repeats, each pair of events is a pair of accounts: nothing is left to group.
    """
    kept = placed.filter(placed.crowd >= 2, placed.crowd <= max_crowd)
    met = _meetings(kept.select("actor", "target", "at", "stratum"), window_s)
    return met.select("target", a=ibis.least(met.x, met.y), b=ibis.greatest(met.x, met.y), stratum="x_stratum")


def _meetings(events: Any, window_s: int) -> Any:
    """One row two events of different actors on one target within the window: x the earlier, y the later.

    ``events``: actor, target, at and anything else; every column but target comes twice, ``x`` and ``x_<column>``.
    """
    numbered = events.mutate(bucket=_bucket(events["at"], window_s))
    carried = [name for name in events.columns if name not in ("actor", "target")]
    later = numbered.select("target", "bucket", y="actor", **{f"y_{name}": name for name in carried})
    own = {"x": "actor", **{f"x_{name}": name for name in carried}}
    earlier = ibis.union(
        numbered.select("target", "bucket", **own), numbered.select("target", bucket=numbered.bucket + 1, **own)
    )
    joined = earlier.join(later, ["target", "bucket"])
    return joined.filter(
        joined.x != joined.y,
        joined.y_at <= joined.x_at + ibis.interval(seconds=window_s),
        (joined.x_at < joined.y_at) | ((joined.x_at == joined.y_at) & (joined.x < joined.y)),
    )


def _beside_another(events: Any, window_s: int) -> Any:
    """The events whose neighbour in time on the same target is at most the window away: most events have none."""
    in_time = ibis.window(group_by="target", order_by="at")
    width = ibis.interval(seconds=window_s)
    placed = events.mutate(before=events["at"].lag().over(in_time), after=events["at"].lead().over(in_time))
    near = (placed["at"] <= placed.before + width) | (placed.after <= placed["at"] + width)
    return placed.filter(near.fill_null(False)).select("actor", "target", "at")


def _bucket(at: Any, window_s: int) -> Any:
    return (_second(at) / window_s).floor().cast("int64")


def _second(at: Any) -> Any:
    """The whole second, rounded down: one engine gives fractions, another does not."""
    return at.epoch_seconds().cast("float64").floor().cast("int64")
