"""What proves on the command line who asks?  A pass: a secret shown once, of which only the SHA-256 is kept."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.people.rights import NotSignedIn
from workbench.casebook.schema import passes
from workbench.errors import WorkbenchError

PREFIX = "filature_"
MOST_NOTE = 200
"""Characters of what a pass is for."""
LONGEST_DAYS = 366


@dataclass(frozen=True)
class Pass:
    """A pass that stands: whose, what it was made for, until when (ISO 8601 UTC)."""

    number: int
    owner: str
    note: str
    until: str


class Passes:
    """The passes of the team; ``append`` writes a row and its audit entry, which never holds the secret."""

    def __init__(
        self, database: Database, append: Callable[..., str], guard: Guard, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._append, self._guard, self._clock = database, append, guard, clock

    def issue(self, owner: str, *, note: str, days: int, by: str) -> str:
        """A new secret for that person: one's own by anybody with a role, another's by an administrator."""
        self._guard.writes(by, None if owner == by else "people")
        if self._guard.roster.role(owner) is None:
            raise WorkbenchError(f"{owner} has no role", where="pass", fix="give one first")
        if not 1 <= days <= LONGEST_DAYS:
            raise WorkbenchError(f"a pass of {days} days", where="pass", fix=f"give it 1 to {LONGEST_DAYS}")
        secret = PREFIX + secrets.token_urlsafe(32)
        until = (self._clock() + timedelta(days=days)).isoformat()
        row = {"number": 0, "owner": owner, "note": note.strip()[:MOST_NOTE], "sha256": _hash(secret), "until": until}
        self._write(row, by, "issue pass")
        return secret

    def withdraw(self, number: int, *, by: str) -> None:
        """The pass opens nothing from now on."""
        found = next((one for one, _sha256 in self._rows() if one.number == number), None)
        if found is None:
            raise WorkbenchError(f"no pass {number}", where="pass", fix="`filature people passes` lists them")
        self._guard.writes(by, None if found.owner == by else "people")
        row = {"number": number, "owner": found.owner, "note": found.note, "sha256": "", "until": ""}
        self._write(row, by, "withdraw pass")

    def standing(self, owner: str | None = None) -> tuple[Pass, ...]:
        """The passes that open something, oldest first: one's own, or an administrator's look at all."""
        person = self._guard.person
        if person is not None and owner != person:
            self._guard.writes(person, "people")
        return tuple(one for one, _sha256 in self._rows() if owner in (None, one.owner))

    def owner_of(self, secret: str) -> str:
        """Whose pass this is; raises NotSignedIn for none, a withdrawn or an expired one."""
        wanted = _hash(secret)
        for one, sha256 in self._rows():
            if secrets.compare_digest(sha256, wanted):
                return one.owner
        raise NotSignedIn("this pass opens nothing: unknown, withdrawn or expired", where="FILATURE_PASS",
                          fix="ask for a new one")

    def _rows(self) -> list[tuple[Pass, str]]:
        with self._database.read() as connection:
            found = _standing(connection)
        now = self._clock()
        return [(one, sha256) for one, sha256 in found if datetime.fromisoformat(one.until) > now]

    def _write(self, row: dict[str, object], by: str, action: str) -> None:
        row["person"] = by
        with self._database.write() as connection:
            said = {"owner": row["owner"], "note": row["note"], "until": row["until"], "number": row["number"]}
            self._append(connection, passes, row, user=by, case="", action=action, said=said)


def _standing(connection: Connection) -> list[tuple[Pass, str]]:
    """Each pass that was not withdrawn; its number is that of the row that issued it."""
    found: dict[int, tuple[Pass, str]] = {}
    columns = (passes.c.seq, passes.c.number, passes.c.owner, passes.c.note, passes.c.sha256, passes.c.until)
    for seq, number, owner, note, sha256, until in connection.execute(select(*columns).order_by(passes.c.seq)):
        if number:
            found.pop(number, None)
        else:
            found[seq] = (Pass(seq, owner, note, until), sha256)
    return list(found.values())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
