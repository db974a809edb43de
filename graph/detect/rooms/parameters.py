"""Which settings does the search for risky rooms have?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RoomParameters:
    """Defaults and their reasons: docs/methods.md.

    Placing a contact: ``least_hours`` is how well everybody is taken to know every room, ``seen_hours`` weighs having
    posted there in that hour, in ``rounds`` of expectation and maximisation.  A seeker is an adult who wrote first to
    ``seeker_minors`` minors and whose targets of known age are minors by ``seeker_share``.  The null leaves out the
    ``trimmed`` part of the other rooms and adds ``spread_rooms`` rooms that differ by ``usual_spread`` (a coefficient
    of variation).  ``min_adults`` seekers who met most of their minors there and ``min_minors`` minors make a lead,
    ``moderate_adults`` a moderate and ``strong_adults`` a strong one with voices ``strong_ratio`` times those expected
    whatever rooms differ; q-values bound the tiers (the strong one's is low because most platforms have no such room).
    Where minors begin with ``mutual_share`` as many adults it is a life in common; ``kinds_apart`` are kinds of rooms
    in which adults have a task.
    """

    least_hours: float = 0.1
    seen_hours: float = 20.0
    rounds: int = 5
    seeker_minors: int = 3
    seeker_share: float = 0.6
    trimmed: float = 0.2
    usual_spread: float = 0.35
    spread_rooms: int = 4
    min_minors: int = 5
    min_adults: int = 2
    moderate_adults: int = 3
    strong_adults: int = 5
    strong_ratio: float = 1.5
    strong_q: float = 0.001
    moderate_q: float = 0.05
    weak_q: float = 0.2
    mutual_share: float = 0.5
    kinds_apart: tuple[str, ...] = ("school", "class", "support", "help", "family")
    records_cap: int = 500

    def __post_init__(self) -> None:
        if self.least_hours <= 0 or self.seen_hours < 0 or self.rounds < 1:
            raise ValueError("least_hours is positive, seen_hours not negative, rounds at least 1")
        if self.seeker_minors < 2 or not 0 < self.seeker_share <= 1:
            raise ValueError("seeker_minors is at least 2, seeker_share lies in (0, 1]")
        if not 0 <= self.trimmed < 1 or self.usual_spread <= 0 or self.spread_rooms < 1:
            raise ValueError("trimmed lies in [0, 1), usual_spread is positive, spread_rooms at least 1")
        if not 1 <= self.min_adults <= self.moderate_adults <= self.strong_adults or self.min_minors < 2:
            raise ValueError("1 <= min_adults <= moderate_adults <= strong_adults must hold, min_minors is at least 2")
        if not 0 < self.strong_q <= self.moderate_q <= self.weak_q < 1:
            raise ValueError("0 < strong_q <= moderate_q <= weak_q < 1 must hold")
        if self.strong_ratio < 1 or self.mutual_share <= 0:
            raise ValueError("strong_ratio is at least 1, mutual_share positive")
