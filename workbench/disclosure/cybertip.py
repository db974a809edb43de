"""What would a provider file about a lead with NCMEC's CyberTipline?  A report a lead and account, as files.

Nothing is sent: a provider's own staff read the draft, complete it and file it.  Form: "CyberTipline Reporting API",
report.cybertip.org/ispws/documentation (``report`` with incidentSummary, internetDetails, reporter,
personOrUserReported, additionalInfo).  Minors stand under their labels; no medium is in it, as none is in a case.

The API's types of incident (child pornography, sex trafficking, sex tourism, molestation, misleading domain names and
words or images, online enticement, unsolicited obscene material) say what was wanted or sent.  No kind of lead does,
which count who wrote to whom: the type is left to whoever files, and the draft says why.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from graph.detect.finding import Finding
from ingest.lake import Lake, Record
from workbench.cited import moment
from workbench.dossier.rows import rows
from workbench.dossier.sessions import Session, sessions
from workbench.language.kinds import MANUAL, kind_label
from workbench.masking.telling import HIDDEN
from workbench.report.material import LeadMaterial, Material
from workbench.report.people import People
from workbench.report.terms import tier_word
from workbench.views.models.leads.lead import is_clear

KINDS = frozenset({"hub", "ambush", "convergence", "recruitment", "extortion", "manual"})
"""Leads that are about people who write to minors."""
MOST_LOGINS = 100
"""Logins of one account that a draft lists; how many there are is said."""
_THINGS = (("rooms", "room"), ("companies", "company"), ("persons", "person"))
"""What a person's own lead may be about as well, and what has no account."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cybertip_files(material: Material, lake: Lake) -> dict[str, bytes]:
    """A draft a lead and person: name in the package, XML in UTF-8."""
    found: dict[str, bytes] = {}
    for lead in material.leads:
        for member in _reported(lead.finding, material, lake):
            number = len(found) + 1
            found[f"cybertip/{number:03d}-{lead.finding.kind}.xml"] = _draft(lead, member, material, lake)
    return found


def _reported(finding: Finding, material: Material, lake: Lake) -> Sequence[str]:
    """The accounts of a lead with minors among its targets, or of a person's own; a minor is never reported as an
    offender by a program.  Of one whose age nobody knows the draft says so."""
    people = material.people
    if finding.kind not in KINDS or not (finding.kind == MANUAL or any(map(people.minor, finding.targets))):
        return ()
    members = [one for one in finding.members if not people.minor(one)]
    things = _things_among(lake, members) if finding.kind == MANUAL else ()
    return [one for one in members if one not in things]


def _things_among(lake: Lake, identities: Sequence[str]) -> set[str]:
    """Those of the ids that have no account: rooms, companies and persons."""
    tables = [(lake.table(name), column) for name, column in _THINGS]
    asked = [table.filter(table[column].isin(identities)).select(column).distinct() for table, column in tables]
    return {str(row[0]) for question in asked for row in rows(question)}


def _draft(lead: LeadMaterial, member: str, material: Material, lake: Lake) -> bytes:
    people, words = material.people, material.words
    platform, _, native = member.partition(":")
    wrote = _written_to(lead, member)
    report = Element("report")
    _incident(SubElement(report, "incidentSummary"), wrote, people)
    chat = SubElement(SubElement(report, "internetDetails"), "chatImIncident")
    _put(chat, "chatClient", platform)
    _put(chat, "additionalInfo", words.gettext("To be completed by whoever files: rooms, content, jurisdiction."))
    _put(SubElement(SubElement(report, "reporter"), "reportingPerson"), "lastName", material.user)
    person = SubElement(report, "personOrUserReported")
    own = [
        (name, value) for name in ("phone", "email") for value in _identifiers(lake, member, name)
        if people.value(value, member) != HIDDEN  # a minor has it as well
    ]
    if own:
        named = SubElement(person, "personOrUserReportedPerson")
        for name, value in own:
            _put(named, name, value)
    _put(person, "espIdentifier", native)
    _put(person, "espService", platform)
    _put(person, "screenName", people.of(member, limit=200))
    logins = sessions(lake, member)
    for login in logins[-MOST_LOGINS:]:
        _login(person, login)
    told = [*_person(member, people, known=bool(own)), *_observations(lead, people, wrote)]
    if len(logins) > MOST_LOGINS:
        told.append(words.gettext(
            "The last {shown} of {total} logins are listed.", shown=MOST_LOGINS, total=len(logins)
        ))
    _put(person, "additionalInfo", "\n".join(told))
    _put(report, "additionalInfo", words.gettext(
        "The type of the incident is left to whoever files, after reading the conversations: a lead of this kind tells "
        "who wrote to whom, when, or with which words; none of the types of the CyberTipline follows from that."
    ))
    indent(report)
    written: bytes = tostring(report, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _written_to(lead: LeadMaterial, member: str) -> dict[str, Record]:
    """By target the first cited message of this account to it."""
    messages = (one for several in lead.records.values() for one in several if one.table == "messages")
    found: dict[str, Record] = {}
    for record in sorted(messages, key=lambda one: (moment(one)[0], one.source, one.row)):
        to = record.columns.get("recipient")
        if record.columns.get("sender") == member and to in lead.finding.targets:
            found.setdefault(to, record)
    return found


def _incident(summary: Element, wrote: Mapping[str, Record], people: People) -> None:
    """When: the first message of this account to a minor, of those that the lead cites; absent where there is none."""
    words = people.words
    first = next((record for to, record in wrote.items() if people.minor(to)), None)
    if first is None:
        _put(summary, "incidentDateTimeDescription", words.gettext(
            "Left to whoever files: the lead cites no message of this account to a minor."
        ))
        return
    _put(summary, "incidentDateTime", f"{moment(first)[0].replace(' ', 'T')}Z")
    _put(summary, "incidentDateTimeDescription", words.gettext(
        "The first message of this account to a minor among those that the lead cites ({place}).",
        place=people.source_reference(first),
    ))


def _person(member: str, people: People, *, known: bool) -> Iterator[str]:
    words = people.words
    if member in people.ages:
        yield words.pair(words.gettext("Age by the evidence"), people.age(member))
    else:
        yield words.gettext("The age of this person is unknown: nothing in the evidence says that it is an adult.")
    if role := people.role(member):
        yield words.pair(words.gettext("Role"), role)
    if not known:
        yield words.gettext("No e-mail and no telephone is given: the evidence has none, or a minor has it as well.")


def _observations(lead: LeadMaterial, people: People, wrote: Collection[str]) -> Iterator[str]:
    finding, words = lead.finding, people.words
    yield words.gettext(
        "A lead to be checked by a person, no verdict: {kind}, {tier}, {finding}.",
        kind=kind_label(finding.kind, words), tier=tier_word(finding.tier, words),
        finding=people.telling.lead(finding.finding_id),
    )
    yield from (people.said(finding, reason).detail for reason in finding.reasons)
    for one in finding.counter_evidence:
        head = words.gettext("What would clear it") if is_clear(one) else words.gettext("Against it")
        yield words.pair(head, people.said(finding, one).detail)
    minors = [one for one in people.listed(finding.targets) if one in wrote and people.minor(one)]
    others = [one for one in people.listed(finding.targets) if one not in minors]
    for head, listed in (
        (words.gettext("Minors to whom this account wrote, by the messages that the lead cites"), minors),
        (words.gettext("Other targets of the lead"), others),
    ):
        if listed:
            yield words.pair(head, ", ".join(map(people.identity, listed)))


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
