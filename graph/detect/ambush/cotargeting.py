"""Which pairs of accounts touched the same target within a window?  The relational kernel of the ambush detection."""

from typing import Any

import ibis

WEIGHT_UNIT = 1_000_000  # weights are whole millionths, so that sums do not depend on the engine's order


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
    numbered = _beside_another(events.select("actor", "target", "at"), window_s)
    numbered = numbered.mutate(bucket=_bucket(numbered["at"], window_s))
    later = numbered.select(target="target", bucket="bucket", y="actor", y_at="at")
    earlier = ibis.union(
        numbered.select(target="target", bucket="bucket", x="actor", x_at="at"),
        numbered.select(target="target", bucket=numbered.bucket + 1, x="actor", x_at="at"),
    )
    joined = earlier.join(later, ["target", "bucket"])
    met = joined.filter(
        joined.x != joined.y,
        joined.y_at <= joined.x_at + ibis.interval(seconds=window_s),
        (joined.x_at < joined.y_at) | ((joined.x_at == joined.y_at) & (joined.x < joined.y)),
    )
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


def crowds(events: Any, window_s: int) -> Any:
    """The events with ``crowd``: how many events touched the same target at most ``window_s`` away, this one included.

    Instants count by their whole second: engines agree on these.
    Where an actor touches a target once, that is the number of accounts around it.
    """
    timed = events.mutate(second=_second(events["at"]))
    window = ibis.range_window(preceding=window_s, following=window_s, group_by="target", order_by="second")
    return timed.mutate(crowd=timed.count().over(window)).drop("second")


def co_hits(placed: Any, window_s: int, *, full_crowd: int, max_crowd: int) -> Any:
    """``co_targeting`` of first contacts, with the weight of each co-hit and the stratum it is judged in.

    ``placed``: actor, target, at, stratum (string) and crowd (of ``crowds``), one event a pair.  Returns a, b, target,
    a_at, b_at, stratum (of the earlier contact) and weight in millionths: 1,000,000 for a crowd up to ``full_crowd``
    and ``full_crowd / crowd`` of it above.  Events amid more than ``max_crowd`` are left out.
    """
    kept = placed.filter(placed.crowd >= 2, placed.crowd <= max_crowd)
    pairs = co_targeting(kept, window_s)
    one = kept.select(a="actor", target="target", a_stratum="stratum", a_crowd="crowd")
    other = kept.select(b="actor", target="target", b_stratum="stratum", b_crowd="crowd")
    both = pairs.join(one, ["a", "target"]).join(other, ["b", "target"])
    crowd = ibis.greatest(both.a_crowd, both.b_crowd, full_crowd)
    return both.select(
        "a", "b", "target", "a_at", "b_at",
        stratum=ibis.ifelse(both.a_at <= both.b_at, both.a_stratum, both.b_stratum),
        weight=(ibis.literal(full_crowd * WEIGHT_UNIT, "int64") / crowd).floor().cast("int64"),
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
