"""Which label says what in the HTML return of a provider?  Pairs of label and value, in the order of the page.

Two layouts are met: tables, a ``th`` with its label beside a ``td`` with its value, and blocks, a ``div`` of the
classes ``t`` and ``i`` with the label and in it one of class ``m`` with the value.  Values hold further pairs.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.sources.chats.html.stream import Mark, marks


@dataclass(frozen=True)
class Labelled:
    """``value`` is the value's own text, without the pairs in it; ``depth`` counts the values it stands in.

    ``fault``: what is wrong with the value, or, without a label, with the page, of which nothing more is read.
    """

    label: str
    value: str
    line: int
    depth: int
    fault: str = ""


def labelled(path: Path) -> Iterator[Labelled]:
    """Every pair of the page; one with a ``fault`` and no label where the file ends within a value or is broken."""
    pairs = _Pairs()
    for mark in marks(path):
        if mark.kind == "fault":
            yield from pairs.finished()
            yield Labelled("", "", mark.line, 0, fault=mark.text)
            return
        yield from pairs.take(mark)
    whole = not pairs.open_values
    yield from pairs.finished()
    if not whole:
        yield Labelled("", "", pairs.line, 0, fault="ends too early")


class _Pairs:
    """What is open: tags with their role, the label that is being read, the text of the value that is."""

    def __init__(self) -> None:
        self._tags: list[tuple[str, str]] = []
        self._names: Counter[str] = Counter()  # of the tags, since a page may nest 100,000 of them
        self._roles = [""]  # of the tags that have one
        self._label: list[str] = []
        self._value: list[str] = []
        self._pending: tuple[str, int] | None = None  # label and line of the value that is being read
        self._depth = 0
        self._fault = ""  # of the value that is being read
        self.open_values = 0
        self.line = 0

    def take(self, mark: Mark) -> Iterator[Labelled]:
        self.line = mark.line
        if mark.kind == "long":
            self._fault = mark.text
        elif mark.kind == "text":
            (self._label if self._role in ("label", "block") else self._value).append(mark.text)
        elif mark.kind == "open":
            if mark.name == "br":
                self._value.append("\n")
                return
            role = self._role_of(mark)
            if role in ("label", "block") or mark.name == "table":
                yield from self.finished()
            if role in ("label", "block"):
                self._label = []
            if role == "value":
                self._pending, self._value = ("".join(self._label).strip().rstrip(":"), mark.line), []
                self._depth += 1
                self.open_values += 1
            self._tags.append((mark.name, role))
            self._names[mark.name] += 1
            if role:
                self._roles.append(role)
        elif self._names[mark.name]:
            while True:
                name, role = self._tags.pop()
                self._names[name] -= 1
                if role:
                    self._roles.pop()
                if role == "value":
                    yield from self.finished()
                    self._depth -= 1
                    self.open_values -= 1
                if name == mark.name:
                    break

    def finished(self) -> Iterator[Labelled]:
        """The pair whose value has been read up to here, if there is one."""
        if self._pending is not None:
            (label, line), self._pending = self._pending, None
            yield Labelled(label, _lines("".join(self._value)), line, self._depth, self._fault)
        self._value, self._fault = [], ""

    @property
    def _role(self) -> str:
        return self._roles[-1]

    def _role_of(self, mark: Mark) -> str:
        if mark.name == "th" or (mark.name == "div" and {"t", "i"} <= mark.classes):
            return "label" if mark.name == "th" else "block"
        inside = self._role == "block" and mark.name == "div" and "m" in mark.classes
        return "value" if mark.name == "td" or inside else ""


def _lines(text: str) -> str:
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)
