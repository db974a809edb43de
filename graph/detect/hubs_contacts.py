"""Whom did each account write to first, whom could it have met then, and do these people know each other?

Relational kernels over the whole lake; what comes out is small: the first contacts of accounts that made enough.
"""

from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.hubs_ages import AgeGroups, age_groups

_HOURS = 10_000_000  # more hours than any platform has

def first_contacts(context: DetectionContext, *, egonet_contacts: int) -> pa.Table:
    """All first private contacts, by account and time.

    Columns: account, target, number and target_number (of ``context.numbers``), at, day, record, minor and
    target_group (the target, at that moment), role (of the account, or null), own_age, own_minor, own_band,
    own_basis, own_group, own_people and room_0, room_1, … (how many of each group of ``hubs_ages`` posted in the
    account's rooms in that hour or the one before, ``own_people`` of them the account itself), closed (a third account
    is in private contact with both; among each account's first ``egonet_contacts``, null beyond), replied, last_at.
    """
    groups = age_groups(context.minor_parameters.adult_age)
    chosen = _chosen(context)
    known = context.with_minority(chosen, account="target", at="at", prefix="target_")
    known = context.with_minority(known, account="account", at="at", prefix="own_")
    known = known.mutate(moment=_slot(known.number, _hour(known.at)), day=known.at.truncate("D"))
    joined = known.left_join(_rooms(context, chosen, groups), ["moment"]).drop("moment_right")
    joined = joined.left_join(context.roles, ["account"]).drop("account_right")
    joined = joined.left_join(_closed(context, chosen, egonet_contacts), ["number", "target_number"])
    result = joined.select(
        "account", "target", "number", "target_number", "nth", "at", "day", "record", "role", "own_age", "own_minor",
        "own_band", "own_basis", "own_people", *_rooms_of(groups), "replied", "last_at",
        minor=joined.target_minor,
        target_group=groups.number(joined.target_age, joined.target_minor),
        own_group=groups.number(joined.own_age, joined.own_minor),
        closed=ibis.ifelse(joined.nth < egonet_contacts, joined.closers.notnull(), None),
    )
    ordered: pa.Table = result.order_by(["number", "nth"]).drop("nth").to_pyarrow()
    return ordered


def _chosen(context: DetectionContext) -> Any:
    """Every pair as a contact of its initiator, the ``nth`` from 0."""

    def build() -> Any:
        pairs, numbers = context.pairs, context.numbers
        whose = pairs.join(numbers.select(initiator="account", number="number"), "initiator")
        both = whose.join(numbers.select(target="account", target_number="number"), "target")
        order = ibis.window(group_by="number", order_by=["first_at", "first_record", "target_number"])
        return both.select(
            "target", "number", "target_number", "last_at", account="initiator", at="first_at", record="first_record",
            replied=both.replies > 0, nth=ibis.row_number().over(order),
        )

    return context.kept("hub_chosen", build)


def _rooms_of(groups: AgeGroups) -> list[str]:
    return [f"room_{number}" for number in range(groups.size)]


def _hour(instant: Any) -> Any:
    return (instant.truncate("s").epoch_seconds() // 3600).cast("int64")


def _slot(number: Any, hour: Any) -> Any:
    """One whole number for a number and an hour (since 1970)."""
    return number * _HOURS + hour


def _rooms(context: DetectionContext, chosen: Any, groups: AgeGroups) -> Any:
    """moment (``_slot`` of an account and the hour of a contact), own_people, room_0 …: people by group in its rooms.

    Those who posted in that hour or the one before.  An account's rooms are those it ever posted in: it reads them
    whether it speaks or not.
    """

    def build() -> Any:
        presence = context.presence
        rooms = presence.select("room").distinct()
        places = rooms.mutate(place=ibis.row_number().over(ibis.window(order_by="room")))
        known = context.with_minority(presence.select("account", "room", "hour"), account="account", at="hour")
        placed = known.join(places, "room").left_join(context.numbers, "account")
        return placed.select("number", "place", hour=_hour(placed.hour), group=groups.number(placed.age, placed.minor))

    present = context.kept("hub_present", build)
    names = _rooms_of(groups)
    people = present.group_by(slot=_slot(present.place, present.hour)).agg(
        **{name: (present.group == number).cast("int64").sum() for number, name in enumerate(names)}
    )
    people = ibis.union(people, people.mutate(slot=people.slot + 1))
    people = people.group_by("slot").agg(**{name: people[name].sum() for name in names})
    hours = chosen.select("number", hour=_hour(chosen["at"])).distinct()
    mine = present.filter(present.number.notnull())
    read = hours.join(mine.select("number", "place").distinct(), ["number"]).select("number", "hour", "place")
    # one key of both, or an engine may join all contacts of an hour with all rooms of that hour first
    read = read.select(moment=_slot(read.number, read.hour), slot=_slot(read.place, read.hour))
    met = read.join(people, ["slot"])
    met = met.group_by("moment").agg(**{name: met[name].sum() for name in names})
    own = mine.select(moment=_slot(mine.number, mine.hour))
    own = ibis.union(own, own.mutate(moment=own.moment + 1)).group_by("moment").agg(own_people=lambda t: t.count())
    return met.left_join(own, ["moment"]).select("moment", "own_people", *names)


def active_days(context: DetectionContext) -> pa.Table:
    """day, day_0, day_1, …: how many people of each group wrote anything on that day; by day."""
    groups = age_groups(context.minor_parameters.adult_age)
    messages = context.table("messages")
    active = messages.select(account=messages.sender, day=messages.sent_at.truncate("D")).distinct()
    known = context.with_minority(active, account="account", at="day")
    known = known.mutate(group=groups.number(known.age, known.minor))
    days: pa.Table = (
        known.group_by("day")
        .agg(**{f"day_{n}": (known.group == n).cast("int64").sum() for n in range(groups.size)})
        .order_by("day")
        .to_pyarrow()
    )
    return days


def _closed(context: DetectionContext, chosen: Any, egonet_contacts: int) -> Any:
    """number, target_number, closers: pairs with third accounts that wrote first and are in contact with both.

    Thirds the account itself approached do not count: whoever writes to a hundred people meets pairs of friends.

    Accounts with a role and those in contact with more than 30 people and 2 % of the platform close nothing: they
    know everybody, so that they say nothing about who knows whom.
    """
    back = chosen.select(number="target_number", third="number")
    both = ibis.union(chosen.select("number", third="target_number"), back)
    degrees = context.kept("hub_degrees", lambda: both.group_by("third").agg(degree=lambda t: t.count()))
    limit = ibis.greatest(30, degrees.count() // 50).as_scalar()
    everybody = degrees.filter(degrees.degree > limit).select("third")
    roles = context.numbers.semi_join(context.roles, "account").select(third="number")
    known = ibis.union(everybody, roles)
    ties = context.kept("hub_ties", lambda: both.anti_join(known, "third"))
    mine = chosen.filter(chosen.nth < egonet_contacts).select("number", "target_number")
    ranked = back.anti_join(known, "third").semi_join(mine, "number")
    ranked = ranked.mutate(place=ibis.row_number().over(ibis.window(group_by="number", order_by="third")))
    ranked = ranked.filter(ranked.place < 2 * egonet_contacts).drop("place")
    wedges = mine.join(ranked, "number").filter(lambda t: t.third != t.target_number)
    closing = wedges.join(ties.select(target_number="number", third="third"), ["target_number", "third"])
    return closing.group_by(["number", "target_number"]).agg(closers=lambda t: t.count())


def received(context: DetectionContext, accounts: Sequence[str]) -> dict[str, int]:
    """How many private chats of each of ``accounts`` others began; absent: none."""
    if not accounts:
        return {}
    names = ibis.memtable(pa.table({"target": sorted(accounts)}))
    counted = context.pairs.semi_join(names, "target").group_by("target").agg(n=lambda t: t.count())
    return dict(context.rows(counted))


def later_minors(context: DetectionContext, accounts: Sequence[str]) -> dict[str, int]:
    """How many people of then unknown age, known to be minors afterwards, each of ``accounts`` wrote to first."""
    if not accounts:
        return {}
    names = ibis.memtable(pa.table({"account": sorted(accounts)}))
    chosen = context.kept("hub_chosen", lambda: None)
    mine = chosen.semi_join(names, "account").select("account", "target", "at")
    known = context.with_minority(mine, account="target", at="at")
    unknown = known.filter(known.basis.isnull()).select("account", "target", "at")
    told = context.minors.filter(context.minors.age < context.minor_parameters.adult_age)
    told = told.select(target="account", told_at="from_at")
    after = unknown.join(told, ["target"]).filter(lambda t: t.told_at > t["at"])
    people = after.select("account", "target").distinct()
    return dict(context.rows(people.group_by("account").agg(n=lambda t: t.count())))


def delays(
    context: DetectionContext, contacts: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[int | None, bool]]:
    """For each of ``contacts`` (account, target): seconds since the target last posted in a room (a day at most), met.

    ``met``: both posted in one room within one hour at some time before the contact.
    """
    if not contacts:
        return {}
    names = pa.table({"account": [a for a, _ in contacts], "target": [target for _, target in contacts]})
    pairs = context.pairs.select("first_at", account="initiator", target="target")
    mine = ibis.memtable(names).join(pairs, ["account", "target"]).select("account", "target", at="first_at")
    mine = context.kept("hub_delayed", lambda: mine)
    messages = context.table("messages")
    posted = messages.filter(messages.room.notnull()).select(target="sender", posted_at="sent_at")
    seen = mine.join(posted, ["target"]).filter(
        lambda t: (t.posted_at <= t.at) & (t.posted_at >= t.at - ibis.interval(days=1))
    )
    seen = seen.group_by(["account", "target"]).agg(
        seconds=lambda t: (  # DuckDB's epoch has fractions although typed a whole number
            t["at"].truncate("s").epoch_seconds() - t.posted_at.truncate("s").epoch_seconds()
        ).min()
    )
    present = context.presence
    hers = present.select(target="account", room="room", hour="hour")
    both = mine.join(present.select("account", "room", "hour"), ["account"]).filter(lambda t: t.hour <= t["at"])
    both = both.join(hers, ["target", "room", "hour"]).select("account", "target").distinct().mutate(met=True)
    whole = mine.left_join(seen, ["account", "target"]).drop("account_right", "target_right")
    whole = whole.left_join(both, ["account", "target"])
    rows = context.rows(whole.select("account", "target", "seconds", met=ibis.coalesce(whole.met, False)))
    return {(account, target): (seconds, met) for account, target, seconds, met in rows}
