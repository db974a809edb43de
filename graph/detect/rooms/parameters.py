"""Which settings does the search for risky rooms have?"""

from dataclasses import dataclass

from graph.detect.parameters import Parameters, setting


@dataclass(frozen=True)
class RoomParameters(Parameters):
    """How contacts are placed, who seeks minors, the null of rooms, the least lead, and the bounds of the tiers."""

    least_hours: float = setting(0.1, unit="hours", why="everybody may read every room", above=0.0)
    seen_hours: float = setting(20.0, unit="hours", why="so much weighs a post within the hour", at_least=0.0)
    rounds: int = setting(
        5, unit="rounds", why="of expectation and maximisation; more change little", at_least=1,
        source="Dempster, Laird, Rubin 1977, JRSS B 39:1",
    )
    seeker_minors: int = setting(
        6, unit="minors", why="who wrote first to so many may seek them; with 3 ordinary adults are most of the voices",
        at_least=2,
    )
    seeker_share: float = setting(0.6, unit="share of targets", why="minors mostly", above=0.0, at_most=1.0)
    seeker_times: float = setting(
        3.0, unit="times", why="the share of the other adults: who greets newcomers in a room of theirs has twice that",
        above=1.0,
    )
    seeker_chance: float = setting(
        0.001, unit="p-value", why="of so many minors among few targets by the others' share", above=0.0, below=1.0
    )
    trimmed: float = setting(
        0.2, unit="share of rooms", why="two such rooms do not hide each other", at_least=0.0, below=1.0
    )
    usual_spread: float = setting(
        0.35, unit="coefficient of variation", why="rooms differ so much anyway", above=0.0, source="sample platforms"
    )
    least_variance: float = setting(
        0.2, unit="times", why="of a voice over its expectation: shares of spread-out seekers vary little", above=0.0
    )
    spread_rooms: int = setting(4, unit="rooms", why="the usual spread counts as much as so many rooms", at_least=1)
    min_minors: int = setting(5, unit="minors", why="fewer met there are no lead", at_least=2)
    min_adults: int = setting(3, unit="adults", why="one or two are no matter of the room", at_least=1)
    strong_q: float = setting(
        1e-12, unit="q-value", why="a tail that far is not to be trusted: of 390 platforms where no such room is "
        "planted one had 0.00000005",
        above=0.0, below=1.0,
    )
    moderate_q: float = setting(0.005, unit="q-value", why="one platform in two hundred", above=0.0, below=1.0)
    weak_q: float = setting(0.2, unit="q-value", why="above it there is no lead", above=0.0, below=1.0)
    records_cap: int = setting(500, unit="records", why="a reason names at most so many", at_least=1)

    def check(self) -> None:
        if not self.strong_q < self.moderate_q <= self.weak_q:
            raise ValueError("strong_q < moderate_q <= weak_q must hold")
