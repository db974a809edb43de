"""Which first contacts are there to judge?  Read once in the engine, numbered, and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph.detect.ambush.chance import Activity, Ints, merged_days
from graph.detect.ambush.cotargeting import crowds
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.context import DetectionContext


@dataclass(frozen=True)
class FirstContacts:
    """The first private message of each pair, by who wrote it.

    ``dated``: actor, target, at, record, arrival, day as the evidence names them.  ``numbered``: actor, target (places
    in ``names``, which is sorted, so numbers sort as names do), at, record, arrival, stratum (a number in the order of
    the strata's names) and ``crowd_<window>`` (see ``crowds``).  ``activity``: the contacts of those who have two or
    more, by stratum; ``totals``: by stratum the sum of k and of k² over actors.  ``able``: accounts with at least
    ``min_victims`` first contacts.  ``arrival_share``: of the first contacts, those to a target that had just arrived.
    """

    dated: Any
    numbered: Any
    names: Sequence[str]
    activity: Activity
    totals: tuple[tuple[int, int], ...]
    able: int
    arrival_share: float

    def of(self, accounts: Sequence[str], column: str) -> Any:
        """The numbered contacts whose ``column`` (actor or target) is one of the accounts."""
        wanted = pa.table({column: pa.array(self.activity.numbers(accounts), pa.int64())})
        return self.numbered.semi_join(ibis.memtable(wanted), column)


def first_contacts(context: DetectionContext, parameters: AmbushParameters) -> FirstContacts:
    """Every pair's first private message with what is needed to judge it.

    Accounts with a role (moderators, bots, helplines, staff) act by duty and are no actors here.  ``arrival``: the
    target was first seen at most ``arrival_s`` before.  ``stratum``: the merged days (``merged_days``), arrivals apart.
    """
    dated = context.kept("ambush.dated_contacts", lambda: _dated(context, parameters))
    counted = dated.group_by(["arrival", "day"]).agg(n=dated.count())
    by_kind: dict[bool, dict[str, int]] = {False: {}, True: {}}
    for arrival, day, n in context.rows(counted):
        by_kind[bool(arrival)][day] = n
    days = [
        (day, arrival, f"{block} {'arrivals' if arrival else 'others'}")
        for arrival, counts in by_kind.items()
        for day, block in merged_days(counts, at_least=parameters.stratum_contacts).items()
    ]
    number = {stratum: i for i, stratum in enumerate(sorted({row[2] for row in days}))}
    strata = pa.table(
        {
            "day": pa.array([row[0] for row in days], pa.string()),
            "arrival": pa.array([row[1] for row in days], pa.bool_()),
            "stratum": pa.array([number[row[2]] for row in days], pa.int64()),
        }
    )
    accounts = ibis.union(dated.select(account="actor"), dated.select(account="target"), distinct=True).to_pyarrow()
    # text is compared by its bytes, as engines and Python compare it
    names = pc.take(accounts["account"], pc.sort_indices(accounts["account"])).combine_chunks()
    numbers = pa.table({"account": names, "number": pa.array(np.arange(len(names)), pa.int64())})

    def build() -> Any:
        actors = ibis.memtable(numbers.rename_columns(["actor", "actor_number"]))
        targets = ibis.memtable(numbers.rename_columns(["target", "target_number"]))
        placed = dated.join(ibis.memtable(strata), ["day", "arrival"]).join(actors, "actor").join(targets, "target")
        return crowds(
            placed.select("at", "record", "arrival", "stratum", actor="actor_number", target="target_number"),
            parameters.windows_s,
        )

    numbered = context.kept("ambush.first_contacts", build)
    active = arrays(numbered.group_by(["actor", "stratum"]).agg(k=numbered.count()))
    sums, squares = np.zeros((2, len(number)), dtype=np.int64)
    np.add.at(sums, active["stratum"], active["k"])
    np.add.at(squares, active["stratum"], active["k"] * active["k"])
    reach = np.bincount(active["actor"], weights=active["k"], minlength=len(names)).astype(np.int64)
    often = reach[active["actor"]] >= 2  # others share no two targets with anybody
    return FirstContacts(
        dated, numbered, names.to_pylist(),
        Activity.of_rows(names.to_pylist(), active["actor"][often], active["stratum"][often], active["k"][often]),
        tuple(zip(sums.tolist(), squares.tolist(), strict=True)), int((reach >= parameters.min_victims).sum()),
        sum(by_kind[True].values()) / max(1, sum(map(sum, (counts.values() for counts in by_kind.values())))),
    )


def _dated(context: DetectionContext, parameters: AmbushParameters) -> Any:
    pairs = context.pairs
    roles = context.roles
    acting = pairs.anti_join(roles, pairs.initiator == roles.account)
    seen = context.appearances.select(target="account", seen_at="first_at")
    contacts = acting.select(
        actor="initiator", target="target", at="first_at", record="first_record",
        day=acting.first_at.strftime("%Y-%m-%d"),
    ).left_join(seen, "target")
    return contacts.mutate(
        arrival=(contacts["at"] <= contacts.seen_at + ibis.interval(seconds=parameters.arrival_s)).fill_null(False)
    ).select("actor", "target", "at", "record", "day", "arrival")


def arrays(expression: Any) -> dict[str, Ints]:
    """The columns of a table of whole numbers and instants (in microseconds) as arrays, in no particular order."""
    table = expression.to_pyarrow()
    return {name: numbers_of(table[name]) for name in table.column_names}


def numbers_of(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Whole numbers, or instants as microseconds since 1970."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us"), safe=False).cast(pa.int64())
    return np.asarray(column.cast(pa.int64()).to_numpy())
