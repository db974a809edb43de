"""Which settings does the search for risky rooms have?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RoomParameters:
    """Defaults and their reasons: docs/methods.md.

    A room is tested with ``min_contacts`` first contacts by adults that start there; ``min_minors`` of them to minors
    and by ``min_adults`` adults make a lead.  ``strong_odds`` is the smallest credible odds ratio of a strong lead,
    q-values bound the tiers; weak is also what is unusual by itself (``weak_p``).  A seeker is an adult who wrote first
    to ``seeker_minors`` minors, more than adults do at ``seeker_p`` with ``seeker_dispersion``
    between adults.  ``kinds_apart`` are kinds of rooms in which
    adults have a task.
    """

    min_contacts: int = 10
    min_minors: int = 5
    min_adults: int = 3
    strong_odds: float = 1.5
    strong_q: float = 0.01
    moderate_q: float = 0.05
    weak_q: float = 0.2
    weak_p: float = 0.1
    seeker_minors: int = 4
    seeker_p: float = 0.001
    seeker_dispersion: float = 0.1
    kinds_apart: tuple[str, ...] = ("school", "class", "support", "help", "family")
    records_cap: int = 500

    def __post_init__(self) -> None:
        if self.min_contacts < 2 or self.min_minors < 2 or self.min_adults < 1:
            raise ValueError("min_contacts and min_minors are at least 2, min_adults at least 1")
        if not 0 < self.strong_q <= self.moderate_q <= self.weak_q < 1:
            raise ValueError("0 < strong_q <= moderate_q <= weak_q < 1 must hold")
        if self.strong_odds < 1 or self.seeker_minors < 2 or not 0 < self.seeker_p < 1:
            raise ValueError("strong_odds is at least 1, seeker_minors at least 2, seeker_p lies in (0, 1)")
