"""On which targets did members of a group meet?  First contacts of some accounts, held in columns until asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from graph.detect.ambush.chance import Ints
from graph.detect.ambush.contacts import FirstContacts, numbers_of
from graph.detect.ambush.crews import Hit


@dataclass(frozen=True)
class Visits:
    """First contacts of accounts, a row each, sorted by actor (a place in ``contacts.names``)."""

    contacts: FirstContacts
    actor: Ints
    target: Ints
    table: pa.Table  # at, record

    @classmethod
    def of(cls, contacts: FirstContacts, accounts: Sequence[str]) -> "Visits":
        """All first contacts by those accounts."""
        table = contacts.of(accounts, "actor").select("actor", "target", "at", "record").to_pyarrow().combine_chunks()
        order = np.lexsort((numbers_of(table["target"]), numbers_of(table["at"]), numbers_of(table["actor"])))
        table = table.take(pa.array(order))
        return cls(contacts, numbers_of(table["actor"]), numbers_of(table["target"]), table.select(["at", "record"]))

    def rows_of(self, accounts: Sequence[str]) -> Ints:
        """The places of the rows of those accounts."""
        spans = [
            np.arange(*np.searchsorted(self.actor, [number, number + 1]))
            for number in self.contacts.activity.numbers(accounts)
        ]
        return np.concatenate([np.empty(0, dtype=np.int64), *spans])

    def common(self, group: Sequence[str]) -> dict[str, list[Hit]]:
        """By target that two of the group or more wrote to: who, when, in order of time."""
        rows = self.rows_of(group)
        rows = rows[np.isin(self.target[rows], self._shared(rows))]
        names = self.contacts.names
        own = self.table.take(pa.array(rows))
        met: dict[str, list[Hit]] = {}
        for actor, target, moment, record in zip(
            self.actor[rows].tolist(), self.target[rows].tolist(), own["at"].to_pylist(), own["record"].to_pylist(),
            strict=True,
        ):
            met.setdefault(names[target], []).append(Hit(moment, names[actor], record))
        return {target: sorted(hits) for target, hits in met.items()}

    def shared(self, group: Sequence[str]) -> frozenset[str]:
        """The targets that two of the group or more wrote to."""
        return frozenset(self.contacts.names[number] for number in self._shared(self.rows_of(group)).tolist())

    def _shared(self, rows: Ints) -> Ints:
        targets, counts = np.unique(self.target[rows], return_counts=True)
        return np.asarray(targets[counts >= 2])
