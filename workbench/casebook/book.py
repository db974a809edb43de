"""What has the team saved, judged and done?  Append-only casework in one database."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from queries.catalog import library
from queries.errors import QueryError, UnknownQuery
from queries.files.cypher_file import parse, render
from queries.saved_query import SavedQuery
from queries.statement.guard import check_text
from workbench.casebook import audit
from workbench.casebook.boards import Boards
from workbench.casebook.database import Database
from workbench.casebook.own_leads import OwnLeads
from workbench.casebook.places import Places
from workbench.casebook.remarks import Remarks
from workbench.casebook.reviews import Reviews
from workbench.casebook.schema import judgements, saved_queries
from workbench.casebook.statements import Statements
from workbench.errors import WorkbenchError

Clock = Callable[[], datetime]
STATUSES = ("open", "in review", "substantiated", "referred", "cleared")
_ANOTHER_ID = "save it under another id"


@dataclass(frozen=True)
class Judgement:
    """A named person's decision about a finding; the latest one is the finding's status."""

    case: str
    finding_id: str
    status: str
    note: str
    user: str
    at: str


def _now() -> datetime:
    return datetime.now(UTC)


class Casebook:
    """Saved queries, judgements and the audit log.

    ``database_url`` is ``sqlite:///FILE`` or ``postgresql://…``; ``clock`` tells the time that entries carry.
    Safe between threads and processes.
    """

    def __init__(self, database_url: str, *, clock: Clock = _now) -> None:
        self._database = Database(database_url)
        self._clock = clock
        self.remarks = Remarks(self._database, self._append)
        self.statements = Statements(self._database, self._append)
        self.places = Places(self._database)
        self.boards = Boards(self._database, self._append)
        self.own_leads = OwnLeads(self._database, self._append)
        self.reviews = Reviews(self._database, self.record)

    def close(self) -> None:
        self._database.close()

    # -- saved queries -------------------------------------------------------
    def save_query(self, query: SavedQuery, *, user: str, shared: bool = False) -> SavedQuery:
        """Save as the user's next revision of that id; earlier revisions stay.  The first one keeps its number.

        Raises QueryError if the library or a colleague's shared query has that id, HeaderInvalid or
        RefusedStatement if the query could not run.
        """
        _named(user)
        parse(render(query), source=f"query {query.id}")
        check_text(query.cypher)
        if any(query.id == shipped.id for shipped in library()):
            raise QueryError("the shipped library has a query of that id", where=query.id, fix=_ANOTHER_ID)
        with self._database.write() as connection:
            for item in _latest(connection):
                if item.id == query.id and item.owner != user and item.shared:
                    raise QueryError(f"{item.owner} shares a query of that id", where=query.id, fix=_ANOTHER_ID)
            last = connection.execute(
                select(func.max(saved_queries.c.revision)).where(
                    saved_queries.c.query_id == query.id, saved_queries.c.owner == user
                )
            ).scalar()
            saved = replace(query, owner=user, shared=shared, revision=last + 1 if last else query.revision)
            row: dict[str, Any] = {"query_id": saved.id, "owner": user, "revision": saved.revision, "shared": shared}
            row["body"] = render(saved)
            self._append(connection, saved_queries, row, user=user, case="", action="save query")
        return saved

    def queries(self, user: str) -> tuple[SavedQuery, ...]:
        """The latest revision of each query that the user owns or that is shared: by id, one's own first."""
        with self._database.read() as connection:
            seen = [item for item in _latest(connection) if item.owner == user or item.shared]
        ordered = sorted(seen, key=lambda item: (item.id, item.owner != user, item.owner))
        return self.reviews.applied(ordered)

    def query(self, name: str, user: str) -> SavedQuery:
        """The user's own or shared query of that id, one's own first; raises UnknownQuery."""
        for item in self.queries(user):
            if item.id == name:
                return item
        raise UnknownQuery(f"no saved query {name!r} of yours or shared", fix="`filature query list` shows them all")

    def history(self, name: str, user: str) -> tuple[SavedQuery, ...]:
        """Every revision of the query that ``query`` finds, oldest first; others' private revisions are left out."""
        owner = self.query(name, user).owner
        wanted = select(saved_queries).where(saved_queries.c.query_id == name, saved_queries.c.owner == owner)
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(saved_queries.c.revision)).mappings()
            revisions = [_read(row) for row in rows]
        return tuple(item for item in revisions if item.owner == user or item.shared)

    # -- judgements ----------------------------------------------------------
    def judge(self, finding_id: str, status: str, note: str, user: str, *, case: str) -> Judgement:
        """Add a named person's judgement; nothing is overwritten."""
        _named(user)
        if status not in STATUSES:
            raise WorkbenchError(f"no status {status!r}", where=finding_id, fix=f"use one of {', '.join(STATUSES)}")
        row = {"case_name": case, "finding_id": finding_id, "status": status, "note": note, "person": user}
        with self._database.write() as connection:
            at = self._append(connection, judgements, row, user=user, case=case, action="judge")
        return Judgement(case, finding_id, status, note, user, at)

    def judgements(self, case: str, finding_id: str | None = None) -> tuple[Judgement, ...]:
        """The judgements of a finding, or of all findings of the case, oldest first."""
        table = judgements
        columns = (table.c.case_name, table.c.finding_id, table.c.status, table.c.note, table.c.person, table.c.at)
        wanted = select(*columns).where(table.c.case_name == case).order_by(table.c.seq)
        if finding_id is not None:
            wanted = wanted.where(table.c.finding_id == finding_id)
        with self._database.read() as connection:
            return tuple(Judgement(*row) for row in connection.execute(wanted))

    def status(self, case: str) -> dict[str, Judgement]:
        """The latest judgement of each judged finding."""
        return {item.finding_id: item for item in self.judgements(case)}

    # -- audit ---------------------------------------------------------------
    def record(self, user: str, case: str, action: str, detail: str = "") -> None:
        """Add an entry to the audit log."""
        with self._database.write() as connection:
            audit.append(connection, at=self._at(), user=user, case=case, action=action, detail=detail)

    def audit(self) -> tuple[audit.AuditEntry, ...]:
        """The whole log, oldest first."""
        with self._database.read() as connection:
            return tuple(audit.entries(connection))

    def verify_audit(self) -> tuple[str, ...]:
        """What differs in the log and in the rows it covers, one line each; empty if nothing does."""
        with self._database.read() as connection:
            return audit.faults(connection)

    def _append(
        self, connection: Connection, table: Table, row: dict[str, Any], *, user: str, case: str, action: str
    ) -> str:
        seq = (connection.execute(select(func.max(table.c.seq))).scalar() or 0) + 1
        row = {**row, "seq": seq, "at": self._at()}
        connection.execute(table.insert().values(**row))
        detail = {"table": table.name, "seq": seq, "sha256": audit.row_digest(row)}
        text = json.dumps(detail, sort_keys=True)
        audit.append(connection, at=row["at"], user=user, case=case, action=action, detail=text)
        return str(row["at"])

    def _at(self) -> str:
        return self._clock().astimezone(UTC).isoformat().replace("+00:00", "Z")


def _latest(connection: Connection) -> list[SavedQuery]:
    latest: dict[tuple[str, str], SavedQuery] = {}
    for row in connection.execute(select(saved_queries).order_by(saved_queries.c.revision)).mappings():
        latest[(row["owner"], row["query_id"])] = _read(row)
    return list(latest.values())


def _read(row: Any) -> SavedQuery:
    query = parse(row["body"], source=f"saved query {row['query_id']}")
    return replace(query, owner=row["owner"], shared=bool(row["shared"]), revision=row["revision"])


def _named(user: str) -> None:
    if not user.strip():
        raise WorkbenchError("casework needs a named person", where="user", fix="set FILATURE_USER")
