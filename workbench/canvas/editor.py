"""The statement editor as a component on a page: what it is given, and what it says back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from queries.statement.tokens import MAX_LENGTH
from workbench.canvas.mounting import event, mounted

_HTML = '<div class="editor-host"></div>'
_CSS = ".editor-host { width: 100%; }"


@dataclass(frozen=True)
class Draft:
    """A statement as it is written, and what of it is chosen, in characters."""

    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Mark:
    """A range of characters with a word about it."""

    start: int
    end: int
    severity: Literal["error", "warning"]
    message: str


def statement_editor(
    draft: Draft, *, key: str, revision: int, label: str, example: str, names: Mapping[str, Sequence[str]],
    marks: Sequence[Mark], answered: str, on_draft: Callable[[], None], on_run: Callable[[], None],
) -> None:
    """Show the editor.  The text counts when it is first shown and where ``revision`` is another than before.

    ``names`` may be completed: labels, types, properties, functions, procedures, parameters.  ``answered``: the whole
    text whose answer stands below; its first change is told at once.
    """
    data = {
        "text": draft.text, "revision": revision, "label": label, "example": example, "answered": answered,
        "schema": {kind: list(known) for kind, known in names.items()},
        "marks": [
            {
                "from": _units(draft.text, mark.start), "to": _units(draft.text, mark.end),
                "severity": mark.severity, "message": mark.message,
            }
            for mark in marks
        ],
    }
    mounted("editor", html=_HTML, css=_CSS)(
        key=key, data=data, default={"draft": None}, on_draft_change=on_draft, on_run_change=on_run
    )


def draft_written(key: str) -> Draft | None:
    """What the browser says is written; None where it says nothing that can be."""
    return _draft(event(key, "draft"))


def draft_to_run(key: str) -> Draft | None:
    """What the browser asks to run, in this rerun only; None where it asks for nothing that can be."""
    return _draft(event(key, "run"))


def _draft(value: Any) -> Draft | None:
    if not isinstance(value, Mapping):
        return None
    text, start, end = value.get("text"), value.get("from"), value.get("to")
    if not isinstance(text, str) or len(text) > MAX_LENGTH or not isinstance(start, int) or not isinstance(end, int):
        return None
    return Draft(text, _characters(text, start), _characters(text, end))


def _units(text: str, characters: int) -> int:
    """Characters counted as the browser does, in UTF-16."""
    return len(text[:characters].encode("utf-16-le", "surrogatepass")) // 2


def _characters(text: str, units: int) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * max(0, units)].decode("utf-16-le", "replace"))
