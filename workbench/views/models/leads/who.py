"""Who is in a lead, and whose conversation is read first: those that the lead cites, then those with most messages.

``beyond``: who is neither member nor target, by id the part: whom a hub wrote to first who was not known to be a minor
then (``later`` or ``likely``), and to whom a recruiter sent people.  Conversations with them are read as with targets.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.text_forms.names import as_seen, whole_skeleton
from workbench.dossier import Exchanged
from workbench.dossier.first_written import LATER, LIKELY
from workbench.language import Words
from workbench.views.models.names import Names

Wrote = Mapping[tuple[str, str], Exchanged]
"""By (member, target) what they wrote to each other."""
Beyond = Mapping[str, str]
SENT_TO = "sent to"
_NOT_KNOWN = (LATER, LIKELY)
MOST_WAYS = 4
"""Of whom a lead names the first so many are one click away above its picture."""
_ELSEWHERE = "contacts_not_known_to_be_minors"
_NOTHING = Exchanged()
_NOBODY: Beyond = MappingProxyType({})


def people_sent_to(finding: Finding) -> dict[str, str]:
    """By id ``SENT_TO``: accounts of the name that a recruiter's messages gave, as the lead lists them; nobody where
    it was a room, a link or a name of no account here."""
    reasons = [reason for reason in finding.reasons if reason.code == "people_sent_to_one_subject"]
    ids = [identity for reason in reasons if "bearers" in reason.values for identity in reason.values["bearers"].ids]
    return {identity: SENT_TO for identity in ids if identity not in (*finding.members, *finding.targets)}


def on_one(finding: Finding) -> bool:
    """Is it of several who came to one person?  The owners of one company are not."""
    return finding.kind != "owner" and len(finding.targets) == 1 < len(finding.members)


def about_account(finding: Finding) -> str | None:
    """The one account that a lead is about: its member, or whom many came to; of owners, rooms and groups none."""
    if finding.kind in ("owner", "room", "manual"):
        return None
    if on_one(finding):
        return finding.targets[0]
    return finding.members[0] if len(finding.members) == 1 else None


def on_whom(finding: Finding) -> tuple[str, ...]:
    """The target that tells such leads apart: that of many on one, and the company of an owner."""
    if len(finding.targets) == 1 < len(finding.members):
        return finding.targets
    if finding.kind == "owner" and len(finding.members) == 1 and finding.members != finding.targets:
        return finding.targets[:1]
    return ()


def opened(finding: Finding, *, most: int) -> tuple[str, ...]:
    """Whose screens are one click away: the first members, or the one they came to; of owners the company as well, of
    recruiters to whom they sent people."""
    if on_one(finding):
        return finding.targets
    further = finding.targets[:1] if finding.kind == "owner" else tuple(people_sent_to(finding))[:most]
    return tuple(dict.fromkeys((*finding.members[:most], *further)))


def with_whom(
    finding: Finding, identity: str, wrote: Wrote, beyond: Beyond = _NOBODY
) -> tuple[tuple[str, Exchanged], ...]:
    """The other part of the lead, to choose a conversation of this person from.

    Those that the lead cites come first, then by number of messages, then as the lead lists them; whom the person
    never wrote with come last.  Who was not known as a minor then comes after those who were.
    """
    found = _with(finding, identity, wrote, beyond)
    return tuple(sorted(found, key=lambda one: _turn(beyond.get(one[0], ""), one[1])))


def _turn(part: str, wrote: Exchanged) -> tuple[bool, int, int]:
    return part in _NOT_KNOWN, -wrote.cited, -wrote.messages


def everybody(
    finding: Finding, wrote: Wrote, beyond: Beyond = _NOBODY
) -> tuple[tuple[str, str, Exchanged], ...]:
    """Part, id and what they wrote with the other part: members as listed, the others in the order of ``with_whom``."""
    members = [("member", who, _sum(finding, who, wrote, beyond)) for who in finding.members]
    parts = {**dict.fromkeys(finding.targets, "target"), **beyond}
    targets = [(part, who, _sum(finding, who, wrote, beyond)) for who, part in parts.items()]
    return (*members, *sorted(targets, key=lambda one: _turn(one[0], one[2])))


def writes(finding: Finding) -> bool:
    """Do members write to targets in leads of this kind?  A room or a company writes to nobody."""
    return bool(finding.targets) and finding.kind not in ("owner", "room")


def message_counts(wrote: Exchanged, words: Words, *, summed: bool = False) -> str:
    """How many messages of a conversation, and how many of them the lead cites; ``summed``: with the whole other part.

    An account's own page counts its messages with everybody, which are more.
    """
    messages = words.ngettext("{number} message", "{number} messages", wrote.messages)
    if summed:
        messages = words.ngettext("{number} message here", "{number} messages here", wrote.messages)
    cited = words.ngettext("{number} cited", "{number} cited", wrote.cited)
    return f"{messages}, {cited}" if wrote.cited else messages


def called_apart(people: Sequence[str], names: Names) -> dict[str, str]:
    """By id what each is called where they are chosen from: by name, with the id only where the name tells nobody
    apart.  A field shows no more than its width, and the table above has both."""
    read = {identity: whole_skeleton(names.of(identity)) or as_seen(names.of(identity)) for identity in people}
    bearers = Counter(read.values())
    return {
        identity: names.of(identity) if bearers[read[identity]] == 1 else names.full(identity) for identity in people
    }


def not_known_told(beyond: Beyond, words: Words) -> str:
    """Who stands beside the targets, and what their parts mean; empty without any."""
    number = Counter(beyond.values())
    lines = []
    if number[LATER]:
        lines.append(words.gettext(
            "Later ({number}): it wrote to them first, and that they are minors was known only later.",
            number=number[LATER],
        ))
    if number[LIKELY]:
        lines.append(words.gettext(
            "Likely ({number}): it wrote to them first, and they are likely minors by what the lead says; "
            "anyone may be of age. They are masked as minors are.", number=number[LIKELY],
        ))
    if number[SENT_TO]:
        lines.append(words.gettext(
            "Sent to ({number}): accounts of the name to which people were sent; not everyone of that name need be "
            "meant.",
            number=number[SENT_TO],
        ))
    return " ".join(lines)


def added_up(finding: Finding, beyond: Beyond, words: Words) -> str:
    """How a hub's figures lead from one to the other: whom it wrote to first by all that is known of them by now, and
    where those are that its reason counts as likely minors; empty where there are targets and others alone.

    Sentences count by what was known at the first message or by the end of a chat, and this list by what is known now.
    """
    said = {item.code: item for item in finding.parts}
    number = Counter(beyond.values())
    if finding.kind != "hub" or _ELSEWHERE not in said or not (number[LATER] or number[LIKELY]):
        return ""
    contacts, minors, among = (_figure(said[_ELSEWHERE], name) for name in ("contacts", "minors", "perhaps"))
    others = contacts - minors - number[LATER] - number[LIKELY]
    if others < 0:  # the evidence is not what the lead was found in
        return ""
    told = words.gettext(
        "How the figures add up. First contacts: {contacts}, of them minors by what was known then (the targets) "
        "{minors}, known to be minors only later {later}, likely minors {likely}, others {others}.",
        contacts=contacts, minors=minors, later=number[LATER], likely=number[LIKELY], others=others,
    )
    counted = _figure(said["likely_minors"], "minors") if "likely_minors" in said else 0
    since = counted - number[LIKELY]
    if not counted or not 0 <= since <= number[LATER] or (since, among) == (0, counted):
        return told
    return told + " " + words.gettext(
        "Counted as likely minors: {counted}, which are these {likely} and {since} of those known later; of them among "
        "the contacts not known to be minors by the end of their chat: {among}.",
        counted=counted, likely=number[LIKELY], since=since, among=among,
    )


def _figure(item: Reason | CounterEvidence, name: str) -> int:
    value = item.values[name].value if name in item.values else 0
    return int(value) if isinstance(value, int | float) else 0


def parts_told(finding: Finding, beyond: Beyond, words: Words, *, members: bool = True) -> str:
    """How many of each part stand in the list of who is in the lead; ``members``: these as well."""
    number = {
        "member": len(finding.members) * members, "target": len(finding.targets), **Counter(beyond.values()),
    }
    return ", ".join(f"{words.gettext(part)} {words.number(many)}" for part, many in number.items() if many)


def likely_elsewhere_told(masks: Sequence[str], words: Words, *, most: int = 3) -> str:
    """That other leads alone call people here likely minors, by which they are masked; empty without any.

    ``masks``: what they are called.
    """
    if not masks:
        return ""
    more = len(masks) - most
    who = " ".join((", ".join(masks[:most]), *([words.gettext("and {number} more", number=more)] if more > 0 else [])))
    return words.ngettext(
        "{number} person here is a likely minor by another lead alone, and masked for that: {who}. This lead does not "
        "count them as one.",
        "{number} people here are likely minors by other leads alone, and masked for that: {who}. This lead does not "
        "count them as such.", len(masks), who=who,
    )


def table(
    finding: Finding, names: Names, words: Words, wrote: Wrote, beyond: Beyond = _NOBODY, *, most: int = 500
) -> pd.DataFrame:
    """A row a person; what they are called stands once: of a masked minor the mask alone.

    Messages stand where members write to targets: those between the person and the other part.
    """
    _ = words.gettext
    heads = [_("Part"), _("Name"), _("Id"), _("Messages here"), _("Cited")]
    rows = []
    for part, who, found in everybody(finding, wrote, beyond)[:most]:
        name, identity = names.of(who), names.identity(who)
        rows.append((_(part), name, "" if identity == name else identity, found.messages, found.cited))
    shown = pd.DataFrame(rows, columns=heads)
    return shown if writes(finding) else shown[heads[:3]]


def _with(finding: Finding, identity: str, wrote: Wrote, beyond: Beyond) -> list[tuple[str, Exchanged]]:
    if identity in finding.members:
        return [(other, wrote.get((identity, other), _NOTHING)) for other in (*finding.targets, *beyond)]
    return [(other, wrote.get((other, identity), _NOTHING)) for other in finding.members]


def _sum(finding: Finding, identity: str, wrote: Wrote, beyond: Beyond) -> Exchanged:
    found = [one for _other, one in _with(finding, identity, wrote, beyond)]
    return Exchanged(sum(one.messages for one in found), sum(one.cited for one in found))
