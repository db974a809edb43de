"""What does a plan say?  Its kind of statement and its steps, flattened."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import neo4j

from graph.dialect import ARCADEDB
from graph.store.rows import Plan, Step

_STEP = re.compile(r"^(\s*)(?:\+\s*)?((?:[A-Z]{2,}\b ?)+|[A-Za-z]\w*)(.*)$")
_ROWS = re.compile(r"\brows=([0-9]+(?:\.[0-9]+)?)")
_COLUMNS = re.compile(r"FINAL PROJECTION \[(.*)\]\s*$", re.MULTILINE)


def plan_of(summary: neo4j.ResultSummary, engine: str) -> Plan:
    """The plan of an EXPLAIN.

    Neo4j: type r, rw, w or s, and operator names such as NodeUniqueIndexSeek.  The embedded engine calls every
    EXPLAIN a write, so the type there is ``?``; its operators are the first words of each step, as it prints them.
    """
    tree: Mapping[str, Any] = summary.plan or {}
    if engine == ARCADEDB:
        return Plan("?", tuple(_lines(_text(tree))))
    return Plan(summary.query_type or "", tuple(_steps(tree, 0)))


def columns_of(summary: neo4j.ResultSummary) -> tuple[str, ...]:
    """The columns a plan of the embedded engine ends in; none where it does not say."""
    found = _COLUMNS.findall(_text(summary.plan or {}))
    return tuple(name.strip() for name in found[-1].split(", ") if name.strip()) if found else ()


def _text(tree: Mapping[str, Any]) -> str:
    return str(tree.get("args", {}).get("string-representation", ""))


def _lines(text: str) -> Iterator[Step]:
    """The steps of the embedded engine's text: ``+ OPERATOR detail [cost=…, rows=…]``, some without the plus."""
    for line in text.splitlines():
        found = _STEP.match(line)
        if found is None or not (line.lstrip().startswith("+") or found[2].strip().endswith("Step")):
            continue
        rows = _ROWS.search(found[3])
        yield Step(len(found[1]) // 2, found[2].strip(), found[3].strip(), float(rows[1]) if rows else None)


def _steps(node: Mapping[str, Any], depth: int) -> Iterator[Step]:
    if not node:
        return
    told = node.get("args") or {}
    rows = told.get("EstimatedRows")
    yield Step(
        depth, str(node.get("operatorType", "")).partition("@")[0], str(told.get("Details", "")),
        float(rows) if isinstance(rows, int | float) else None,
    )
    for child in node.get("children", ()):
        yield from _steps(child, depth + 1)
