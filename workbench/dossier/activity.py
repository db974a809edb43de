"""When were the messages behind these links written?  A histogram, and each link's own count within a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import ibis
import pyarrow as pa

from ingest.lake import Lake
from workbench.dossier.rows import one, rows

Link: TypeAlias = tuple[str, str, str]
"""Source key, target key, type, as ``workbench.lead_graphs`` names links."""
MOST_BINS = 120
_STEPS = (60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400, 2 * 86_400, 7 * 86_400, 14 * 86_400, 28 * 86_400)


@dataclass(frozen=True)
class Activity:
    """``counts`` of messages in bins of ``width`` from ``first`` on (UTC, naive); ``total`` is their sum."""

    first: datetime
    width: timedelta
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def starts(self) -> tuple[datetime, ...]:
        return tuple(self.first + place * self.width for place in range(len(self.counts)))


def activity(lake: Lake, links: Iterable[Link], *, most: int = MOST_BINS) -> Activity | None:
    """The messages behind the links, in at most ``most`` bins of a round width; None where there are none."""
    told = _messages(lake, links)
    if told is None:
        return None
    first, last, number = one(told.agg(first=told.sent_at.min(), last=told.sent_at.max(), number=told.count()))
    if not number:
        return None
    span = (last - first).total_seconds()
    width = next((step for step in _STEPS if span / step < most - 1), None) or 86_400 * -(-int(span) // (86_400 * most))
    start = datetime.fromtimestamp(first.replace(tzinfo=UTC).timestamp() // width * width, UTC).replace(tzinfo=None)
    place = ((told.sent_at.epoch_seconds() - int(start.replace(tzinfo=UTC).timestamp())) // width).cast("int64")
    found: dict[int, int] = dict(rows(told.group_by(place=place).agg(number=told.count()).select("place", "number")))
    counts = tuple(int(found.get(place, 0)) for place in range(max(found) + 1))
    return Activity(start, timedelta(seconds=width), counts)


def weights(
    lake: Lake, links: Iterable[Link], *, since: datetime | None = None, until: datetime | None = None
) -> Mapping[Link, int]:
    """Messages of each link from ``since`` on and before ``until`` (UTC, naive); links without any are absent."""
    told = _messages(lake, links)
    if told is None:
        return {}
    if since is not None:
        told = told.filter(told.sent_at >= since)
    if until is not None:
        told = told.filter(told.sent_at < until)
    counted = told.group_by("link_source", "link_target", "link_type").agg(number=told.count())
    return {
        (source, target, type_): int(number)
        for source, target, type_, number in sorted(rows(counted))
    }


def _messages(lake: Lake, links: Iterable[Link]) -> Any:
    """Messages of the links with the link that each is of; a link of another type has none."""
    wanted = sorted({link for link in links if link[2] in ("CONTACTED", "POSTED_IN")})
    if not wanted:
        return None
    table = pa.table({
        "link_source": [link[0] for link in wanted], "link_target": [link[1] for link in wanted],
        "link_type": [link[2] for link in wanted],
        "from_id": [link[0].partition("/")[2] for link in wanted],
        "to_id": [link[1].partition("/")[2] for link in wanted],
    })
    known = ibis.memtable(table)
    messages = lake.table("messages")
    private, posted = (known.filter(known.link_type == type_) for type_ in ("CONTACTED", "POSTED_IN"))
    columns = ("sent_at", "link_source", "link_target", "link_type")
    parts = [
        messages.join(pairs, [messages.sender == pairs.from_id, messages[column] == pairs.to_id]).select(*columns)
        for column, pairs in (("recipient", private), ("room", posted))
    ]
    return ibis.union(*parts)
