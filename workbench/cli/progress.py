"""How far is it?  A bar on stderr for whatever takes longer than two seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

PATIENCE_S = 2.0


class DelayedBars:
    """Called as ``(stage, done, total)``; draws nothing until PATIENCE_S have passed, nor off a terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._began = time.monotonic()
        self._tasks: dict[str, TaskID] = {}
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.completed:,.0f}", markup=False),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._drawn = False

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if not self._console.is_terminal:
            return
        if not self._drawn and time.monotonic() - self._began > PATIENCE_S:
            self._bars.start()
            self._drawn = True
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)

    def close(self) -> None:
        if self._drawn:
            self._bars.stop()


@contextmanager
def bars() -> Iterator[DelayedBars]:
    shown = DelayedBars()
    try:
        yield shown
    finally:
        shown.close()
