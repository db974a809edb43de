"""Whom did each account write to first, who else was there, and do these people know each other?

Relational kernels over the whole lake; what comes out is one row a first private contact.
"""

from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext, once
from graph.detect.hubs.ages import AgeGroups
from graph.detect.instants import at_hour, hours_of

ARRIVAL_HOURS = 24


def contact_rows(context: DetectionContext, groups: AgeGroups) -> pa.Table:
    """All first private contacts, by initiator and time.

    Columns: number and target_number (of ``context.numbers``), account, target, at, day, record, last_at, replied,
    own_group and target_group (what is known at that moment), told_group (of the target by the end of their chat),
    own_role and target_role (or null), arrival (the target was first seen within the day before), and ``own_0``, … and
    ``met_0``, …: how many others of each group posted in the rooms of the account and of its target in that hour or the
    one before.
    """
    chosen = _chosen(context, groups)
    present = _present(context, groups)
    came = context.appearances.join(context.numbers, "account").select(target_number="number", came_at="first_at")
    joined = chosen
    for side, number in (("own", "number"), ("met", "target_number")):
        seen = present.rename({f"{side}_{name}": name for name in ("moment", *_columns(groups))}).view()
        joined = joined.mutate(slot=at_hour(joined[number], hours_of(joined["at"])))
        joined = joined.left_join(seen, joined.slot == seen[f"{side}_moment"]).drop("slot", f"{side}_moment")
    joined = joined.left_join(came, ["target_number"]).drop("target_number_right")
    counted = {f"{side}_{n}": joined[f"{side}_n{n}"] for side in ("own", "met") for n in range(groups.size)}
    result = joined.select(
        "number", "target_number", "nth", "account", "target", "at", "record", "last_at", "replied", "own_group",
        "target_group", "told_group", "own_role", "target_role", day=joined["at"].truncate("D"),
        arrival=(joined.came_at < joined["at"])
        & (joined["at"] <= joined.came_at + ibis.interval(hours=ARRIVAL_HOURS)),
        **counted,
    )
    ordered: pa.Table = result.order_by(["number", "nth"]).drop("nth").to_pyarrow()
    return ordered


def active_days(context: DetectionContext, groups: AgeGroups) -> pa.Table:
    """day, day_0, day_1, …: how many people of each group wrote anything on that day; by day."""
    messages = context.table("messages")
    active = messages.select(account=messages.sender, day=messages.sent_at.truncate("D")).distinct()
    known = context.with_minority(active, account="account", at="day")
    known = known.mutate(group=groups.number(known.age, known.minor))
    counted = {f"day_{n}": (known.group == n).cast("int64").sum() for n in range(groups.size)}
    days: pa.Table = known.group_by("day").agg(**counted).order_by("day").to_pyarrow()
    return days


@once
def _chosen(context: DetectionContext, groups: AgeGroups) -> Any:
    """The shared first contacts with numbers for ids and groups for ages; ``nth`` from 0 by account and time."""
    pairs, numbers = context.first_contacts, context.numbers
    both = pairs.join(numbers.select(initiator="account", number="number"), "initiator")
    both = both.join(numbers.select(target="account", target_number="number"), "target")
    both = context.with_minority(both, account="target", at="last_at", prefix="told_")
    order = ibis.window(group_by="number", order_by=["at", "record", "target_number"])
    return both.select(
        "number", "target_number", "target", "at", "record", "last_at", account="initiator",
        replied=both.replies > 0, own_role="initiator_role", target_role="target_role",
        nth=ibis.row_number().over(order),
        own_group=groups.number(both.initiator_age, both.initiator_minor),
        target_group=groups.number(both.target_age, both.target_minor),
        told_group=groups.number(both.told_age, both.told_minor),
    )


def _columns(groups: AgeGroups) -> list[str]:
    return [f"n{number}" for number in range(groups.size)]


@once
def _present(context: DetectionContext, groups: AgeGroups) -> Any:
    """moment (``at_hour`` of an account and the hour of a contact), ``0``, …: the others in its rooms by group.

    Those who posted in that hour or the one before.  An account's rooms are those it ever posted in: it reads them
    whether it speaks or not.
    """
    presence, chosen, names = context.presence, _chosen(context, groups), _columns(groups)
    known = context.with_minority(presence.select("account", "place", "hour"), account="account", at="hour")
    placed = known.left_join(context.numbers, "account")
    present = context.kept(
        "hub_present",
        lambda: placed.select(
            "number", "place", hour=hours_of(placed.hour), group=groups.number(placed.age, placed.minor)
        ),
        by=context.minor_parameters,
    )
    counted = {name: (present.group == n).cast("int64").sum() for n, name in enumerate(names)}
    people = present.group_by(slot=at_hour(present.place, present.hour)).agg(**counted)
    people = _this_hour_and_next(people, "slot", names)
    mine = present.filter(present.number.notnull())
    sides = ibis.union(
        chosen.select("number", hour=hours_of(chosen["at"])),
        chosen.select(number="target_number", hour=hours_of(chosen["at"])), distinct=True,
    )
    read = sides.join(mine.select("number", "place").distinct(), ["number"]).select("number", "hour", "place")
    # one key of both, or an engine may join all contacts of an hour with all rooms of that hour first
    read = read.select(moment=at_hour(read.number, read.hour), slot=at_hour(read.place, read.hour))
    met = read.join(people, ["slot"])
    met = met.group_by("moment").agg(**{name: met[name].sum() for name in names})
    own = mine.group_by(moment=at_hour(mine.number, mine.hour)).agg(
        **{f"own{name}": (mine.group == n).cast("int64").sum() for n, name in enumerate(names)}
    )
    own = _this_hour_and_next(own, "moment", [f"own{name}" for name in names])
    both = met.left_join(own, ["moment"])
    return both.select("moment", **{n: both[n] - ibis.coalesce(both[f"own{n}"], 0) for n in names})


def _this_hour_and_next(counts: Any, key: str, names: list[str]) -> Any:
    """Whoever was there in an hour counts in the next one as well."""
    both = ibis.union(counts, counts.mutate(**{key: counts[key] + 1}))
    return both.group_by(key).agg(**{name: both[name].sum() for name in names})


def ties_among(context: DetectionContext, groups: AgeGroups, *, egonet_contacts: int) -> pa.Table:
    """number, one, other: two people to whom an account wrote first (of its first ``egonet_contacts``) and who are in
    private contact with each other; once a pair, in no order.

    Triangles are looked for from the side to which fewer wrote: who hears from everybody costs no more than others.
    Source: Chiba and Nishizeki 1985, SIAM Journal on Computing 14:210.
    """
    chosen = _chosen(context, groups)
    mine = chosen.filter(chosen.nth < egonet_contacts).select("number", "target_number")
    heard = context.kept(
        "hub_heard", lambda: mine.group_by("target_number").agg(heard=lambda t: t.count()),
        by=(context.minor_parameters, egonet_contacts),
    )
    ties = chosen.select(a="number", b="target_number")
    for side in ("a", "b"):
        counted = heard.rename({side: "target_number", f"{side}_heard": "heard"})
        ties = ties.join(counted, side)  # somebody nobody wrote to has no part in it
    few = (ties.a_heard < ties.b_heard) | ((ties.a_heard == ties.b_heard) & (ties.a < ties.b))
    sides = ties.select(target_number=ibis.ifelse(few, ties.a, ties.b), other=ibis.ifelse(few, ties.b, ties.a))
    wedges = mine.join(sides, "target_number").select("number", "other", one="target_number")
    closed = wedges.semi_join(mine.rename(other="target_number"), ["number", "other"])
    found: pa.Table = closed.select("number", "one", "other").to_pyarrow()
    return found
