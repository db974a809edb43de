"""Which devices, addresses, e-mails and other marks did an account use, when, and who else used them?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.shells.parameters import ShellParameters
from ingest.lake import Lake
from workbench.dossier.rows import rows

FROM_SESSIONS = (("device", "device_id"), ("ip", "ip"))
CROWD = ShellParameters().most_holders
"""What more accounts hold is a carrier's, a school's or everybody's: it links nobody, as for the shells."""
MOST_OTHERS = 100
"""An address of a carrier has 100,000 holders: the first of them are named, all are counted."""


@dataclass(frozen=True)
class Mark:
    """One value of one kind; ``holders``: how many accounts used it, this one among them; ``others``: the first
    ``MOST_OTHERS`` of the others with how often, most often first."""

    kind: str
    value: str
    times: int
    first_at: datetime | None
    last_at: datetime | None
    others: tuple[tuple[str, int], ...]
    holders: int


Holder = tuple[str, int, datetime | None, datetime | None]
"""account, times, first, last"""


def holders(lake: Lake, kind: str, value: str) -> list[Holder]:
    """Who used one mark, most often first; compared as written."""
    every = used(lake)
    wanted = every.filter(every.kind == kind, every["value"] == value)
    grouped = wanted.group_by("account").aggregate(
        n=lambda t: t.count(), first=lambda t: t["first"].min(), last=lambda t: t["last"].max()
    )
    return sorted(rows(grouped), key=lambda row: (-row[1], row[0]))


def holders_of(lake: Lake, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Holder]]:
    """By kind and value in the order given, who used each mark, most often first."""
    if not wanted:
        return {}
    listed = list(dict.fromkeys(wanted))
    pairs = ibis.memtable(pa.table({
        "kind": pa.array([kind for kind, _ in listed], pa.string()),
        "value": pa.array([value for _, value in listed], pa.string()),
    }))
    grouped = used(lake).semi_join(pairs, ["kind", "value"]).group_by(["kind", "value", "account"]).aggregate(
        n=lambda t: t.count(), first=lambda t: t["first"].min(), last=lambda t: t["last"].max()
    )
    found: dict[tuple[str, str], list[Holder]] = {}
    for kind, value, account, times, first, last in rows(grouped):
        found.setdefault((kind, value), []).append((account, int(times), first, last))
    return {mark: sorted(found[mark], key=lambda row: (-row[1], row[0])) for mark in listed if mark in found}


def marks(lake: Lake, account: str) -> list[Mark]:
    """Marks that fewest others hold come first, then by kind and value; compared as written."""
    mine = own_marks(lake, account)
    if not mine:
        return []
    shared = _also_used(lake, [(row[0], row[1]) for row in mine]).filter(lambda t: t.account != account)
    counted = shared.group_by(["kind", "value", "account"]).aggregate(n=lambda t: t.count())
    of_mark = ibis.window(group_by=["kind", "value"])
    by_use = ibis.window(group_by=["kind", "value"], order_by=[ibis.desc("n"), "account"])
    ranked = counted.mutate(all=counted.count().over(of_mark), nth=ibis.row_number().over(by_use))
    others: dict[tuple[str, str], list[tuple[str, int]]] = {}
    holders: dict[tuple[str, str], int] = {}
    for kind, value, other, times, every in rows(
        ranked.filter(lambda t: t.nth < MOST_OTHERS).order_by("kind", "value", "nth")
        .select("kind", "value", "account", "n", "all")
    ):
        others.setdefault((kind, value), []).append((other, int(times)))
        holders[kind, value] = int(every)
    found = [
        Mark(kind, value, int(times), first, last, tuple(others.get((kind, value), ())),
             1 + holders.get((kind, value), 0))
        for kind, value, times, first, last in mine
    ]
    return sorted(found, key=lambda mark: (mark.holders == 1, mark.holders, mark.kind, mark.value))


def own_marks(lake: Lake, account: str) -> list[tuple[str, str, int, datetime | None, datetime | None]]:
    """kind, value, times, first, last of every mark that the account used."""
    every = used(lake)
    own = every.filter(every.account == account)
    grouped = own.group_by(["kind", "value"]).aggregate(
        n=lambda t: t.count(), first=lambda t: t["first"].min(), last=lambda t: t["last"].max()
    )
    return rows(grouped)


def holders_counted(lake: Lake, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """By kind and value, how many accounts used the mark."""
    if not wanted:
        return {}
    used_by = _also_used(lake, sorted(set(wanted))).distinct().group_by(["kind", "value"])
    return {(kind, value): int(number) for kind, value, number in rows(used_by.aggregate(n=lambda t: t.count()))}


def _also_used(lake: Lake, wanted: Sequence[tuple[str, str]]) -> Any:
    """account, kind, value of every use of these marks.

    Each column is asked for its own values: over the union of all, every session would be read with all it says.
    """
    sessions, identifiers = lake.table("sessions"), lake.table("identifiers")
    found = []
    for kind, column in FROM_SESSIONS:
        own = ibis.memtable(pa.table({column: pa.array([value for of, value in wanted if of == kind], pa.string())}))
        found.append(sessions.semi_join(own, column).select("account", kind=ibis.literal(kind), value=column))
    pairs = ibis.memtable(pa.table({
        "kind": pa.array([kind for kind, _ in wanted], pa.string()),
        "value": pa.array([value for _, value in wanted], pa.string()),
    }))
    found.append(identifiers.semi_join(pairs, ["kind", "value"]).select("account", "kind", "value"))
    return ibis.union(*found)


def used(lake: Lake) -> Any:
    """account, kind, value, first, last, record of every use of every mark."""
    sessions, identifiers = lake.table("sessions"), lake.table("identifiers")
    found = [
        sessions.filter(sessions[column].notnull(), sessions[column] != "").select(
            "account", kind=ibis.literal(kind), value=column, first="started_at",
            last=ibis.coalesce(sessions.ended_at, sessions.started_at),
            record=ibis.literal("sessions:") + sessions.record_id,
        )
        for kind, column in FROM_SESSIONS
    ]
    found.append(identifiers.select(
        "account", "kind", "value", first="first_seen_at", last="last_seen_at",
        record=ibis.literal("identifiers:") + identifiers.record_id,
    ))
    return ibis.union(*found)
