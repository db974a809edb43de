"""Which first contacts are there to judge?  Read once in the engine, numbered, and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from graph.detect.ambush.cotargeting import crowds
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.arrays import Floats, Ints, arrays, listed, numbers_of
from graph.detect.context import DetectionContext

SECOND = 1_000_000  # instants are whole microseconds since 1970 here


@dataclass(frozen=True)
class Crowding:
    """How many others write first to a target within a window of a first contact: mean, and the shape of a gamma
    distribution of targets' own means (by moments; small: a few targets have nearly all)."""

    mean: float
    shape: float


@dataclass(frozen=True)
class FirstContacts:
    """The first private message of each pair, by who wrote it.

    ``numbered``: actor, target (places in ``names``, which is sorted, so numbers sort as names do), at, record,
    arrival, stratum and ``crowd_<window>`` (see ``crowds``).  ``activity``: k, how many by account and stratum, of
    accounts with two or more; ``totals``: by stratum the sum of k and of k² over actors; ``arrivals``: by stratum,
    whether it holds contacts to arrivals; ``crowding``: by window and arrival.  ``able``: accounts with at least
    ``min_victims`` first contacts; ``share``: of what these made, by account (one at least); ``instants``: of all,
    sorted.
    """

    numbered: Any
    names: Sequence[str]
    activity: csr_array
    totals: tuple[tuple[int, int], ...]
    arrivals: tuple[bool, ...]
    crowding: Mapping[tuple[int, bool], Crowding]
    able: int
    share: Floats
    instants: Ints

    @property
    def arriving(self) -> float:
        """The share of all of them that went to arrivals."""
        by_stratum = [total for total, _ in self.totals]
        went = sum(total for total, new in zip(by_stratum, self.arrivals, strict=True) if new)
        return went / max(1, sum(by_stratum))

    def of(self, accounts: Sequence[int]) -> Any:
        """The numbered contacts of these accounts."""
        return self.numbered.semi_join(listed(actor=np.array(accounts, dtype=np.int64)), "actor")


def first_contacts(context: DetectionContext, parameters: AmbushParameters) -> FirstContacts:
    """Every pair's first private message with what is needed to judge it.

    Accounts with a role (moderators, bots, helplines, staff) act by duty and are no actors here.  ``arrival``: the
    target was first seen at most ``arrival_s`` before.  ``stratum``: the merged days (``merged_days``), arrivals apart.
    """
    dated = context.kept("ambush.dated_contacts", lambda: _dated(context, parameters), by=parameters.arrival_s)
    by_kind: dict[bool, dict[str, int]] = {False: {}, True: {}}
    for arrival, day, n in context.rows(dated.group_by(["arrival", "day"]).agg(n=dated.count())):
        by_kind[bool(arrival)][day] = n
    blocks = {arrival: merged_days(days, at_least=parameters.stratum_contacts) for arrival, days in by_kind.items()}
    strata = sorted({(block, arrival) for arrival, days in blocks.items() for block in days.values()})
    days = [(day, kind, strata.index((block, kind))) for kind, found in blocks.items() for day, block in found.items()]
    placing = listed(
        day=[row[0] for row in days], arrival=np.array([row[1] for row in days], dtype=np.bool_),
        stratum=np.array([row[2] for row in days], dtype=np.int64),
    )
    accounts = ibis.union(dated.select(account="actor"), dated.select(account="target"), distinct=True).to_pyarrow()
    # text is compared by its bytes, as engines and Python compare it
    names = pc.take(accounts["account"], pc.sort_indices(accounts["account"])).combine_chunks()
    numbers = pa.table({"account": names, "number": pa.array(np.arange(len(names)), pa.int64())})

    def build() -> Any:
        actors = ibis.memtable(numbers.rename_columns(["actor", "actor_number"]))
        targets = ibis.memtable(numbers.rename_columns(["target", "target_number"]))
        placed = dated.join(placing, ["day", "arrival"]).join(actors, "actor").join(targets, "target")
        return crowds(
            placed.select("at", "record", "arrival", "stratum", actor="actor_number", target="target_number"),
            parameters.windows_s,
        )

    numbered = context.kept("ambush.numbered_contacts", build, by=parameters)
    active = arrays(numbered.group_by(["actor", "stratum"]).agg(k=numbered.count()))
    sums, squares = np.zeros((2, len(strata)), dtype=np.int64)
    np.add.at(sums, active["stratum"], active["k"])
    np.add.at(squares, active["stratum"], active["k"] * active["k"])
    reach = np.bincount(active["actor"], weights=active["k"], minlength=len(names)).astype(np.int64)
    often = reach[active["actor"]] >= 2  # others share no two targets with anybody
    actor, stratum, k = (active[column][often] for column in ("actor", "stratum", "k"))
    able = reach >= parameters.min_victims
    return FirstContacts(
        numbered, names.to_pylist(), csr_array((k, (actor, stratum)), shape=(len(names), len(strata))),
        tuple(zip(sums.tolist(), squares.tolist(), strict=True)), tuple(arrival for _, arrival in strata),
        _crowding(context, numbered, parameters.windows_s), int(able.sum()),
        np.maximum(reach, 1) / max(1, int(reach[able].sum())),
        np.sort(numbers_of(numbered.select("at").to_pyarrow()["at"])),
    )


def _dated(context: DetectionContext, parameters: AmbushParameters) -> Any:
    contacts = context.first_contacts
    acting = contacts.filter(contacts.initiator_role.isnull())
    acting = acting.select(
        "target", "at", "record", actor="initiator", day=acting["at"].strftime("%Y-%m-%d")
    ).left_join(context.appearances.select(target="account", seen_at="first_at"), "target")
    return acting.select(
        "actor", "target", "at", "record", "day",
        arrival=(acting["at"] <= acting.seen_at + ibis.interval(seconds=parameters.arrival_s)).fill_null(False),
    )


def _crowding(
    context: DetectionContext, numbered: Any, windows_s: Sequence[int]
) -> dict[tuple[int, bool], Crowding]:
    """Mean and shape of the number of others, from whole sums."""
    found: dict[tuple[int, bool], Crowding] = {}
    for width in windows_s:
        others = numbered[f"crowd_{width}"] - 1
        sums = numbered.group_by("arrival").agg(n=numbered.count(), some=others.sum(), square=(others * others).sum())
        for arrival, n, some, square in context.rows(sums):
            mean = (some + 0.5) / (n + 1.0)
            spread = max(square / n - (some / n) ** 2 - mean, 1e-9)
            found[width, bool(arrival)] = Crowding(mean, min(50.0, max(0.02, mean * mean / spread)))
    return found


def merged_days(counts: Mapping[str, int], *, at_least: int) -> dict[str, str]:
    """Day to stratum: consecutive days are merged until they hold ``at_least`` first contacts.

    A stratum much smaller than that would consist of the crew itself, and the null would explain it away.  What is
    left over at the end joins the last stratum.  A stratum is named for its first day.
    """
    blocks: list[list[str]] = []
    held = at_least
    for day in sorted(counts):
        if held >= at_least:
            blocks.append([])
            held = 0
        blocks[-1].append(day)
        held += counts[day]
    if len(blocks) > 1 and held < at_least:
        rest = blocks.pop()
        blocks[-1].extend(rest)
    return {day: block[0] for block in blocks for day in block}


def near(instants: Ints, at: Ints, width_s: int) -> Ints:
    """How many of the sorted instants lie so close to each of those asked for."""
    width = width_s * SECOND
    last = np.searchsorted(instants, at + width, side="right")
    return np.asarray(last - np.searchsorted(instants, at - width, side="left"), dtype=np.int64)


def spread(begins: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Of spans of places that begin there and are so long: which span each place is of, and the places."""
    span = np.repeat(np.arange(len(sizes)), sizes)
    return span, np.arange(len(span)) + np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
