"""Who ran which query when, in which case, with which values, and how did it end?  Append-only."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from queries.saved_query import SavedQuery
from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import query_runs
from workbench.casebook.statements import logged_outcome

RUNS = query_runs.name
"""Their table, as entries of the audit log name it."""


@dataclass(frozen=True)
class Ran:
    """One run; ``owner`` is empty for a query of the library, ``outcome`` is ``12 rows`` or what went wrong."""

    query: str
    owner: str
    revision: int
    case: str
    parameters: Mapping[str, Any]
    outcome: str
    user: str
    at: str


class QueryRuns:
    """The runs of all cases; ``append`` writes a row and its audit entry."""

    def __init__(self, database: Database, append: Callable[..., str], guard: Guard) -> None:
        self._database, self._append, self._guard = database, append, guard

    def add(self, case: str, query: SavedQuery, parameters: Mapping[str, Any], outcome: str, *, user: str) -> None:
        """Keep that the query was run in the case with these values."""
        self._guard.writes(user, "read", case)
        row: dict[str, Any] = {
            "query_id": query.id, "owner": query.owner, "revision": query.revision, "case_name": case,
            "parameters": json.dumps(dict(parameters), sort_keys=True, default=str),
            "outcome": " ".join(outcome.split())[:500], "person": user,
        }
        said = {
            "query": query.id, "owner": query.owner, "revision": query.revision, "outcome": logged_outcome(outcome),
        }
        with self._database.write() as connection:
            self._append(connection, query_runs, row, user=user, case=case, action="run query", said=said)

    def values(self, case: str) -> dict[int, Mapping[str, Any]]:
        """With which values queries were run in the case, by the number of the run as the audit log has it."""
        self._guard.reads(case)
        wanted = select(query_runs.c.seq, query_runs.c.parameters).where(query_runs.c.case_name == case)
        with self._database.read() as connection:
            return {seq: json.loads(given) for seq, given in connection.execute(wanted)}

    def of(self, case: str, query: SavedQuery | None = None) -> tuple[Ran, ...]:
        """Who ran the query, or any, in the case, the latest first; only a member of the case may ask."""
        self._guard.reads(case)
        table = query_runs
        wanted = select(table).where(table.c.case_name == case)
        if query is not None:
            wanted = wanted.where(table.c.query_id == query.id, table.c.owner == query.owner)
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(table.c.seq.desc())).mappings().all()
        return tuple(
            Ran(row["query_id"], row["owner"], row["revision"], row["case_name"], json.loads(row["parameters"]),
                row["outcome"], row["person"], row["at"])
            for row in rows
        )
