"""What has the team saved, judged and done?  Append-only casework in one database."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, func, select

from queries.saved_query import SavedQuery
from workbench.casebook import audit
from workbench.casebook.database import Database
from workbench.casebook.moved import MovedCasework
from workbench.casebook.own_leads import OwnLeads
from workbench.casebook.people import Passes, Right, Roster, SignIns
from workbench.casebook.people.guard import Guard
from workbench.casebook.places import Places
from workbench.casebook.remarks import Remarks
from workbench.casebook.reviews import Reviews
from workbench.casebook.saved import Queries, QueryRuns, Watches
from workbench.casebook.saved.boards import Boards
from workbench.casebook.schema import audit as audit_table
from workbench.casebook.schema import judgements
from workbench.casebook.statements import Statements
from workbench.errors import Overtaken, WorkbenchError

Clock = Callable[[], datetime]
STATUSES = ("open", "in review", "substantiated", "referred", "cleared")
OPEN_CASE = "open case"
ACTS: Mapping[str, Right] = MappingProxyType({
    "export": "export", "report": "export", "unmask minor": "unmask", "receive": "ingest", "ingest": "ingest",
    "add hash list": "ingest", "detect": "detect", "rebuild": "detect", "seal": "seal", "time-stamp": "seal",
})
"""Which right an act asks for that is only written into the log; any other of a case asks that it may be read."""


@dataclass(frozen=True)
class Judgement:
    """A named person's decision about a finding; the latest one is the finding's status.

    ``opposed``: people's latest judgements of it contradict each other; told of a status alone.
    """

    case: str
    finding_id: str
    status: str
    note: str
    user: str
    at: str
    opposed: bool = False


def are_opposed(statuses: Iterable[str]) -> bool:
    """Do the latest judgements of several people contradict each other?  What is on its way is no contradiction."""
    found = frozenset(statuses)
    return "cleared" in found and not found.isdisjoint(("substantiated", "referred"))


def _now() -> datetime:
    return datetime.now(UTC)


class Casebook:
    """Saved queries, judgements, who belongs to the team, and the audit log.

    ``database_url`` is ``sqlite:///FILE`` or ``postgresql://…``; ``clock`` tells the time that entries carry.
    ``person`` is who is signed in: what they may not see is not there, and they sign what is written; None is a
    program of its own.  ``closed``: nobody may do anything without a role (see ``Roster``).
    Safe between threads and processes.
    """

    def __init__(
        self, database_url: str, *, clock: Clock = _now, person: str | None = None, closed: bool = False
    ) -> None:
        self._begin(Database(database_url), clock, person, closed)

    def _begin(self, database: Database, clock: Clock, person: str | None, closed: bool) -> None:
        self._database, self._clock, self._closed = database, clock, closed
        self.person = person
        self.roster = Roster(database, self._append, closed=closed)
        self._guard = guard = Guard(self.roster, person)
        self.remarks = Remarks(database, self._append, guard)
        self.statements = Statements(database, self._append, guard)
        self.places = Places(database, guard)
        self.boards = Boards(database, self._append, guard)
        self.own_leads = OwnLeads(database, self._append, guard)
        self.moved = MovedCasework(database, guard, self._at)
        self.reviews = Reviews(database, self.record)
        self.saved = Queries(database, self._append, guard)
        self.runs = QueryRuns(database, self._append, guard)
        self.watches = Watches(database, self._append, guard, self.saved, self._at)
        self.passes = Passes(database, self._append, guard, clock)
        self.sign_ins = SignIns(database, self._append, guard)

    def signed_in(self, person: str) -> "Casebook":
        """The same casework as that person may see and sign it; shares the database."""
        book = Casebook.__new__(Casebook)
        book._begin(self._database, self._clock, person, self._closed)
        return book

    def close(self) -> None:
        self._database.close()

    def allow(self, right: Right, case: str = "") -> None:
        """Raise NotAllowed or UnknownCase unless who is signed in may do that."""
        if self.person is not None:
            self.roster.require(self.person, right, case)

    # -- saved queries -------------------------------------------------------
    def save_query(
        self, query: SavedQuery, *, user: str, shared: bool | None = None, owner: str | None = None,
        based_on: int | None = None,
    ) -> SavedQuery:
        """Save as the next revision of that id; see ``Queries.save``."""
        return self.saved.save(query, user=user, shared=shared, owner=owner, based_on=based_on)

    def queries(self, user: str, *, archived: bool = False) -> tuple[SavedQuery, ...]:
        """The latest revision of each query that the user owns or is shown: by id, one's own first.

        ``archived``: of those too that no list holds any more.
        """
        return self.reviews.applied(self.saved.seen_by(user, archived=archived))

    def query(self, name: str, user: str) -> SavedQuery:
        """The user's own or shared query of that id, one's own first; raises UnknownQuery."""
        return self.reviews.applied([self.saved.one(name, user)])[0]

    def history(self, name: str, user: str) -> tuple[SavedQuery, ...]:
        """Every revision of the query that ``query`` finds, oldest first; others' private revisions are left out."""
        return tuple(one.query for one in self.saved.revisions(name, user))

    # -- judgements ----------------------------------------------------------
    def judge(self, finding_id: str, status: str, note: str, user: str, *, case: str) -> Judgement:
        """Add a named person's judgement; nothing is overwritten."""
        return self.judge_all([finding_id], status, note, user, case=case)[0]

    def judge_all(
        self, finding_ids: Iterable[str], status: str, note: str, user: str, *, case: str,
        seen: Mapping[str, int] = MappingProxyType({}),
    ) -> tuple[Judgement, ...]:
        """Add the judgement to each of the findings, all or none.

        ``seen``: how many judgements of each the person has before them.  Where one was added since, be it
        their own in another tab, nothing is written: raises Overtaken.
        """
        wanted = list(dict.fromkeys(finding_ids))
        self._guard.writes(user, "annotate", case)
        if status not in STATUSES:
            raise WorkbenchError(
                f"no status {status!r}", where=", ".join(wanted[:3]), fix=f"use one of {', '.join(STATUSES)}"
            )
        added = []
        with self._database.write() as connection:
            for identity in wanted:
                known = _judged(connection, case, identity)
                if newer := known[seen.get(identity, len(known)):]:
                    raise Overtaken(
                        f"{newer[-1].user} has judged it meanwhile", where=identity, fix="read that, then judge again"
                    )
                row = {"case_name": case, "finding_id": identity, "status": status, "note": note, "person": user}
                at = self._append(
                    connection, judgements, row, user=user, case=case, action="judge",
                    said={"finding": identity, "is": status},
                )
                added.append(Judgement(case, identity, status, note, user, at))
        return tuple(added)

    def judgements(self, case: str, finding_id: str | None = None) -> tuple[Judgement, ...]:
        """The judgements of a finding, or of all findings of the case, oldest first."""
        self._guard.reads(case)
        with self._database.read() as connection:
            return _judged(connection, case, finding_id)

    def status(self, case: str) -> dict[str, Judgement]:
        """The latest judgement of each judged finding; it says whether somebody else's latest is opposed to it."""
        latest: dict[str, Judgement] = {}
        of_each: dict[str, dict[str, str]] = {}
        for item in self.judgements(case):
            latest[item.finding_id] = item
            of_each.setdefault(item.finding_id, {})[item.user] = item.status
        return {
            identity: replace(item, opposed=are_opposed(of_each[identity].values()))
            for identity, item in latest.items()
        }

    # -- audit ---------------------------------------------------------------
    def record(self, user: str, case: str, action: str, detail: str = "") -> None:
        """Add an entry to the audit log."""
        self._guard.writes(user, ACTS.get(action, "read") if case else None, case)
        with self._database.write() as connection:
            audit.append(connection, at=self._at(), user=user, case=case, action=action, detail=detail)

    def audit_of(self, case: str, *, action: str | None = None) -> tuple[audit.AuditEntry, ...]:
        """The entries of a case, newest first, for whoever may open it; ``action``: those that tell of it alone."""
        self._guard.reads(case)
        with self._database.read() as connection:
            return tuple(audit.entries_of(connection, case, action=action))

    def audit(self) -> tuple[audit.AuditEntry, ...]:
        """The whole log, oldest first; of entries that are not the person's to see only their place in the chain."""
        with self._database.read() as connection:
            entries = tuple(audit.entries(connection))
        if self.person is None or not self.roster.is_team():
            return entries
        cases = {case for case in {entry.case for entry in entries} if case and self._guard.sees(case)}
        governs = self.roster.may(self.person, "people")
        return tuple(
            entry if entry.case in cases or entry.user == self.person or (governs and not entry.case)
            else audit.AuditEntry(entry.seq, "", "", "", "", "", entry.previous, entry.hash)
            for entry in entries
        )

    def opened_since(self, case: str, moment: str) -> bool:
        """Has the person said since then (ISO 8601 UTC) why they open the case?"""
        self._guard.reads(case)
        table = audit_table
        wanted = select(table.c.seq).where(
            table.c.person == self.person, table.c.case_name == case, table.c.action == OPEN_CASE, table.c.at >= moment
        )
        with self._database.read() as connection:
            return connection.execute(wanted).first() is not None

    def verify_audit(self) -> tuple[str, ...]:
        """What differs in the log and in the rows it covers, one line each; empty if nothing does."""
        with self._database.read() as connection:
            return audit.faults(connection)

    def _append(
        self, connection: Connection, table: Table, row: dict[str, Any], *, user: str, case: str, action: str,
        said: Mapping[str, Any] = MappingProxyType({}),
    ) -> str:
        """Write a row and its audit entry, which holds the row's digest and what is ``said`` of it."""
        seq = (connection.execute(select(func.max(table.c.seq))).scalar() or 0) + 1
        row = {**row, "seq": seq, "at": self._at()}
        connection.execute(table.insert().values(**row))
        detail = {**said, "table": table.name, "seq": seq, "sha256": audit.row_digest(row)}
        text = json.dumps(detail, sort_keys=True)
        audit.append(connection, at=row["at"], user=user, case=case, action=action, detail=text)
        return str(row["at"])

    def _at(self) -> str:
        return self._clock().astimezone(UTC).isoformat().replace("+00:00", "Z")


def _judged(connection: Connection, case: str, finding_id: str | None) -> tuple[Judgement, ...]:
    table = judgements
    columns = (table.c.case_name, table.c.finding_id, table.c.status, table.c.note, table.c.person, table.c.at)
    wanted = select(*columns).where(table.c.case_name == case).order_by(table.c.seq)
    if finding_id is not None:
        wanted = wanted.where(table.c.finding_id == finding_id)
    return tuple(Judgement(*row) for row in connection.execute(wanted))
