"""Did one account call the others?  Who wrote to them shortly before they came, and to few others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import ibis

from graph.detect.context import DetectionContext
from graph.detect.convergence_burst import Burst, moments


@dataclass(frozen=True)
class Call:
    """Who wrote to ``told`` of the members beforehand, to how many accounts in all in that time, and the messages."""

    caller: str
    told: int
    everyone: int
    records: tuple[str, ...]


def write_to_everybody(context: DetectionContext, limit: int) -> Any:
    """account: those with a role, and those that wrote first to more than ``limit`` people."""
    pairs = context.pairs
    busy = pairs.group_by(account="initiator").agg(n=lambda t: t.count())
    return context.kept(
        "convergence.everybody",
        lambda: ibis.union(busy.filter(busy.n > limit).select("account"), context.roles.select("account")),
    )


def callers_of(
    context: DetectionContext, bursts: Sequence[Burst], before: timedelta, share: float
) -> dict[str, Call]:
    """By target: the account, not the target, that wrote to most members shortly before they came, if to half.

    Accounts with a role are none, nor is one whose recipients of that time came in less than ``share``.
    """
    rows = [(b.target, member, at) for b in bursts for member, at in zip(b.members, b.at, strict=True)]
    wanted = moments(rows, "burst", "recipient", "came")
    roles = context.roles
    private = context.private.semi_join(wanted, "recipient").anti_join(roles, [("sender", "account")])
    written = private.join(wanted, ["recipient"]).filter(
        lambda t: (t.sent_at <= t.came) & (t.sent_at >= t.came - ibis.interval(seconds=int(before.total_seconds())))
        & (t.sender != t.burst)
    )
    told: dict[tuple[str, str], dict[str, str]] = {}
    for burst, sender, recipient, record in context.rows(written.select("burst", "sender", "recipient", "record_id")):
        told.setdefault((burst, sender), {})[recipient] = f"messages:{record}"
    sizes = {burst.target: len(burst.members) for burst in bursts}
    calling = {key: reached for key, reached in told.items() if len(reached) >= max(3, sizes[key[0]] / 2)}
    starts = {burst.target: burst.at[0] for burst in bursts}
    spoken = _recipients(context, sorted((burst, sender, starts[burst]) for burst, sender in calling), before)
    found: dict[str, Call] = {}
    for (burst, sender), reached in sorted(calling.items(), key=lambda item: (-len(item[1]), item[0])):
        everyone = max(len(reached), spoken.get((burst, sender), 0))
        if burst not in found and len(reached) >= share * everyone:
            found[burst] = Call(sender, len(reached), everyone, tuple(sorted(reached.values())))
    return found


def _recipients(
    context: DetectionContext, wanted: Sequence[tuple[str, str, datetime]], before: timedelta
) -> dict[tuple[str, str], int]:
    """By target and caller: to how many accounts it wrote in the time before the first came."""
    asked = moments(wanted, "burst", "sender", "came")
    span = ibis.interval(seconds=int(before.total_seconds()))
    written = context.private.join(asked, ["sender"]).filter(
        lambda t: (t.sent_at <= t.came) & (t.sent_at >= t.came - span)
    )
    counted = written.group_by(["burst", "sender"]).agg(n=lambda t: t.recipient.nunique())
    return {(burst, sender): int(n) for burst, sender, n in context.rows(counted)}
