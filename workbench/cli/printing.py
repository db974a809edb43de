"""How are rows printed?  As a table for people, as CSV or JSON for programs; hostile text cannot steer a terminal."""

import csv
import json
import math
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import click

from graph.subgraph import Edge, Node

FORMATS = ("table", "csv", "json")
WIDEST = 60


def print_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    format: str,
    whole: str = "--format json shows them whole",
) -> None:
    """Print rows; ``json`` is an array of objects, ``csv`` is RFC 4180 with a header.

    ``whole`` says where to read what a table cuts.
    """
    if format == "json":
        body = [dict(zip(columns, (plain(cell) for cell in row), strict=True)) for row in rows]
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
    elif format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_cell(cell) for cell in row] for row in rows)
    else:
        _print_table(columns, [[visible(_cell(cell)) for cell in row] for row in rows], whole)


def _print_table(columns: Sequence[str], rows: list[list[str]], whole: str) -> None:
    shown = [[_clip(cell) for cell in row] for row in rows]
    widths = [max([len(name), *(len(row[i]) for row in shown)]) for i, name in enumerate(columns)]
    click.echo("  ".join(name.ljust(width) for name, width in zip(columns, widths, strict=True)).rstrip())
    for row in shown:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if any(cell.endswith("…") for row in shown for cell in row):
        click.echo(f"(cells longer than {WIDEST} characters end in …; {whole})", err=True)


def _clip(cell: str) -> str:
    return cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…"


def plain(value: Any) -> Any:
    """A value as JSON can hold it: nodes and relationships as objects, instants as ISO 8601, no number as a text."""
    if isinstance(value, Node):
        return {"id": value.id, "label": value.label, "properties": plain(dict(value.properties))}
    if isinstance(value, Edge):
        body = {"source": value.source, "target": value.target, "type": value.type}
        return {**body, "properties": plain(dict(value.properties))}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):  # JSON has no such numbers: a text, as Neo4j answers
        return str(value).replace("nan", "NaN").replace("inf", "Infinity")
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if hasattr(value, "nodes") and hasattr(value, "edges"):
        return {"nodes": plain(list(value.nodes)), "edges": plain(list(value.edges))}
    return str(value)


def _cell(value: Any) -> str:
    body = plain(value)
    if body is None:
        return ""
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)


def visible(text: str) -> str:
    """Control and direction-changing characters as escapes: a pseudonym must not move the cursor."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
