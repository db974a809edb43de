"""Which devices, addresses, e-mails and other marks did an account use, when, and who else used them?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import pyarrow as pa

from ingest.lake import Lake
from workbench.dossier.rows import rows

FROM_SESSIONS = (("device", "device_id"), ("ip", "ip"))


@dataclass(frozen=True)
class Mark:
    """One value of one kind; ``others``: accounts that used it too, with how often; ``holders``: all who did."""

    kind: str
    value: str
    times: int
    first_at: datetime | None
    last_at: datetime | None
    others: tuple[tuple[str, int], ...]

    @property
    def holders(self) -> int:
        return 1 + len(self.others)


Holder = tuple[str, int, datetime | None, datetime | None]
"""account, times, first, last"""


def holders(lake: Lake, kind: str, value: str) -> list[Holder]:
    """Who used one mark, most often first; compared as written."""
    every = used(lake)
    wanted = every.filter(every.kind == kind, every["value"] == value)
    grouped = wanted.group_by("account").aggregate(
        n=lambda t: t.count(), first=lambda t: t["first"].min(), last=lambda t: t["last"].max()
    )
    return sorted(rows(grouped), key=lambda row: (-row[1], row[0]))


def marks(lake: Lake, account: str) -> list[Mark]:
    """Marks that fewest others hold come first, then by kind and value; compared as written."""
    every = used(lake)
    own = every.filter(every.account == account)
    grouped = own.group_by(["kind", "value"]).aggregate(
        n=lambda t: t.count(), first=lambda t: t["first"].min(), last=lambda t: t["last"].max()
    )
    mine = rows(grouped)
    if not mine:
        return []
    wanted = ibis.memtable(pa.table({
        "kind": pa.array([row[0] for row in mine], pa.string()),
        "value": pa.array([row[1] for row in mine], pa.string()),
    }))
    shared = every.filter(every.account != account).semi_join(wanted, ["kind", "value"])
    others: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for kind, value, other, times in rows(
        shared.group_by(["kind", "value", "account"]).aggregate(n=lambda t: t.count())
    ):
        others.setdefault((kind, value), []).append((other, int(times)))
    found = [
        Mark(kind, value, int(times), first, last,
             tuple(sorted(others.get((kind, value), ()), key=lambda item: (-item[1], item[0]))))
        for kind, value, times, first, last in mine
    ]
    return sorted(found, key=lambda mark: (not mark.others, mark.holders, mark.kind, mark.value))


def used(lake: Lake) -> Any:
    """account, kind, value, first, last, record of every use of every mark."""
    sessions, identifiers = lake.table("sessions"), lake.table("identifiers")
    found = [
        sessions.filter(sessions[column].notnull(), sessions[column] != "").select(
            "account", kind=ibis.literal(kind), value=column, first="started_at",
            last=ibis.coalesce(sessions.ended_at, sessions.started_at),
            record=ibis.literal("sessions:") + sessions.record_id,
        )
        for kind, column in FROM_SESSIONS
    ]
    found.append(identifiers.select(
        "account", "kind", "value", first="first_seen_at", last="last_seen_at",
        record=ibis.literal("identifiers:") + identifiers.record_id,
    ))
    return ibis.union(*found)
