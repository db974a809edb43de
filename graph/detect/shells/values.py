"""Which values do accounts share, and how rare is each in its time?  The blocks in which pairs are compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.shells.names import skeletons
from graph.detect.shells.parameters import ShellParameters

FAMILY = {
    "device": "access", "address": "access", "ip": "access", "host": "access", "email": "contact", "phone": "contact",
    "cookie": "browser", "payment": "payment", "avatar": "picture", "name": "name", "alias": "name",
}

# a kind that few accounts give is judged as if so many of all gave it: two e-mail addresses tell little of their rarity
LEAST_BEARERS = 0.25


@dataclass(frozen=True)
class SharedValue:
    """A value that several accounts hold; ``day``: of an address, else "".

    ``u``: the share of accounts with a value of this kind, in that time, that hold this one.
    """

    kind: str
    value: str
    day: str
    holders: Mapping[str, str]  # account: a record that shows it
    u: float
    ever: int = 2  # accounts that ever held it

    @property
    def family(self) -> str:
        return FAMILY.get(self.kind, self.kind)


@dataclass(frozen=True)
class Values:
    """Shared values of all kinds.

    ``kinds``: which kinds of value each account in them has; ``names``: its name skeletons; ``crowded``: by kind, how
    many values too many hold; ``accounts``: how many accounts the evidence has.
    """

    shared: Sequence[SharedValue]
    kinds: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    crowded: Mapping[str, int]
    accounts: int


def read_values(context: DetectionContext, parameters: ShellParameters) -> Values:
    """Devices, addresses by day, identifiers and name skeletons that two accounts or more hold."""
    held = context.kept("shells.held", lambda: _held(context))
    names = _names(context)
    everyone = ibis.union(
        context.table("accounts").select("account"), held.select("account"), distinct=True
    )
    accounts = int(everyone.nunique().to_pyarrow().as_py())
    counted = held.group_by(["kind", "value", "day"]).agg(holders=held.account.nunique())
    whole = held.group_by(["kind", "value"]).agg(ever=held.account.nunique())
    several = counted.filter(counted.holders >= 2).join(whole, ["kind", "value"])
    wanted = several.filter(several.ever <= parameters.most_holders).select("kind", "value", "day", "holders", "ever")
    rows = context.rows(
        held.join(wanted, ["kind", "value", "day"]).select("kind", "value", "day", "account", "record", "ever")
    )
    in_time = {
        (kind, day): total
        for kind, day, total in context.rows(held.group_by(["kind", "day"]).agg(total=held.account.nunique()))
    }
    ever = dict(context.rows(held.group_by("kind").agg(total=held.account.nunique())))
    crowded: dict[str, int] = {}
    for kind, count in context.rows(
        whole.filter(whole.ever > parameters.most_holders).group_by("kind").agg(count=lambda t: t.count())
    ):
        crowded[kind] = count
    grouped: dict[tuple[str, str, str], dict[str, str]] = {}
    lifetime: dict[tuple[str, str, str], int] = {}
    for kind, value, day, account, record, holders_ever in rows:
        grouped.setdefault((kind, value, day), {})[account] = record
        lifetime[kind, value, day] = holders_ever
    shared = [
        SharedValue(
            kind, value, day, holders,
            max(
                len(holders) / (in_time[kind, day] if day else max(in_time[kind, day], accounts * LEAST_BEARERS)),
                lifetime[kind, value, day] / max(ever[kind], accounts * LEAST_BEARERS),
            ),
            lifetime[kind, value, day],
        )
        for (kind, value, day), holders in sorted(grouped.items())
    ]
    bearers: dict[str, dict[str, str]] = {}
    for account, (letters, record) in names.items():
        for name in letters:
            bearers.setdefault(name, {})[account] = record
    for name, holders in sorted(bearers.items()):
        if 2 <= len(holders) <= parameters.most_names:
            shared.append(SharedValue("name", name, "", holders, len(holders) / len(names)))
        elif len(holders) > parameters.most_names:
            crowded["name"] = crowded.get("name", 0) + 1
    members = sorted({account for value in shared for account in value.holders})
    own = {account: names[account][0] for account in members if account in names}
    return Values(shared, _kinds(context, held, members, names), own, crowded, accounts)


def _held(context: DetectionContext) -> Any:
    """account, kind, value, day, record: every device, address (by UTC day) and identifier of an account."""
    sessions, identifiers = context.table("sessions"), context.table("identifiers")
    devices = sessions.filter(sessions.device_id.notnull()).select(
        "account", kind=ibis.literal("device"), value="device_id", day=ibis.literal(""),
        record=ibis.literal("sessions:") + sessions.record_id,
    )
    addresses = sessions.filter(sessions.ip.notnull()).select(
        "account", kind=ibis.literal("address"), value="ip", day=sessions.started_at.strftime("%Y-%m-%d"),
        record=ibis.literal("sessions:") + sessions.record_id,
    )
    kind = identifiers.kind.lower()
    named = identifiers.mutate(kind=ibis.ifelse(kind.startswith("avatar"), "avatar", kind))
    others = named.filter(~named.kind.isin(["alias", "name"])).select(
        "account", "kind", "value", day=ibis.literal(""), record=ibis.literal("identifiers:") + identifiers.record_id
    )
    whole = ibis.union(ibis.union(devices, addresses), others)
    return whole.group_by(["account", "kind", "value", "day"]).agg(record=whole.record.min())


def _names(context: DetectionContext) -> dict[str, tuple[frozenset[str], str]]:
    """By account: skeletons of its pseudonym and aliases, and a record that shows one."""
    accounts, identifiers = context.table("accounts"), context.table("identifiers")
    kind = identifiers.kind.lower()
    found: dict[str, tuple[set[str], str]] = {}
    given = accounts.filter(accounts.pseudonym.notnull()).select("account", "record_id", "pseudonym")
    aliases = identifiers.filter(kind.isin(["alias", "name"])).select("account", "record_id", "value")
    for table, rows in (("accounts", context.rows(given)), ("identifiers", context.rows(aliases))):
        for account, record, name in rows:
            letters = skeletons(name)
            if letters:
                found.setdefault(account, (set(), f"{table}:{record}"))[0].update(letters)
    return {account: (frozenset(letters), record) for account, (letters, record) in found.items()}


def _kinds(
    context: DetectionContext, held: Any, members: Sequence[str], names: Mapping[str, Any]
) -> dict[str, frozenset[str]]:
    """Which kinds of value each of these accounts has at all."""
    listed = ibis.memtable(pa.table({"account": pa.array(members, pa.string())}))
    kinds: dict[str, set[str]] = {account: {"name"} if account in names else set() for account in members}
    for account, kind in context.rows(held.semi_join(listed, "account").select("account", "kind").distinct()):
        kinds[account].add(kind)
    return {account: frozenset(found) for account, found in kinds.items()}
