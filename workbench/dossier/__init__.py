"""All that a case holds on one account, room or company, read from evidence; every figure is defined here once."""

from workbench.dossier.account import Contact, Profile, activity, contacts, profile, rooms
from workbench.dossier.ages import AgeBasis, age_bases
from workbench.dossier.company import CompanyFile, company_file
from workbench.dossier.marks import Holder, Mark, holders, marks
from workbench.dossier.pair import Shared, shared
from workbench.dossier.reports import Report, reports
from workbench.dossier.room import RoomFile, room_file
from workbench.dossier.timeline import Event, timeline

__all__ = [
    "AgeBasis", "CompanyFile", "Contact", "Event", "Holder", "Mark", "Profile", "Report", "RoomFile", "Shared",
    "activity", "age_bases", "company_file", "contacts", "holders", "marks", "profile", "reports", "room_file", "rooms",
    "shared", "timeline",
]
