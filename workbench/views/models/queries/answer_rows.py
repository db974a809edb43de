"""Which things of the case stand in an answer's rows, and which rows hold a text?  Plain values for the screen."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from graph.schema import LABELS
from graph.store import Path
from graph.subgraph import Edge, Node
from queries.runner import QueryResult
from queries.value_types import ENTITIES, item_type
from workbench.views.models.names import Names
from workbench.views.models.queries import texts_in


def things(result: QueryResult, names: Names, places: Iterable[int]) -> tuple[str, ...]:
    """Keys (``label/id``) of what stands in these rows, each once, in the order of the rows.

    A node is one; so is an id in a column that a saved query describes as that of one thing, or of an account that the
    evidence knows, or of a node that the answer draws.
    """
    drawn: dict[str, str] = {}
    for node in result.subgraph.nodes:
        drawn.setdefault(node.id, node.label)
    kinds = [_label(result, name) for name in result.columns]
    found: dict[str, None] = {}
    for place in places:
        for label, value in zip(kinds, result.rows[place], strict=True):
            found.update(dict.fromkeys(_keys(value, label, names, drawn)))
    return tuple(found)


def subject(key: str) -> str:
    """How casework names it: ``account:ID``."""
    label, _, identity = key.partition("/")
    return f"{label.lower()}:{identity}"


def identity(key: str) -> str:
    return key.partition("/")[2]


def holding(frame: pd.DataFrame, text: str) -> list[int]:
    """The places of the rows that hold the text in some cell, case apart; all rows for no text."""
    wanted = text.strip().casefold()
    if not wanted:
        return list(range(len(frame)))
    held = pd.Series(False, index=range(len(frame)))
    for place in range(frame.shape[1]):
        cells = frame.iloc[:, place].astype(str).str.casefold()
        held |= cells.str.contains(wanted, regex=False).to_numpy()
    return [int(place) for place in held[held].index]


def _label(result: QueryResult, column: str) -> str | None:
    kind = next((one.type for one in result.described if one.name == column), "")
    labels: Sequence[str] = ENTITIES.get(item_type(kind), ())
    return labels[0] if len(labels) == 1 else None


def _keys(value: Any, label: str | None, names: Names, drawn: dict[str, str]) -> Iterator[str]:
    if isinstance(value, Node):
        if value.label in LABELS:
            yield value.key
    elif isinstance(value, Edge):
        yield from (value.source, value.target)
    elif isinstance(value, Path):
        yield from (node.key for node in value.nodes if node.label in LABELS)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _keys(item, label, names, drawn)
    else:
        for text in texts_in(value):
            known = label or drawn.get(text) or ("Account" if text in names.pseudonyms else None)
            if known is not None:
                yield f"{known}/{text}"
