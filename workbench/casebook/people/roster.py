"""Who has which role, and who is a member of which case?  Append-only: the latest row of each counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from workbench.casebook.database import Database
from workbench.casebook.people.rights import IN_WORDS, RIGHTS, ROLES, WITHOUT_A_CASE, NotAllowed, Right, Role
from workbench.casebook.schema import roster
from workbench.errors import UnknownCase, WorkbenchError

MEMBER, NONE = "member", ""
# plain, as every page asks some twenty times
_EVERYTHING = f"SELECT subject, case_name, standing FROM {roster.name} ORDER BY seq"
BY_SIGN_IN = "sign-in"
"""Who gave a role that came with a claim of the identity provider."""


@dataclass(frozen=True)
class Member:
    """A person of the team; ``role`` is None once it was taken away."""

    name: str
    role: Role | None
    cases: tuple[str, ...]


@dataclass(frozen=True)
class _Standing:
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)


class Roster:
    """Roles and memberships.

    While nobody was ever given a role, one person works here and may do everything; ``closed`` (there is a sign-in)
    means that even then nobody may do anything without a role.  ``append`` writes a row and its audit entry.
    """

    def __init__(self, database: Database, append: Callable[..., str], *, closed: bool = False) -> None:
        self._database, self._append, self._closed = database, append, closed

    def is_team(self) -> bool:
        """Does more than one person's word count here?"""
        return self._closed or bool(self._now().named)

    def begun(self) -> bool:
        """Was anybody ever given a role?"""
        return bool(self._now().named)

    def role(self, person: str) -> Role | None:
        return self._now().roles.get(person)

    def members(self, *, seen_by: str) -> tuple[Member, ...]:
        """Everybody who was ever named, by name, with the cases of which this person may know."""
        now = self._now()
        governs = now.roles.get(seen_by) == "administrator"
        cases = {case: who for case, who in now.members.items() if governs or seen_by in who}
        return tuple(
            Member(name, now.roles.get(name), tuple(sorted(case for case, who in cases.items() if name in who)))
            for name in sorted(now.named)
        )

    def of_case(self, case: str) -> tuple[str, ...]:
        """The members of a case, by name."""
        return tuple(sorted(self._now().members.get(case, ())))

    def may(self, person: str, right: Right, case: str = "") -> bool:
        """May the person do that, in that case where the right is one of a case?"""
        now = self._now()
        if not (self._closed or now.named):
            return True
        role = now.roles.get(person)
        if role is None or right not in RIGHTS[role]:
            return False
        if right in WITHOUT_A_CASE or (right == "members" and role == "administrator"):
            return True
        return bool(case) and person in now.members.get(case, ())

    def require(self, person: str, right: Right, case: str = "") -> None:
        """Raise NotAllowed, or UnknownCase (as for one that does not exist) for a case the person may not open."""
        if self.may(person, right, case):
            return
        if case and not self.may(person, "read", case):
            raise UnknownCase(f"no case {case!r} that {person} is a member of", fix="ask who leads the case")
        role = self.role(person)
        raise NotAllowed(
            f"{person} ({role or 'no role'}) may not {IN_WORDS[right]}", where=f"case {case}" if case else "",
            fix="ask a lead or an administrator",
        )

    # -- changes -------------------------------------------------------------
    def give_role(self, person: str, role: Role | None, *, by: str) -> None:
        """Give a role, or take it away (None).  The first one makes an administrator, and the last stays one."""
        self._named(person)
        if role is not None and role not in ROLES:
            raise WorkbenchError(f"no role {role!r}", where=person, fix=f"use one of {', '.join(ROLES)}")
        with self._database.write() as connection:
            now = _standing(connection)
            if not now.named and role != "administrator":
                raise WorkbenchError(
                    "the first role makes an administrator: nobody else could give the others", where=person,
                    fix="give yourself that role first",
                )
            if now.named:
                self._may_now(now, by, "people", "")
            left = {name for name, held in now.roles.items() if held == "administrator" and name != person}
            if now.named and role != "administrator" and not left:
                raise WorkbenchError("a team keeps an administrator", where=person, fix="make another one first")
            self._write(connection, person, "", role or NONE, by, "give role" if role else "take role")

    def signed_in(self, person: str, role: Role | None) -> None:
        """Take over the role that a claim of the identity provider gives; nothing where it is as it was."""
        self._named(person)
        with self._database.write() as connection:
            if _standing(connection).roles.get(person) != role:
                self._write(connection, person, "", role or NONE, BY_SIGN_IN, "role by sign-in")

    def add_member(self, case: str, person: str, *, by: str) -> None:
        """Make the person a member of the case; nothing where they are."""
        self._membership(case, person, MEMBER, by)

    def remove_member(self, case: str, person: str, *, by: str) -> None:
        """The person is no longer a member of the case."""
        self._membership(case, person, NONE, by)

    def begin_case(self, case: str, *, by: str) -> None:
        """Who begins a case is its first member; raises NotAllowed without that right."""
        self.require(by, "create")
        with self._database.write() as connection:
            now = _standing(connection)
            if (self._closed or now.named) and by not in now.members.get(case, ()):
                if now.members.get(case):
                    raise UnknownCase(f"the name {case!r} cannot be used", fix="choose another")
                self._write(connection, by, case, MEMBER, by, "begin case")

    def _membership(self, case: str, person: str, what: str, by: str) -> None:
        self._named(person)
        if not case:
            raise WorkbenchError("no case was named", where=person, fix="name one")
        with self._database.write() as connection:
            now = _standing(connection)
            if not now.named:
                raise WorkbenchError(
                    "nobody has a role yet: one person works here", where=f"case {case}", fix="give roles first"
                )
            self._may_now(now, by, "members", case)
            if (person in now.members.get(case, ())) != (what == MEMBER):
                action = "add member" if what == MEMBER else "remove member"
                self._write(connection, person, case, what, by, action)

    def _may_now(self, now: _Standing, by: str, right: Right, case: str) -> None:
        """As ``require``, within the transaction that writes."""
        role = now.roles.get(by)
        if role is None or right not in RIGHTS[role] or (
            case and role != "administrator" and by not in now.members.get(case, ())
        ):
            raise NotAllowed(
                f"{by} ({role or 'no role'}) may not {IN_WORDS[right]}", where=f"case {case}" if case else "",
                fix="ask a lead or an administrator",
            )

    def _write(self, connection: Connection, subject: str, case: str, what: str, by: str, action: str) -> None:
        row: dict[str, Any] = {"subject": subject, "case_name": case, "standing": what, "person": by}
        self._append(connection, roster, row, user=by, case=case, action=action, said={"who": subject, "is": what})

    def _named(self, person: str) -> None:
        if not person.strip() or len(person) > 200 or not person.isprintable():
            raise WorkbenchError("a name is 1 to 200 printable characters", where="people", fix="write another name")

    def _now(self) -> _Standing:
        with self._database.read() as connection:
            return _standing(connection)


def _standing(connection: Connection) -> _Standing:
    now = _Standing()
    for subject, case, standing in connection.exec_driver_sql(_EVERYTHING):
        now.named.add(subject)
        if case:
            (now.members.setdefault(case, set()).add if standing == MEMBER
             else now.members.setdefault(case, set()).discard)(subject)
        elif standing == NONE:
            now.roles.pop(subject, None)
        else:
            now.roles[subject] = standing
    return now
