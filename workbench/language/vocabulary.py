"""Which fixed words of the data and the detections do screens show?  Marked here, so that the catalogues have them."""

from graph.detect.finding import Finding
from workbench.language import Words


def _(word: str) -> str:
    return word


VOCABULARY: tuple[str, ...] = (
    # tiers and statuses
    _("strong"), _("moderate"), _("weak"), _("open"), _("in review"), _("substantiated"), _("referred"), _("cleared"),
    # what a run changed
    _("new"), _("moved"), _("gone"),
    # remarks
    _("note"), _("tag"), _("assign"), _("description"), _("authority"), _("scope"), _("person"),
    _("person off"),
    # parts of a finding, and a person's own finding
    _("member"), _("target"), _("manual"),
    # kinds of identifiers
    _("device"), _("ip"), _("email"), _("phone"), _("cookie"), _("payment"), _("host"), _("avatar_sha256"),
    # kinds of holdings and posts, as registers write them
    _("shareholding"), _("shares"), _("nominee"), _("nominator"), _("director"),
    # roles of accounts
    _("member"), _("moderator"), _("helpline"), _("bot"), _("staff"),
    # statuses of accounts
    _("active"), _("inactive"), _("left"), _("deleted"), _("banned"), _("suspended"), _("blocked"), _("disabled"),
    _("deactivated"), _("closed"),
    # bases of an age
    _("declared"), _("stated"), _("report"), _("lead"), _("likely"),
    # heads of the report's tables
    _("As written"), _("Bytes"), _("Remark"), _("Source"), _("Times of"), _("Zone taken from"),
    _("Who began"), _("Age then"),
    # tables of evidence
    _("identifiers"), _("persons"), _("ownerships"), _("operators"),
    # units of figures that earlier versions wrote; the present ones are in workbench.language.units
    _("contacts"), _("sessions"), _("seconds"), _("times"), _("rooms"), _("demands"), _("meetings"), _("hours"),
    _("days"), _("records"),
    # labels and relationships of the graph
    _("Account"), _("Minor"), _("Room"), _("Identifier"), _("Report"), _("Company"), _("Person"), _("Platform"),
    _("Finding"), _("Group"), _("Other"), _("CONTACTED"), _("POSTED_IN"), _("USED"), _("REPORTED"), _("OWNS"),
    _("OPERATES"), _("INVOLVES"),
    # ties that records tell and the graph has not
    _("Name"), _("HANDED_OVER"), _("SAME_NAME"), _("SENT_TO"),
    # whom a hub wrote to first, not known to be a minor then
    _("later"),
    # whom a recruiter sent people to
    _("sent to"),
    # shapes and comparisons of rules
    _("star"), _("ring"), _("circle"), _("square"), _("diamond"), _("triangle"), _("hexagon"), _("pentagon"),
    _("wedge"), _("cross"), _("drop"), _("openstar"), _("opendrop"), _("dotring"),
    _("thinring"), _("thindrop"), _("sky"),
    _("at least"), _("at most"), _("is"), _("is not"), _("is there"),
    # colours of marks, notes and groups
    _("red"), _("orange"), _("yellow"), _("green"), _("blue"), _("violet"), _("grey"),
    # columns of links and measures
    _("role"), _("status"), _("platform"), _("kind"),
    _("replies"), _("initiated"), _("first_at"), _("last_at"), _("name"), _("degree"), _("in_degree"),
    _("out_degree"), _("pagerank"), _("hub"), _("authority"), _("betweenness"), _("core"), _("community"),
    _("declared_age"), _("minor_basis"), _("minor_from"), _("minor_until"),
    # charts over time
    _("private"), _("room"), _("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"),
    _("Messages per hour"), _("Messages per day"), _("Messages per week"), _("Messages per month"),
    _("Messages per hour, private and in rooms, in UTC"), _("Messages per day, private and in rooms, in UTC"),
    _("Messages per week, private and in rooms, in UTC"), _("Messages per month, private and in rooms, in UTC"),
)
_REMARKS = {"untag": _("tag taken off")}
_MARKS = {"avatar_sha256": _("profile picture")}


def mark_kind(kind: str, words: Words) -> str:
    """What a kind of identifier is called; one that nobody foresaw by its own name."""
    return words.gettext(_MARKS.get(kind, kind))


def remark_word(kind: str, words: Words) -> str:
    """What a kind of remark is called."""
    return words.gettext(_REMARKS.get(kind, kind))


def status_choice(status: str, words: Words) -> str:
    """A status where one is chosen: one of them beside the word that some look for."""
    return words.gettext("cleared (unfounded)") if status == "cleared" else words.gettext(status)


def status_told(status: str, words: Words, *, opposed: bool = False) -> str:
    """A lead's status; ``opposed``: somebody's latest judgement contradicts it."""
    return " · ".join((words.gettext(status), *([words.gettext("disputed")] if opposed else [])))


def judged_earlier_told(then: Finding, words: Words) -> str:
    """Of a lead that has changed since it was judged: what it was then."""
    targets, tier = words.ngettext("{number} target", "{number} targets", len(then.targets)), words.gettext(then.tier)
    return words.gettext("judged on earlier evidence ({targets}, {tier})", targets=targets, tier=tier)


def status_meanings(words: Words) -> dict[str, str]:
    """What each judgement of a lead says, where one is chosen."""
    say = words.gettext
    return {
        "open": say("nobody has decided yet, or it is to be looked at again"),
        "in review": say("somebody is looking into it"),
        "substantiated": say("the records were checked and bear it out; no verdict on a person"),
        "referred": say("handed to another authority or unit, which decides"),
        "cleared": say("looked into and unfounded; something harmless explains it, or nothing is behind it"),
    }


def status_help(words: Words) -> str:
    """All of them as a list."""
    return "\n".join(
        f"- {words.pair(f'**{words.gettext(status)}**', said)}" for status, said in status_meanings(words).items()
    )
