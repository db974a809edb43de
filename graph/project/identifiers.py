"""What do accounts share?  Identifier nodes (``kind:value``, across platforms) and who used them when."""

from typing import Any

import ibis

from graph.project.observed import Observed, union


def used(observed: Observed) -> Any:
    """The USED relationships: source, target, kind, value, times, first_at, last_at, batch_id, fresh."""
    rows = uses(observed)
    grouped = rows.group_by("source", "kind", "value").agg(
        times=rows.count(), first_at=rows.first_at.min(), last_at=rows.last_at.max(), batch_id=rows.batch_id.max(),
        fresh=rows.fresh.any(),
    )
    return grouped.mutate(target=grouped.kind + ":" + grouped["value"])


def uses(observed: Observed) -> Any:
    """Each use by itself: source, kind, value, first_at, last_at (null where no row tells them), batch_id, fresh.

    A session counts once for its address and once for its device; a row of the identifiers table counts once.
    """
    sessions = observed.table("sessions")
    ended = ibis.coalesce(ibis.greatest(sessions.ended_at, sessions.started_at), sessions.started_at)
    parts = [
        sessions.filter(sessions[column].notnull()).select(
            source=sessions.account, kind=ibis.literal(kind), value=sessions[column], first_at=sessions.started_at,
            last_at=ended, batch_id=sessions.batch_id, fresh=sessions.fresh,
        )
        for column, kind in (("ip", "ip"), ("device_id", "device"))
    ]
    listed = observed.table("identifiers")
    parts.append(
        listed.select(
            source=listed.account, kind=listed.kind, value=listed["value"],
            first_at=ibis.coalesce(listed.first_seen_at, listed.last_seen_at),
            last_at=ibis.coalesce(listed.last_seen_at, listed.first_seen_at),
            batch_id=listed.batch_id, fresh=listed.fresh,
        )
    )
    return union(parts)


def identifiers(used: Any) -> Any:
    """Identifier rows of the USED relationships; ``accounts`` counts those that used it."""
    return used.group_by(id=used.target).agg(
        kind=used.kind.min(), value=used["value"].max(), accounts=used.source.nunique(),
        batch_id=used.batch_id.max(), fresh=used.fresh.any(),
    )
