"""To whom did two accounts both write first?  Common targets by circle of acquaintances, and how popular they are."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext

Numbers = tuple[int, int]


class Company(NamedTuple):
    """``targets``: how many people both wrote to first.  ``circles``: the same, those in touch with each other counted
    once, by how many accounts write first to the least popular of a circle, ascending.
    """

    targets: int
    circles: tuple[int, ...]


@dataclass(frozen=True)
class Popularity:
    """``sizes``: by how many accounts people are written to first, ascending; ``people``: how many people of each."""

    sizes: tuple[int, ...]
    people: tuple[int, ...]

    @cached_property
    def _chances(self) -> tuple[float, ...]:
        whole = list(zip(self.sizes, self.people, strict=True))
        total = sum(size * number for size, number in whole)
        return tuple(squares / total**2 for squares in accumulate(size * size * number for size, number in whole))

    def chance(self, most: int) -> float:
        """How likely do two first contacts go to one person, and one to whom no more than ``most`` write first?"""
        place = bisect_right(self.sizes, most)
        return self._chances[place - 1] if place else 0.0


def read_company(context: DetectionContext, pairs: Any, contacts: Any) -> tuple[dict[Numbers, Company], Popularity]:
    """What each of ``pairs`` (a, b) has in company; ``contacts``: who, target, number of the target or null."""
    sizes = contacts.group_by("target").agg(m=contacts.count())
    crowds = context.rows(sizes.group_by("m").agg(people=sizes.count()))
    one = contacts.select(a="who", target="target", number="number")
    both = pairs.join(one, "a").join(contacts.select(b="who", target="target"), ["b", "target"])
    both = both.filter(both.number.isnull() | ((both.number != both.a) & (both.number != both.b)))
    found: dict[Numbers, list[tuple[int, int | None]]] = {}
    for a, b, m, number, _ in context.rows(both.join(sizes, "target").select("a", "b", "m", "number", "target")):
        found.setdefault((a, b), []).append((m, number))
    several = {n for targets in found.values() if len(targets) > 1 for _, n in targets if n is not None}
    listed = ibis.memtable(pa.table({"who": pa.array(sorted(several), pa.int64())}))
    inside = contacts.semi_join(listed, "who").semi_join(listed.select(number="who"), "number")
    touching: dict[int, set[int]] = {}
    for who, number in context.rows(inside.select("who", "number")):
        touching.setdefault(who, set()).add(number)
        touching.setdefault(number, set()).add(who)
    company = {pair: Company(len(targets), _circles(targets, touching)) for pair, targets in found.items()}
    return company, Popularity(tuple(m for m, _ in crowds), tuple(people for _, people in crowds))


def _circles(targets: Sequence[tuple[int, int | None]], touching: Mapping[int, set[int]]) -> tuple[int, ...]:
    """The least popular of each circle; someone unknown is a circle alone.  Linear in targets and their contacts."""
    least = [m for m, number in targets if number is None]
    sizes = {number: m for m, number in targets if number is not None}
    left = sizes.keys() & touching.keys()
    least += [m for number, m in sizes.items() if number not in left]
    while left:
        smallest, pending = [], [left.pop()]
        while pending:
            number = pending.pop()
            smallest.append(sizes[number])
            met = touching[number] & left
            left -= met
            pending += met
        least.append(min(smallest))
    return tuple(sorted(least))
