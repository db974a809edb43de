"""Which rows does a projection read?  The lake's tables, each row marked fresh where a batch brought it just now."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Protocol

import ibis

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import in_order, manifests
from ingest.lake.kept_tables import KeptTables


class Evidence(Protocol):
    """What a projection needs of ``ingest.lake.Lake``."""

    @property
    def case(self) -> CaseFolder: ...

    @property
    def backend(self) -> Any: ...

    @property
    def batch_ids(self) -> tuple[str, ...]: ...

    def table(self, name: str) -> Any: ...

    def counts(self) -> dict[str, int]: ...


class Observed:
    """Evidence with a column ``fresh``: true where the row's batch is among ``new`` (None: all of them are).

    With ``new``, ``messages`` holds only those of accounts the new batches mention: everything that is counted of
    such an account or of its pairs is complete in it, nothing else may be read from it.
    """

    def __init__(self, lake: Evidence, *, new: Collection[str] | None = None) -> None:
        self._lake = lake
        self._new = None if new is None else sorted(new)
        self._kept = KeptTables(lake)
        self._filled = frozenset(name for name, rows in lake.counts().items() if rows)

    def any_of(self, *names: str) -> bool:
        """Whether one of these tables holds rows at all."""
        return not self._filled.isdisjoint(names)

    def table(self, name: str) -> Any:
        """All rows of a contract table, with ``fresh``."""
        table = self._lake.table(name)
        if self._new is None:
            return table.mutate(fresh=ibis.literal(True))
        return table.mutate(fresh=table.batch_id.isin(self._new) if self._new else ibis.literal(False))

    @property
    def messages(self) -> Any:
        messages = self.table("messages")
        if self._new is None:
            return messages
        named = self.kept("named", lambda: union(self._named()).distinct())
        return messages.filter(messages.sender.isin(named.account) | messages.recipient.isin(named.account))

    def _named(self) -> Iterable[Any]:
        columns = {
            "accounts": ("account",), "messages": ("sender", "recipient"), "sessions": ("account",),
            "identifiers": ("account",), "reports": ("reported", "reporter"),
        }
        for name, keys in columns.items():
            if not self.any_of(name):
                continue
            fresh = self.table(name).filter(lambda t: t.fresh)
            for key in keys:
                yield fresh.filter(fresh[key].notnull()).select(account=fresh[key])

    def ordered(self, name: str) -> Any:
        """All rows of a contract table with ``nth``, their number in the order of observation.

        That is the order in which the batches were committed, within one by file and row.
        """
        batches = in_order(batch for batch in manifests(self._lake.case) if batch.batch_id in self._lake.batch_ids)
        table = self.table(name)
        if len(batches) > 1:
            turns = {batch.batch_id: turn for turn, batch in enumerate(batches)}
            order = self.kept("order", lambda: ibis.memtable(
                {"batch_id": list(turns), "turn": list(turns.values())},
                schema={"batch_id": "string", "turn": "int64"},
            ))
            table = table.join(order, "batch_id")
        else:
            table = table.mutate(turn=ibis.literal(0, "int64"))
        nth = ibis.row_number().over(ibis.window(order_by=["turn", "source_sha256", "row"]))
        return table.mutate(nth=nth).drop("turn")

    def latest(self, name: str, key: str, columns: Sequence[str], *, keyed: Callable[[Any], Any] | None = None) -> Any:
        """Per ``key`` the last observed value of each column that is not null, with ``batch_id`` and ``fresh``.

        ``keyed`` gives the key of a row where it is no column of the table.
        """
        rows = self.ordered(name)
        if keyed is not None:
            rows = rows.mutate(**{key: keyed(rows)})
        values = {column: rows[column].argmax(rows.nth, where=rows[column].notnull()) for column in columns}
        return rows.group_by(key).agg(**values, batch_id=rows.batch_id.max(), fresh=rows.fresh.any())

    def kept(self, name: str, build: Callable[[], Any]) -> Any:
        """The table ``build`` gives, computed once and kept in the engine until ``close``."""
        return self._kept.table(name, build)

    def close(self) -> None:
        """Drop what was kept; the lake stays open."""
        self._kept.close()


def union(tables: Iterable[Any]) -> Any:
    """All rows of tables with the same columns."""
    return ibis.union(*tables, distinct=False)


def total(column: Any) -> Any:
    """The sum of whole numbers as int64: the engine sums into 128 bits, which Parquet files hold as doubles."""
    return column.sum().cast("decimal(38, 0)").cast("int64")


def mention(table: Any, key: str, *, name: str, platform: bool = True) -> Any:
    """Per value of ``key`` (null apart): ``batch_id`` and ``fresh`` of the rows that mention it."""
    known = table.filter(table[key].notnull())
    more = {"platform": known.platform.max()} if platform else {}
    return known.group_by(**{name: known[key]}).agg(**more, batch_id=known.batch_id.max(), fresh=known.fresh.any())
