"""All that a case holds on one account, room or company, read from evidence; every figure is defined here once."""

from graph.detect.owners.holdings import Holding
from workbench.dossier.account import Contact, Profile, by_day, contacts, profile, rhythm, rooms
from workbench.dossier.ages import AgeBasis, age_bases
from workbench.dossier.company import (
    CompanyFile,
    companies_called,
    companies_of_case,
    company_file,
    holdings_of,
    is_person,
    only_owns,
)
from workbench.dossier.figures import Figures, figures
from workbench.dossier.first_written import LATER, LIKELY, not_known_then
from workbench.dossier.marks import CROWD, Holder, Mark, holders, holders_counted, holders_of, marks
from workbench.dossier.pair import Exchanged, Shared, exchanged, shared
from workbench.dossier.presence import Presence, presence
from workbench.dossier.reports import Report, Reported, reported, reports
from workbench.dossier.room import Begun, RoomFile, room_file, rooms_of_case
from workbench.dossier.sessions import Session, sessions, sessions_count
from workbench.dossier.timeline import LANES, Event, Timeline, timeline

__all__ = [
    "CROWD", "LANES", "LATER", "LIKELY", "AgeBasis", "Begun", "CompanyFile", "Contact", "Event", "Exchanged", "Figures",
    "Holder", "Holding", "Mark", "Presence", "Profile", "Report", "Reported", "RoomFile",
    "Session", "Shared", "Timeline", "age_bases", "by_day", "companies_called", "companies_of_case", "company_file",
    "contacts", "exchanged", "figures", "holders", "holders_counted", "holders_of", "holdings_of", "is_person",
    "marks", "not_known_then", "only_owns", "presence", "profile", "reported", "reports", "rhythm",
    "room_file", "rooms", "rooms_of_case", "sessions", "sessions_count", "shared", "timeline",
]
