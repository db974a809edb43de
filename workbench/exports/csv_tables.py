"""A subgraph as two tables, ``nodes.csv`` and ``edges.csv``: in a ZIP file, or in a folder.

Every cell is quoted.  A spreadsheet would run a cell that begins with ``= + - @`` (or their wide forms, a tab or a
line end): such a text, and one that begins with an apostrophe, gets an apostrophe before it.  To read back, take one
leading apostrophe away.  An empty cell is an absent value; a text of no characters is a lone apostrophe.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from graph.subgraph import Subgraph
from workbench.exports.values import columns_of, edge_values, encode, escape, node_values

_RISKY = tuple("'=+-@\t\r\n|%＝＋－＠")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a ZIP member's fixed time: the same subgraph gives the same bytes


def write_csv(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write a ZIP if the name ends in ``.zip``, else a folder of that name."""
    del provenance
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("nodes.csv", "edges.csv"):
                member = zipfile.ZipInfo(name, _EPOCH)
                member.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(member, "w") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as out:
                    _table(name, subgraph, out)
        return
    path.mkdir()
    for name in ("nodes.csv", "edges.csv"):
        with (path / name).open("w", encoding="utf-8", newline="") as out:
            _table(name, subgraph, out)


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    text = escape(text)
    risky = not text or text.startswith(_RISKY) or text.lstrip().startswith(_RISKY)
    return "'" + text if risky else text


def original(cell: str) -> str:
    """The inverse of ``neutral``, but for the escape of control characters."""
    return cell[1:] if cell.startswith("'") else cell


def _table(name: str, subgraph: Subgraph, out: IO[str]) -> None:
    nodes, edges = columns_of(subgraph)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    if name == "nodes.csv":
        writer.writerow(["key", "id", "label", *map(neutral, nodes)])
        writer.writerows(
            [neutral(node.key), neutral(node.id), neutral(node.label), *_cells(node_values(node), nodes.items())]
            for node in subgraph.nodes
        )
        return
    writer.writerow(["source", "target", "type", *map(neutral, edges)])
    writer.writerows(
        [neutral(edge.source), neutral(edge.target), neutral(edge.type), *_cells(edge_values(edge), edges.items())]
        for edge in subgraph.edges
    )


def _cells(values: Mapping[str, Any], columns: Iterable[tuple[str, Any]]) -> list[str]:
    cells: list[str] = []
    for name, column in columns:
        if name not in values:
            cells.append("")
            continue
        cell = encode(values[name], column)
        if isinstance(cell, bool):
            cells.append("true" if cell else "false")
        else:
            cells.append(neutral(cell) if isinstance(cell, str) else repr(cell))
    return cells
