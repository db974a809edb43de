"""Which values do accounts share, and how rare is each in its time?  The blocks in which pairs are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import ibis

from graph.detect.context import DetectionContext
from graph.detect.shells.logins import Logins, day_of
from graph.detect.shells.names_worn import NAME_KINDS, Names
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.written import identifier

FAMILY = {
    "device": "access", "address": "access", "ip": "access", "host": "access", "email": "contact", "phone": "contact",
    "cookie": "browser", "agent": "browser", "payment": "payment", "avatar": "picture", "name": "name", "stem": "name",
}
NO_DAY = -1

# a kind that few accounts give is judged as if so many of all gave it: two e-mail addresses tell little of their rarity
LEAST_BEARERS = 0.25


class SharedValue(NamedTuple):
    """The rarest value of one kind that two accounts share; ``day``: days since 1970 of an address, else -1.

    ``holders``: accounts that hold it in that time, ``ever``: at any time; ``u``: of the accounts with a value of this
    kind, in that time, the share that holds this one beside the account it is compared to.
    """

    kind: str
    value: str
    day: int
    holders: int
    ever: int
    u: float


@dataclass(frozen=True)
class Values:
    """Tables in the engine: ``shared`` (a, b, kind, value, day, holders, ever, u: the rarest value of each kind of each
    pair a < b), ``own_devices`` and ``own_addresses`` (numbers of those that few accounts ever had), ``kinds`` (who,
    kind: what an account has at all).  ``crowded``: by kind, how many values too many accounts hold.
    """

    shared: Any
    own_devices: Any
    own_addresses: Any
    kinds: Any
    crowded: Mapping[str, int]


def read_values(context: DetectionContext, logins: Logins, names: Names, parameters: ShellParameters) -> Values:
    """Devices, addresses by day, browsers, identifiers and names that two accounts or more hold."""
    given = context.kept("shells.given", lambda: _given(context, logins, parameters))
    _note_unnamed(context, logins)
    devices = context.kept("shells.by_device", lambda: _used(logins.rows, "device"))
    addresses = context.kept("shells.by_address", lambda: _used(logins.rows, "address"))
    device_holders = devices.group_by("device").agg(ever=devices.count())
    address_holders = addresses.group_by("address").agg(ever=addresses.count())
    kinds = ibis.union(
        given.select("who", "kind"), devices.select("who", kind=ibis.literal("device")),
        addresses.select("who", kind=ibis.literal("address")), distinct=True,
    )
    bearers = dict(context.rows(kinds.group_by("kind").agg(n=kinds.count())))
    accounts = len(logins.names)
    least = parameters.most_holders

    def build() -> Any:
        texts = logins.devices.select("device", "value").distinct()
        own = devices.join(_between(device_holders, 2, least), "device").join(texts, "device")
        own = own.select("who", "value", kind=ibis.literal("device"), day=_never(), ever="ever", holders="ever")
        listed = given.group_by(["kind", "value"]).agg(ever=given.count())
        told = given.join(_between(listed, 2, least), ["kind", "value"])
        told = told.select("who", "value", "kind", day=_never(), ever="ever", holders="ever")
        held = ibis.union(own, told, _named(names))
        share = (held.ever - 1).cast("float64") / _whole(held.kind, {  # Spark reads 1.0 as a decimal of few digits
            kind: max(n, accounts * LEAST_BEARERS) for kind, n in {**bearers, **names.bearers}.items()
        })
        by_day = _by_day(logins, _between(address_holders, 2, least), max(1, bearers.get("address", 0)))
        return _rarest(ibis.union(held.mutate(u=share).select(*by_day.columns), by_day))

    shared = context.kept("shells.shared", build)
    crowds = [
        holders.filter(holders.ever > least).agg(kind=ibis.literal(kind), n=lambda t: t.count())
        for holders, kind in ((device_holders, "device"), (address_holders, "address"))
    ]
    listed = given.group_by(["kind", "value"]).agg(ever=given.count())
    over = listed.filter(listed.ever > least, listed.kind != "agent")
    crowds.append(over.group_by("kind").agg(n=over.count()))
    crowded: dict[str, int] = {}
    for kind, n in (row for crowd in crowds for row in context.rows(crowd)):
        crowded[kind] = crowded.get(kind, 0) + n
    if names.crowded:
        crowded["name"] = names.crowded
    size = parameters.home_size
    return Values(
        shared, device_holders.filter(device_holders.ever <= size).select("device"),
        address_holders.filter(address_holders.ever <= size).select("address"), kinds,
        {kind: n for kind, n in sorted(crowded.items()) if n},
    )


def _note_unnamed(context: DetectionContext, logins: Logins) -> None:
    """Say how many devices and identifiers stand for no value."""
    sessions, identified = context.table("sessions"), _identified(context)
    told = identified.filter(identified.written.notnull(), identified.value.isnull())
    used = sessions.filter(sessions.device_id.notnull()).select("device_id").distinct()
    left_out = context.rows(ibis.union(
        told.select("kind", value="written").distinct(),
        used.anti_join(logins.devices, "device_id").select(kind=ibis.literal("device"), value="device_id"),
    ).group_by("kind").agg(n=lambda t: t.count()))
    for name, n in left_out:
        context.note("shell", f"{n} values of kind {name} name nobody (unknown, zeros and the like) and link none")


def _identified(context: DetectionContext) -> Any:
    """account, kind, written, value: identifiers as written and in their one form, null where one names nobody."""

    def build() -> Any:
        table = context.table("identifiers")
        kind = table.kind.lower()
        named = table.select("account", written="value", kind=ibis.ifelse(kind.startswith("avatar"), "avatar", kind))
        return named.mutate(value=identifier(named.kind, named.written))

    return context.kept("shells.identified", build)


def _used(rows: Any, column: str) -> Any:
    return rows.filter(rows[column].notnull()).select("who", column).distinct()


def _between(holders: Any, least: int, most: int) -> Any:
    return holders.filter(holders.ever >= least, holders.ever <= most)


def _never() -> Any:
    return ibis.literal(NO_DAY, "int64")


def _given(context: DetectionContext, logins: Logins, parameters: ShellParameters) -> Any:
    """who, kind, value: identifiers other than names, and browsers."""
    sessions, named = context.table("sessions"), _identified(context)
    named = named.filter(named.value.notnull(), ~named.kind.isin([*NAME_KINDS, *parameters.left_out]))
    agents = sessions.filter(sessions.user_agent.notnull()).select(
        "account", kind=ibis.literal("agent"), value="user_agent"
    )
    both = ibis.union(named.select("account", "kind", "value"), agents.distinct())
    return both.join(logins.accounts, "account").select("who", "kind", "value").distinct()


def _named(names: Names) -> Any:
    """The name skeletons that make blocks, in the form of held values; the weights take their u from the names."""
    table = names.blocks
    return table.select("who", "value", "kind", day=_never(), ever="ever", holders="ever")


def _by_day(logins: Logins, wanted: Any, bearers: int) -> Any:
    """Addresses that a few accounts ever had, by day.

    u is the larger of its share that day and its share ever, the account itself left out.
    """
    rows = logins.rows.filter(logins.rows.address.notnull()).mutate(day=day_of(logins.rows.begun))
    daily = rows.group_by("day").agg(bearers=rows.who.nunique())
    seen = rows.join(wanted, "address").select("who", "address", "day", "ever").distinct()
    counts = seen.group_by(["address", "day"]).agg(holders=seen.count())
    several = counts.filter(counts.holders >= 2)
    texts = logins.addresses.select("address", "value").distinct()
    joined = seen.join(several, ["address", "day"]).join(daily, "day").join(texts, "address")
    u = ibis.greatest((joined.holders - 1) / joined.bearers, (joined.ever - 1) / bearers)
    return joined.select(
        "who", "value", kind=ibis.literal("address"), day="day", ever="ever", holders="holders", u=u
    )


def _whole(kind: Any, sizes: Mapping[str, float]) -> Any:
    """How many accounts have a value of the kind."""
    return ibis.cases(*((kind == name, float(size)) for name, size in sorted(sizes.items())), else_=1.0)


def _rarest(held: Any) -> Any:
    """a, b and the rarest value of each kind that the two share; linear in pairs, at most most_holders² / 2 a value."""
    one = held.rename(a="who")
    both = one.join(held.select("kind", "value", "day", b="who"), ["kind", "value", "day"])
    both = both.filter(both.a < both.b)
    order = ibis.window(group_by=["a", "b", "kind"], order_by=["u", "value", "day"])
    ranked = both.mutate(nth=ibis.row_number().over(order))
    return ranked.filter(ranked.nth == 0).select("a", "b", "kind", "value", "day", "holders", "ever", "u")
