"""Which first contacts are there to judge, and which pairs of accounts share two targets or more?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.ambush.chance import CoHit, Null, PairTest, judged_pairs, merged_days
from graph.detect.ambush.cotargeting import co_hits, crowds
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.context import DetectionContext


@dataclass(frozen=True)
class Window:
    """What one window shows: the pairs with two common targets or more, the null they were tested against, the weight
    of each target's co-hits (millionths, the least), and what was left out.

    ``able``: accounts with at least ``min_victims`` first contacts.
    """

    window_s: int
    pairs: tuple[PairTest, ...]
    null: Null
    weights: Mapping[str, int]
    able: int
    popular_targets: int
    popular_contacts: int


def first_contacts(context: DetectionContext, parameters: AmbushParameters) -> Any:
    """actor, target, at, record, arrival, stratum: the first private message of each pair, by who wrote it.

    Accounts with a role (moderators, bots, helplines, staff) act by duty and are no actors here.  ``arrival``: the
    target was first seen at most ``arrival_s`` before.  ``stratum``: the merged days (``merged_days``), arrivals apart.
    """

    def build() -> Any:
        pairs = context.pairs
        roles = context.roles
        acting = pairs.anti_join(roles, pairs.initiator == roles.account)
        seen = context.appearances.select(target="account", seen_at="first_at")
        contacts = acting.select(
            actor="initiator", target="target", at="first_at", record="first_record",
            day=acting.first_at.strftime("%Y-%m-%d"),
        ).left_join(seen, "target")
        dated = contacts.mutate(
            arrival=(contacts["at"] <= contacts.seen_at + ibis.interval(seconds=parameters.arrival_s)).fill_null(False)
        ).select("actor", "target", "at", "record", "day", "arrival")
        contacts = context.kept("ambush.dated_contacts", lambda: dated)
        counted = contacts.group_by(["arrival", "day"]).agg(n=contacts.count())
        by_kind: dict[bool, dict[str, int]] = {False: {}, True: {}}
        for arrival, day, n in context.rows(counted):
            by_kind[bool(arrival)][day] = n
        strata = [
            (day, arrival, f"{block} {'arrivals' if arrival else 'others'}")
            for arrival, counts in by_kind.items()
            for day, block in merged_days(counts, at_least=parameters.stratum_contacts).items()
        ]
        names = pa.table(
            {
                "day": pa.array([row[0] for row in strata], pa.string()),
                "arrival": pa.array([row[1] for row in strata], pa.bool_()),
                "stratum": pa.array([row[2] for row in strata], pa.string()),
            }
        )
        return contacts.join(ibis.memtable(names), ["day", "arrival"]).select(
            "actor", "target", "at", "record", "arrival", "stratum"
        )

    return context.kept("ambush.first_contacts", build)


def look_within(context: DetectionContext, parameters: AmbushParameters, contacts: Any, window_s: int) -> Window:
    """Join the first contacts with themselves within the window and test every pair with two common targets."""
    plain = contacts.select("actor", "target", "at", "stratum")
    placed = context.kept(f"ambush.crowds.{window_s}", lambda: crowds(plain, window_s))
    hits = context.kept(
        f"ambush.co_hits.{window_s}",
        lambda: co_hits(placed, window_s, full_crowd=parameters.full_crowd, max_crowd=parameters.max_crowd),
    )
    repeated = hits.group_by(["a", "b"]).agg(n=hits.count()).filter(lambda t: t.n >= 2)
    rows = context.rows(hits.semi_join(repeated, ["a", "b"]).select("a", "b", "target", "stratum", "weight"))
    weights = dict(context.rows(hits.group_by("stratum").agg(weight=hits.weight.sum())))
    active = contacts.group_by(["actor", "stratum"]).agg(k=contacts.count())
    sums = active.group_by("stratum").agg(total=active.k.sum(), squares=(active.k * active.k).sum())
    totals = {
        stratum: (int(weights.get(stratum, 0)), int(total), int(squares))
        for stratum, total, squares in context.rows(sums)
    }
    paired = ibis.union(repeated.select(actor="a"), repeated.select(actor="b"), distinct=True)
    per_actor: dict[str, dict[str, int]] = {}
    for actor, stratum, k in context.rows(active.semi_join(paired, "actor")):
        per_actor.setdefault(actor, {})[stratum] = int(k)
    reach = contacts.group_by("actor").agg(n=contacts.count())
    able = int(reach.filter(reach.n >= parameters.min_victims).count().to_pyarrow().as_py())
    popular = placed.filter(placed.crowd > parameters.max_crowd)
    popular_contacts, popular_targets = context.rows(
        popular.agg(contacts=popular.count(), targets=popular.target.nunique())
    )[0]
    co_hit_rows = [CoHit(*row) for row in rows]
    null = Null(per_actor, totals)
    target_weights: dict[str, int] = {}
    for hit in co_hit_rows:
        target_weights[hit.target] = min(hit.weight, target_weights.get(hit.target, hit.weight))
    return Window(
        window_s, tuple(judged_pairs(co_hit_rows, null, able=able)), null, target_weights, able,
        int(popular_targets), int(popular_contacts),
    )
