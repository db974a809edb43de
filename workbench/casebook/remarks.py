"""What have people added to a finding, an account or a case: notes, tags, who works on it?  Append-only."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import select

from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import remarks
from workbench.errors import WorkbenchError

RemarkKind = Literal[
    "note", "tag", "untag", "assign", "description", "authority", "scope", "person", "person off"
]
KINDS: tuple[str, ...] = get_args(RemarkKind)
SUBJECTS = ("finding", "account", "room", "identifier", "company", "person", "case")
MOST_CHARACTERS = {
    "note": 20_000, "tag": 60, "untag": 60, "assign": 200, "description": 20_000, "authority": 2_000, "scope": 2_000,
    "person": 200, "person off": 200,
}
MAY_BE_EMPTY = ("assign", "description", "authority", "scope")
OF_THE_CASE = ("description", "authority", "scope", "person", "person off")
"""Kinds that only a case has."""


@dataclass(frozen=True)
class Remark:
    """One addition by a named person; ``subject`` is ``finding:ID``, ``account:ID``, …, or ``case:NAME``."""

    case: str
    subject: str
    kind: str
    text: str
    user: str
    at: str


class Remarks:
    """The remarks of all cases; ``append`` writes a row and its audit entry and gives the moment."""

    def __init__(self, database: Database, append: Callable[..., str], guard: Guard) -> None:
        self._database, self._append, self._guard = database, append, guard

    def add(self, case: str, subjects: Iterable[str], kind: RemarkKind, text: str, *, user: str) -> tuple[Remark, ...]:
        """Add one remark to each subject, all or none; empty, it takes back who is assigned or what is said of a case.

        Raises WorkbenchError for an unknown subject or kind, a text that is empty or too long, or no user.
        """
        wanted, text = list(dict.fromkeys(subjects)), text.strip()
        self._guard.writes(user, "annotate", case)
        if kind not in KINDS:
            raise WorkbenchError(f"no remark {kind!r}", fix=f"use one of {', '.join(KINDS)}")
        for subject in wanted:
            if subject.partition(":")[0] not in SUBJECTS or not subject.partition(":")[2]:
                raise WorkbenchError(f"no subject {subject!r}", fix=f"name one of {', '.join(SUBJECTS)} and its id")
        if kind in OF_THE_CASE and any(not subject.startswith("case:") for subject in wanted):
            raise WorkbenchError(f"only a case has a {kind}", where=", ".join(wanted[:3]), fix="name case:NAME")
        if (not text and kind not in MAY_BE_EMPTY) or len(text) > MOST_CHARACTERS[kind]:
            raise WorkbenchError(
                f"a {kind} of {len(text)} characters", where=", ".join(wanted[:3]),
                fix=f"write 1 to {MOST_CHARACTERS[kind]}",
            )
        added = []
        with self._database.write() as connection:
            for subject in wanted:
                row = {"case_name": case, "subject": subject, "kind": kind, "text": text, "person": user}
                at = self._append(connection, remarks, row, user=user, case=case, action=kind)
                added.append(Remark(case, subject, kind, text, user, at))
        return tuple(added)

    def of(self, case: str, subject: str | None = None) -> tuple[Remark, ...]:
        """The remarks on a subject, or on all of a case, oldest first."""
        self._guard.reads(case)
        table = remarks
        columns = (table.c.case_name, table.c.subject, table.c.kind, table.c.text, table.c.person, table.c.at)
        wanted = select(*columns).where(table.c.case_name == case).order_by(table.c.seq)
        if subject is not None:
            wanted = wanted.where(table.c.subject == subject)
        with self._database.read() as connection:
            return tuple(Remark(*row) for row in connection.execute(wanted))

    def tags(self, case: str) -> Mapping[str, tuple[str, ...]]:
        """The tags that stand now, by subject, sorted."""
        found: dict[str, set[str]] = {}
        for remark in self.of(case):
            if remark.kind == "tag":
                found.setdefault(remark.subject, set()).add(remark.text)
            elif remark.kind == "untag":
                found.setdefault(remark.subject, set()).discard(remark.text)
        return {subject: tuple(sorted(tags)) for subject, tags in found.items() if tags}

    def assigned(self, case: str) -> Mapping[str, str]:
        """Who works on what, by subject."""
        latest = {remark.subject: remark.text for remark in self.of(case) if remark.kind == "assign"}
        return {subject: person for subject, person in latest.items() if person}
