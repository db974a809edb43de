"""Whom did an account write to before they wrote to it, when, and what was known of their age then?"""

from datetime import datetime
from typing import NamedTuple

import ibis

from graph.detect.minors import MinorParameters, with_minority
from ingest.lake import Lake
from workbench.dossier.ages import ruling
from workbench.dossier.rows import rows


class FirstWritten(NamedTuple):
    """The first private message of a pair, written by the account; ``age`` in years and ``basis`` None: unknown."""

    other: str
    at: datetime
    record: str
    minor: bool
    age: int | None
    basis: str | None


def first_written(lake: Lake, account: str) -> list[FirstWritten]:
    """One a person, in no particular order; ages as they were known at that moment."""
    messages = lake.table("messages")
    own = messages.filter(
        messages.recipient.notnull(), messages.sender != messages.recipient,
        (messages.sender == account) | (messages.recipient == account),
    )
    other = ibis.ifelse(own.sender == account, own.recipient, own.sender)
    nth = ibis.row_number().over(ibis.window(group_by="other", order_by=["sent_at", "record_id"]))
    pairs = own.select("sender", "sent_at", "record_id", other=other).mutate(nth=nth)
    first = pairs.filter(pairs.nth == 0, pairs.sender == account).select("other", "sent_at", "record_id")
    people = [row[0] for row in rows(first.select("other"))]
    if not people:
        return []
    known = with_minority(first, ruling(lake, people), account="other", at="sent_at", parameters=MinorParameters())
    return [FirstWritten(*row) for row in rows(known.select("other", "sent_at", "record_id", "minor", "age", "basis"))]
