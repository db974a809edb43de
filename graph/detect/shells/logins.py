"""Who was there when, from which device and address?  Sessions as whole numbers; bursts of messages where none are."""

from dataclasses import dataclass
from typing import Any

import ibis

from graph.detect.context import DetectionContext
from graph.detect.instants import seconds_of
from graph.detect.shells.parameters import ShellParameters
from graph.text_forms.written import named, places

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True)
class Logins:
    """Tables in the engine.  ``accounts``: account, who; ``devices``: device_id, device, value; ``addresses``: ip,
    address, value: texts as written, their number, and the form which all of that number have.

    ``rows``: who, begun, ended (whole seconds since 1970), device, address (numbers or null), one row a session.
    ``names``: accounts by number, in order of their ids.
    """

    accounts: Any
    devices: Any
    addresses: Any
    rows: Any
    names: tuple[str, ...]


def read_logins(context: DetectionContext) -> Logins:
    """Number accounts, devices and addresses from 0 in order of their texts, and read the sessions by number."""
    sessions = context.table("sessions")
    tables = [context.table(name).select("account") for name in ("accounts", "sessions", "identifiers")]
    everyone = ibis.union(*tables, distinct=True).filter(lambda t: t.account.notnull())
    accounts = context.kept("shells.accounts", lambda: _numbered(everyone, "account", "who"))
    used = _distinct(sessions, "device_id")
    forms = context.kept("shells.named", lambda: used.mutate(value=named(used.device_id)))
    devices = context.kept("shells.devices", lambda: _by_value(forms, "device"))
    texts = context.kept("shells.ips", lambda: _distinct(sessions, "ip"))
    homes = context.kept("shells.places", lambda: places(texts))
    addresses = context.kept("shells.addresses", lambda: _by_value(homes, "address"))

    def build() -> Any:
        rows = sessions.select("account", "device_id", "ip", **span_of(sessions))
        rows = rows.join(accounts, "account").left_join(devices.drop("value"), "device_id")
        rows = rows.left_join(addresses.drop("value"), "ip")
        return rows.select("who", "begun", "ended", "device", "address")

    names = tuple(row[0] for row in context.rows(accounts.select("account")))
    return Logins(accounts, devices, addresses, context.kept("shells.logins", build), names)


def read_visits(context: DetectionContext, logins: Logins, members: Any, parameters: ShellParameters) -> Any:
    """who, begun, ended (whole seconds since 1970), device, address, logged (bool) of ``members`` (who).

    ``logged``: from a session; else a burst of messages no more than ``burst_gap_s`` apart.
    """

    def build() -> Any:
        rows = logins.rows.semi_join(members, "who")
        silent = logins.accounts.semi_join(members, "who").anti_join(rows, "who")
        whole = rows.mutate(logged=ibis.literal(True))
        return ibis.union(whole, _bursts(context, silent, parameters.burst_gap_s).select(*whole.columns))

    return context.kept("shells.visits", build, by=parameters)


def read_spans(context: DetectionContext, logins: Logins) -> Any:
    """who, first, last: when the first session of each account began and its last ended, or it wrote first and last
    where it has none (seconds since 1970)."""
    rows, messages = logins.rows, context.table("messages")
    logged = rows.group_by("who").agg(first=rows.begun.min(), last=rows.ended.max())
    silent = logins.accounts.anti_join(rows, "who").select("who", sender="account")
    sent = messages.select("sender", at=seconds_of(messages.sent_at)).join(silent, "sender")
    written = sent.group_by("who").agg(first=sent["at"].min(), last=sent["at"].max())
    return context.kept("shells.spans", lambda: ibis.union(logged, written.select(*logged.columns)))


def span_of(sessions: Any) -> dict[str, Any]:
    """``begun`` and ``ended`` of sessions; one without an end has ended where it began."""
    begun = seconds_of(sessions.started_at)
    return {"begun": begun, "ended": ibis.coalesce(ibis.greatest(begun, seconds_of(sessions.ended_at)), begun)}


def day_of(seconds: Any) -> Any:
    """Days since 1970."""
    return (seconds / DAY).floor().cast("int64")


def slots_of(visits: Any) -> Any:
    """The visits cut into hours: one row a visit and hour (``slot``: hours since 1970), with seconds in it."""
    first, last = (visits.begun / HOUR).floor().cast("int64"), (visits.ended / HOUR).floor().cast("int64")
    hours = visits.mutate(slot=ibis.range(first, last + 1)).unnest("slot")
    seconds = ibis.least(hours.ended, (hours.slot + 1) * HOUR) - ibis.greatest(hours.begun, hours.slot * HOUR)
    return hours.mutate(seconds=seconds)


def hours_of(visits: Any) -> Any:
    """who, hour (of the UTC day), starts, ends, seconds: an account's habits over all its days."""
    slots = slots_of(visits)
    first = (slots.begun / HOUR).floor().cast("int64") == slots.slot
    last = (slots.ended / HOUR).floor().cast("int64") == slots.slot
    return slots.group_by(who=slots.who, hour=slots.slot % 24).agg(
        starts=first.cast("int64").sum().cast("int64"), ends=last.cast("int64").sum().cast("int64"),
        seconds=slots.seconds.sum().cast("int64"),
    )


def _bursts(context: DetectionContext, listed: Any, gap_s: int) -> Any:
    messages = context.table("messages")
    rows = messages.join(listed.select("who", sender="account"), "sender").select(
        "who", at=seconds_of(messages.sent_at)
    )
    gap = rows.at - rows.at.lag().over(ibis.window(group_by="who", order_by="at"))
    rows = rows.mutate(fresh=(gap.isnull() | (gap > gap_s)).cast("int64"))
    # a range, so that messages of one second belong together on every engine
    rows = rows.mutate(burst=rows.fresh.sum().over(ibis.window(group_by="who", order_by="at", following=0)))
    bursts = rows.group_by(["who", "burst"]).agg(begun=rows.at.min(), ended=rows.at.max())
    unknown = ibis.null("int64")
    return bursts.select("who", "begun", "ended", device=unknown, address=unknown, logged=ibis.literal(False))


def _distinct(table: Any, column: str) -> Any:
    return table.filter(table[column].notnull()).select(column).distinct()


def _numbered(table: Any, column: str, number: str) -> Any:
    return table.mutate(**{number: ibis.row_number().over(ibis.window(order_by=column))})


def _by_value(texts: Any, number: str) -> Any:
    """The texts that have a value, with the number of their value."""
    found = texts.filter(texts.value.notnull())
    return found.join(_numbered(found.select("value").distinct(), "value", number), "value")
