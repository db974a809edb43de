"""What did a query answer?  Rows as plain cells, minors masked, and the sentence and count above them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from graph.detect.wordings import Language
from graph.store import Path
from graph.subgraph import Edge, Node, Subgraph
from ingest.case_folder import label_key
from ingest.lake import Lake
from queries.headline import render_headline
from queries.parameters import bind
from queries.runner import QueryResult
from queries.saved_query import SavedQuery
from queries.value_types import ENTITIES, item_type
from queries.values import split
from workbench.language import Words
from workbench.language import words as words_of
from workbench.masking.graphs import OF_BIRTH
from workbench.masking.telling import HIDDEN
from workbench.plain_text import plain_text
from workbench.views.models.names import Names, names_in, names_in_cells
from workbench.views.models.words.contract import role_word


def result_rows(result: QueryResult, names: Names, words: Words) -> pd.DataFrame:
    """The answer as a table of plain cells, under the titles of a saved query's columns; its roles in words."""
    roles = {column.name for column in result.described if column.name == "role"}
    instants = {column.name for column in result.described if column.type == "instant"}
    called = names.among(identity for row in result.rows for value in row for identity in _nodes_in(value)).apart
    rows = []
    for row in result.rows:
        beside = {text for value in row for text in texts_in(value) if text in names.pseudonyms}
        rows.append([
            value if isinstance(value, datetime) and column in instants
            else role_word(value, words) if column in roles and value is not None
            else cell(value, names, words, beside, called)
            for column, value in zip(result.columns, row, strict=True)
        ])
    titles = {column.name: column.title for column in result.described if column.title}
    columns = [plain_text(titles.get(column, column), limit=60) for column in result.columns]
    unique = [name if columns.index(name) == i else f"{name} ({i + 1})" for i, name in enumerate(columns)]
    return pd.DataFrame(rows, columns=unique)


def headline(
    query: SavedQuery, result: QueryResult, parameters: Mapping[str, Any], names: Names, language: Language = "en"
) -> str:
    """The answer in one sentence: whom it asked about stands there by name, a masked minor by the mask."""
    types = {parameter.name: item_type(parameter.type) for parameter in query.parameters}

    def displayed(name: str, value: object) -> str:
        known = types[name] in ENTITIES and value in names.pseudonyms
        return names.called(str(value), language) if known else names.written(str(value))

    asked = {
        name: [displayed(name, item) for item in value] if isinstance(value, list) else displayed(name, value)
        for name, value in bind(query, parameters).items()
    }
    said = words_of(language)
    return render_headline(
        query.headline, rows=len(result.rows), truncated=result.truncated, parameters=asked, number=said.number,
        more=said.gettext("{rows} or more"),
    )


def counted(result: QueryResult, words: Words) -> str:
    """How many rows are shown of how many there are."""
    total = len(result.rows)
    if result.truncated:
        return words.gettext("Showing {shown} of at least {total} rows", shown=total, total=total)
    return words.ngettext("Showing {shown} of {number} row", "Showing {shown} of {number} rows", total, shown=total)


def shares_names(rows: pd.DataFrame, shared: str) -> bool:
    """Does a cell stand for several people, as no id in its row says whose name it is?"""
    return bool((rows == shared).to_numpy().any())


def names_in_answer(
    lake: Lake, result: QueryResult, subgraph: Subgraph, parameters: Mapping[str, str]
) -> Names:
    """Who stands in the rows that are shown, in the subgraph and in what was asked, by names and masks."""
    texts = {text for row in result.rows for value in row for text in texts_in(value)}
    texts |= {part.strip() for text in parameters.values() for part in (text, *split(text))}
    cells, drawn = names_in_cells(lake, texts), names_in(subgraph, key=label_key(lake.case))
    return replace(drawn.and_of(cells), known=cells.known)


def _nodes_in(value: Any) -> Iterator[str]:
    """The ids of the nodes of a cell, also of those that only its relationships name."""
    if isinstance(value, Node):
        yield value.id
    elif isinstance(value, Edge):
        yield from (end.partition("/")[2] for end in (value.source, value.target))
    elif isinstance(value, Path):
        yield from (node.id for node in value.nodes)
    elif isinstance(value, list | tuple | Mapping):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _nodes_in(item)


def texts_in(value: Any) -> Iterator[str]:
    """The texts of a cell, those in its lists and maps as well, and the ids of its nodes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Node):
        yield value.id
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, Mapping):
        yield from texts_in(list(value.values()))


def cell(
    value: Any, names: Names, words: Words, beside: Collection[str] = (), called: Callable[[str], str] | None = None
) -> Any:
    """Numbers stay numbers; everything else becomes plain text, labels and relationships in words.

    ``beside``: the ids of its row.  ``called``: how a node is called, where that is more than its name.
    """
    called = called or names.of
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Node):
        return f"{words.gettext(value.label)} {called(value.id)}"
    if isinstance(value, Edge):
        ends = (called(value.source.partition("/")[2]), called(value.target.partition("/")[2]))
        return f"{ends[0]} {words.gettext(value.type)} {ends[1]}"
    if isinstance(value, Path):
        return " → ".join(called(node.id) for node in value.nodes)
    if isinstance(value, list | tuple):
        return plain_text(", ".join(str(cell(item, names, words, beside, called)) for item in value), limit=400)
    if isinstance(value, Mapping):
        masked = isinstance(who := value.get("id"), str) and names.masked(who)
        listed = ", ".join(
            f"{key}: {HIDDEN if masked and key in OF_BIRTH else cell(item, names, words, beside, called)}"
            for key, item in value.items()
        )
        return plain_text(listed, limit=400)
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("+00:00", "Z")
    return plain_text(names.written(str(value), beside=beside), limit=400)
