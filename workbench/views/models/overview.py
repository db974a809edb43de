"""What does the case hold, and when did it happen?"""

from typing import Any, Literal

import ibis
import pandas as pd

from graph.detect.finding import TIERS, FindingsDocument
from graph.detect.registry import KINDS
from ingest.lake import Lake
from ingest.manifest import Manifest
from workbench.plain_text import plain_text

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOST_BARS = 420


def activity(lake: Lake) -> tuple[str, pd.DataFrame]:
    """Messages over time: the unit (hour, day, week or month) and columns ``time`` (UTC), ``kind``, ``messages``.

    The unit is the finest that leaves at most 420 bars.
    """
    daily = _counted(lake, "D")
    if daily.empty:
        return "day", daily
    days = int((daily["time"].max() - daily["time"].min()).days) + 1
    if days <= 3:
        return "hour", _counted(lake, "h")
    if days <= _MOST_BARS:
        return "day", daily
    unit, frequency = ("week", "W-MON") if days <= _MOST_BARS * 7 else ("month", "MS")
    grouped = daily.groupby([pd.Grouper(key="time", freq=frequency, label="left", closed="left"), "kind"])
    return unit, grouped["messages"].sum().reset_index()


def _counted(lake: Lake, unit: Literal["D", "h"]) -> pd.DataFrame:
    messages = lake.table("messages")
    kind = ibis.ifelse(messages.room.isnull(), "private", "room")
    counted = messages.group_by(time=messages.sent_at.truncate(unit), kind=kind).agg(messages=messages.count())
    frame = pd.DataFrame(
        counted.order_by("time", "kind").to_pyarrow().to_pylist(), columns=["time", "kind", "messages"]
    )
    frame["time"] = pd.to_datetime(frame["time"], utc=True)
    return frame


def people(lake: Lake) -> int:
    """Accounts that any row names: declared ones, and senders and recipients that no accounts table declares."""
    accounts, messages = lake.table("accounts"), lake.table("messages")
    named = ibis.union(
        accounts.select(account=accounts.account),
        messages.select(account=messages.sender),
        messages.select(account=messages.recipient),
        distinct=True,
    )
    return int(named.filter(named.account.notnull()).count().to_pyarrow().as_py())


def rhythm(lake: Lake) -> pd.DataFrame:
    """Messages by weekday and hour of day, UTC: ``weekday``, ``hour``, ``messages``; every cell is there."""
    messages = lake.table("messages")
    found = (
        messages.group_by(day=messages.sent_at.day_of_week.index(), hour=messages.sent_at.hour())
        .agg(messages=messages.count())
        .to_pyarrow()
        .to_pylist()
    )
    counts = {(row["day"], row["hour"]): row["messages"] for row in found}
    rows = [
        {"weekday": name, "hour": hour, "messages": counts.get((day, hour), 0)}
        for day, name in enumerate(WEEKDAYS)
        for hour in range(24)
    ]
    return pd.DataFrame(rows)


def findings_by_kind(document: FindingsDocument) -> pd.DataFrame:
    """One row a kind that was found, one column a tier."""
    rows = []
    for kind in KINDS:
        found: list[str] = [finding.tier for finding in document.findings if finding.kind == kind]
        if found:
            rows.append({"Kind": kind, **{tier.capitalize(): found.count(tier) for tier in TIERS}})
    return pd.DataFrame(rows, columns=["Kind", *(tier.capitalize() for tier in TIERS)])


def batches(manifests: tuple[Manifest, ...]) -> pd.DataFrame:
    """One row a committed batch, the newest first."""
    rows = []
    for manifest in sorted(manifests, key=lambda item: item.created_at, reverse=True):
        counts = manifest.tables.values()
        rows.append(
            {
                "Committed": manifest.created_at,
                "Sources": plain_text(", ".join(source.path.rsplit("/", 1)[-1] for source in manifest.sources[:3]))
                + (f" and {len(manifest.sources) - 3:,} more" if len(manifest.sources) > 3 else ""),
                "Read": sum(item.read for item in counts),
                "Accepted": sum(item.accepted for item in counts),
                "Rejected": sum(item.rejected for item in counts),
                "Duplicate": sum(item.duplicate for item in counts),
                "Time zone": manifest.timezone or "",
                "Batch": manifest.batch_id,
            }
        )
    columns = ["Committed", "Sources", "Read", "Accepted", "Rejected", "Duplicate", "Time zone", "Batch"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["Committed"] = pd.to_datetime(frame["Committed"], utc=True, format="ISO8601")
    return frame


def evidence_counts(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Tables that hold rows."""
    return [{"Table": name, "Rows": rows} for name, rows in counts.items() if rows]
