"""Who did what, and was the log touched since?  A hash chain: each entry's hash covers the one before.

The chain shows a changed, removed, inserted or cut-off entry, and casework rows that differ from what was recorded.
It cannot show a chain recomputed as a whole by someone with the database in hand: a seal of the case does.
A value that the log never writes, put there by hand, is hashed by its ``repr``.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Table, select

from workbench.casebook.schema import APPEND_ONLY, audit, audit_head

MOST_REASON = 400
"""Characters of a reason that a person states."""


@dataclass(frozen=True)
class AuditEntry:
    """One action; ``at`` is ISO 8601 UTC, ``detail`` JSON text or plain text."""

    seq: int
    at: str
    user: str
    case: str
    action: str
    detail: str
    previous: str
    hash: str

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The detail read as a JSON object; empty where it is none."""
        try:
            read = json.loads(self.detail)
        except (TypeError, ValueError):
            return {}
        return read if isinstance(read, dict) else {}


def append(connection: Connection, *, at: str, user: str, case: str, action: str, detail: str) -> AuditEntry:
    """Add an entry; the caller holds a write transaction."""
    length, previous = connection.execute(select(audit_head.c.length, audit_head.c.hash)).one()
    seq = length + 1
    entry = AuditEntry(seq, at, user, case, action, detail, previous, "")
    digest = hash_of(entry)
    connection.execute(
        audit.insert().values(
            seq=seq, at=at, person=user, case_name=case, action=action, detail=detail, previous=previous, hash=digest
        )
    )
    connection.execute(audit_head.update().values(length=seq, hash=digest))
    return AuditEntry(seq, at, user, case, action, detail, previous, digest)


def entries(connection: Connection) -> list[AuditEntry]:
    """All entries, oldest first."""
    columns = (audit.c.seq, audit.c.at, audit.c.person, audit.c.case_name, audit.c.action, audit.c.detail)
    found = connection.execute(select(*columns, audit.c.previous, audit.c.hash).order_by(audit.c.seq))
    return [AuditEntry(*row) for row in found]


def entries_of(connection: Connection, case: str, *, action: str | None = None) -> list[AuditEntry]:
    """The entries of one case, newest first; ``action``: those that tell of it alone."""
    columns = (audit.c.seq, audit.c.at, audit.c.person, audit.c.case_name, audit.c.action, audit.c.detail)
    wanted = select(*columns, audit.c.previous, audit.c.hash).where(audit.c.case_name == case)
    if action is not None:
        wanted = wanted.where(audit.c.action == action)
    return [AuditEntry(*row) for row in connection.execute(wanted.order_by(audit.c.seq.desc()))]


def row_digest(values: Mapping[str, Any]) -> str:
    """SHA-256 over a casework row; a column that a later version added is left out where it is empty."""
    kept = {name: value for name, value in values.items() if value is not None}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=True, default=repr).encode()).hexdigest()


def faults(connection: Connection) -> tuple[str, ...]:
    """What differs, one line each, empty if nothing does."""
    found: list[str] = []
    previous, expected = "", 1
    recorded: dict[tuple[str, int], str] = {}
    for entry in entries(connection):
        if entry.seq != expected:
            found.append(f"entry {expected} is missing before entry {entry.seq}")
        if entry.hash != hash_of(entry):
            found.append(f"entry {entry.seq} ({entry.action}) was changed: its hash does not fit its content")
        elif entry.previous != previous and entry.seq == expected:
            found.append(f"entry {entry.seq} ({entry.action}) does not continue the entry before it")
        told = entry.facts
        if isinstance(told.get("seq"), int) and {"table", "sha256"} <= told.keys():
            recorded[(str(told["table"]), told["seq"])] = str(told["sha256"])
        previous, expected = entry.hash, entry.seq + 1
    length, last = connection.execute(select(audit_head.c.length, audit_head.c.hash)).one()
    if length != expected - 1:
        found.append(f"the log ends at entry {expected - 1}, {length} were written")
    elif last != previous:
        found.append("the last entry is not the one that was written last")
    for table in (table for table in APPEND_ONLY if table is not audit):
        found += _row_faults(connection, table, recorded)
    return tuple(found)


def _row_faults(connection: Connection, table: Table, recorded: Mapping[tuple[str, int], str]) -> list[str]:
    expected = {seq: digest for (name, seq), digest in recorded.items() if name == table.name}
    found: list[str] = []
    for row in connection.execute(select(table).order_by(table.c.seq)).mappings():
        digest = expected.pop(row["seq"], None)
        if digest is None:
            found.append(f"{table.name} row {row['seq']} was never recorded")
        elif digest != row_digest(dict(row)):
            found.append(f"{table.name} row {row['seq']} was changed")
    return found + [f"{table.name} row {seq} is missing" for seq in sorted(expected)]


def hash_of(entry: AuditEntry) -> str:
    """What the entry's hash has to be by its content."""
    content = [entry.seq, entry.at, entry.user, entry.case, entry.action, entry.detail, entry.previous]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, default=repr).encode()).hexdigest()
