"""When was one account there and the other not?  By the hour, from sessions and from what both wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from ingest.lake import Lake
from workbench.dossier.rows import rows
from workbench.dossier.sessions import sessions

HOUR = timedelta(hours=1)
LONGEST = timedelta(days=366)
"""A session beyond that is a mistake of its source: only its beginning counts."""
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Presence:
    """``hours``: the beginning of each hour in which one of the two was there, and which: 1, 2, or 3 for both.

    ``together``: spans in which sessions of both ran at once; ``nearest``: the shortest time between the end of a
    session of one and the start of the next of the other, where they did not run at once; None where there is none.
    """

    hours: tuple[tuple[datetime, int], ...]
    together: tuple[Span, ...]
    nearest: timedelta | None
    sessions: tuple[int, int]

    def counts(self) -> tuple[int, int, int]:
        """Hours in which the one alone, the other alone, and both were there."""
        found = [which for _, which in self.hours]
        return found.count(1), found.count(2), found.count(3)


def presence(lake: Lake, one: str, other: str) -> Presence:
    """What sessions and messages of both say."""
    spans = [_spans(lake, who) for who in (one, other)]
    hours: dict[datetime, int] = {}
    for bit, who, merged in zip((1, 2), (one, other), map(_merged, spans), strict=True):
        for hour in {*_wrote(lake, who), *_hours(merged)}:
            hours[hour] = hours.get(hour, 0) | bit
    first, second = (_merged(listed) for listed in spans)
    return Presence(
        tuple(sorted(hours.items())), tuple(_both(first, second)), _nearest(first, second),
        (len(spans[0]), len(spans[1])),
    )


def _spans(lake: Lake, account: str) -> list[Span]:
    """Sessions; one without an end, or with an end that cannot be, is a moment."""
    found = []
    for item in sessions(lake, account):
        end = item.ended_at or item.started_at
        fits = item.started_at <= end <= item.started_at + LONGEST
        found.append((item.started_at, end if fits else item.started_at))
    return found


def _wrote(lake: Lake, account: str) -> list[datetime]:
    messages = lake.table("messages")
    sent = messages.filter(messages.sender == account)
    return [row[0] for row in rows(sent.select(hour=sent.sent_at.truncate("h")).distinct())]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that do not touch, in order of time."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _hours(merged: Iterable[Span]) -> Iterable[datetime]:
    for start, end in merged:
        hour = start.replace(minute=0, second=0, microsecond=0)
        while hour <= end:
            yield hour
            hour += HOUR


def _both(first: list[Span], second: list[Span]) -> Iterable[Span]:
    """Where merged spans of the one and of the other lie over each other."""
    one = other = 0
    while one < len(first) and other < len(second):
        start, end = max(first[one][0], second[other][0]), min(first[one][1], second[other][1])
        if start < end:
            yield start, end
        if first[one][1] <= second[other][1]:
            one += 1
        else:
            other += 1


def _nearest(first: list[Span], second: list[Span]) -> timedelta | None:
    """Over neighbours in time that belong to different accounts and do not overlap."""
    marked = sorted([(start, end, 1) for start, end in first] + [(start, end, 2) for start, end in second])
    gaps = [
        later[0] - before[1]
        for before, later in pairwise(marked)
        if before[2] != later[2] and later[0] >= before[1]
    ]
    return min(gaps, default=None)
