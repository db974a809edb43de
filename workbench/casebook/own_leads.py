"""Which leads did people write?  Findings of the kind ``manual``: whom, why, what speaks against it, by whom."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from sqlalchemy import select

from graph.detect.finding import Finding
from graph.detect.reason import AS_WRITTEN, CounterEvidence, Reason, as_written
from graph.detect.tiers import Tier
from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import own_leads
from workbench.errors import WorkbenchError
from workbench.language.kinds import MANUAL

SCORES: dict[str, float] = {"strong": 0.9, "moderate": 0.6, "weak": 0.3}
"""Nothing is measured: a lead's score stands for the tier that its author gave it."""
LONGEST = 4_000


@dataclass(frozen=True)
class OwnLead:
    """What a person writes of a lead; ids of accounts, rooms, companies or persons, one reason a line at least."""

    members: tuple[str, ...]
    targets: tuple[str, ...]
    tier: Tier
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()


class OwnLeads:
    """The leads of people in all cases, append-only; ``append`` writes a row and its audit entry."""

    def __init__(self, database: Database, append: Callable[..., str], guard: Guard) -> None:
        self._database, self._append, self._guard = database, append, guard

    def add(self, case: str, lead: OwnLead, *, user: str) -> Finding:
        """Keep a lead under its author's name; raises WorkbenchError without a user, a member or a reason."""
        reasons, against = _lines(lead.reasons), _lines(lead.against)
        self._guard.writes(user, "annotate", case)
        if not lead.members or not reasons:
            raise WorkbenchError("a lead has somebody it is about and a reason", fix="choose one and write why")
        if lead.tier not in get_args(Tier):
            raise WorkbenchError(f"no tier {lead.tier!r}", fix=f"use one of {', '.join(get_args(Tier))}")
        measure = f"in the words of {user}"
        body = {
            "members": list(lead.members), "targets": [one for one in lead.targets if one not in lead.members],
            "tier": lead.tier, "reasons": list(reasons), "against": list(against), "measure": measure,
        }
        row = {"case_name": case, "body": json.dumps(body, ensure_ascii=False, sort_keys=True), "person": user}
        with self._database.write() as connection:
            at = self._append(
                connection, own_leads, row, user=user, case=case, action="write lead",
                said={"members": body["members"]},
            )
        return _finding(row["body"], user, at)

    def of(self, case: str) -> tuple[Finding, ...]:
        """The leads that people wrote in a case, oldest first."""
        self._guard.reads(case)
        table = own_leads
        wanted = select(table.c.body, table.c.person, table.c.at).where(table.c.case_name == case)
        with self._database.read() as connection:
            return tuple(_finding(*row) for row in connection.execute(wanted.order_by(table.c.seq)))


def readable_lead(body: str, user: str, at: str) -> bool:
    """Is this the body of a lead as it is kept?  For one that comes from elsewhere."""
    try:
        _finding(body, user, at)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return True


def _finding(body: str, user: str, at: str) -> Finding:
    told = json.loads(body)
    found = Finding(
        MANUAL, tuple(told["members"]), told["tier"], SCORES[told["tier"]],
        tuple(Reason(AS_WRITTEN, as_written(told["measure"], line), None, None) for line in told["reasons"]),
        tuple(CounterEvidence(AS_WRITTEN, as_written(told["measure"], line), None, None) for line in told["against"]),
        targets=tuple(told["targets"]), qualifier=f"{user} {at}",
    )
    return replace(found, qualifier="")  # its id has it


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text.strip()[:LONGEST] for text in texts if text.strip())
