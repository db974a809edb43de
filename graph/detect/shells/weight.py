"""What is one piece of evidence about two accounts, and what do all of them say together?"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.detect.shells.tie import Tie, either

_NEGLIGIBLE = -60.0
_HABITS = frozenset({"rooms"})  # many strangers have them in common: no family that may link two accounts
_ROUNDING = 1e-9  # so that what is brought down to zero bits is not above it by the last digit


class Weight(NamedTuple):
    """One piece of evidence about a pair: for (bits > 0) or against, with what was seen and what chance gives.

    ``bits`` is log2 of its likelihood for one operator over that for two unrelated people; ``place_bits`` the same
    over two people who share a place.  ``facts`` is what its sentence tells.
    """

    family: str
    measure: str
    bits: float
    place_bits: float
    observed: float | None
    expected: float | None
    facts: Any = None


@dataclass(frozen=True)
class PairWeights:
    """All evidence about a pair; ``prior`` and ``place_prior`` are log2 prior odds against either alternative.

    ``across``: the accounts are on two platforms.
    """

    pair: tuple[str, str]
    prior: float
    place_prior: float
    weights: tuple[Weight, ...]
    across: bool = False

    @property
    def against_strangers(self) -> float:
        """log2 odds of one operator over two unrelated people."""
        return self.prior + sum(weight.bits for weight in self.weights)

    @property
    def against_sharers(self) -> float:
        """log2 odds of one operator over two people who share a home, a school or a family account."""
        return self.place_prior + sum(weight.place_bits for weight in self.weights)

    @property
    def total(self) -> float:
        """log2 odds of one operator over both alternatives together: 1 / (1/o₁ + 1/o₂)."""
        return either(self.against_strangers, self.against_sharers)

    def tie(self, threshold: float = 0.0, *, least: float | None = None) -> Tie:
        """The same as a tie, ``threshold`` bits added; no link where ``linkable(least)`` does not hold."""
        strangers, sharers, turns, place_turns = self.prior + threshold, self.place_prior + threshold, 0.0, 0.0
        for weight in self.weights:
            if weight.family == "turns":
                turns += weight.bits
                place_turns += weight.place_bits
            else:
                strangers += weight.bits
                sharers += weight.place_bits
        tie = Tie(strangers, sharers, turns, place_turns)
        if least is None or (over := tie.total) <= 0 or self.linkable(least):
            return tie
        over += _ROUNDING
        return Tie(strangers + turns - over, sharers + place_turns - over, 0.0, 0.0)

    def bits_of(self, family: str) -> float:
        return sum(weight.bits for weight in self.weights if weight.family == family and weight.bits > 0)

    def independent(self, least: float) -> int:
        """How many families of evidence speak for the pair with at least so many bits."""
        found: dict[str, float] = {}
        for weight in self.weights:
            if weight.bits > 0 and weight.family not in _HABITS:
                found[weight.family] = found.get(weight.family, 0.0) + weight.bits
        return sum(bits >= least for bits in found.values())

    def linkable(self, least: float) -> bool:
        """Two families speak for it, or one e-mail address on two platforms."""
        return self.independent(least) >= 2 or (
            self.across and any(weight.measure == "same email" for weight in self.weights)
        )

    @property
    def against(self) -> float:
        return sum(weight.bits for weight in self.weights if weight.bits < 0)
