"""What is compared, and in which blocks?  Fields, their levels and the blocking rules, as data."""

from dataclasses import dataclass
from typing import Literal

Test = Literal["exact", "alike", "edits", "swapped", "begins", "number", "day and month"]
_MOSTLY = 0.8


@dataclass(frozen=True)
class Level:
    """One degree of agreement; ``bound`` and ``other`` as the test needs them.  Made by the functions below."""

    test: Test
    bound: float = 0.0
    other: str = ""

    @property
    def name(self) -> str:
        return " ".join(str(part) for part in (self.test, self.bound or "", self.other) if part)


EXACT = Level("exact")
DAY_AND_MONTH = Level("day and month")
"""Two dates (eight digits, year first) that differ by day and month having changed places."""
SAME_NUMBER = Level("number")
"""The numbers with which both values begin are the same: 12 and 12a."""


def alike(bound: float) -> Level:
    """Jaro-Winkler similarity of ``bound`` or more."""
    return Level("alike", bound)


def edits(bound: int) -> Level:
    """At most so many letters put in, left out, changed, or exchanged with their neighbour."""
    return Level("edits", bound)


def begins(bound: int) -> Level:
    """The shorter value has ``bound`` letters or more, and the longer one begins with it: 1964 and 196404."""
    return Level("begins", bound)


def swapped(other: str) -> Level:
    """The value and that of the field ``other`` have changed places; that field then says nothing of its own."""
    return Level("swapped", other=other)


@dataclass(frozen=True)
class Field:
    """A column and its levels, best first; a pair has the first level it meets, "else" where none.

    A value missing on either side is no evidence.  ``by_frequency``: exact agreement on a rare value weighs more (u is
    the value's own frequency).  ``m``: how often records of one are thought to meet each level, and "else", before any
    is seen (it counts as ``Declaration.prior_matches`` pairs); unless given, four in five agree exactly.
    """

    name: str
    levels: tuple[Level, ...] = (EXACT,)
    by_frequency: bool = True
    m: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.levels or self.levels[0] != EXACT or EXACT in self.levels[1:]:
            raise ValueError(f"field {self.name!r}: the first level is EXACT, and only the first")
        if len(set(self.levels)) < len(self.levels):
            raise ValueError(f"field {self.name!r} has a level twice")
        if self.m and (len(self.m) != len(self.outcomes) or min(self.m) <= 0 or abs(sum(self.m) - 1.0) > 1e-9):
            raise ValueError(f"field {self.name!r}: m has a share above 0 for every level and for else, 1 in all")

    @property
    def prior_m(self) -> tuple[float, ...]:
        """``m`` as given, or four in five exactly alike and the rest evenly spread."""
        rest = len(self.levels)
        return self.m or (_MOSTLY, *((1.0 - _MOSTLY) / rest for _ in range(rest)))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Names of the levels, and of what meets none of them."""
        return (*(level.name for level in self.levels), "else")


@dataclass(frozen=True)
class Declaration:
    """The whole model, before anything is fitted.

    - ``blocks``: rules; two records are compared if they agree exactly on all fields of one of them.  Every field is
      left out of some rule, or its m could not be learnt.
    - ``largest_block``: of one rule, values that more records have make no block (their number is told): they cost
      most and say least.
    - ``sample``: random pairs from which u of the near levels is learnt; so many tell a u of 1e-5 within a bit.
    - ``seed`` of that sample.
    - ``prior_matches``: as many matches the priors of m weigh: little in a register with many, most in one with hardly
      any.
    - ``rounds``: at most so many rounds of expectation-maximisation; ``still``: it ends when no m and no share of
      matches moves by more.
    - ``link``: the posterior from which two records count as linked.
    - ``strong``, ``largest_group``: sets of linked records with more members are cut at that posterior.
    """

    fields: tuple[Field, ...]
    blocks: tuple[tuple[str, ...], ...]
    largest_block: int = 500
    sample: int = 250_000
    seed: int = 1969
    prior_matches: float = 10.0
    rounds: int = 200
    still: float = 1e-5
    link: float = 0.5
    strong: float = 0.95
    largest_group: int = 200

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if len(set(names)) < len(names) or len(names) < 2:
            raise ValueError("a model has two fields or more, each once")
        asked = {name for rule in self.blocks for name in rule}
        asked |= {level.other for field in self.fields for level in field.levels if level.test == "swapped"}
        if strays := sorted(asked - set(names)):
            raise ValueError(f"no such field: {', '.join(strays)}")
        if not self.blocks or not all(self.blocks):
            raise ValueError("a model has a block, and every block a field")
        if always := [name for name in names if all(name in self.touched(rule) for rule in self.blocks)]:
            raise ValueError(f"every block asks for {', '.join(always)}: its m could not be learnt")
        if not 0 < self.link < self.strong < 1:
            raise ValueError("0 < link < strong < 1 must hold")
        if self.largest_block < 2 or self.sample < 1 or self.rounds < 1 or self.largest_group < 2:
            raise ValueError("largest_block and largest_group are at least 2, sample and rounds 1")
        if self.still <= 0 or self.prior_matches <= 0:
            raise ValueError("still and prior_matches are above 0")

    def touched(self, rule: tuple[str, ...]) -> frozenset[str]:
        """Fields that a rule speaks about: its own, and those that can change places with one of them."""
        own = set(rule)
        for field in self.fields:
            partners = {level.other for level in field.levels if level.test == "swapped"}
            if field.name in rule:
                own |= partners
            elif partners & set(rule):
                own.add(field.name)
        return frozenset(own)
