"""How does a case's casework move to another workspace?  Rows out as they stand, rows in under the hand of who imports.

Judgements, remarks, leads of people and named views keep their author and their moment.  Each row that comes in gets
an entry of the audit log here, which names the row it was there.  What people saw for themselves alone (statements in
the console, where they were last) stays where it was made.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Boolean, Integer, Table, func, select

from workbench.casebook import audit
from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import board_views, judgements, own_leads, remarks, view_archive
from workbench.errors import WorkbenchError

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by the name of their table, each value by its column."""
MOVED: Mapping[str, Table] = MappingProxyType({
    table.name: table for table in (judgements, remarks, own_leads, board_views, view_archive)
})
_TYPES = ((Boolean, bool), (Integer, int))
TAKE_IN = "take in casework"
"""The audit log's word for a row that came from elsewhere."""


class MovedCasework:
    """Casework of whole cases; ``at`` gives the moment that entries of the log carry."""

    def __init__(self, database: Database, guard: Guard, at: Callable[[], str]) -> None:
        self._database, self._guard, self._at = database, guard, at

    def rows(self, case: str) -> dict[str, list[dict[str, Any]]]:
        """Every row of the case, by table, in the order they were written."""
        self._guard.reads(case)
        with self._database.read() as connection:
            return {
                name: [dict(row) for row in connection.execute(
                    select(table).where(table.c.case_name == case).order_by(table.c.seq)
                ).mappings()]
                for name, table in MOVED.items()
            }

    def take_in(self, case: str, rows: Rows, *, user: str) -> int:
        """Add the rows, all or none, each with its entry in the log; returns how many.  They passed ``checked``."""
        self._guard.writes(user, "annotate", case)
        with self._database.write() as connection:
            for name, table in MOVED.items():
                seq = connection.execute(select(func.max(table.c.seq))).scalar() or 0
                for was in rows.get(name, ()):
                    seq += 1
                    row = {**was, "seq": seq}
                    connection.execute(table.insert().values(**row))
                    detail = {
                        "table": name, "seq": seq, "sha256": audit.row_digest(row), "by": was["person"],
                        "at": was["at"], "was": was["seq"],
                    }
                    text = json.dumps(detail, sort_keys=True)
                    audit.append(connection, at=self._at(), user=user, case=case, action=TAKE_IN, detail=text)
        return sum(len(rows.get(name, ())) for name in MOVED)


def checked(case: str, rows: object, log: Sequence[audit.AuditEntry]) -> dict[str, list[dict[str, Any]]]:
    """The rows, each of its table's shape, of this case, and as an entry of ``log`` recorded it; WorkbenchError if not.

    Columns that only a later version has may be missing; tables as well.
    """
    recorded = {
        (str(entry.facts["table"]), entry.facts["seq"]): entry.facts["sha256"]
        for entry in log if entry.case == case and {"table", "seq", "sha256"} <= entry.facts.keys()
    }
    found: dict[str, list[dict[str, Any]]] = {}
    if not isinstance(rows, dict) or not rows.keys() <= MOVED.keys():
        raise _not_recorded("the casework", "is not as it is written")
    for name, listed in rows.items():
        found[name] = []
        for row in listed if isinstance(listed, list) else [None]:
            where = f"{name} row {row.get('seq') if isinstance(row, dict) else '?'}"
            if not isinstance(row, dict) or not _fits(row, MOVED[name]) or row["case_name"] != case:
                raise _not_recorded(where, "is not as it is written")
            if recorded.pop((name, row["seq"]), None) != audit.row_digest(row):
                raise _not_recorded(where, "is not as the audit log recorded it")
            found[name].append(row)
    missing = [f"{name} row {seq}" for name, seq in recorded if name in MOVED]
    if missing:
        raise _not_recorded(missing[0], "is missing, the audit log recorded it")
    return found


def _fits(row: Mapping[str, Any], table: Table) -> bool:
    kinds = {
        column.name: next((kind for of, kind in _TYPES if isinstance(column.type, of)), str) for column in table.columns
    }
    needed = {column.name for column in table.columns if not column.nullable}
    return needed <= row.keys() <= kinds.keys() and all(type(value) is kinds[name] for name, value in row.items())


def _not_recorded(where: str, what: str) -> WorkbenchError:
    return WorkbenchError(f"{where} {what}", fix="ask for the bundle again")
