"""Does an account write to whoever arrives, minors and adults as they come?  The mix of arrivals as a second null."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.statistics import beta_binomial_tail

ARRIVAL_HOURS = 24
DISPERSION = 0.02


@dataclass(frozen=True)
class ArrivalMix:
    """``to_arrivals`` of ``contacts`` went to people within a day of their first trace, ``minors`` of them minors.

    ``expected`` is the share of minors among all who arrived on those days; ``p_value`` the upper tail against it.
    """

    contacts: int = 0
    to_arrivals: int = 0
    minors: int = 0
    expected: float = 0.0
    p_value: float = 1.0

    @property
    def share(self) -> float:
        return self.to_arrivals / self.contacts if self.contacts else 0.0


def arrival_mixes(context: DetectionContext, accounts: Sequence[str]) -> dict[str, ArrivalMix]:
    """The mix of each account in ``accounts``; a target whose first trace is the contact itself is no arrival."""
    if not accounts:
        return {}
    names = ibis.memtable(pa.table({"initiator": sorted(accounts)}))
    contacts = context.pairs.semi_join(names, "initiator").select("initiator", "target", at="first_at")
    contacts = context.with_minority(contacts, account="target", at="at")
    came = context.appearances.select(target="account", came_at="first_at")
    arrivals = context.appearances.select("account", "first_at", day=context.appearances.first_at.truncate("D"))
    known = context.with_minority(
        arrivals.mutate(told_at=arrivals.first_at + ibis.interval(hours=ARRIVAL_HOURS)), account="account", at="told_at"
    )
    days = known.group_by("day").agg(people=lambda t: t.count(), minors=lambda t: t.minor.cast("int64").sum())
    joined = contacts.left_join(came, ["target"]).drop("target_right")
    joined = joined.mutate(
        day=joined.came_at.truncate("D"),
        arrival=(joined.came_at < joined["at"])
        & (joined["at"] <= joined.came_at + ibis.interval(hours=ARRIVAL_HOURS)),
    )
    joined = joined.left_join(days, ["day"])
    rows = context.rows(joined.select("initiator", "target", "arrival", "minor", "people", "minors"))
    of_account: dict[str, list[tuple[Any, ...]]] = {account: [] for account in sorted(accounts)}
    for row in rows:
        of_account[row[0]].append(row)
    result: dict[str, ArrivalMix] = {}
    for account, mine in of_account.items():
        arrived = [row for row in mine if row[2]]
        minors = sum(1 for row in arrived if row[3])
        people = sum(row[4] or 0 for row in arrived)
        expected = (sum(row[5] or 0 for row in arrived) + 0.5) / (people + 1.0)
        tail = beta_binomial_tail(minors, len(arrived), min(expected, 1.0), DISPERSION) if arrived else 1.0
        result[account] = ArrivalMix(len(mine), len(arrived), minors, expected, tail)
    return result
