"""Who reported an account, and whom did it report?"""

from dataclasses import dataclass
from datetime import datetime

from ingest.lake import Lake
from workbench.dossier.rows import ALWAYS, rows


@dataclass(frozen=True)
class Report:
    """One report; ``reporter`` is empty where nobody is named."""

    at: datetime | None
    reporter: str
    reported: str
    reason: str
    record: str


def reports(lake: Lake, account: str) -> list[Report]:
    """Reports of the account and by it, in order of time; those without a time last."""
    table = lake.table("reports")
    found = table.filter((table.reported == account) | (table.reporter == account))
    listed = rows(found.select("made_at", "reporter", "reported", "reason", "record_id"))
    made = [
        Report(at, reporter or "", reported, reason or "", f"reports:{record}")
        for at, reporter, reported, reason, record in listed
    ]
    return sorted(made, key=lambda item: (item.at or ALWAYS, item.record))
