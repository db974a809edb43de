"""Which queries watch a case, and what did each find since somebody last looked?

A watch is casework: append-only and audited.  What it found is a projection that the next check makes anew.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from queries.errors import UnknownQuery
from queries.saved_query import SavedQuery
from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.saved.queries import Queries
from workbench.casebook.schema import query_watches, watch_looks
from workbench.errors import WorkbenchError

_BEGUN, _ENDED = "begun", "ended"


@dataclass(frozen=True)
class Watch:
    """A query that watches a case for a person, with its values; ``keys`` are the columns that tell rows apart."""

    number: int
    case: str
    query: str
    owner: str
    parameters: Mapping[str, Any]
    keys: tuple[str, ...]
    user: str

    @property
    def name(self) -> str:
        return f"{self.query}@{self.owner}" if self.owner else self.query


@dataclass(frozen=True)
class Look:
    """What was seen last, and what the last check found beyond it; ``seen`` and ``found`` are digests of rows' keys.

    ``fresh`` rows were not there at the last look, ``gone`` ones are there no longer; ``digest`` is of the evidence
    that was checked.  ``error`` is why the last check has no answer; ``truncated``: not every row was compared.
    """

    seen: frozenset[str] = frozenset()
    seen_at: str = ""
    found: frozenset[str] = frozenset()
    checked_at: str = ""
    digest: str = ""
    truncated: bool = False
    error: str = ""

    @property
    def fresh(self) -> int:
        return len(self.found - self.seen)

    @property
    def gone(self) -> int:
        return len(self.seen - self.found)


class Watches:
    """The watches of all cases; each person sees their own."""

    def __init__(
        self, database: Database, append: Callable[..., str], guard: Guard, queries: Queries, at: Callable[[], str]
    ) -> None:
        self._database, self._append, self._guard, self._queries, self._at = database, append, guard, queries, at

    def begin(
        self, case: str, query: SavedQuery, parameters: Mapping[str, Any], keys: Collection[str],
        found: Collection[str], *, user: str, digest: str, truncated: bool = False,
    ) -> Watch:
        """Watch the case from what stands there now (``found``, digests of rows' keys).

        Raises WorkbenchError for a query that nobody has read, without a column to tell rows apart, and where a watch
        of this person stands that would say the same.
        """
        self._guard.writes(user, "read", case)
        if not query.reviewed:
            raise WorkbenchError("nobody here has read this query", where=f"query {query.id}", fix="read and save it")
        if not keys:
            raise WorkbenchError("a watch needs a column to tell rows apart", where=f"query {query.id}",
                                 fix="name at least one")
        row: dict[str, Any] = {
            "watch": 0, "event": _BEGUN, "query_id": query.id, "owner": query.owner, "case_name": case,
            "parameters": json.dumps(dict(parameters), sort_keys=True, default=str),
            "key_columns": json.dumps(list(keys)), "person": user,
        }
        with self._database.write() as connection:
            given = json.loads(row["parameters"])
            for one in _standing(connection):
                if one.parameters == given and (one.user, one.case, one.query, one.owner, one.keys) == (
                    user, case, query.id, query.owner, tuple(keys)
                ):
                    raise WorkbenchError("it watches this case with these values already", where=f"query {query.id}",
                                         fix="change a value to watch for something else")
            self._append(connection, query_watches, row, user=user, case=case, action="watch query",
                         said={"query": query.id, "owner": query.owner})
            made = _standing(connection)[-1]
            now = self._at()
            connection.execute(watch_looks.insert().values(
                number=made.number, seen=_written(found), seen_at=now, found=_written(found), checked_at=now,
                digest=digest, truncated=truncated, error="",
            ))
        return made

    def end(self, number: int, *, user: str) -> None:
        """Watch no longer; only for one's own."""
        watch = self.one(number, user)
        row: dict[str, Any] = {
            "watch": number, "event": _ENDED, "query_id": watch.query, "owner": watch.owner, "case_name": watch.case,
            "parameters": "{}", "key_columns": "[]", "person": user,
        }
        with self._database.write() as connection:
            self._append(connection, query_watches, row, user=user, case=watch.case, action="end watch",
                         said={"query": watch.query, "owner": watch.owner})

    def one(self, number: int, user: str) -> Watch:
        """The user's watch of that number; raises WorkbenchError."""
        with self._database.read() as connection:
            found = [watch for watch in _standing(connection) if watch.number == number and watch.user == user]
        if not found:
            raise WorkbenchError(f"no watch {number} of {user}", fix="`filature query watches` lists them")
        self._guard.writes(user, "read", found[0].case)
        return found[0]

    def of(self, case: str, user: str) -> tuple[tuple[Watch, Look], ...]:
        """The user's watches of a case with what they found, oldest first."""
        self._guard.writes(user, "read", case)
        with self._database.read() as connection:
            mine = [watch for watch in _standing(connection) if (watch.case, watch.user) == (case, user)]
            return tuple((watch, _look(connection, watch.number)) for watch in mine)

    def all_of(self, case: str) -> tuple[tuple[Watch, SavedQuery | None], ...]:
        """Everybody's watches of a case, each with its query as that person sees it now; None where they do not."""
        with self._database.read() as connection:
            standing = [watch for watch in _standing(connection) if watch.case == case]
        return tuple((watch, self._query(watch)) for watch in standing)

    def columns_watched(self, query: SavedQuery) -> tuple[tuple[str, ...], ...]:
        """The key columns of every watch of the query in whatever case: nobody is told whose they are."""
        with self._database.read() as connection:
            standing = _standing(connection)
        return tuple(one.keys for one in standing if (one.query, one.owner) == (query.id, query.owner))

    def look(self, number: int) -> Look:
        with self._database.read() as connection:
            return _look(connection, number)

    def checked(
        self, watch: Watch, found: Collection[str], *, digest: str, truncated: bool = False, error: str = ""
    ) -> Look:
        """Keep what a check found; with an ``error`` what was found before stays."""
        now = self._at()
        values: dict[str, Any] = {"checked_at": now, "digest": digest, "error": " ".join(error.split())[:500]}
        if not error:
            values |= {"found": _written(found), "truncated": truncated}
        with self._database.write() as connection:
            connection.execute(watch_looks.update().where(watch_looks.c.number == watch.number).values(**values))
            return _look(connection, watch.number)

    def looked(self, number: int, *, user: str) -> None:
        """The user has seen what the last check found: it is new no longer."""
        watch = self.one(number, user)
        now = self._at()
        with self._database.write() as connection:
            look = _look(connection, watch.number)
            seen = {"seen": _written(look.found), "seen_at": now}
            connection.execute(watch_looks.update().where(watch_looks.c.number == number).values(**seen))

    def _query(self, watch: Watch) -> SavedQuery | None:
        if not self._guard.roster.may(watch.user, "read", watch.case):
            return None
        try:
            return self._queries.as_seen(watch.name, watch.user)
        except UnknownQuery:
            return None


def _standing(connection: Connection) -> list[Watch]:
    found: dict[int, Watch] = {}
    for row in connection.execute(select(query_watches).order_by(query_watches.c.seq)).mappings():
        if row["event"] == _ENDED:
            found.pop(row["watch"], None)
            continue
        found[row["seq"]] = Watch(
            row["seq"], row["case_name"], row["query_id"], row["owner"], json.loads(row["parameters"]),
            tuple(json.loads(row["key_columns"])), row["person"],
        )
    return list(found.values())


def _look(connection: Connection, number: int) -> Look:
    row = connection.execute(select(watch_looks).where(watch_looks.c.number == number)).mappings().first()
    if row is None:
        return Look()
    return Look(
        frozenset(json.loads(row["seen"])), row["seen_at"], frozenset(json.loads(row["found"])), row["checked_at"],
        row["digest"], bool(row["truncated"]), row["error"],
    )


def _written(keys: Collection[str]) -> str:
    return json.dumps(sorted(set(keys)))
