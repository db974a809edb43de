"""Had the target only just arrived, and what do newcomers here receive in as long a time?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from graph.detect.arrays import Ints, listed
from graph.detect.context import DetectionContext
from graph.detect.convergence.around import Around
from graph.detect.convergence.contacts import DAY, YOUNG, Contacts


@dataclass(frozen=True)
class Arrival:
    """Milliseconds from the target's first trace (``record``) to the first member and to the last, and who wrote first
    to it by then, minors and accounts with a role aside: ``received``; ``usual``: on average to other newcomers (None:
    there are none)."""

    before: int
    span: int
    received: int
    usual: float | None
    record: str


def arrivals(context: DetectionContext, contacts: Contacts, leads: Sequence[Around]) -> list[Arrival | None]:
    """For each lead whose target was first seen a second to a day before the first member came."""
    targets = np.array([contacts.target[around.rows[0]] for around in leads], dtype=np.int64)
    first, last = (np.array([contacts.at[around.rows[row]] for around in leads], dtype=np.int64) for row in (0, -1))
    before = first - contacts.appeared[targets]
    new = np.flatnonzero((before >= 1000) & (before < DAY))  # of whom members alone tell may have been there for long
    if not len(new):
        return [None] * len(leads)
    traces = _first_traces(context, contacts.names(targets[new]))
    known = pa.array([account for account, _ in context.rows(context.roles)], pa.string())
    member = ~pa.compute.is_in(contacts.people, value_set=known).to_numpy(zero_copy_only=False)
    begin, end = int(contacts.at.min()), int(contacts.at.max())
    grown = contacts.target[contacts.side != YOUNG]
    age = (contacts.at - contacts.appeared[contacts.target])[contacts.side != YOUNG]
    found: list[Arrival | None] = [None] * len(leads)
    for lead in new.tolist():
        target, span = int(targets[lead]), int(last[lead] - contacts.appeared[targets[lead]])
        others = member & (contacts.appeared >= begin) & (contacts.appeared + span <= end)  # seen for as long
        others[target] = False
        received: Ints = np.bincount(grown[age <= span], minlength=len(member))
        found[lead] = Arrival(
            int(first[lead] - contacts.appeared[target]), span, int(received[target]),
            float(received[others].mean()) if others.any() else None, traces[contacts.names(targets[[lead]])[0]],
        )
    return found


def _first_traces(context: DetectionContext, accounts: Sequence[str]) -> dict[str, str]:
    """By account the record of its earliest trace, as ``DetectionContext.appearances`` has them; an account's own row
    before a message of that instant."""
    rows, messages, private = context.table("accounts"), context.table("messages"), context.private
    wanted = listed(account=sorted(set(accounts)))

    def seen(table: Any, account: str, at: str, kind: str) -> Any:
        named = table.select("record_id", account=account, at=at).semi_join(wanted, "account")
        return named.filter(named["at"].notnull()).select("account", "at", kind=ibis.literal(kind), record="record_id")

    traces = ibis.union(
        seen(rows, "account", "created_at", "accounts"), seen(messages, "sender", "sent_at", "messages"),
        seen(private, "recipient", "sent_at", "messages"),
    )
    found: dict[str, str] = {}
    earliest = context.appearances.select("account", at="first_at")
    for account, _, kind, record in context.rows(traces.semi_join(earliest, ["account", "at"])):
        found.setdefault(account, f"{kind}:{record}")
    return found
