"""What was done, and how is it undone?  Steps that hold what differs between two boards, in both directions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from workbench.explore.board import Board

MOST = 200
"""Steps that can be undone."""
ABSENT: Final = None
"""What a map holds under a name it does not have; no map of a board holds it otherwise."""

Patch = Mapping[str, Any]
"""By field of a board: of a map what its changed names hold, of a set what is (put in, taken out), else the value."""


@dataclass(frozen=True)
class Step:
    """One change: its ``name`` (an operation's), the ``count`` of what it was about, and what differs."""

    name: str
    count: int
    back: Patch
    forth: Patch


@dataclass(frozen=True)
class History:
    """A board and how it came to be: what was done, the latest last, and what was undone, the next to redo last."""

    board: Board = field(default_factory=Board)
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def then(self, board: Board, name: str, *, count: int = 0) -> "History":
        """The history with a step to that board; none where nothing differs."""
        if board == self.board:
            return self
        step = Step(name, count, difference(board, self.board), difference(self.board, board))
        return History(board, (*self.done, step)[-MOST:])

    def undo(self) -> "History":
        """One step back; the same where there is none."""
        if not self.done:
            return self
        step = self.done[-1]
        return History(patched(self.board, step.back), self.done[:-1], (*self.undone, step))

    def redo(self) -> "History":
        """The last step undone, done again; the same where there is none."""
        if not self.undone:
            return self
        step = self.undone[-1]
        return History(patched(self.board, step.forth), (*self.done, step), self.undone[:-1])


def difference(before: Board, after: Board) -> Patch:
    """What makes ``after`` of ``before``."""
    found: dict[str, Any] = {}
    for item in fields(Board):
        old, new = getattr(before, item.name), getattr(after, item.name)
        if old is new or old == new:
            continue
        if isinstance(old, Mapping):
            names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
            found[item.name] = {name: new.get(name, ABSENT) for name in names}
        elif isinstance(old, frozenset):
            found[item.name] = (new - old, old - new)
        else:
            found[item.name] = new
    return found


def patched(board: Board, patch: Patch) -> Board:
    """The board with a patch applied."""
    changed: dict[str, Any] = {}
    for name, value in patch.items():
        now = getattr(board, name)
        if isinstance(now, Mapping):
            changed[name] = {key: found for key, found in {**now, **value}.items() if found is not ABSENT}
        elif isinstance(now, frozenset):
            put, taken = value
            changed[name] = (now - taken) | put
        else:
            changed[name] = value
    return replace(board, **changed)
