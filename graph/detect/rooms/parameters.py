"""Which settings does the search for risky rooms have?"""

from dataclasses import dataclass

from graph.detect.parameters import Parameters, setting


@dataclass(frozen=True)
class RoomParameters(Parameters):
    """How contacts are placed, who seeks minors, the null of rooms, the least lead, and the bounds of the tiers."""

    least_hours: float = setting(
        0.1, label="Time in a room, at least", unit="hours", why="in every room, as everybody may read it", above=0.0
    )
    seen_hours: float = setting(
        20.0, label="Weight of a message within the hour", unit="hours",
        why="a message written there within the hour counts as so many hours", at_least=0.0
    )
    rounds: int = setting(
        5, label="Rounds of the estimate", unit="rounds",
        why="of placing the contacts in rooms, each with what the last one found; more change little", at_least=1,
        source="Dempster, Laird, Rubin 1977, JRSS B 39:1",
    )
    seeker_minors: int = setting(
        6, label="Minors whom an adult wrote to first, at least", unit="minors",
        why="who wrote first to so many may seek them; with 3 ordinary adults are most of the voices", at_least=2
    )
    seeker_share: float = setting(
        0.6, label="Minors among targets, at least", unit="share of targets", why="minors mostly", above=0.0,
        at_most=1.0
    )
    seeker_times: float = setting(
        3.0, label="Excess over the other adults, at least", unit="times",
        why="the share of the other adults: who greets newcomers in a room of theirs has twice that", above=1.0,
    )
    seeker_chance: float = setting(
        0.001, label="Chance of so many minors, at most", unit="p-value",
        why="of so many minors among few targets by the others' share", above=0.0, below=1.0
    )
    trimmed: float = setting(
        0.2, label="Rooms left out of what is usual", unit="share of rooms",
        why="the rooms that stand out most are no measure of the others: two such rooms do not hide each other",
        at_least=0.0, below=1.0
    )
    usual_spread: float = setting(
        0.35, label="Usual spread between rooms", unit="coefficient of variation", why="rooms differ so much anyway",
        above=0.0, source="sample platforms"
    )
    least_variance: float = setting(
        0.2, label="Variation within a room, at least", unit="times",
        why="beside what chance alone brings: who seeks in many rooms differs little from room to room", above=0.0
    )
    spread_rooms: int = setting(
        4, label="Weight of the usual spread", unit="rooms", why="the usual spread counts as much as so many rooms",
        at_least=1
    )
    min_minors: int = setting(
        5, label="Minors met in the room, at least", unit="minors", why="fewer met there are no lead", at_least=2
    )
    min_adults: int = setting(
        3, label="Adults, at least", unit="adults", why="one or two are no matter of the room", at_least=1
    )
    strong_q: float = setting(
        1e-12, label="Bound of a strong lead", unit="q-value",
        why="chance is not known that far out: of 390 test platforms without such a room one had 0.00000005", above=0.0,
        below=1.0,
    )
    moderate_q: float = setting(
        0.005, label="Bound of a moderate lead", unit="q-value",
        why="of platforms without such a room one in two hundred has a lead with as little", above=0.0, below=1.0
    )
    weak_q: float = setting(
        0.2, label="Bound of a weak lead", unit="q-value", why="above it there is no lead", above=0.0, below=1.0
    )
    records_cap: int = setting(
        500, label="Records cited in a reason, at most", unit="records", why="a reason names at most so many",
        at_least=1
    )

    def check(self) -> None:
        if not self.strong_q < self.moderate_q <= self.weak_q:
            raise ValueError("strong_q < moderate_q <= weak_q must hold")
