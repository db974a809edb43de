"""Is a statement an EXPLAIN, of what?  Its plan as a table, the same columns on both engines."""

from typing import Any

from graph.store import Plan
from queries.statement.tokens import tokenize

COLUMNS = ("step", "works on", "expected rows")
_WORD = "EXPLAIN"


def behind_explain(cypher: str) -> str | None:
    """The statement behind a plain EXPLAIN at the beginning, blanks in the word's place; None where there is none.

    The word must be written as it is: an escape or another spelling stays in the statement, which is then refused.
    """
    first = next(iter(tokenize(cypher)), None)
    if first is None or first.folded != _WORD:
        return None
    end = first.offset + len(_WORD)
    if cypher[first.offset:end].upper() != _WORD:
        return None
    return cypher[: first.offset] + " " * len(_WORD) + cypher[end:]


def plan_rows(plan: Plan) -> list[tuple[Any, ...]]:
    """One row a step, indented by its depth."""
    return [("  " * step.depth + step.operator, step.detail or None, step.rows) for step in plan.steps]
