"""Who works here, and what may they do?  The one place that screens ask; sign-in will answer here."""

from dataclasses import dataclass
from typing import Literal

from workbench.settings import Settings

Role = Literal["analyst"]


@dataclass(frozen=True)
class Person:
    """The person at the screen; the name stands under judgements, saved queries and audit entries."""

    name: str
    role: Role = "analyst"


def person_at_screen(settings: Settings) -> Person:
    """The person the settings name (``FILATURE_USER`` or the system's user)."""
    return Person(settings.user)
