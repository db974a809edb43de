"""What does a plan say?  Its kind of statement and its operators, flattened."""

import re
from collections.abc import Mapping
from typing import Any

import neo4j

from graph.dialect import ARCADEDB
from graph.store.rows import Plan

_STEP = re.compile(r"^\s*\+\s*([A-Za-z][A-Za-z0-9_ ]*)", re.MULTILINE)
_COLUMNS = re.compile(r"FINAL PROJECTION \[(.*)\]\s*$", re.MULTILINE)


def plan_of(summary: neo4j.ResultSummary, engine: str) -> Plan:
    """The plan of an EXPLAIN.

    Neo4j: type r, rw, w or s, and operator names such as NodeUniqueIndexSeek.  The embedded engine calls every
    EXPLAIN a write, so the type there is ``?``; its operators are the first words of each step.
    """
    tree: Mapping[str, Any] = summary.plan or {}
    if engine == ARCADEDB:
        text = str(tree.get("args", {}).get("string-representation", ""))
        return Plan("?", tuple(step.strip() for step in _STEP.findall(text)))
    return Plan(summary.query_type or "", tuple(_operators(tree)))


def columns_of(summary: neo4j.ResultSummary) -> tuple[str, ...]:
    """The columns a plan of the embedded engine ends in; none where it does not say."""
    tree: Mapping[str, Any] = summary.plan or {}
    found = _COLUMNS.findall(str(tree.get("args", {}).get("string-representation", "")))
    return tuple(name.strip() for name in found[-1].split(", ") if name.strip()) if found else ()


def _operators(node: Mapping[str, Any]) -> list[str]:
    names = [str(node.get("operatorType", "")).partition("@")[0]] if node else []
    for child in node.get("children", ()):
        names.extend(_operators(child))
    return names
