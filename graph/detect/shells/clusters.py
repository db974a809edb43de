"""Which accounts belong together?  Average linkage over pair weights, so that a chain of links makes no group."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from graph.detect.shells.tie import Tie, together
from graph.linkage.groups import Pair, connected, cut_to_size, merged, supported


def clusters(
    ties: Mapping[Pair, Tie], *, nothing: Tie, further: float, largest: int, cut: float
) -> list[tuple[int, ...]]:
    """Groups of two accounts or more, sorted.

    ``ties``: what is known of a pair (a < b), its ``total`` positive for a link; a pair not listed has ``nothing`` (no
    evidence: the prior).  To each connected set of links come the accounts without a link that are tied to half of it.
    Inside each set the two groups whose accounts are most together
    (``together``) merge while that is positive (ties: the first in order of numbers); then a member that is tied to
    fewer than half of the others leaves.  ``further``: see ``together``.  Connected sets above ``largest`` accounts are
    first cut at ``cut`` bits.
    """

    def linked(bound: float) -> list[Pair]:
        return [pair for pair, tie in ties.items() if tie.total > bound]

    sets = _with_tied(connected(linked(0.0)), ties)
    found = [
        supported(group, lambda pair: ties.get(pair, nothing).tied)
        for members in cut_to_size(linked, sets, largest=largest, cut=cut)
        for group in merged(sorted(members), ties, nothing, lambda sums, sizes: together(sums, sizes, further))
    ]
    return sorted(group for group in found if len(group) >= 2)


def beside(ties: Mapping[Pair, Tie], *, largest: int) -> list[Pair]:
    """The pairs that may come into one group and are not among ``ties``, of sets of up to ``largest`` accounts."""
    sets = _with_tied(connected(pair for pair, tie in ties.items() if tie.total > 0.0), ties)
    return [
        pair for members in sets if len(members) <= largest
        for pair in combinations(sorted(members), 2) if pair not in ties
    ]


def _with_tied(components: list[set[int]], ties: Mapping[Pair, Tie]) -> list[set[int]]:
    """The components with the accounts of none that are tied to half of their members or more, to most of one first."""
    place = {name: number for number, component in enumerate(components) for name in component}
    tied: dict[int, Counter[int]] = {}
    for pair, tie in ties.items():
        for name, other in (pair, pair[::-1]):
            if name not in place and other in place and tie.tied:
                tied.setdefault(name, Counter())[place[other]] += 1
    wider = [set(component) for component in components]
    for name, counts in tied.items():
        number = min(counts, key=lambda number: (-counts[number] / len(components[number]), number))
        if counts[number] * 2 >= len(components[number]):
            wider[number].add(name)
    return wider


def belonging(name: int, group: Sequence[int], ties: Mapping[Pair, Tie], nothing: Tie, further: float) -> float:
    """Bits that one account is together with the others of a group."""
    found = [ties.get((min(name, other), max(name, other)), nothing) for other in group if other != name]
    one, other, turns, place_turns = (sum(values) for values in zip(*found, strict=True))
    return together((one, other, turns, place_turns), (1, len(found)), further)
