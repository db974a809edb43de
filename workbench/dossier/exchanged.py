"""How many messages passed in private between these accounts and those, and how many of them are among some records?"""

from collections.abc import Collection
from dataclasses import dataclass

import ibis
import pyarrow as pa

from ingest.lake import Lake
from workbench.dossier.rows import rows


@dataclass(frozen=True)
class Exchanged:
    """The messages of a conversation, and how many of them are ``cited``."""

    messages: int = 0
    cited: int = 0


def exchanged(
    lake: Lake, ones: Collection[str], others: Collection[str], *, cited: Collection[str] = ()
) -> dict[tuple[str, str], Exchanged]:
    """By (one, other), in either direction; pairs that never wrote are left out.  ``cited``: ids of records."""
    if not ones or not others:
        return {}
    table = lake.table("messages")
    first, second = (ibis.memtable(pa.table({"account": pa.array(sorted(set(ids)), pa.string())}))
                     for ids in (ones, others))
    there = table.semi_join(first, table.sender == first.account).semi_join(second, table.recipient == second.account)
    back = table.semi_join(second, table.sender == second.account).semi_join(first, table.recipient == first.account)
    both = ibis.union(
        there.select("record_id", one="sender", other="recipient"),
        back.select("record_id", one="recipient", other="sender"),
    )
    marked = both.record_id.isin(sorted(set(cited))) if cited else ibis.literal(False)
    counted = both.mutate(marked=marked.cast("int64")).group_by(["one", "other"]).aggregate(
        n=lambda t: t.count(), cited=lambda t: t.marked.sum()
    )
    return {(one, other): Exchanged(int(n), int(of)) for one, other, n, of in rows(counted)}
