"""Which accounts bear names alike, and how rare is the likeness?  Names with their numbers, and without."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.shells.logins import Logins
from graph.detect.shells.names import number_of, skeletons, whole_skeleton
from graph.detect.shells.parameters import ShellParameters

NAME_KINDS = ("alias", "name")  # identifiers that are read as names


@dataclass(frozen=True)
class Likeness:
    """What two names have in common: ``kind`` "name" (with its number) or "stem", and its chance ``u``."""

    kind: str
    value: str
    u: float


@dataclass(frozen=True)
class Names:
    """``worn``: by account its names as (whole skeleton or None, stems, number or None); the counts are of accounts."""

    worn: Mapping[int, tuple[tuple[str | None, tuple[str, ...], str | None], ...]]
    wholes: Mapping[str, int]
    stems: Mapping[str, int]
    numbers: Mapping[str, int]
    most: int

    @property
    def bearers(self) -> Mapping[str, int]:
        return {"name": len(self.worn), "stem": len(self.worn)}

    @property
    def crowded(self) -> int:
        """Stems of so many accounts that they make no block."""
        return sum(count > self.most for count in self.stems.values())

    @cached_property
    def blocks(self) -> Any:
        """who, kind, value, ever: skeletons that two accounts or more bear, and no crowd."""
        found = sorted({
            (who, kind, value, counts[value])
            for who, names in self.worn.items()
            for whole, stems, _ in names
            for kind, values, counts in (
                ("name", (whole,) if whole is not None else (), self.wholes), ("stem", stems, self.stems)
            )
            for value in values
            if 2 <= counts[value] <= self.most
        })
        columns = list(zip(*found, strict=True)) if found else [(), (), (), ()]
        types = (pa.int64(), pa.string(), pa.string(), pa.int64())
        return ibis.memtable(pa.table({
            name: pa.array(list(values), kind)
            for name, values, kind in zip(("who", "kind", "value", "ever"), columns, types, strict=True)
        }))

    def likeness(self, one: int, other: int) -> Likeness | None:
        """The rarest thing the names of two accounts have in common; None where nothing is alike.

        A whole name is as rare as its bearers are few, or where it has a number, as the stem is rare times the number
        among other stems: so a ring of one name does not make its own name common.
        """
        best = None
        for whole, stems, number in self.worn.get(one, ()):
            for other_whole, other_stems, _ in self.worn.get(other, ()):
                common = sorted(set(stems) & set(other_stems))
                found = [Likeness("stem", stem, self.stems[stem] / len(self.worn)) for stem in common]
                if whole is not None and whole == other_whole:
                    u = self.wholes[whole] / len(self.worn)
                    if number is not None and common:
                        elsewhere = (self.numbers[number] - self.wholes[whole] + 1) / len(self.worn)
                        u = min(u, max(likeness.u for likeness in found) * max(elsewhere, 1 / len(self.worn)))
                    found.append(Likeness("name", whole, u))
                for likeness in found:
                    if best is None or (likeness.u, likeness.kind, likeness.value) < (best.u, best.kind, best.value):
                        best = likeness
        return best


def read_names(context: DetectionContext, logins: Logins, parameters: ShellParameters) -> Names:
    """Pseudonyms, and identifiers that are names."""
    accounts, identifiers = context.table("accounts"), context.table("identifiers")
    kinds = [name for name in NAME_KINDS if name not in parameters.left_out]
    given = ibis.union(
        accounts.select("account", name="pseudonym"),
        identifiers.filter(identifiers.kind.lower().isin(kinds)).select("account", name="value"),
    )
    rows = context.rows(
        given.filter(given.name.notnull()).join(logins.accounts, "account").select("who", "name").distinct()
    )
    parts = {name: (whole_skeleton(name), tuple(sorted(skeletons(name))), number_of(name)) for _, name in rows}
    worn: dict[int, tuple[tuple[str | None, tuple[str, ...], str | None], ...]] = {}
    for who, name in rows:
        if parts[name][0] is not None or parts[name][1]:
            worn[who] = (*worn.get(who, ()), parts[name])
    return Names(
        worn, _count({whole for whole, _, _ in names if whole is not None} for names in worn.values()),
        _count({stem for _, stems, _ in names for stem in stems} for names in worn.values()),
        _count({number for _, _, number in names if number is not None} for names in worn.values()),
        parameters.most_names,
    )


def _count(sets: Iterable[set[str]]) -> Mapping[str, int]:
    counter: Counter[str] = Counter()
    for values in sets:
        counter.update(values)
    return counter
