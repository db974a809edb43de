"""Who logged in when, from which device and address?  The sessions as whole numbers, once for all that asks."""

from dataclasses import dataclass
from typing import Any

import ibis

from graph.detect.context import DetectionContext
from graph.detect.shells.written import named, places

DAY = 86_400


@dataclass(frozen=True)
class Logins:
    """Tables in the engine.  ``accounts``: account, who; ``devices``: device_id, device, value; ``addresses``: ip,
    address, value: texts as written, their number, and the form (``written``) which all of that number have.

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
    devices = context.kept("shells.devices", lambda: _by_value(_devices(context, sessions), "device"))
    addresses = context.kept("shells.addresses", lambda: _by_value(_places(context, sessions), "address"))

    def build() -> Any:
        begun = seconds_of(sessions.started_at)
        ended = ibis.coalesce(ibis.greatest(begun, seconds_of(sessions.ended_at)), begun)
        rows = sessions.select("account", "device_id", "ip", begun=begun, ended=ended)
        rows = rows.join(accounts, "account").left_join(devices.drop("value"), "device_id")
        rows = rows.left_join(addresses.drop("value"), "ip")
        return rows.select("who", "begun", "ended", "device", "address")

    names = tuple(row[0] for row in context.rows(accounts.select("account")))
    return Logins(accounts, devices, addresses, context.kept("shells.logins", build), names)


def seconds_of(instant: Any) -> Any:
    """Whole seconds since 1970 (engines differ in what they make of fractions)."""
    return instant.truncate("s").epoch_seconds().cast("int64")


def day_of(seconds: Any) -> Any:
    """Days since 1970."""
    return (seconds / DAY).floor().cast("int64")


def _distinct(table: Any, column: str) -> Any:
    return table.filter(table[column].notnull()).select(column).distinct()


def _devices(context: DetectionContext, sessions: Any) -> Any:
    texts = _distinct(sessions, "device_id")
    return context.kept("shells.named", lambda: texts.mutate(value=named(texts.device_id)))


def _places(context: DetectionContext, sessions: Any) -> Any:
    texts = context.kept("shells.ips", lambda: _distinct(sessions, "ip"))
    return context.kept("shells.places", lambda: places(texts))


def _numbered(table: Any, column: str, number: str) -> Any:
    return table.mutate(**{number: ibis.row_number().over(ibis.window(order_by=column))})


def _by_value(texts: Any, number: str) -> Any:
    """The texts that have a value, with the number of their value."""
    found = texts.filter(texts.value.notnull())
    return found.join(_numbered(found.select("value").distinct(), "value", number), "value")
