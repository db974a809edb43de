"""Who took a saved query or a named view out of the lists?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Archived:
    """``person`` and moment; nothing of what was archived is lost."""

    person: str
    at: str
