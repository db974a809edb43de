"""What is a mapping?  Which column of a tabular source fills which column of the contract, as values."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

WHITESPACE = "whitespace"


@dataclass(frozen=True)
class Value:
    """One target column: ``parts`` are joined; a part is a column's name or a constant text.

    ``time``: None, or how a source text becomes ISO 8601: a strptime format.  ``zone``: the offset to write behind it.
    ``words``: pairs of a source text and what stands for it; "" is no value, and other texts stay as they are.
    """

    parts: tuple[tuple[str, str], ...]
    time: str | None = None
    zone: str = ""
    words: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(text for kind, text in self.parts if kind == "column")

    @classmethod
    def of(cls, column: str, *, time: str | None = None) -> "Value":
        """The value of one source column."""
        return cls((("column", column),), time)


@dataclass(frozen=True)
class TableMapping:
    """The rows of one contract table: one a source line, or those whose column ``only[0]`` equals ``only[1]``.

    ``query``: of a database, the SELECT that gives the source's columns; ``key``: the one that numbers its rows.
    """

    table: str
    values: Map[str, Value]
    only: tuple[str, str] | None = None
    query: str = ""
    key: str = ""

    @property
    def used(self) -> tuple[str, ...]:
        """Source columns that some expression names, in order of first use."""
        names = [name for value in self.values.values() for name in value.columns]
        return tuple(dict.fromkeys([*names, *([self.only[0]] if self.only else ())]))


@dataclass(frozen=True)
class Mapping:
    """A checked mapping.  ``header``: yes, no, or optional (a first line that repeats ``columns`` is a header).

    ``database``: the tables by which a database of this layout is known; empty for a delimited file.  ``form``:
    delimited, database, json (``paths`` gives each column its JSON path), sheet (``sheet`` names it; empty: the first)
    or parquet.
    """

    name: str
    delimiter: str
    header: str
    columns: tuple[str, ...]
    comment: str
    quote: str
    empty: tuple[str, ...]
    platform: str | None
    tables: tuple[TableMapping, ...]
    database: tuple[str, ...] = ()
    form: str = "delimited"
    paths: Map[str, str] = field(default_factory=dict)
    sheet: str = ""

    @property
    def used(self) -> tuple[str, ...]:
        """Source columns that some expression names, in order of first use."""
        return tuple(dict.fromkeys(name for table in self.tables for name in table.used))
