"""What has a person run in the console, with which values, and how did it end?  Append-only; each reads their own."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select

from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import statements

_ROWS = re.compile(r"[0-9]+ rows(, as many as it gives|, more there)?")
NO_ANSWER = "no answer"


def logged_outcome(outcome: str) -> str:
    """How a run ended, for the log: what went wrong may quote a value, and stands in the run alone."""
    return outcome if _ROWS.fullmatch(outcome) else NO_ANSWER


def statement_mark(text: str) -> str:
    """By what the log knows a statement again without telling it: 16 hex digits of its hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class RanStatement:
    """A statement that a person ran, its values as they were written and of which type they were read.

    ``outcome`` is ``12 rows`` or what went wrong, in one line.
    """

    text: str
    parameters: Mapping[str, str]
    types: Mapping[str, str]
    outcome: str
    at: str


class Statements:
    """The history of the console; ``append`` writes a row and its audit entry."""

    def __init__(self, database: Database, append: Callable[..., str], guard: Guard) -> None:
        self._database, self._append, self._guard = database, append, guard

    def add(
        self, case: str, text: str, parameters: Mapping[str, str], outcome: str, *, user: str,
        types: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Keep what was run; raises WorkbenchError without a user.

        The log has the statement's digest, by which it is known again, and how it ended: others read the log.
        """
        self._guard.writes(user, "read", case)
        row = {
            "case_name": case, "text": text,
            "parameters": json.dumps({"values": dict(parameters), "types": dict(types)}, sort_keys=True),
            "outcome": " ".join(outcome.split())[:500], "person": user,
        }
        said = {"statement": statement_mark(text), "outcome": logged_outcome(outcome)}
        with self._database.write() as connection:
            self._append(connection, statements, row, user=user, case=case, action="run statement", said=said)

    def of(self, user: str, case: str, *, most: int = 50) -> tuple[RanStatement, ...]:
        """The person's statements in a case, the latest first, each text with its values once."""
        self._guard.writes(user, "read", case)
        found: dict[tuple[str, str], RanStatement] = {}
        columns = (statements.c.text, statements.c.parameters, statements.c.outcome, statements.c.at)
        wanted = select(*columns).where(statements.c.person == user, statements.c.case_name == case)
        with self._database.read() as connection:
            for text, parameters, outcome, at in connection.execute(wanted.order_by(statements.c.seq.desc())):
                if (text, parameters) not in found:
                    kept = json.loads(parameters)
                    found[text, parameters] = RanStatement(text, kept["values"], kept["types"], outcome, at)
                if len(found) == most:
                    break
        return tuple(found.values())
