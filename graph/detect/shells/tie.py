"""How much do two accounts, or two groups of accounts, belong together?  Evidence once, turns each time."""

from collections.abc import Iterable
from math import log2
from typing import NamedTuple

_NEGLIGIBLE = -60.0


class Tie(NamedTuple):
    """Log2 odds of a pair for one operator over two strangers and over two people who share a place, with the prior and
    without turns; and what the turns (hand-overs, visits at once) say over either.
    """

    strangers: float
    sharers: float
    turns: float
    place_turns: float

    @property
    def total(self) -> float:
        """Log2 odds over both alternatives."""
        return together(self, (1, 1), 0.0)

    @property
    def tied(self) -> bool:
        """Likelier one person or one place than strangers."""
        return self.strangers + self.turns > 0.0


def together(sums: Iterable[float], sizes: tuple[int, int], further: float) -> float:
    """Log2 odds for one operator behind two groups of so many accounts, from the sums over their pairs.

    What accounts share is one fact told by many pairs and counts on average; each turn is a visit of its own, and
    counts each time.  ``further``: bits by which each account after two speaks against people who share a place.
    """
    strangers, sharers, turns, place_turns = sums
    pairs, more = sizes[0] * sizes[1], sizes[0] + sizes[1] - 2
    return either(strangers / pairs + turns, sharers / pairs + place_turns + further * more)


def either(one: float, other: float) -> float:
    """Log2 odds over two alternatives together: 1 / (1/o₁ + 1/o₂)."""
    low, high = (one, other) if one < other else (other, one)
    return low - log2(1.0 + 2.0 ** max(_NEGLIGIBLE, low - high))
