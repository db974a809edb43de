"""What is a kind of finding called, and what is its period one of?"""

from datetime import datetime, time

from graph.detect.finding import Finding
from graph.detect.wordings import catalogue
from graph.detect.wordings.catalogue import has_catalogue
from workbench.language import Words
from workbench.plain_text import plain_text

MANUAL = "manual"
"""The kind of a person's own finding."""


def kind_label(kind: str, words: Words) -> str:
    """By the wordings of its detection; a person's own finding by ours; its own name where nobody knows it."""
    if kind == MANUAL:
        return words.gettext("lead by a person")
    return catalogue(kind, words.language).label if has_catalogue(kind, words.language) else plain_text(kind)


def finding_period(finding: Finding, words: Words) -> str:
    """From when to when, and what was so long: chats begun, arrivals, a holding; empty where it has no period.

    Of what lasts still, as a holding without a recorded end, since when.
    """
    if not finding.first_at:
        return ""
    ends = (finding.first_at, finding.last_at or finding.first_at)
    first, last = (_moment_text(at, finding.kind, words) for at in ends)
    if has_catalogue(finding.kind, words.language):
        described = catalogue(finding.kind, words.language).described
        period = described.get("period") if finding.last_at else described.get("since", described.get("period"))
        if period is not None:
            return period.format(first=first, last=last)
    return words.gettext("{first} to {last}", first=first, last=last)


def _moment_text(at: str, kind: str, words: Words) -> str:
    """A moment; a register's day has no time of day, though it is kept as the instant at which it begins."""
    moment = datetime.fromisoformat(at)
    return words.short_day(moment.date()) if kind == "owner" and moment.time() == time() else words.instant(moment)
