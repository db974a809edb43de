"""What do accounts share?  Identifier nodes (``kind:value``, across platforms) and who used them when."""

from typing import Any

import ibis

from graph.project.observed import Observed, union


def used(observed: Observed) -> Any:
    """The USED relationships: source, target, kind, value, times, first_at, last_at, batch_id, fresh.

    A session counts once for its address and once for its device; a row of the identifiers table counts once.
    """
    sessions = observed.table("sessions")
    ended = ibis.coalesce(ibis.greatest(sessions.ended_at, sessions.started_at), sessions.started_at)
    uses = [
        sessions.filter(sessions[column].notnull()).select(
            source=sessions.account, kind=ibis.literal(kind), value=sessions[column], first_at=sessions.started_at,
            last_at=ended, batch_id=sessions.batch_id, fresh=sessions.fresh,
        )
        for column, kind in (("ip", "ip"), ("device_id", "device"))
    ]
    listed = observed.table("identifiers")
    uses.append(
        listed.select(
            source=listed.account, kind=listed.kind, value=listed["value"],
            first_at=ibis.coalesce(listed.first_seen_at, listed.last_seen_at),
            last_at=ibis.coalesce(listed.last_seen_at, listed.first_seen_at),
            batch_id=listed.batch_id, fresh=listed.fresh,
        )
    )
    rows = union(uses)
    grouped = rows.group_by("source", "kind", "value").agg(
        times=rows.count(), first_at=rows.first_at.min(), last_at=rows.last_at.max(), batch_id=rows.batch_id.max(),
        fresh=rows.fresh.any(),
    )
    return grouped.mutate(target=grouped.kind + ":" + grouped["value"])


def identifiers(uses: Any) -> Any:
    """Identifier rows of the USED relationships; ``accounts`` counts those that used it."""
    return uses.group_by(id=uses.target).agg(
        kind=uses.kind.min(), value=uses["value"].max(), accounts=uses.source.nunique(),
        batch_id=uses.batch_id.max(), fresh=uses.fresh.any(),
    )
