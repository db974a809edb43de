"""Which records belong together?  Average linkage over pair weights, so that a chain of links makes no group."""

from collections.abc import Mapping

from graph.linkage.groups import Pair, Sums, added, connected, cut_to_size, merged, supported


def clusters(weights: Mapping[Pair, float], *, nothing: float, largest: int, cut: float) -> list[tuple[int, ...]]:
    """Groups of two records or more, sorted.

    ``weights``: bits of log posterior odds by pair (a < b), positive for a link; a pair not listed weighs ``nothing``
    (no evidence: the prior).  Inside each connected set of links the two groups with the highest mean weight merge
    while that mean is positive (ties: the first in order of numbers); then a member linked to fewer than half of the
    others leaves.  Connected sets above ``largest`` records are first cut at ``cut`` bits.
    """

    def linked(bound: float) -> list[Pair]:
        return [pair for pair, weight in weights.items() if weight > bound]

    def mean(total: Sums, sizes: Pair) -> float:
        return total[0] / (sizes[0] * sizes[1])

    sums: dict[Pair, Sums] = {pair: (weight,) for pair, weight in weights.items()}
    none: Sums = (nothing,)
    found = [
        supported(group, lambda pair: weights.get(pair, -1.0) > 0.0)
        for members in cut_to_size(linked, connected(linked(0.0)), largest=largest, cut=cut)
        for group in merged(sorted(members), sums, none, mean, added)
    ]
    return sorted(group for group in found if len(group) >= 2)
