"""Which marks do accounts share, and how rare is each in its time?  The blocks in which pairs are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import ibis

from graph.detect.context import DetectionContext, once
from graph.detect.shells.logins import Logins, day_of, read_spans
from graph.detect.shells.names import NAME_KINDS, Names
from graph.detect.shells.parameters import ShellParameters
from graph.text_forms.written import identifier

FAMILY = {
    "device": "device", "cookie": "device", "address": "address", "line": "address", "ip": "address", "host": "address",
    "email": "contact", "phone": "contact", "payment": "payment", "avatar": "picture",
}
PERSONAL = ("device", "cookie", "payment", "phone", "email")
"""Kinds whose values are given to one holder each by design."""
NO_DAY = -1
_MARKED = 0.1  # of the accounts; where fewer have any mark, few could share one


class SharedMark(NamedTuple):
    """The rarest mark of one kind that two accounts share; ``day``: days since 1970 of an address, else -1.

    ``holders``: accounts that hold it in that time, ``ever``: at any time; ``u``: of the accounts of the case (for an
    address: those of that day, or all, whichever share is larger) the share that holds it beside the one compared to.
    Kind ``line``: an address that few ever had, of two of whom the one was gone before the other came.
    """

    kind: str
    value: str
    day: int
    holders: int
    ever: int
    u: float


@dataclass(frozen=True)
class Marks:
    """``shared``: table of a, b and the columns of ``SharedMark``, of each pair a < b the rarest of each kind.

    ``homes``: table of a, b with a private address in common, on whatever day; ``days``: of who, day: when an account
    had one; ``by_day``: of who, value, day, holders, ever, u: addresses that two accounts or more had on one day.
    ``kinds``: table of who, kind: what an account has at all; ``devices``: of who, value, device (number or null);
    ``several``: the values of those that two accounts hold, and not too many.  ``crowded``: by kind, how many values
    too many accounts hold.
    """

    shared: Any
    homes: Any
    days: Any
    by_day: Any
    kinds: Any
    devices: Any
    several: Any
    crowded: Mapping[str, int]


def read_marks(context: DetectionContext, logins: Logins, names: Names, parameters: ShellParameters) -> Marks:
    """Devices, addresses by day, identifiers and names that two accounts or more hold."""
    given = context.kept("shells.given", lambda: _given(context, logins, parameters), by=parameters)
    located = logins.rows.filter(logins.rows.address.notnull()).select("who", "address").distinct()
    addresses = context.kept("shells.by_address", lambda: located)
    address_holders = addresses.group_by("address").agg(ever=addresses.count())
    few = address_holders.filter(address_holders.ever <= parameters.private_holders)
    lived = addresses.semi_join(few, "address")  # a carrier's address tells nothing of where somebody is
    at_home = logins.rows.semi_join(few, "address")
    days = at_home.select("who", day=day_of(at_home.begun)).distinct()
    held = given.group_by(["kind", "value"]).agg(ever=given.count())
    accounts, most = max(2, len(logins.names)), parameters.most_holders
    wanted = address_holders.filter(address_holders.ever >= 2, address_holders.ever <= most)
    by_day = _by_day(logins, wanted, accounts)

    def build() -> Any:
        rare = given.join(held.filter(held.ever >= 2, held.ever <= most), ["kind", "value"])
        rare = rare.select(
            "who", "value", "kind", "uses", day=_never(), holders="ever", ever="ever",
            u=(rare.ever - 1).cast("float64") / float(accounts),  # Spark reads 1.0 as a decimal of few digits
        )
        worn = names.blocks.mutate(
            uses=_never(), day=_never(), holders=_never(), ever=_never(), u=ibis.literal(1.0, "float64")
        )
        rarest = _rarest(ibis.union(rare, worn.select(*rare.columns), by_day.select(*rare.columns)))
        lines = _lines(logins, lived, few, read_spans(context, logins))
        lines = lines.mutate(u=(lines.ever - 1).cast("float64") / float(accounts))
        return ibis.union(rarest, lines.select(*rarest.columns))

    shared = context.kept("shells.shared", build, by=parameters)
    homes = lived.rename(a="who").join(lived.rename(b="who"), "address").select("a", "b").distinct()
    over = [
        held.filter(held.ever > most).select("kind"),
        address_holders.filter(address_holders.ever > most).select(kind=ibis.literal("address")),
    ]
    crowded = dict(context.rows(ibis.union(*over).group_by("kind").agg(n=lambda t: t.count())))
    if names.crowded:
        crowded["name"] = names.crowded
    _note(context, logins, crowded)
    marked = ibis.union(given.select("who"), lived.select("who"), distinct=True)
    ((some,),) = context.rows(marked.aggregate(some=lambda t: t.count()))
    if some < _MARKED * len(logins.names):
        context.note("shell", f"{some} of {len(logins.names)} accounts have a device, an address or another mark")
    numbers = logins.devices.select("value", "device").distinct()
    devices = given.filter(given.kind == "device").select("who", "value").left_join(numbers, "value")
    devices, kinds = devices.select("who", "value", "device"), given.select("who", "kind").distinct()
    several = held.filter(held.kind == "device", held.ever >= 2, held.ever <= most).select("value")
    homes = homes.filter(homes.a < homes.b)
    return Marks(shared, homes, days, by_day, kinds, devices, several, dict(sorted(crowded.items())))


def _note(context: DetectionContext, logins: Logins, crowded: Mapping[str, int]) -> None:
    """Say how many values too many accounts hold, and how many stand for no value."""
    for kind, count in sorted(crowded.items()):
        context.note("shell", f"{count} values of kind {kind} are held by too many accounts to link any")
    sessions, identified = context.table("sessions"), read_identifiers(context)
    no_value = identified.filter(identified.written.notnull(), identified.value.isnull())
    used = sessions.filter(sessions.device_id.notnull()).select("device_id").distinct()
    left_out = context.rows(ibis.union(
        no_value.select("kind", value="written").distinct(),
        used.anti_join(logins.devices, "device_id").select(kind=ibis.literal("device"), value="device_id"),
    ).group_by("kind").agg(n=lambda t: t.count()))
    for name, n in left_out:
        context.note("shell", f"{n} values of kind {name} name nobody (unknown, zeros and the like) and link none")


@once
def read_identifiers(context: DetectionContext) -> Any:
    """account, kind, written, value, record_id: as written and in their one form, null where one names nobody."""
    table = context.table("identifiers")
    kind = table.kind.lower()
    kind = ibis.ifelse(kind.startswith("avatar"), "avatar", kind)
    named = table.select("account", "record_id", written="value", kind=kind)
    return named.mutate(value=identifier(named.kind, named.written))


def _given(context: DetectionContext, logins: Logins, parameters: ShellParameters) -> Any:
    """who, kind, value, uses (sessions): identifiers other than names, and the devices of sessions."""
    named = read_identifiers(context)
    named = named.filter(named.value.notnull(), ~named.kind.isin([*NAME_KINDS, *sorted(parameters.kinds_left_out)]))
    texts = logins.devices.select("device", "value").distinct()
    used = logins.rows.filter(logins.rows.device.notnull()).group_by(["who", "device"]).agg(uses=lambda t: t.count())
    devices = used.join(texts, "device").select("who", "value", "uses", kind=ibis.literal("device"))
    identifiers = named.join(logins.accounts, "account").select("who", "kind", "value", uses=ibis.literal(0, "int64"))
    both = ibis.union(identifiers, devices.select(*identifiers.columns))
    return both.group_by(["who", "kind", "value"]).agg(uses=both.uses.sum().cast("int64"))


def _never() -> Any:
    return ibis.literal(NO_DAY, "int64")


def _by_day(logins: Logins, wanted: Any, accounts: int) -> Any:
    """Addresses that a few accounts ever had, by day."""
    rows = logins.rows.filter(logins.rows.address.notnull()).mutate(day=day_of(logins.rows.begun))
    daily = rows.group_by("day").agg(bearers=rows.who.nunique())
    seen = rows.join(wanted, "address").select("who", "address", "day", "ever").distinct()
    counts = seen.group_by(["address", "day"]).agg(holders=seen.count())
    several = counts.filter(counts.holders >= 2)
    texts = logins.addresses.select("address", "value").distinct()
    joined = seen.join(several, ["address", "day"]).join(daily, "day").join(texts, "address")
    on_the_day = (joined.holders - 1).cast("float64") / joined.bearers
    u = ibis.greatest(on_the_day, (joined.ever - 1).cast("float64") / float(accounts))
    return joined.select(
        "who", "value", "day", "holders", "ever", kind=ibis.literal("address"), uses=_never(), u=u
    )


def _lines(logins: Logins, lived: Any, few: Any, spans: Any) -> Any:
    """a, b and the private address of two of whom the one was gone before the other came; of several the one that
    fewest had.  Two who were there in one time, and never at one address on one day, are no such pair."""
    several = few.filter(few.ever >= 2)
    texts = logins.addresses.select("address", "value").distinct()
    one = lived.semi_join(several, "address").join(spans, "who")
    both = one.rename(a="who", a_first="first", a_last="last").join(
        one.rename(b="who", b_first="first", b_last="last"), "address"
    )
    both = both.filter(both.a < both.b, (both.a_last < both.b_first) | (both.b_last < both.a_first))
    both = both.join(several, "address").join(texts, "address")
    order = ibis.window(group_by=["a", "b"], order_by=["ever", "value"])
    ranked = both.mutate(nth=ibis.row_number().over(order))
    return ranked.filter(ranked.nth == 0).select(
        "a", "b", "value", "ever", kind=ibis.literal("line"), day=_never(), holders="ever",
    )


def _rarest(held: Any) -> Any:
    """a, b and the rarest value of each kind that the two share, of equally rare ones the most used; linear in pairs,
    at most most_holders² / 2 a value."""
    one = held.rename(a="who")
    both = one.join(held.select("kind", "value", "day", b="who", b_uses="uses"), ["kind", "value", "day"])
    both = both.filter(both.a < both.b)
    order = ibis.window(
        group_by=["a", "b", "kind"], order_by=["u", (both.uses + both.b_uses).desc(), "value", "day"]
    )
    ranked = both.mutate(nth=ibis.row_number().over(order))
    return ranked.filter(ranked.nth == 0).select("a", "b", "kind", "value", "day", "holders", "ever", "u")
