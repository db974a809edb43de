"""Who has read the statement of a query that came in a pack?  The audit log says so: that makes the query one to run.

A reading is of a text: another statement under the same id is unread.  The first who read it is named to all.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from queries.saved_query import SavedQuery
from workbench.casebook.database import Database
from workbench.casebook.schema import audit
from workbench.errors import WorkbenchError

READ = "read query"
"""The audit log's word for it."""


@dataclass(frozen=True)
class Review:
    """Who read a statement first, and when."""

    user: str
    at: str


class Reviews:
    """The readings of all; ``record`` adds an entry to the audit log: person, case, action, detail."""

    def __init__(self, database: Database, record: Callable[[str, str, str, str], None]) -> None:
        self._database, self._record = database, record

    def add(self, query: SavedQuery, *, user: str) -> None:
        """This person has read the statement; raises WorkbenchError without a user."""
        if not user.strip():
            raise WorkbenchError("casework needs a named person", where="user", fix="say who works here")
        detail = {"query": query.id, "owner": query.owner, "revision": query.revision, "sha256": _digest(query)}
        self._record(user, "", READ, json.dumps(detail, sort_keys=True))

    def of(self, query: SavedQuery) -> Review | None:
        """Who has read the statement; None where nobody has said so."""
        return self._all().get(_digest(query))

    def applied(self, queries: Iterable[SavedQuery]) -> tuple[SavedQuery, ...]:
        """The queries, those of which the statement was read as reviewed ones."""
        given = tuple(queries)
        if all(query.reviewed for query in given):
            return given
        known = self._all()
        return tuple(replace(query, reviewed=query.reviewed or _digest(query) in known) for query in given)

    def _all(self) -> Mapping[str, Review]:
        wanted = select(audit.c.detail, audit.c.person, audit.c.at).where(audit.c.action == READ)
        found: dict[str, Review] = {}
        with self._database.read() as connection:
            for detail, user, at in connection.execute(wanted.order_by(audit.c.seq)):
                found.setdefault(str(json.loads(detail).get("sha256")), Review(user, at))
        return found


def _digest(query: SavedQuery) -> str:
    return hashlib.sha256(query.cypher.strip().encode()).hexdigest()
