"""What does an answer give to Python?  A pandas frame, a NetworkX graph, a neutral subgraph, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

import networkx as nx
import pandas as pd

from graph.store import Path
from graph.subgraph import Edge, Node, Subgraph
from queries.runner import QueryResult
from queries.saved_query import SavedQuery

_SHOWN = 20


@dataclass(frozen=True, eq=False)
class Answer:
    """The answer of a statement, or of a saved query, with the values that it was asked with.

    ``read`` holds what was read by name: (parameter, text, id).
    """

    result: QueryResult
    query: SavedQuery | None
    values: Mapping[str, Any]
    read: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a row of the answer, columns called as in RETURN.

        Instants and days are UTC, whole numbers ``Int64`` where values are missing.  A node stands as its id, a
        relationship as ``source -TYPE-> target``, a path as the ids along it; ``subgraph`` holds their properties.
        ``attrs`` has the headline, the columns' titles and whether there were more rows.
        """
        rows = [[_cell(value) for value in row] for row in self.result.rows]
        frame = pd.DataFrame(rows, columns=pd.Index(self.result.columns, dtype=object))
        kinds = {column.name: column.type for column in self.result.described}
        for place, name in enumerate(self.result.columns):
            values = [row[place] for row in rows]
            if kinds.get(name) in ("day", "instant"):
                moments = pd.to_datetime(pd.Series(values, dtype=object), utc=True, format="ISO8601")
                frame.isetitem(place, moments.array)
            elif any(value is None for value in values) and all(map(_whole, values)):
                frame.isetitem(place, pd.array(values, dtype="Int64"))
        frame.attrs.update(
            headline=self.result.headline, truncated=self.truncated,
            titles={column.name: column.title for column in self.result.described},
        )
        return frame

    @property
    def subgraph(self) -> Subgraph:
        """Every node, relationship and path among the values, and the ends of the relationships."""
        return self.result.subgraph

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The same for NetworkX: node names are ``Label/id``, attributes ``id``, ``label``, ``type`` and properties."""
        return self.subgraph.to_networkx()

    @property
    def headline(self) -> str:
        """The answer in one sentence; empty for a statement of one's own."""
        return self.result.headline

    @property
    def truncated(self) -> bool:
        """Were there more rows than were asked for?"""
        return self.result.truncated

    def __len__(self) -> int:
        return len(self.result.rows)

    def __repr__(self) -> str:
        return "\n".join([*self._said(), repr(self.frame.head(_SHOWN))])

    def _repr_html_(self) -> str:
        """For a notebook: pseudonyms are text there, whatever they hold."""
        said = "".join(f"<p>{escape(line)}</p>" for line in self._said())
        return said + self.frame.head(_SHOWN).to_html(escape=True, index=False)

    def _said(self) -> list[str]:
        number = len(self.result.rows)
        count = f"{'at least ' if self.truncated else ''}{number:,} row{'' if number == 1 else 's'}"
        shown = f", showing {_SHOWN}" if number > _SHOWN else ""
        return [
            *filter(None, [self.headline]), *(f"{name}: {text!r} is {identity}" for name, text, identity in self.read),
            *map(str, self.result.warnings), *self._not_shown(), count + shown,
        ]

    def _not_shown(self) -> list[str]:
        return [f"Not shown: {self.query.not_shown}"] if self.query is not None and self.query.not_shown else []


def _cell(value: Any) -> Any:
    if isinstance(value, Node):
        return value.id
    if isinstance(value, Edge):
        return f"{_id(value.source)} -{value.type}-> {_id(value.target)}"
    if isinstance(value, Path):
        return [node.id for node in value.nodes]
    if isinstance(value, list | tuple):
        return [_cell(item) for item in value]
    return {name: _cell(item) for name, item in value.items()} if isinstance(value, Mapping) else value


def _id(key: str) -> str:
    return key.partition("/")[2]


def _whole(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))
