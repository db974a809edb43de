"""What does a statement answer?  Guarded, bound, run read-only: a table, and the subgraph that its values draw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.store import Path, Plan, Stop, Store
from graph.store.values import AS_IT_IS
from graph.subgraph import Edge, Node, Subgraph
from queries.errors import NotReviewed, ParameterInvalid
from queries.headline import render_headline
from queries.parameters import bind
from queries.saved_query import Column, SavedQuery
from queries.statement.explained import COLUMNS, behind_explain, plan_rows
from queries.statement.guard import check
from queries.statement.moments_compared import MomentCompared, moments_compared
from queries.statement.names_known import UnknownName, unknown_names
from queries.statement.tokens import tokenize

TIMEOUT_S = 30.0
MAX_ROWS = 10_000
GRAPH_COLUMN = "graph"
"""A saved query's column of this name is drawn, not tabulated."""
LIMIT = "limit"
"""A saved query's parameter of this name says how many rows it gives at most."""
_NODES_OF_LABEL = "MATCH (n:`{label}`) WHERE n.id IN $ids RETURN n"


@dataclass(frozen=True)
class QueryResult:
    """``rows`` align with ``columns``; ``truncated`` says that the engine had more rows than were asked for, or that a
    saved query's own parameter ``limit`` was reached, and may have cut some: then ``limit`` is that number.

    ``subgraph`` holds every node, relationship and path among the values, and the ends of the relationships.
    ``unknown`` are names in a statement that the graph does not have, ``moments`` its comparisons of a moment with what
    is none: neither finds anything.  ``plan`` is there for an EXPLAIN, whose rows
    are its steps.  ``described`` are the columns as a saved query describes them.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool
    subgraph: Subgraph
    headline: str = ""
    unknown: tuple[UnknownName, ...] = ()
    moments: tuple[MomentCompared, ...] = ()
    plan: Plan | None = None
    described: tuple[Column, ...] = ()
    limit: int | None = None

    @property
    def warnings(self) -> tuple[UnknownName | MomentCompared, ...]:
        """What in the statement finds nothing, whatever the graph holds."""
        return (*self.unknown, *self.moments)

    @property
    def outcome(self) -> str:
        """How the run ended, in words of the log."""
        more = ", as many as it gives" if self.limit is not None else ", more there" if self.truncated else ""
        return f"{len(self.rows)} rows{more}"


def run(
    store: Store,
    query: SavedQuery | str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout_s: float = TIMEOUT_S,
    max_rows: int = MAX_ROWS,
    stop: Stop | None = None,
) -> QueryResult:
    """Run a saved query or a statement on a reader's store, until ``stop`` is asked for.

    A saved query's parameters are read from text where need be; a statement's go as they are.  Of ``EXPLAIN`` and a
    statement that may run, the plan is the answer.
    Raises NotReviewed, RefusedStatement, ParameterInvalid, graph.errors.StatementTimeout or another GraphError.
    """
    given = dict(parameters or {})
    if isinstance(query, SavedQuery):
        if not query.reviewed:
            raise NotReviewed(
                "it came in a pack, and nobody here has read it yet", where=f"query {query.id}",
                fix="read its statement, then say that you have",
            )
        cypher, bound, headline = query.cypher, bind(query, given), query.headline
    else:
        cypher, bound, headline = query, given, ""
    _all_given(cypher, bound)
    if (explained := behind_explain(cypher)) is not None:
        return _plan(store, explained, bound)
    check(store, cypher, bound)
    answer = store.read(cypher, bound, timeout_s=timeout_s, max_rows=max_rows, stop=stop)
    subgraph = subgraph_of(store, answer.rows, timeout_s=timeout_s, stop=stop)
    drawn = GRAPH_COLUMN if isinstance(query, SavedQuery) else None
    kept = [index for index, column in enumerate(answer.columns) if column != drawn]
    rows = answer.rows if len(kept) == len(answer.columns) else [tuple([row[at] for at in kept]) for row in answer.rows]
    own = bound.get(LIMIT) if isinstance(query, SavedQuery) else None
    limit = own if isinstance(own, int) and len(rows) >= own else None
    truncated = answer.truncated or limit is not None
    return QueryResult(
        columns=tuple(answer.columns[index] for index in kept),
        rows=rows,
        truncated=truncated,
        subgraph=subgraph,
        headline=render_headline(headline, rows=len(rows), truncated=truncated, parameters=bound),
        unknown=unknown_names(query, store) if isinstance(query, str) else (),
        moments=moments_compared(query, bound) if isinstance(query, str) else (),
        described=query.columns if isinstance(query, SavedQuery) else (),
        limit=limit,
    )


def _plan(store: Store, cypher: str, bound: Mapping[str, Any]) -> QueryResult:
    check(store, cypher, bound)
    plan = store.explain(cypher, bound)
    return QueryResult(
        COLUMNS, plan_rows(plan), False, Subgraph.of([], []), unknown=unknown_names(cypher, store),
        moments=moments_compared(cypher, bound), plan=plan,
    )


def subgraph_of(
    store: Store, rows: Iterable[Iterable[Any]], *, timeout_s: float = TIMEOUT_S, stop: Stop | None = None
) -> Subgraph:
    """The graph among the values; ends of relationships that the rows do not hold are fetched."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    pending: list[Any] = [value for row in rows for value in row if type(value) not in AS_IT_IS]
    while pending:
        value = pending.pop()
        if isinstance(value, Node):
            nodes[value.key] = value
        elif isinstance(value, Edge):
            edges.append(value)
        elif isinstance(value, Path):
            pending += [*value.nodes, *value.edges]
        elif isinstance(value, list | tuple):
            pending += [item for item in value if type(item) not in AS_IT_IS]
        elif isinstance(value, Mapping):
            pending += [item for item in value.values() if type(item) not in AS_IT_IS]
    absent: dict[str, set[str]] = {}
    for edge in edges:
        for key in (edge.source, edge.target):
            if key not in nodes:
                label, _, identity = key.partition("/")
                absent.setdefault(label, set()).add(identity)
    for label, ids in sorted(absent.items()):
        statement = _NODES_OF_LABEL.format(label=label.replace("`", "``"))
        for (node,) in store.read(statement, {"ids": sorted(ids)}, timeout_s=timeout_s, stop=stop).rows:
            nodes[node.key] = node
    return Subgraph.of(nodes.values(), edges)


def _all_given(cypher: str, bound: Mapping[str, Any]) -> None:
    used = {token.text for token in tokenize(cypher) if token.kind == "parameter"}
    if missing := sorted(used - set(bound)):
        raise ParameterInvalid(
            f"no value for {', '.join('$' + name for name in missing)}",
            where="statement", fix="give each parameter a value",
        )
