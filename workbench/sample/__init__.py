"""What does a chat platform look like?  A synthetic one, seeded, with planted truth and benign look-alikes."""

from workbench.sample.generate import generate
from workbench.sample.truth import PLANTED, Group, Truth
from workbench.sample.world import World, WorldInvalid

__all__ = ["PLANTED", "Group", "Truth", "World", "WorldInvalid", "generate"]
