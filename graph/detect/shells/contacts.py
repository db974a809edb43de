"""Whom do two accounts know?  People to whom both wrote first, by circle and popularity, and talk with each other."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from graph.detect.arrays import listed
from graph.detect.context import DetectionContext
from graph.detect.shells.logins import Logins

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
        by_size = list(zip(self.sizes, self.people, strict=True))
        total = sum(size * number for size, number in by_size)
        return tuple(squares / total**2 for squares in accumulate(size * size * number for size, number in by_size))

    def chance(self, most: int) -> float:
        """How likely do two first contacts go to one person, and one to whom no more than ``most`` write first?"""
        index = bisect_right(self.sizes, most)
        return self._chances[index - 1] if index else 0.0


@dataclass(frozen=True)
class Contacts:
    """``counts``: by account how many people it wrote to first; ``company`` of pairs; ``talk``: private messages each
    way between two accounts (the smaller of the two directions)."""

    counts: Mapping[int, int]
    company: Mapping[Numbers, Company]
    popularity: Popularity
    talk: Mapping[Numbers, int]


def read_contacts(
    context: DetectionContext, logins: Logins, pairs: Any, members: Any, before: Contacts | None = None
) -> Contacts:
    """What is known of ``pairs`` (a, b) and ``members`` (who), added to what was known ``before``."""
    firsts = context.kept("shells.firsts", lambda: _firsts(context, logins))
    company, popularity = _company(context, pairs, firsts)
    talk = _talk(context, pairs, firsts)
    if before is not None:
        return replace(before, company={**before.company, **company}, talk={**before.talk, **talk})
    counts = firsts.semi_join(members, "who").group_by("who").agg(n=lambda t: t.count())
    return Contacts(dict(context.rows(counts)), company, popularity, talk)


def _firsts(context: DetectionContext, logins: Logins) -> Any:
    """who, sent, replies, target, number (of the target, or null): first private contacts."""
    pairs, numbered = context.pairs, logins.accounts
    return pairs.join(numbered.select(initiator="account", who="who"), "initiator").left_join(
        numbered.select(target="account", target_number="who"), "target"
    ).select("who", "sent", "replies", "target", number="target_number")


def _company(context: DetectionContext, pairs: Any, firsts: Any) -> tuple[dict[Numbers, Company], Popularity]:
    sizes = firsts.group_by("target").agg(m=firsts.count())
    crowds = context.rows(sizes.group_by("m").agg(people=sizes.count()))
    both = pairs.join(firsts.select(a="who", target="target", number="number"), "a")
    both = both.join(firsts.select(b="who", target="target"), ["b", "target"])
    both = both.filter(both.number.isnull() | ((both.number != both.a) & (both.number != both.b)))
    found: dict[Numbers, list[tuple[int, int | None]]] = {}
    for a, b, m, number, _ in context.rows(both.join(sizes, "target").select("a", "b", "m", "number", "target")):
        found.setdefault((a, b), []).append((m, number))
    several = {n for targets in found.values() if len(targets) > 1 for _, n in targets if n is not None}
    these = listed(who=np.array(sorted(several), dtype=np.int64))
    inside = firsts.semi_join(these, "who").semi_join(these.select(number="who"), "number")
    touching: dict[int, set[int]] = {}
    for who, number in context.rows(inside.select("who", "number")):
        touching.setdefault(who, set()).add(number)
        touching.setdefault(number, set()).add(who)
    company = {pair: Company(len(targets), _circles(targets, touching)) for pair, targets in found.items()}
    return company, Popularity(tuple(m for m, _ in crowds), tuple(people for _, people in crowds))


def _circles(targets: Sequence[tuple[int, int | None]], touching: Mapping[int, set[int]]) -> tuple[int, ...]:
    """The least popular of each circle; someone unknown is a circle alone.  Linear in targets and their contacts."""
    sizes = {number: m for m, number in targets if number is not None}
    circles: nx.Graph[int] = nx.Graph()
    circles.add_nodes_from(sizes)
    circles.add_edges_from((one, other) for one in sizes for other in touching.get(one, set()) & sizes.keys())
    least = [min(sizes[number] for number in circle) for circle in nx.connected_components(circles)]
    return tuple(sorted([*(m for m, number in targets if number is None), *least]))


def _talk(context: DetectionContext, pairs: Any, firsts: Any) -> dict[Numbers, int]:
    inside = firsts.filter(firsts.number.notnull()).select("who", "number", "sent", "replies")
    talk: dict[Numbers, int] = {}
    for first, second in (("a", "b"), ("b", "a")):
        found = pairs.join(inside.rename(**{first: "who", second: "number"}), ["a", "b"])
        for a, b, sent, replies in context.rows(found.select("a", "b", "sent", "replies")):
            talk[a, b] = int(min(sent, replies))
    return talk
