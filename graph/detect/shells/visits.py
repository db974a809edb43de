"""When was each account there?  Sessions, and where an account has none, bursts of its own messages."""

from typing import Any

import ibis

from graph.detect.context import DetectionContext
from graph.detect.shells.logins import Logins, seconds_of
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.values import Values

HOUR = 3600


def read_visits(
    context: DetectionContext, logins: Logins, values: Values, members: Any, parameters: ShellParameters
) -> Any:
    """who, begun, ended (whole seconds since 1970), device, address, own_device, own_address, told (bool).

    ``members``: table of who.  ``own_device`` and ``own_address``: no more than ``home_size`` accounts ever had it.
    ``told``: from a session; else a burst of messages no more than ``burst_gap_s`` apart.
    """

    def build() -> Any:
        rows = logins.rows.semi_join(members, "who")
        devices, addresses = values.own_devices.mutate(own_device=True), values.own_addresses.mutate(own_address=True)
        whole = rows.left_join(devices, "device").left_join(addresses, "address").select(
            "who", "begun", "ended", "device", "address", told=ibis.literal(True),
            own_device=lambda t: t.own_device.fill_null(False), own_address=lambda t: t.own_address.fill_null(False),
        )
        silent = logins.accounts.semi_join(members, "who").anti_join(rows, "who")
        return ibis.union(whole, _bursts(context, silent, parameters).select(*whole.columns))

    return context.kept("shells.visits", build)


def _bursts(context: DetectionContext, listed: Any, parameters: ShellParameters) -> Any:
    messages = context.table("messages")
    rows = messages.join(listed.select("who", sender="account"), "sender").select(
        "who", at=seconds_of(messages.sent_at)
    )
    gap = rows.at - rows.at.lag().over(ibis.window(group_by="who", order_by="at"))
    rows = rows.mutate(fresh=(gap.isnull() | (gap > parameters.burst_gap_s)).cast("int64"))
    # a range, so that messages of one second belong together on every engine
    rows = rows.mutate(burst=rows.fresh.sum().over(ibis.window(group_by="who", order_by="at", following=0)))
    bursts = rows.group_by(["who", "burst"]).agg(begun=rows.at.min(), ended=rows.at.max())
    unknown, no = ibis.null("int64"), ibis.literal(False)
    return bursts.select(
        "who", "begun", "ended", device=unknown, address=unknown, told=no, own_device=no, own_address=no
    )


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
