"""How large and of what sort is a synthetic platform?  Sizes, rhythm and casts, each drawn anew for a seed."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from workbench.errors import WorkbenchError

Span = tuple[int, int]


class WorldInvalid(WorkbenchError):
    """A world that cannot be populated; every fault is listed at once."""


@dataclass(frozen=True)
class World:
    """The settings of one synthetic chat platform.

    Pairs are inclusive ranges from which the seed draws.  Shares lie in [0, 1]; ``activity`` multiplies sessions and
    messages, ``look_alikes`` the number of benign groups.  ``rooms`` and ``sessions`` tell whether the platform hands
    over those records: people still meet in rooms and still log in, the files are missing.  ``hunting_rooms`` are
    visited to find minors, ``kindred_rooms`` (help, fans, family, games) only look like it.
    """

    platform: str = "marelle"
    accounts: Span = (1_500, 2_500)
    days: Span = (60, 90)
    start: date = date(2024, 2, 26)
    zone: str = "Europe/Paris"
    activity: float = 1.0
    minors: float = 0.36
    missing_ages: float = 0.25
    stated_ages: float = 0.55
    lies: float = 0.08
    rooms: bool = True
    sessions: bool = True
    room_count: Span = (10, 14)
    rhythm: Literal["evening", "flat", "night", "weekend"] = "evening"
    hubs: Span = (8, 12)
    crews: Span = (3, 5)
    crew_size: Span = (3, 6)
    victims: Span = (4, 10)
    convergences: Span = (1, 2)
    recruiters: Span = (1, 1)
    extorters: Span = (1, 2)
    rings: Span = (6, 9)
    ring_size: Span = (2, 5)
    look_alikes: float = 1.0
    hunting_rooms: Span = (0, 0)
    kindred_rooms: Span = (0, 0)

    def __post_init__(self) -> None:
        faults = []
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple) and not 0 <= value[0] <= value[1]:
                faults.append(f"{field.name} {value} is not a range")
            if field.name in ("minors", "missing_ages", "stated_ages", "lies") and not 0.0 <= value <= 1.0:
                faults.append(f"{field.name} {value} is outside [0, 1]")
        if self.accounts[0] < 300:
            faults.append("fewer than 300 accounts cannot hold the cast")
        if self.days[0] < 14:
            faults.append("fewer than 14 days hold no rhythm")
        if self.activity <= 0 or self.look_alikes < 0:
            faults.append("activity must be positive and look_alikes not negative")
        if self.hunting_rooms[1] > 4 or self.kindred_rooms[1] > 6:
            faults.append("there are names for 4 hunting_rooms and 6 kindred_rooms")
        if faults:
            raise WorldInvalid("; ".join(faults), where="World", fix="choose other settings")
