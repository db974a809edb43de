"""Which pairs of accounts touched the same target within a window?  The relational kernel of the ambush detection."""

from collections.abc import Sequence
from typing import Any

import ibis

from graph.detect.instants import seconds_of


def crowds(events: Any, windows_s: Sequence[int]) -> Any:
    """The events with ``crowd_<window>`` for each window: how many events touched the same target at most so far away.

    The event itself is counted.  Instants count by their whole second: engines agree on these.
    Where an actor touches a target once, that is the number of accounts around it.
    """
    timed = events.mutate(second=seconds_of(events["at"]))
    counts = {
        f"crowd_{width}": timed.count().over(
            ibis.range_window(preceding=width, following=width, group_by="target", order_by="second")
        )
        for width in windows_s
    }
    return timed.mutate(**counts).drop("second")


def co_hits(placed: Any, window_s: int, *, max_crowd: int) -> Any:
    """One row two events of different actors on one target at most ``window_s`` seconds apart, its ends included.

    ``placed``: actor, target, at, stratum and crowd (of ``crowds``).  Returns a, b (a < b), target and stratum (of the
    earlier event).  Events amid more than ``max_crowd`` are left out, those with none around leave first.  Where an
    actor touches a target once, each row is a pair of accounts: nothing is left to group.
    The pairs are those of coordination-network-toolkit's co-retweet network (Graham et al. 2020).
    """
    kept = placed.filter(placed.crowd >= 2, placed.crowd <= max_crowd)
    met = _meetings(kept.select("actor", "target", "at", "stratum"), window_s)
    return met.select("target", a=ibis.least(met.x, met.y), b=ibis.greatest(met.x, met.y), stratum="x_stratum")


def _meetings(events: Any, window_s: int) -> Any:
    """One row two events of different actors on one target within the window: x the earlier, y the later.

    ``events``: actor, target, at and anything else; every column but target comes twice, ``x`` and ``x_<column>``.
    Time is cut into buckets as wide as the window, so that an event meets only events of its own bucket and the next:
    cost is that of sorting the events, and linear in them for a bounded crowd a bucket.
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


def _bucket(at: Any, window_s: int) -> Any:
    return (seconds_of(at) / window_s).floor().cast("int64")
