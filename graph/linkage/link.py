"""Which records belong together, and why?  From a table of records to weighed pairs and groups."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.linkage.bits import odds_bits
from graph.linkage.candidates import candidates
from graph.linkage.clusters import clusters
from graph.linkage.declaration import Declaration
from graph.linkage.fit import Fitted, fit
from graph.linkage.outcomes import SILENT, outcomes
from graph.linkage.records import Records, read_records

Pair = tuple[int, int]


@dataclass(frozen=True)
class FieldWeight:
    """What one field says of a pair: the level met, m and u of it (u of the very value where it is known), bits."""

    field: str
    level: str
    m: float
    u: float
    bits: float


@dataclass(frozen=True)
class Linkage:
    """``a`` < ``b``: numbers of the records compared, in order; ``bits``: log2 posterior odds of each pair.

    ``crowded``: by rule, how many values too many records have to make a block.
    """

    records: Records
    declaration: Declaration
    fitted: Fitted
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    bits: NDArray[np.float64]
    crowded: Mapping[tuple[str, ...], int]

    def pairs(self) -> list[tuple[str, str, float]]:
        """The linked pairs by id with their bits, those found through a group's members too, in order of ids."""
        bound, ids = odds_bits(self.declaration.link), self.records.ids
        return [(ids[a], ids[b], bits) for (a, b), bits in sorted(self._weights.items()) if bits >= bound]

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Records of one, two or more a group, by average linkage over all pairs of each connected set of links."""
        found = clusters(
            self._weights, nothing=self.fitted.prior, largest=self.declaration.largest_group,
            cut=odds_bits(self.declaration.strong),
        )
        return tuple(tuple(self.records.ids[i] for i in group) for group in found)

    @cached_property
    def _weights(self) -> dict[Pair, float]:
        """The compared pairs, and of connected sets of links also those that no block had found."""
        known = dict(zip(zip(self.a.tolist(), self.b.tolist(), strict=True), self.bits.tolist(), strict=True))
        bound = odds_bits(self.declaration.link)
        graph: nx.Graph[int] = nx.Graph()
        graph.add_edges_from(pair for pair, bits in known.items() if bits >= bound)
        sets = [sorted(found) for found in nx.connected_components(graph)]
        missing = sorted({
            (one, other)
            for members in sets if len(members) <= self.declaration.largest_group
            for i, one in enumerate(members) for other in members[i + 1 :]
        } - known.keys())
        if missing:
            a, b = (np.array(side, np.int64) for side in zip(*missing, strict=True))
            weights = self.fitted.weights(outcomes(self.records, self.declaration, a, b))
            known |= dict(zip(missing, (weights.sum(axis=1) + self.fitted.prior).tolist(), strict=True))
        return known

    def explain(self, one: str, other: str) -> tuple[FieldWeight, ...]:
        """What every field says of two records by id, silent ones left out; with the prior it adds up to the bits."""
        a, b = (np.array([bisect_left(self.records.ids, who)], np.int64) for who in sorted((one, other)))
        seen = outcomes(self.records, self.declaration, a, b)
        weights, found = self.fitted.weights(seen), []
        for k, field in enumerate(self.declaration.fields):
            level, chance = int(seen.levels[0, k]), float(seen.chance[0, k])
            if level != SILENT:
                found.append(FieldWeight(
                    field.name, field.outcomes[level], self.fitted.m[field.name][level],
                    chance or self.fitted.u[field.name][level], float(weights[0, k]),
                ))
        return tuple(found)


def link(table: Any, declaration: Declaration) -> Linkage:
    """Fit the model to the records and weigh every pair of the blocks.

    ``table``: an ibis table with a text ``id``, one row a record, and the declared fields as text.  Deterministic: same
    rows and declaration, same bits, in whatever order the engine gives them.
    """
    records = read_records(table, [field.name for field in declaration.fields])
    pairs = candidates(table, records.ids, declaration.blocks, largest=declaration.largest_block)
    seen = outcomes(records, declaration, pairs.a, pairs.b)
    fitted = fit(records, declaration, pairs, seen)
    bits = fitted.weights(seen).sum(axis=1) + fitted.prior
    return Linkage(
        records, declaration, fitted, pairs.a, pairs.b, bits,
        dict(zip(declaration.blocks, pairs.crowded, strict=True)),
    )
