"""Which pairs are compared?  Records that agree on all fields of a blocking rule, found in the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Candidates:
    """Pairs of record numbers ``a`` < ``b`` in order; bit i of ``rules`` is set where rule i found the pair.

    ``crowded``: by rule, how many values too many records have to make a block.
    """

    a: Numbers
    b: Numbers
    rules: Numbers
    crowded: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.a)

    def found_by(self, rule: int) -> NDArray[np.bool_]:
        return np.asarray((self.rules >> rule) & 1 == 1, dtype=np.bool_)


def candidates(table: Any, ids: Sequence[str], rules: Sequence[tuple[str, ...]], *, largest: int) -> Candidates:
    """Every pair once, whatever the number of rules that find it; linear in pairs, at most ``largest`` a record."""
    parts, crowded = [], []
    for i, rule in enumerate(rules):
        keys = [f"key{k}" for k in range(len(rule))]
        keyed = table.select(
            record="id", **{key: table[name].cast("string") for key, name in zip(keys, rule, strict=True)}
        )
        keyed = keyed.filter(*(keyed[key].notnull() & (keyed[key] != "") for key in keys))
        sizes = keyed.group_by(keys).agg(records=keyed.count())
        crowded.append(int(sizes.filter(sizes.records > largest).count().to_pyarrow().as_py()))
        blocks = sizes.filter(sizes.records >= 2, sizes.records <= largest).select(*keys)
        members = keyed.join(blocks, keys).select("record", *keys)
        both = members.rename(a="record").join(members.rename(b="record"), keys)
        parts.append(both.filter(both.a < both.b).select("a", "b", rule=ibis.literal(1 << i, "int64")))
    found = ibis.union(*parts) if len(parts) > 1 else parts[0]
    pairs = found.group_by(["a", "b"]).agg(rules=found.rule.sum().cast("int64")).to_pyarrow()
    known = pa.array(ids, pa.string())
    a, b = (
        np.asarray(pc.index_in(pairs.column(name), value_set=known).to_numpy(), dtype=np.int64) for name in ("a", "b")
    )
    a, b = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((b, a))
    return Candidates(a[order], b[order], pairs.column("rules").to_numpy()[order].astype(np.int64), tuple(crowded))
