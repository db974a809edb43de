"""What do all pieces of evidence about two accounts say together?  One operator against strangers and against a home.

Weights are log2 of likelihood ratios (Fellegi and Sunter 1969, JASA 64:1183).  One operator stands against two
alternatives: two strangers, and two people of one home or one device.  Their odds combine as 1 / (1/o₁ + 1/o₂).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2
from typing import Any, NamedTuple

from graph.detect.shells.marks import FAMILY, PERSONAL, SharedMark
from graph.detect.shells.parameters import ShellParameters
from graph.linkage.bits import agreement_bits

SOLID = frozenset({"device", "address", "contact", "payment"})  # families of things; names and pictures are chosen
_NEGLIGIBLE = -60.0
ROUNDING = 1e-9  # so that what is brought down to a bound is below it in the last digit


class Weight(NamedTuple):
    """One piece of evidence: log2 of its likelihood for one operator over strangers, and over people of one home.

    ``code`` names its sentence; ``facts`` is what that tells.
    """

    code: str
    family: str
    strangers: float
    home: float
    observed: float | None
    expected: float | None
    facts: Any = None


class Tie(NamedTuple):
    """What is known of a pair, in a form that adds up over the pairs of two groups (``private`` is a maximum).

    ``strangers``, ``home``: bits over either alternative with the prior and without turns; ``turns``, ``home_turns``:
    hand-overs and visits at once; ``against``: what conduct takes away; ``tied``: pairs likelier one person or home
    than strangers; ``private``: bits of the best link by a private mark.
    """

    strangers: float
    home: float
    turns: float
    home_turns: float
    against: float
    tied: float
    private: float

    def joined(self, other: "Tie") -> "Tie":
        return Tie._make([*map(sum, zip(self[:6], other[:6], strict=True)), max(self.private, other.private)])

    @property
    def total(self) -> float:
        """Log2 odds of one operator over both alternatives, of one pair."""
        return either(self.strangers + self.turns, self.home + self.home_turns)


@dataclass(frozen=True)
class PairWeights:
    """All evidence about a pair; ``prior`` and ``home_prior`` are log2 prior odds against either alternative."""

    pair: tuple[str, str]
    prior: float
    home_prior: float
    weights: tuple[Weight, ...]
    private: bool = False

    @property
    def counted(self) -> tuple[Weight, ...]:
        """The weights, of each family of marks the heaviest only: a cookie on a common device is no news."""
        best: dict[str, Weight] = {}
        for weight in self.weights:
            if isinstance(weight.facts, SharedMark):
                kept = best.get(weight.family)
                if kept is None or weight.strangers > kept.strangers:
                    best[weight.family] = weight
        return tuple(w for w in self.weights if not isinstance(w.facts, SharedMark) or best[w.family] is w)

    @property
    def over_home(self) -> float:
        """Log2 odds of one operator over two people of one home."""
        return self.home_prior + sum(weight.home for weight in self.counted)

    @property
    def two_people(self) -> bool:
        """Whether the two do what one person seldom does: they talk with each other, or were there at once on two
        devices and have devices of their own."""
        codes = {weight.code for weight in self.weights if weight.home < 0}
        return "talk_with_each_other" in codes or {"at_once", "devices_of_their_own"} <= codes

    def families(self, least: float) -> frozenset[str]:
        """The families of evidence that speak for the pair with at least so many bits."""
        found: dict[str, float] = {}
        for weight in self.counted:
            if weight.strangers > 0:
                found[weight.family] = found.get(weight.family, 0.0) + weight.strangers
        return frozenset(family for family, bits in found.items() if bits >= least)

    def most(self, parameters: ShellParameters) -> float:
        """The bits that a pair may have: one family links only by a private mark; names and conduct without a thing
        in common are never strong, and weak where both have devices or addresses, each their own."""
        speaking = self.families(parameters.family_bits)
        if len(speaking) < 2:
            return parameters.strong - ROUNDING if self.private else -ROUNDING
        if speaking & SOLID:
            return 60.0
        apart = any(weight.code in ("different_device", "different_address") for weight in self.weights)
        return (parameters.moderate if apart else parameters.strong) - ROUNDING

    def tie(self, parameters: ShellParameters) -> Tie:
        """The same as a tie, brought down to ``most``."""
        strangers, home, turns, home_turns, against = self.prior, self.home_prior, 0.0, 0.0, 0.0
        for weight in self.counted:
            if weight.family == "turns":
                turns, home_turns = turns + weight.strangers, home_turns + weight.home
            else:
                strangers, home = strangers + weight.strangers, home + weight.home
            if weight.family in ("turns", "talk"):
                against += min(0.0, weight.strangers)
        total = either(strangers + turns, home + home_turns)
        over = max(0.0, total - self.most(parameters))
        if over:
            strangers, home, turns, home_turns = strangers + turns - over, home + home_turns - over, 0.0, 0.0
        linked = self.private and total - over > 0.0
        return Tie(
            strangers, home, turns, home_turns, 0.0 if linked else against, float(strangers + turns > 0.0),
            total - over if linked else _NEGLIGIBLE,
        )


def either(one: float, other: float) -> float:
    """Log2 odds over two alternatives together: 1 / (1/o₁ + 1/o₂)."""
    low, high = (one, other) if one < other else (other, one)
    return low - log2(1.0 + 2.0 ** max(_NEGLIGIBLE, low - high))


def prior_bits(accounts: int, parameters: ShellParameters) -> float:
    """Log2 prior odds over strangers: ``companions`` among all accounts."""
    return log2(parameters.companions / max(32, accounts))


def home_bits(holders: int, parameters: ShellParameters, *, home: bool, apart: bool) -> float:
    """Log2 prior odds over two people of one home or one device; in a place of more people there are more such pairs.

    ``holders``: accounts that ever held what the two share; ``home``: an address or an hour speaks of a home;
    ``apart``: addresses of both are known, none in common, and no device is.
    """
    pairs, at_home = holders * (holders - 1), parameters.private_holders * (parameters.private_holders - 1)
    prior = parameters.apart_bits if apart else parameters.unknown_home_bits
    return (parameters.home_bits if home else prior) - log2(max(1.0, pairs / at_home))


def is_private(mark: SharedMark, parameters: ShellParameters) -> bool:
    """A mark given to one holder by design, that no more accounts than a home or a ring ever held."""
    return mark.kind in PERSONAL and mark.ever <= parameters.private_holders


def among_many(alike: int, u: float) -> float:
    """Bits that something chosen freely (a name, a picture) loses where ``alike`` pairs share a mark as few hold.

    By chance so many times u of these pairs have it in common as well, and they are the pairs that it brings forward.
    """
    return log2(1.0 + alike * u)


def mark_weights(
    shared: Iterable[SharedMark], accounts: int, parameters: ShellParameters, *, alike: int, lines: float = 0.0
) -> list[Weight]:
    """Common marks.  u of a private one is how often strangers hold one by chance, however many hold it: a ring does
    not make its own device common.  At home each family of marks has a rate of its own.  ``lines``: others with whom
    an account has had a private address in common on different days only."""
    found, things = [], parameters.home_things
    at_home = {
        "device": things, "payment": things, "address": parameters.home_address, "contact": parameters.home_contacts,
    }
    for mark in shared:
        m, kind = parameters.agreement, mark.kind
        private, u = is_private(mark, parameters), mark.u
        if private:
            u = parameters.coincidence / max(32, accounts)
        elif FAMILY.get(kind) == "address" and mark.ever <= parameters.private_holders:
            often = max(parameters.address_coincidence, lines if kind == "line" else 0.0)
            u = min(m, often / max(32, accounts))
        family = FAMILY.get(kind, kind)
        bits = max(0.0, agreement_bits(m, u) - (0.0 if family in SOLID else among_many(alike, u)))
        home = agreement_bits(m, at_home[family]) if family in at_home else bits
        code = f"same_{kind}" if kind in FAMILY else "same_value"
        found.append(Weight(code, family, bits, home, mark.holders, None, mark))
    return found
