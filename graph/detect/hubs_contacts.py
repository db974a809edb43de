"""Whom did each account write to first, whom could it have met then, and do these people know each other?

Relational kernels over the whole lake; what comes out is small: the first contacts of accounts that made enough.
"""

from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.hubs_ages import AgeGroups, age_groups


def first_contacts(context: DetectionContext, *, min_contacts: int, egonet_contacts: int) -> pa.Table:
    """First private contacts initiated by accounts with at least ``min_contacts`` of them, by account and time.

    Columns: account, target, at, day, record, minor and target_group (the target, at that moment), role (of the
    account, or null), own_age, own_minor, own_band, own_basis, own_group, own_people and room_0, room_1, … (how many
    of each group of ``hubs_ages`` posted in the account's rooms in that hour or the one before, ``own_people`` of them
    the account itself), closed (a third account is in private contact with both; among each account's first
    ``egonet_contacts``, null beyond), replied, last_at.
    """
    pairs = context.pairs
    groups = age_groups(context.minor_parameters.adult_age)
    tested = pairs.group_by("initiator").agg(n=lambda t: t.count()).filter(lambda t: t.n >= min_contacts)
    chosen = context.kept("hub_chosen", lambda: _numbered(pairs.semi_join(tested, "initiator")))
    known = context.with_minority(chosen, account="target", at="at", prefix="target_")
    known = context.with_minority(known, account="account", at="at", prefix="own_")
    known = known.mutate(hour=known.at.truncate("h"), day=known.at.truncate("D"))
    rooms = _rooms(context, chosen, groups)
    joined = known.left_join(rooms, ["account", "hour"]).drop("account_right", "hour_right")
    joined = joined.left_join(context.roles, ["account"]).drop("account_right")
    joined = joined.left_join(_closed(context, chosen, egonet_contacts), ["account", "target"])
    result = joined.select(
        "account", "target", "at", "day", "record", "role", "own_age", "own_minor", "own_band", "own_basis",
        "own_people", *_rooms_of(groups), "replied", "last_at",
        minor=joined.target_minor,
        target_group=groups.number(joined.target_age, joined.target_minor),
        own_group=groups.number(joined.own_age, joined.own_minor),
        closed=ibis.ifelse(joined.nth < egonet_contacts, joined.closers.notnull(), None),
    )
    ordered: pa.Table = result.order_by(["account", "at", "record", "target"]).to_pyarrow()
    return ordered


def _numbered(pairs: Any) -> Any:
    place = ibis.row_number().over(ibis.window(group_by="initiator", order_by=["first_at", "first_record", "target"]))
    return pairs.select(
        "target", "last_at", account="initiator", at="first_at", record="first_record",
        replied=pairs.replies > 0, nth=place,
    )


def _rooms_of(groups: AgeGroups) -> list[str]:
    return [f"room_{number}" for number in range(groups.size)]


def _rooms(context: DetectionContext, chosen: Any, groups: AgeGroups) -> Any:
    """account, hour, room_0 …: people by group who posted in the account's rooms in that hour or the one before.

    An account's rooms are those it ever posted in: it reads them whether it speaks or not.
    """

    def build() -> Any:
        present = context.presence.select("account", "room", "hour")
        known = context.with_minority(present, account="account", at="hour")
        return known.select("account", "room", "hour", group=groups.number(known.age, known.minor))

    present = context.kept("hub_present", build)
    names = _rooms_of(groups)
    rooms = present.group_by(["room", "hour"]).agg(
        **{name: (present.group == number).cast("int64").sum() for number, name in enumerate(names)}
    )
    rooms = ibis.union(rooms, rooms.mutate(hour=rooms.hour + ibis.interval(hours=1)))
    rooms = rooms.group_by(["room", "hour"]).agg(**{name: rooms[name].sum() for name in names})
    hours = chosen.select("account", hour=chosen["at"].truncate("h")).distinct()
    homes = present.select("account", "room").distinct()
    met = hours.join(homes, "account").join(rooms, ["room", "hour"])
    met = met.group_by(["account", "hour"]).agg(**{name: met[name].sum() for name in names})
    own = ibis.union(present, present.mutate(hour=present.hour + ibis.interval(hours=1)))
    own = own.group_by(["account", "hour"]).agg(own_people=lambda t: t.count())
    both = met.left_join(own, ["account", "hour"])
    return both.select("account", "hour", "own_people", *names)


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
    """account, target, closers: pairs with third accounts that wrote to the account first and are in contact with both.

    Thirds the account itself approached do not count: whoever writes to a hundred people meets pairs of friends.

    Accounts with a role and those in contact with more than 30 people and 2 % of the platform close nothing: they
    know everybody, so that they say nothing about who knows whom.
    """
    pairs = context.pairs
    one_way = pairs.select(account="initiator", third="target")
    both = ibis.union(one_way, pairs.select(account="target", third="initiator"))
    degrees = context.kept("hub_degrees", lambda: both.group_by("third").agg(degree=lambda t: t.count()))
    limit = ibis.greatest(30, degrees.count() // 50).as_scalar()
    everybody = degrees.filter(degrees.degree > limit).select("third")
    known = ibis.union(everybody, context.roles.select(third="account"))
    ties = context.kept("hub_ties", lambda: both.anti_join(known, "third"))
    mine = chosen.filter(chosen.nth < egonet_contacts).select("account", "target")
    incoming = pairs.select(account="target", third="initiator").anti_join(known, "third")
    ranked = incoming.semi_join(mine, "account")
    ranked = ranked.mutate(nth=ibis.row_number().over(ibis.window(group_by="account", order_by="third")))
    ranked = ranked.filter(ranked.nth < 2 * egonet_contacts).drop("nth")
    wedges = mine.join(ranked, "account").filter(lambda t: t.third != t.target)
    closing = wedges.join(ties.select(target="account", third="third"), ["target", "third"])
    return closing.group_by(["account", "target"]).agg(closers=lambda t: t.count())


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


def delays(context: DetectionContext, accounts: Sequence[str]) -> dict[tuple[str, str], tuple[int | None, bool]]:
    """For each first contact of ``accounts``: seconds since the target last posted in a room (a day at most), met.

    ``met``: both posted in one room within one hour at some time before the contact.
    """
    if not accounts:
        return {}
    names = ibis.memtable(pa.table({"account": sorted(accounts)}))
    chosen = context.kept("hub_chosen", lambda: None)
    mine = chosen.semi_join(names, "account").select("account", "target", "at")
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
