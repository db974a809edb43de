"""How good is a ranking, or a set of pairs?  Average precision and pair F1."""

from collections.abc import Collection, Iterable
from itertools import combinations

Pair = tuple[str, str]
Ranking = list[tuple[str, float]]
PairRanking = list[tuple[Pair, float]]


def average_precision(ranked: Iterable[str], right: Collection[str], neutral: Collection[str] = ()) -> float:
    """The mean, over all that are right, of the precision where each stands; who is not ranked adds nothing.

    ``neutral`` items are passed over. With nothing right it is 0.
    """
    found, place, total = 0, 0, 0.0
    for item in ranked:
        if item in neutral and item not in right:
            continue
        place += 1
        if item in right:
            found += 1
            total += found / place
    return total / len(right) if right else 0.0


def pairs_of(groups: Iterable[Collection[str]]) -> frozenset[Pair]:
    """All pairs within groups, each in the order of its ids."""
    return frozenset(pair for group in groups for pair in combinations(sorted(group), 2))


def pair_f1(found: Collection[Pair], right: Collection[Pair]) -> float:
    """2·both / (found + right); 0 where both are empty."""
    both = len(set(found) & set(right))
    return 2 * both / (len(found) + len(right)) if found or right else 0.0


def ranked(scores: Iterable[tuple[str, float]]) -> Ranking:
    """Best first, ties by item."""
    return sorted(scores, key=lambda item: (-item[1], item[0]))


def ranked_pairs(scores: Iterable[tuple[Pair, float]]) -> PairRanking:
    """Best first, ties by pair."""
    return sorted(scores, key=lambda item: (-item[1], item[0]))
