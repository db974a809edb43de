"""How does a platform differ from the next?  What the seed decides for the whole of it."""

from dataclasses import dataclass

import numpy as np

SETTINGS = ("college", "irc", "mixed")
EMPTY = tuple(f"{name}-empty" for name in SETTINGS)


@dataclass(frozen=True)
class Traits:
    """``minors``, ``declared``: shares of the accounts; ``homophily`` 0..1: how much contacts are of one age group;
    ``rooms``: many or few; ``rush``: regulars write to whoever appears; ``sessions``: whether the folder has them;
    ``ids``: number, handle or hex; ``start``: first day, epoch seconds (a Monday)."""

    minors: float
    declared: float
    homophily: float
    rooms: str
    rush: bool
    sessions: bool
    names: bool
    ids: str
    start: int

    def __post_init__(self) -> None:
        if not (0 < self.minors < 1 and 0 < self.declared <= 1 and 0 <= self.homophily <= 1):
            raise ValueError(f"shares lie between 0 and 1: {self}")


def traits(setting: str, seed: int) -> Traits:
    """The traits of that platform; the variant with nothing planted has the same."""
    rng = np.random.default_rng([seed, SETTINGS.index(setting), 1])
    return Traits(
        minors=float(rng.uniform(0.08, 0.35)),
        declared=1.0 if rng.random() < 0.2 else float(rng.uniform(0.5, 1.0)),
        homophily=float(rng.uniform(0.3, 0.75)),
        rooms="few" if setting != "irc" and rng.random() < 0.35 else "many",
        rush=bool(rng.random() < 0.35),
        sessions=bool(rng.random() < 0.87),
        names=bool(rng.random() < 0.9),
        ids=("number", "handle", "hex")[int(rng.integers(3))],
        start=1_672_617_600 + 7 * 86400 * int(rng.integers(0, 80)),
    )
