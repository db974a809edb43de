"""What happened to an account, in order: made, seen first, ages, marks, contacts, reports, findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from graph.detect.finding import Finding
from workbench.dossier.account import Contact, Profile
from workbench.dossier.ages import AgeBasis
from workbench.dossier.marks import Mark
from workbench.dossier.reports import Report


@dataclass(frozen=True)
class Event:
    """One event; ``code`` names it (the screen has its words), ``who`` an id it concerns, ``what`` a text of the data,
    ``record`` the row that says so, if one does."""

    at: datetime
    code: str
    who: str = ""
    what: str = ""
    record: str = ""


def timeline(
    profile: Profile, ages: Iterable[AgeBasis], marks: Iterable[Mark], contacts: Iterable[Contact],
    reports: Iterable[Report], findings: Iterable[Finding],
) -> list[Event]:
    """In order of time; what has no time is left out (it stands in the tables)."""
    events = [Event(profile.created_at, "created")] if profile.created_at else []
    if profile.first_at:
        events.append(Event(profile.first_at, "first_message"))
    if profile.last_at:
        events.append(Event(profile.last_at, "last_message"))
    events += [
        Event(basis.since, "age", what="" if basis.age is None else str(basis.age), record=basis.record)
        for basis in ages
        if basis.since
    ]
    events += [Event(mark.first_at, "mark", what=f"{mark.kind} {mark.value}") for mark in marks if mark.first_at]
    events += [
        Event(item.first_at, "wrote_to" if item.initiator else "written_by", who=item.other) for item in contacts
    ]
    events += [
        Event(report.at, "reported" if report.reported == profile.account else "reports",
              who=report.reporter if report.reported == profile.account else report.reported, what=report.reason,
              record=report.record)
        for report in reports
        if report.at
    ]
    events += [
        Event(datetime.fromisoformat(finding.first_at).replace(tzinfo=None), "finding", what=finding.finding_id)
        for finding in findings
        if finding.first_at
    ]
    return sorted(events, key=lambda event: (event.at, event.code, event.who, event.what))
