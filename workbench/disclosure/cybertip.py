"""What would a provider file about a lead with NCMEC's CyberTipline?  A report for each adult it is about, as files.

Nothing is sent: a provider's own staff read the draft, complete it and file it.  Form: "CyberTipline Reporting API",
report.cybertip.org/ispws/documentation (``report`` with incidentSummary, internetDetails, reporter,
personOrUserReported).  Minors stand under their labels; no medium is in it, as none is in a case.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from graph.detect.finding import Finding
from ingest.lake import Lake
from workbench.dossier.rows import rows
from workbench.dossier.sessions import Session, sessions
from workbench.masking.telling import HIDDEN
from workbench.report.material import LeadMaterial, Material

INCIDENT = "Online Enticement of Children for Sexual Acts"
"""The type of incident that a lead about contacts with minors is nearest to; whoever files decides."""
KINDS = frozenset({"hub", "ambush", "convergence", "recruitment", "extortion", "manual"})
"""Leads that are about people who write to minors."""
MOST_LOGINS = 100
"""Logins of one account that a draft lists; how many there are is said."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cybertip_files(material: Material, lake: Lake) -> dict[str, bytes]:
    """A draft a lead and person: name in the package, XML in UTF-8."""
    found: dict[str, bytes] = {}
    for lead in material.leads:
        for member in _reported(lead.finding, material):
            number = len(found) + 1
            found[f"cybertip/{number:03d}-{lead.finding.kind}.xml"] = _draft(lead, member, material, lake)
    return found


def _reported(finding: Finding, material: Material) -> Sequence[str]:
    """The adults; a minor is never reported as an offender by a program."""
    if finding.kind not in KINDS:
        return ()
    return [one for one in finding.members if not material.people.minor(one)]


def _draft(lead: LeadMaterial, member: str, material: Material, lake: Lake) -> bytes:
    finding, people = lead.finding, material.people
    platform, _, native = member.partition(":")
    report = Element("report")
    summary = SubElement(report, "incidentSummary")
    _put(summary, "incidentType", INCIDENT)
    _put(summary, "incidentDateTime", finding.first_at or material.as_of)
    chat = SubElement(SubElement(report, "internetDetails"), "chatImIncident")
    _put(chat, "chatClient", platform)
    _put(chat, "additionalInfo", "To be completed by whoever files: rooms, content, jurisdiction.")
    _put(SubElement(SubElement(report, "reporter"), "reportingPerson"), "lastName", material.user)
    person = SubElement(report, "personOrUserReported")
    own = SubElement(person, "personOrUserReportedPerson")
    for kind, name in (("phone", "phone"), ("email", "email")):
        for value in _identifiers(lake, member, kind):
            if people.value(value, member) != HIDDEN:  # a minor has it as well
                _put(own, name, value)
    _put(person, "espIdentifier", native)
    _put(person, "espService", platform)
    _put(person, "screenName", people.of(member, limit=200))
    logins = sessions(lake, member)
    for login in logins[-MOST_LOGINS:]:
        _login(person, login)
    _put(person, "additionalInfo", "\n".join(_observations(lead, material, len(logins))))
    indent(report)
    written: bytes = tostring(report, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _observations(lead: LeadMaterial, material: Material, logins: int) -> Iterator[str]:
    finding, people = lead.finding, material.people
    yield f"A lead of kind {finding.kind}, {finding.tier}: consistent with it, not proof. Finding {finding.finding_id}."
    yield from (people.said(finding, reason).detail for reason in finding.reasons)
    against = [people.said(finding, one).detail for one in finding.counter_evidence]
    yield from (f"Against it: {detail}" for detail in against)
    if finding.targets:
        yield "Contacts: " + ", ".join(people.identity(one) for one in finding.targets)
    if logins > MOST_LOGINS:
        yield f"The last {MOST_LOGINS} of {logins:,} logins are listed."


def _login(person: Element, login: Session) -> None:
    if login.ip:
        event = SubElement(person, "ipCaptureEvent")
        _put(event, "ipAddress", login.ip)
        _put(event, "eventName", "Login")
        _put(event, "dateTime", _instant(login.started_at))


def _identifiers(lake: Lake, account: str, kind: str) -> list[str]:
    table = lake.table("identifiers")
    own = table.filter(table.account == account, table.kind == kind)
    return sorted({str(row[0]) for row in rows(own.select("value").distinct()) if row[0]})


def _instant(moment: datetime) -> str:
    whole = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return whole.isoformat(timespec="seconds").replace("+00:00", "Z")


def _put(parent: Element, name: str, text: str) -> None:
    if text:
        SubElement(parent, name).text = _NOT_XML.sub("\ufffd", text)
