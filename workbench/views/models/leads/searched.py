"""What was looked for in the last run, and of what nothing could be found for want of evidence?"""

from collections import Counter
from collections.abc import Mapping

from graph.detect.finding import FindingsDocument
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.views.models.faults.known import said


def _(message: str) -> str:
    return message


WANTING: Mapping[str, str] = {
    r"the case has no (?P<table>\w+): nothing could be found": _(
        "could not be looked for: the case has no table of {table}"),
    r"no first contact goes to anybody known to be a minor: no ages, or none that apply": _(
        "could not be looked for: nobody was known to be a minor by the time somebody first wrote to them"),
    r"nobody is in private contact with (?P<minors>\d+) people known to be minors: nothing to test": _(
        "could not be looked for: nobody is in private contact with {minors} people known to be minors"),
    r"nobody wrote first to (?P<people>\d+) people: nothing to test": _(
        "could not be looked for: nobody wrote first to {people} people"),
    r"there are no private messages between accounts: nothing to test": _(
        "could not be looked for: there are no private messages between accounts"),
    r"there are no messages in rooms: nothing to place a contact in": _(
        "could not be looked for: there are no messages in rooms"),
    r"nobody who wrote first is known to be an adult: those of unknown age alone were tested": _(
        "looked for among accounts of unknown age alone: nobody who wrote first is known to be an adult"),
    r"nobody written to first is known to be a minor: a rush of (?P<most>\d+) within (?P<hours>\d+) h alone was looked "
    r"for": _(
        "looked for only as {most} people who wrote first to one account within {hours} hours: nobody was known to be "
        "a minor by the time somebody first wrote to them"),
    r"(?P<some>\d+) of (?P<accounts>\d+) accounts have a device, an address or another mark": _(
        "hardly looked for: {some} of {accounts} accounts have a device, an address or another mark"),
    r"no adult wrote first to a minor, as far as ages are known": _(
        "looked for, but no adult wrote first to a minor, as far as ages are known"),
    r"no platform has two rooms in which minors post: nothing to compare a room with": _(
        "could not be looked for: no platform has two rooms in which minors write"),
    r"the private messages have no text: (?:off|nothing to compare)": _(
        "could not be looked for: there are no private messages with a text"),
}
"""What a method remarks where it could find nothing."""


def searched(document: FindingsDocument, words: Words) -> dict[str, str]:
    """By kind that the run looked for, in its order: how many leads, or why it could find none."""
    found = Counter(finding.kind for finding in document.findings)
    why = wanting(document, words)
    return {
        kind_label(kind, words): (
            words.ngettext("{number} lead", "{number} leads", found[kind]) if found[kind]
            else why.get(kind) or words.gettext("looked for, nothing stands out")
        )
        for kind in document.parameters.get("kinds", ())
    }


def wanting(document: FindingsDocument, words: Words) -> dict[str, str]:
    """By kind without a lead, in the run's order: why it could find none; no kind that looked and found nothing."""
    led = {finding.kind for finding in document.findings}
    answers = {}
    for kind in document.parameters.get("kinds", ()):
        notes = () if kind in led else document.parameters.get(kind, {}).get("notes", ())
        known = (said(note, WANTING, words, values=lambda _name, table: words.gettext(table)) for note in notes)
        if told := list(filter(None, known)):
            answers[kind] = words.joined(told)
    return answers
