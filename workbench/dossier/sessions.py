"""When was an account online, from which device and address?"""

from dataclasses import dataclass
from datetime import datetime

from ingest.lake import Lake
from workbench.dossier.rows import one, rows


@dataclass(frozen=True)
class Session:
    """One session; ``ended_at`` is None where the source does not tell it."""

    started_at: datetime
    ended_at: datetime | None
    device: str
    ip: str
    agent: str
    record: str


def sessions(lake: Lake, account: str, *, first: int = 0, most: int | None = None) -> list[Session]:
    """In order of time, ``most`` of them (None: all) from number ``first`` (from 0)."""
    table = lake.table("sessions")
    ordered = table.filter(table.account == account).order_by(["started_at", "record_id"])
    listed = ordered.select("started_at", "ended_at", "device_id", "ip", "user_agent", "record_id")
    return [
        Session(start, end, device or "", ip or "", agent or "", f"sessions:{record}")
        for start, end, device, ip, agent, record in rows(listed.limit(most, offset=first))
    ]


def sessions_count(lake: Lake, account: str) -> int:
    """How many sessions there are."""
    table = lake.table("sessions")
    (found,) = one(table.filter(table.account == account).aggregate(n=lambda t: t.count()))
    return int(found)
