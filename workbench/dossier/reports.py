"""Who reported an account, and whom did it report?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.lake import Lake
from workbench.dossier.account import Contact
from workbench.dossier.rows import ALWAYS, rows


@dataclass(frozen=True)
class Report:
    """One report; ``reporter`` is empty where nobody is named."""

    at: datetime | None
    reporter: str
    reported: str
    reason: str
    record: str


@dataclass(frozen=True)
class Reported:
    """Reports of an account: how many, by how many people, and by how many whom it had written to first before; and how
    many it made itself."""

    times: int
    people: int
    met: int
    made: int


def reported(listed: Iterable[Report], account: str, contacts: Iterable[Contact]) -> Reported:
    """Counted as a hub's lead counts: a person once, and whom it met before the report apart from the others."""
    listed = list(listed)
    begun = {contact.other: contact.first_at for contact in contacts if contact.initiator}
    of_it = [item for item in listed if item.reported == account]
    met = {
        item.reporter for item in of_it
        if item.reporter in begun and (item.at is None or item.at >= begun[item.reporter])
    }
    people = {item.reporter for item in of_it if item.reporter}
    return Reported(len(of_it), len(people), len(met), sum(item.reporter == account for item in listed))


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
