"""Which settings does the search for extortion have?"""

from dataclasses import dataclass

from graph.detect.extortion.word_lists import LISTS, pattern, read_word_lists
from graph.detect.parameters import Parameters, setting

_SHIPPED = read_word_lists()


@dataclass(frozen=True)
class ExtortionParameters(Parameters):
    """Word lists, what counts as pressed, the null's dispersion, the shape of chats, the bounds of the tiers."""

    demand: tuple[str, ...] = setting(
        _SHIPPED.demand, label="Words of a demand", unit="words", why="one of these and a thing: a demand"
    )
    thing: tuple[str, ...] = setting(
        _SHIPPED.thing, label="Words for what is demanded", unit="words",
        why="what is asked for: codes, money, pictures"
    )
    consequence: tuple[str, ...] = setting(
        _SHIPPED.consequence, label="Words of pressure", unit="words", why="one of these: pressure"
    )
    reported: tuple[str, ...] = setting(
        _SHIPPED.reported, label="Words that quote or warn", unit="words", why="one of these: quoted or warned of"
    )
    min_minors: int = setting(
        3, label="Minors in contact, at least", unit="minors", why="who is in contact with fewer is not tested",
        at_least=2
    )
    min_pressed: int = setting(
        2, label="Minors under pressure, at least", unit="minors", why="one may be a quarrel", at_least=1
    )
    strong_minors: int = setting(
        5, label="Minors under pressure for a strong lead", unit="minors",
        why="fewer pressed minors are no strong lead", at_least=2
    )
    press_days: int = setting(
        14, label="Time of pressure after a demand", unit="days", why="so long after a demand a message still presses",
        at_least=1
    )
    dispersion: float = setting(
        0.01, label="Unevenness of pressure among accounts", unit="intra-class correlation",
        why="how unevenly accounts press anyway", at_least=0.0, below=1.0, source="Williams 1975, Biometrics 31:949",
    )
    strong_q: float = setting(
        0.001, label="Bound of a strong lead", unit="q-value", why="chance alone gives one in a thousand", above=0.0,
        below=1.0
    )
    moderate_q: float = setting(
        0.15, label="Bound of a moderate lead", unit="q-value",
        why="of leads between one in ten and this ten of twelve were right, on test platforms", above=0.0, below=1.0
    )
    weak_q: float = setting(
        0.2, label="Bound of a weak lead", unit="q-value", why="above it there is no lead", above=0.0, below=1.0
    )
    records_cap: int = setting(
        500, label="Records cited in a reason, at most", unit="records", why="a reason names at most so many",
        at_least=1
    )

    def check(self) -> None:
        for name in LISTS:
            pattern(getattr(self, name))
        if not self.min_pressed <= self.min_minors <= self.strong_minors:
            raise ValueError("min_pressed <= min_minors <= strong_minors must hold")
        if not self.strong_q < self.moderate_q <= self.weak_q:
            raise ValueError("strong_q < moderate_q <= weak_q must hold")
