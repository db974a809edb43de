"""What does the case hold, and when did it happen?"""

from typing import Literal

import ibis
import pandas as pd

from graph.detect.finding import TIERS, FindingsDocument
from graph.detect.registry import KINDS
from ingest.case_folder.manifest import Manifest
from ingest.lake import Lake
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.plain_text import plain_text

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOST_BARS, _NAMED = 420, 4


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


def named_times(over_time: pd.DataFrame) -> list[float]:
    """Of the bars over time the first and few more, evenly apart: those whose beginning the axis names, in seconds of
    the epoch."""
    times = over_time["time"].drop_duplicates().sort_values()
    apart = -(-(len(times) - 1) // _NAMED) or 1
    return [time.timestamp() for time in times.iloc[::apart]]


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


def rooms(lake: Lake) -> int:
    """Rooms that any row names: declared ones, and those of messages that no rooms table declares."""
    declared, messages = lake.table("rooms"), lake.table("messages")
    named = ibis.union(declared.select("room"), messages.select("room"), distinct=True)
    return int(named.filter(named.room.notnull()).count().to_pyarrow().as_py())


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


def findings_by_kind(document: FindingsDocument, words: Words) -> pd.DataFrame:
    """One row a kind that was found, one column a tier."""
    _ = words.gettext
    heads = {"strong": _("Strong"), "moderate": _("Moderate"), "weak": _("Weak")}
    rows = []
    for kind in KINDS:
        found: list[str] = [finding.tier for finding in document.findings if finding.kind == kind]
        if found:
            rows.append((kind_label(kind, words), *(found.count(tier) for tier in TIERS)))
    return pd.DataFrame(rows, columns=[_("Kind"), *(heads[tier] for tier in TIERS)])


def batches(manifests: tuple[Manifest, ...], words: Words) -> pd.DataFrame:
    """One row a committed batch, the newest first."""
    _ = words.gettext
    rows = []
    for manifest in sorted(manifests, key=lambda item: item.created_at, reverse=True):
        counts = manifest.tables.values()
        sources = plain_text(", ".join(source.path.rsplit("/", 1)[-1] for source in manifest.sources[:3]))
        if len(manifest.sources) > 3:
            sources += " " + _("and {number} more", number=len(manifest.sources) - 3)
        rows.append((
            pd.Timestamp(manifest.created_at), sources, sum(item.read for item in counts),
            sum(item.accepted for item in counts), sum(item.rejected for item in counts),
            sum(item.duplicate for item in counts), manifest.timezone or "", manifest.batch_id,
        ))
    heads = [
        _("Committed"), _("Sources"), _("Read"), _("Accepted"), _("Rejected"), _("Duplicate"), _("Time zone"),
        _("Batch"),
    ]
    frame = pd.DataFrame(rows, columns=heads)
    frame[heads[0]] = pd.to_datetime(frame[heads[0]], utc=True)
    return frame


def evidence_counts(counts: dict[str, int], words: Words) -> pd.DataFrame:
    """Tables that hold rows."""
    _ = words.gettext
    rows = [(_(table), number) for table, number in counts.items() if number]
    return pd.DataFrame(rows, columns=[_("Table"), _("Rows")])
