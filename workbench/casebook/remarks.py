"""What have people added to a finding, an account or a case: notes, tags, who works on it?  Append-only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from sqlalchemy import Connection, select

from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import remarks
from workbench.errors import Overtaken, WorkbenchError

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
_SHORT = ("tag", "untag", "assign", "person", "person off")


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
        wanted = list(dict.fromkeys(subjects))
        self._guard.writes(user, "annotate", case)
        text = _checked(kind, text, wanted)
        with self._database.write() as connection:
            return tuple(self._write(connection, Remark(case, subject, kind, text, user, "")) for subject in wanted)

    def describe(
        self, case: str, said: Mapping[RemarkKind, str], *, instead_of: Mapping[str, str], user: str
    ) -> tuple[Remark, ...]:
        """Say these kinds of the case itself, all or none; ``instead_of``: what each said when the person began.

        A colleague's newer text is not covered up: raises Overtaken.  Else as ``add``.
        """
        subject = f"case:{case}"
        self._guard.writes(user, "annotate", case)
        written = {kind: _checked(kind, text, [subject]) for kind, text in said.items()}
        with self._database.write() as connection:
            for kind, text in written.items():
                latest = remarks.c.case_name == case, remarks.c.subject == subject, remarks.c.kind == kind
                found = connection.execute(
                    select(remarks.c.text, remarks.c.person).where(*latest).order_by(remarks.c.seq.desc()).limit(1)
                ).first()
                stands, other = found or ("", "")
                if stands not in (instead_of[kind], text):
                    raise Overtaken(
                        f"{other} has written another {kind} meanwhile", where=subject, fix="read it, then save again"
                    )
            return tuple(
                self._write(connection, Remark(case, subject, kind, text, user, "")) for kind, text in written.items()
            )

    def _write(self, connection: Connection, one: Remark) -> Remark:
        row = {
            "case_name": one.case, "subject": one.subject, "kind": one.kind, "text": one.text, "person": one.user
        }
        return replace(one, at=self._append(
            connection, remarks, row, user=one.user, case=one.case, action=one.kind, said=_audit_details(one)
        ))

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


def _audit_details(one: Remark) -> dict[str, str]:
    """What the audit log tells of it: on what it is, and a tag or a name; a longer text stands in its own row alone."""
    short = {"text": one.text} if one.kind in _SHORT and one.text else {}
    return {**short, **({} if one.subject.startswith("case:") else {"on": one.subject})}


def _checked(kind: str, text: str, subjects: Sequence[str]) -> str:
    """The text as it is kept; WorkbenchError where the subjects cannot have it."""
    text = text.strip()
    if kind not in KINDS:
        raise WorkbenchError(f"no remark {kind!r}", fix=f"use one of {', '.join(KINDS)}")
    for subject in subjects:
        if subject.partition(":")[0] not in SUBJECTS or not subject.partition(":")[2]:
            raise WorkbenchError(f"no subject {subject!r}", fix=f"name one of {', '.join(SUBJECTS)} and its id")
    if kind in OF_THE_CASE and any(not subject.startswith("case:") for subject in subjects):
        raise WorkbenchError(f"only a case has a {kind}", where=", ".join(subjects[:3]), fix="name case:NAME")
    if (not text and kind not in MAY_BE_EMPTY) or len(text) > MOST_CHARACTERS[kind]:
        raise WorkbenchError(
            f"a {kind} of {len(text)} characters", where=", ".join(subjects[:3]),
            fix=f"write 1 to {MOST_CHARACTERS[kind]}",
        )
    return text
