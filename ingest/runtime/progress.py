"""How does long work tell how far it is?  One callable; whoever starts the work decides what to show."""

from typing import Protocol


class Progress(Protocol):
    """Called now and then with the stage's name, what is done and, where known, the total in the same unit.

    Whatever it raises ends the work: nothing of the batch at hand is kept.
    """

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...


def silent(stage: str, done: int, total: int | None) -> None:
    """Shows nothing."""
