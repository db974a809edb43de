"""At which instant does a register stand?  At the last that it, or the case, shows to have passed.

A register writes ends that have come and ends that are to come (a mandate until 2030) alike.  Whoever holds until a day
beyond all that is known to have passed holds still; the clock is not asked: the same evidence gives the same answer.
"""

from collections.abc import Iterable
from datetime import datetime

from graph.detect.context import DetectionContext
from graph.detect.owners.holdings import Holding, day_of

_TRACES = {"messages": "sent_at", "reports": "made_at", "sessions": "started_at", "accounts": "created_at"}


def last_activity(context: DetectionContext) -> datetime | None:
    """The last moment (naive UTC) at which anybody did anything in the case; None where nobody did."""
    latest = []
    for name, column in _TRACES.items():
        table = context.table(name)
        latest += [moment for moment, in context.rows(table.agg(latest=table[column].max())) if moment is not None]
    return max(latest, default=None)


def present_instant(holdings: Iterable[Holding], activity: datetime | None = None) -> datetime | None:
    """The last instant any row names that has passed; None when none does.

    Passed is what is no later than the last beginning, statement or ``activity``; where there is none, every end.
    """
    rows = list(holdings)
    begun = [row.since for row in rows if row.since is not None]
    stated = [day for row in rows if row.stated and (day := day_of(row.stated)) is not None]
    ended = [(row.until, row.superseded) for row in rows if row.until is not None]
    known = [*begun, *stated, *([] if activity is None else [activity])]
    passed = [moment for moment, replaced in ended if replaced or not known or moment <= max(known)]
    return max([*begun, *passed, *([max(known)] if ended and known and not begun else [])], default=None)
