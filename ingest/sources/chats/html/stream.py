"""How is an HTML export of any size read?  As tags and texts, one after the other; nothing in it is run or fetched.

The tokenizer is Python's own.  Every event tells the line it stands on.  A tag that does not close within 16 MB ends
the file with a fault; of a longer text nothing is kept, and it is told.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_BLOCK = 1 << 18
_LONGEST = 16 << 20
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNSHOWN = frozenset({"script", "style"})
_BREAKS = frozenset({"br", "p", "li"})


@dataclass(frozen=True)
class Mark:
    """A tag that opens or closes, or a text: ``kind`` is ``open``, ``close``, ``text``, ``long`` (a text that is left
    out) or ``fault``, after which nothing comes.

    ``name`` is the tag, ``text`` the text or what is wrong, ``line`` where it stands.  Tags without content have no
    ``close``.
    """

    kind: str
    line: int
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())


def marks(path: Path) -> Iterator[Mark]:
    """Every tag and text of the file in order; at the end a ``fault`` where a page began that does not end."""
    text = 0  # characters since the last tag
    for mark in _all_marks(path):
        before, text = text, text + len(mark.text) if mark.kind == "text" else 0
        if text <= _LONGEST:
            yield mark
        elif before <= _LONGEST:
            yield Mark("long", mark.line, text="holds a value of more than 16 million characters")


def _all_marks(path: Path) -> Iterator[Mark]:
    reader = _Reader()
    with path.open(encoding="utf-8-sig", errors="replace", newline=None) as stream:
        while block := stream.read(_BLOCK):
            reader.feed(block)
            yield from reader.taken()
            if len(reader.rawdata) > _LONGEST:
                yield Mark("fault", reader.getpos()[0], text="opens a tag that does not close")
                return
        reader.close()
        yield from reader.taken()
        if reader.within_page:
            yield Mark("fault", reader.getpos()[0], text="ends too early")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._marks: list[Mark] = []
        self._unshown = ""
        self.within_page = False

    def taken(self) -> list[Mark]:
        found, self._marks = self._marks, []
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within_page = self.within_page or tag == "html"
        if tag in _UNSHOWN:
            self._unshown = tag
        elif not self._unshown:
            held = {name: value or "" for name, value in reversed(attrs)}
            self._marks.append(Mark("open", self.getpos()[0], tag, held))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "html":
            self.within_page = False
        if tag == self._unshown:
            self._unshown = ""
        elif not self._unshown and tag not in _VOID:
            self._marks.append(Mark("close", self.getpos()[0], tag))

    def handle_data(self, data: str) -> None:
        if not self._unshown:
            self._marks.append(Mark("text", self.getpos()[0], text=data))


@dataclass
class Element:
    """A tag with what it holds: elements and texts in order.  ``fault``: what is wrong within it."""

    name: str
    attributes: dict[str, str]
    line: int
    holds: "list[Element | str]" = field(default_factory=list)
    fault: str = ""

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    def below(self) -> "Iterator[Element]":
        """Every element in it, outer before inner."""
        waiting = [part for part in reversed(self.holds) if isinstance(part, Element)]
        while waiting:
            here = waiting.pop()
            yield here
            waiting += [part for part in reversed(here.holds) if isinstance(part, Element)]

    def of_class(self, *names: str) -> "Element | None":
        """The first element in it that bears all these classes."""
        return next((part for part in self.below() if part.classes.issuperset(names)), None)

    def text(self, *, without: frozenset[str] = frozenset()) -> str:
        """All text in it, a line break where one is shown; ``without`` elements of these classes or names."""
        parts: list[str] = []
        waiting: list[Element | str] = list(reversed(self.holds))
        while waiting:
            here = waiting.pop()
            if isinstance(here, str):
                parts.append(here)
            elif not (here.classes | {here.name}) & without:
                if here.name in _BREAKS:
                    parts.append("\n")
                waiting += reversed(here.holds)
        return "".join(parts).strip()


def elements(path: Path, *, classes: frozenset[str], most: int = 200_000) -> "Iterator[Element | Mark]":
    """Every outermost element that bears one of these classes, whole; a ``Mark`` of kind ``fault`` where the file ends
    within one, or one holds more than ``most`` tags and texts.
    """
    whole: Element | None = None
    open_ones: list[Element] = []
    names: Counter[str] = Counter()  # of the open ones, since a page may nest 100,000 of them
    held = 0
    for mark in marks(path):
        if mark.kind == "fault":
            yield mark
            return
        if whole is None:
            if mark.kind == "open" and mark.name not in _VOID and mark.classes & classes:
                whole = Element(mark.name, mark.attributes, mark.line)
                open_ones, held = [whole], 0
                names = Counter((whole.name,))
            continue
        held += 1
        if held > most:
            yield Mark("fault", whole.line, text=f"holds an element of more than {most:,} parts")
            return
        if mark.kind == "long":
            whole.fault = mark.text
        elif mark.kind == "text":
            open_ones[-1].holds.append(mark.text)
        elif mark.kind == "open":
            inner = Element(mark.name, mark.attributes, mark.line)
            open_ones[-1].holds.append(inner)
            if mark.name not in _VOID:
                open_ones.append(inner)
                names[inner.name] += 1
        elif names[mark.name]:
            while True:
                closed = open_ones.pop().name
                names[closed] -= 1
                if closed == mark.name:
                    break
            if not open_ones:
                yield whole
                whole = None
    if whole is not None:
        yield Mark("fault", whole.line, text="ends too early")


def text_of_html(text: str) -> str:
    """The text that a piece of HTML shows, a line break where one is shown."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    parts = [
        mark.text if mark.kind == "text" else "\n"
        for mark in reader.taken()
        if mark.kind == "text" or (mark.kind == "open" and mark.name in _BREAKS)
    ]
    return "".join(parts).strip()
