"""When were the messages behind these links written?  A histogram, and what each link holds within a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import ibis
import pyarrow as pa

from graph.project.identifiers import uses
from graph.project.observed import Observed
from ingest.lake import Lake
from workbench.dossier.rows import one, rows

Link: TypeAlias = tuple[str, str, str]
"""Source key, target key, type, as ``workbench.lead_graphs`` names links."""
MOST_BINS = 120
_LINK = ("link_source", "link_target", "link_type")
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


@dataclass(frozen=True)
class InPeriod:
    """Of each link with any its messages and uses in a period, and the moment of the first of them (with UTC).

    A use that had begun before is there from the beginning of the period on.
    """

    weights: Mapping[Link, int]
    firsts: Mapping[Link, datetime]


def in_period(
    lake: Lake, links: Iterable[Link], *, since: datetime | None = None, until: datetime | None = None
) -> InPeriod:
    """Messages and uses of each link from ``since`` on and before ``until`` (UTC, naive); without any it is absent.

    A use is in the period where a part of it is: of its session, or from first seen to last; without a time, in none.
    """
    wanted = list(links)
    messages, used = _messages(lake, wanted), _uses(lake, wanted)
    parts = [] if messages is None else [messages.mutate(first_at=messages.sent_at, last_at=messages.sent_at)]
    parts += [] if used is None else [used]
    if not parts:
        return InPeriod({}, {})
    told = ibis.union(*(part.select("first_at", "last_at", *_LINK) for part in parts))
    if since is not None:
        told = told.filter(told.last_at >= since)
    if until is not None:
        told = told.filter(told.first_at < until)
    counted = told.group_by(*_LINK).agg(number=told.count(), first=told.first_at.min())
    weights, firsts = dict[Link, int](), dict[Link, datetime]()
    for source, target, type_, number, first in sorted(rows(counted), key=lambda row: row[:3]):
        link = (source, target, type_)
        weights[link] = int(number)
        if first is not None:
            firsts[link] = (max(first, since) if since is not None else first).replace(tzinfo=UTC)
    return InPeriod(weights, firsts)


def _messages(lake: Lake, links: Iterable[Link]) -> Any:
    """Messages of the links with the link that each is of; a link of another type has none."""
    known = _known(links, "CONTACTED", "POSTED_IN")
    if known is None:
        return None
    messages = lake.table("messages")
    private, posted = (known.filter(known.link_type == type_) for type_ in ("CONTACTED", "POSTED_IN"))
    columns = ("sent_at", *_LINK)
    parts = [
        messages.join(pairs, [messages.sender == pairs.from_id, messages[column] == pairs.to_id]).select(*columns)
        for column, pairs in (("recipient", private), ("room", posted))
    ]
    return ibis.union(*parts)


def _uses(lake: Lake, links: Iterable[Link]) -> Any:
    """Uses of identifiers with the link that each is of, as the graph counts them."""
    known = _known(links, "USED")
    if known is None:
        return None
    used = uses(Observed(lake))
    used = used.mutate(to_id=used.kind + ":" + used["value"])
    return used.join(known, [used.source == known.from_id, used.to_id == known.to_id])


def _known(links: Iterable[Link], *types: str) -> Any:
    """The links of these types, once each, with the ids of their ends; None where there are none."""
    wanted = sorted({link for link in links if link[2] in types})
    if not wanted:
        return None
    return ibis.memtable(pa.table({
        "link_source": [link[0] for link in wanted], "link_target": [link[1] for link in wanted],
        "link_type": [link[2] for link in wanted],
        "from_id": [link[0].partition("/")[2] for link in wanted],
        "to_id": [link[1].partition("/")[2] for link in wanted],
    }))
