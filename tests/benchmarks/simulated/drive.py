"""What does somebody want beyond ordinary talk?  A drive acts first in every step of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.simulated.setting import HOUR

if TYPE_CHECKING:
    from tests.benchmarks.simulated.person import Person, Place
    from tests.benchmarks.simulated.world import World


class Drive:
    """Somebody's purpose.  ``label`` is the part it plays in the truth ("" where it plays none)."""

    label = ""

    def begin(self, world: World, me: Person, t: float) -> None:
        """A visit begins."""

    def step(self, world: World, me: Person, t: float) -> bool:
        """Something may be done; True if it was, and ordinary habits wait."""
        return False

    def heard(self, world: World, me: Person, sender: Person, t: float, kind: str) -> bool:
        """A message came; True if no ordinary answer is wanted."""
        return False

    def voice(self, world: World, me: Person, other: Person) -> str:
        """The kind of line it answers with."""
        return "chat"

    def room(self, world: World, me: Person) -> Place | None:
        """Where it wants to be (None: as anybody would)."""
        return None


def known(me: Person, other: Person) -> bool:
    """Has either written to the other before?"""
    return other.number in me.sent or me.number in other.sent


RECENT = 10 * HOUR
"""How long people see that somebody was there."""


def present(world: World, me: Person, t: float, tries: int = 6) -> list[Person]:
    """Some of those it sees around itself, there or there of late, whom it does not know yet."""
    place = me.session.place if me.session else None
    if place is None:
        return []
    rng, seen = world.rng, []
    for _ in range(tries):
        if place.present and rng.random() < 0.6:
            seen.append(rng.choice(place.present))
        elif place.recent:
            other = rng.choice(place.recent)
            if t - other.last_seen < RECENT and t < other.left:
                seen.append(other)
    return [each for each in dict.fromkeys(seen) if each is not me and not known(me, each)]
