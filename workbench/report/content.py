"""What does a report say?  A frozen structure of sections and blocks that every format writes out as it stands.

All words are final here: names are masked, texts are plain, numbers and days are written in the report's language.
A format adds nothing and leaves nothing out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from workbench.report.pictures.shapes import Picture

Role = Literal["plain", "fact", "inference", "against"]
"""What a section holds: what the sources record, what is concluded from it, or what speaks against that."""
Style = Literal["body", "lead", "note"]


@dataclass(frozen=True)
class Text:
    """A paragraph; ``lead`` is the sentence to read out, ``note`` stands small."""

    text: str
    style: Style = "body"


@dataclass(frozen=True)
class Pairs:
    """Label and value, one below the other."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Items:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of text under heads; ``widths`` are parts of the whole width, one a column."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.widths:
            object.__setattr__(self, "widths", (1,) * len(self.heads))
        if len(self.widths) != len(self.heads) or any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError("a table has as many cells in every row, and widths, as heads")


@dataclass(frozen=True)
class Figure:
    """A picture and what it shows in words."""

    picture: Picture
    caption: str


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; sections may hold sections."""

    title: str
    blocks: tuple["Block", ...]
    role: Role = "plain"


Block = Text | Pairs | Items | Table | Figure | Section


def texts_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text that stands in them, but what pictures show."""
    for block in blocks:
        if isinstance(block, Section):
            yield block.title
            yield from texts_in(block.blocks)
        elif isinstance(block, Text):
            yield block.text
        elif isinstance(block, Items):
            yield from block.items
        elif isinstance(block, Figure):
            yield block.caption
        else:
            yield from (cell for row in block.rows for cell in row)


@dataclass(frozen=True)
class Content:
    """The whole report: ``title`` and ``sections`` in the order of reading; ``footer`` stands on every page; ``as_of``:
    when the case was last changed (ISO 8601 UTC), empty where that is not known."""

    title: str
    language: str
    author: str
    footer: str
    sections: tuple[Section, ...]
    as_of: str = ""
    withheld: int = 0
    """Texts that people wrote in whose place it stands that they are withheld."""
