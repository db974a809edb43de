"""Which choices has the convergence detection?"""

from dataclasses import dataclass

from graph.detect.parameters import Parameters, setting

PARTS = {
    "activity": "How much each account writes",
    "peers": "Minors who came at the same time",
    "presence": "Hours of the target",
    "open": "People who draw all ages",
    "days": "Moments that draw many",
}
"""Parts of the model that can be left out, to measure what each is worth."""


@dataclass(frozen=True)
class ConvergenceParameters(Parameters):
    """Parameters of the convergence detection; see docs/methods/convergence.md."""

    windows_hours: tuple[int, ...] = setting(
        (1, 6, 24, 168, 2184), label="Time windows", unit="hours", at_least=1,
        why="an hour to a quarter, and always the whole time; a month as well showed more chance than plans",
    )
    min_members: int = setting(
        5, label="Accounts, at least", unit="accounts", at_least=3,
        why="fewer adults than that happen to every second minor in a year"
    )
    rush_members: int = setting(
        10, label="Accounts on a target of unknown age, at least", unit="accounts", at_least=3,
        why="on a target not known to be a minor: half as many come to somebody on most platforms every week",
    )
    rush_hours: int = setting(
        24, label="Time of a rush on a target of unknown age", unit="hours", at_least=1,
        why="on targets not known to be minors only a rush within that time is looked at: popularity is no lead",
    )
    peers: float = setting(
        3.0, label="Weight of the platform's habits", unit="contacts", above=0.0,
        why="how many contacts of young people to her weigh as much as what is usual on the platform",
    )
    moderate: float = setting(
        3.0, label="Bound of a moderate lead", unit="nats", above=0.0,
        why="rarity of what came, less what speaks against it: of six moderate leads from here up five were right, "
        "from 2.7 to here one of four",
        source="Benjamini and Hochberg 1995, JRSS B 57:289",
    )
    strong: float = setting(
        10.0, label="Bound of a strong lead", unit="nats", above=0.0,
        why="the same for a strong lead: 20 of 21 were right",
    )
    parts: tuple[str, ...] = setting(
        tuple(PARTS), choices=PARTS, label="Parts of the model in use", unit="parts of the model",
        why="all; fewer, or none, to measure what each does"
    )

    def check(self) -> None:
        if self.strong <= self.moderate:
            raise ValueError(f"strong is {self.strong!r}: allowed is above moderate ({self.moderate!r})")
